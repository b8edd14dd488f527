ALTER TABLE "certificates" ADD COLUMN "day" date;
--> statement-breakpoint
-- An earned one has the day of the answer that earned it; an awarded one that of its moment, where the student lives now.
UPDATE "certificates" SET "day" = coalesce(
	(SELECT max(attempts.day) FROM "attempts"
	WHERE attempts.student_id = certificates.student_id AND attempts.skill_id = certificates.skill_id
		AND attempts.answered_at = certificates.earned_at),
	(SELECT (certificates.earned_at AT TIME ZONE coalesce(users.time_zone,
		(SELECT classrooms.time_zone FROM "enrolments" JOIN "classrooms" ON classrooms.id = enrolments.classroom_id
		WHERE enrolments.student_id = users.id AND classrooms.archived_at IS NULL AND classrooms.time_zone IS NOT NULL
		ORDER BY classrooms.created_at LIMIT 1),
		'UTC'))::date
	FROM "users" WHERE users.id = certificates.student_id)
);
--> statement-breakpoint
ALTER TABLE "certificates" ALTER COLUMN "day" SET NOT NULL;
