-- A mark that is older than its student's first event once had a time all the same; it has none.
UPDATE "practice_marks" SET "as_of" = NULL WHERE "as_of" = 'epoch';
