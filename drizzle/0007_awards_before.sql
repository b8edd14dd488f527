ALTER TABLE "certificates" ADD COLUMN "create_key" uuid;
--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_create_key_unique" UNIQUE("create_key");
--> statement-breakpoint
-- What was practised before there were awards has earned them too: at the moment of the answer that reached each.
WITH "milestones" ("kind", "threshold") AS (
	SELECT 'QUESTIONS', unnest(ARRAY[10, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 25000])
	UNION ALL SELECT 'MINUTES', unnest(ARRAY[10, 30, 60, 120, 300, 600, 1200, 3000, 6000])
	UNION ALL SELECT 'SKILLS_MASTERED', unnest(ARRAY[1, 3, 5, 10, 20, 35, 50, 75, 100, 150, 200])
	UNION ALL SELECT 'STREAK', unnest(ARRAY[3, 5, 7, 10, 14, 21, 30, 50, 75, 100, 150, 200, 365])
),
"answers" AS (
	SELECT student_id, skill_id, day, smartscore_after, answered_at, active_ms,
		row_number() OVER so_far AS questions, sum(active_ms) OVER so_far AS total_ms
	FROM "attempts" WINDOW so_far AS (PARTITION BY student_id ORDER BY answered_at, id)
),
"scores" AS (
	SELECT student_id, skill_id, threshold, min(answered_at) AS at
	FROM "answers" JOIN (VALUES (70), (80), (90), (100)) AS score (threshold) ON smartscore_after >= threshold
	GROUP BY student_id, skill_id, threshold
),
"mastered" AS (
	SELECT student_id, at, row_number() OVER (PARTITION BY student_id ORDER BY at, skill_id) AS skills
	FROM "scores" WHERE threshold = 100
),
"days" AS (
	SELECT student_id, day, min(answered_at) AS at,
		day - (row_number() OVER (PARTITION BY student_id ORDER BY day))::integer AS streak
	FROM "answers" GROUP BY student_id, day
),
"streaks" AS (
	SELECT student_id, at, row_number() OVER (PARTITION BY student_id, streak ORDER BY day) AS days FROM "days"
)
INSERT INTO "awards" ("student_id", "kind", "skill_id", "threshold", "earned_at")
SELECT student_id, CASE threshold WHEN 100 THEN 'MEDAL' ELSE 'RIBBON' END, skill_id, threshold, at FROM "scores"
UNION ALL
SELECT student_id, kind, NULL, threshold, answered_at
FROM "answers" JOIN "milestones" ON kind = 'QUESTIONS' AND threshold = questions
UNION ALL
SELECT student_id, kind, NULL, threshold, answered_at
FROM "answers" JOIN "milestones" ON kind = 'MINUTES' AND total_ms >= threshold * 60000 AND total_ms - active_ms < threshold * 60000
UNION ALL
SELECT student_id, kind, NULL, threshold, at
FROM "mastered" JOIN "milestones" ON kind = 'SKILLS_MASTERED' AND threshold = skills
UNION ALL
SELECT student_id, kind, NULL, threshold, min(at)
FROM "streaks" JOIN "milestones" ON kind = 'STREAK' AND threshold = days GROUP BY student_id, kind, threshold;
--> statement-breakpoint
-- Time without an answer is in the totals alone.
INSERT INTO "awards" ("student_id", "kind", "threshold", "earned_at")
SELECT student_id, 'MINUTES', threshold, practiced_at
FROM (
	SELECT student_id, sum(active_ms) AS total_ms, max(last_practiced_at) AS practiced_at
	FROM "skill_progress" GROUP BY student_id
) AS "totals"
JOIN unnest(ARRAY[10, 30, 60, 120, 300, 600, 1200, 3000, 6000]) AS threshold ON total_ms >= threshold * 60000
ON CONFLICT DO NOTHING;
--> statement-breakpoint
INSERT INTO "certificates" ("code", "student_id", "skill_id", "type", "student_name", "earned_at")
SELECT upper(left(random.hex, 12) || right(random.hex, 8)), student_id, skill_id,
	CASE threshold WHEN 100 THEN 'MASTERY' ELSE 'EXCELLENCE' END, full_name, earned_at
FROM (SELECT *, replace(gen_random_uuid()::text, '-', '') AS hex FROM "awards") AS random
JOIN "users" ON "users".id = student_id
WHERE threshold IN (90, 100) AND kind IN ('RIBBON', 'MEDAL');
