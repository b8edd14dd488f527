CREATE TABLE "awards" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"student_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"skill_id" integer,
	"threshold" integer NOT NULL,
	"earned_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "awards_once" UNIQUE NULLS NOT DISTINCT("student_id","kind","skill_id","threshold")
);
--> statement-breakpoint
CREATE TABLE "certificates" (
	"code" text PRIMARY KEY NOT NULL,
	"student_id" uuid NOT NULL,
	"skill_id" integer NOT NULL,
	"type" text NOT NULL,
	"student_name" text NOT NULL,
	"earned_at" timestamp (3) with time zone NOT NULL,
	"awarded_by" uuid,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "certificates_once" UNIQUE("student_id","skill_id","type")
);
--> statement-breakpoint
CREATE TABLE "assigned_work" (
	"assignment_id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	"skill_id" integer NOT NULL,
	"best_smartscore" smallint DEFAULT 0 NOT NULL,
	"last_smartscore" smallint DEFAULT 0 NOT NULL,
	"questions" integer DEFAULT 0 NOT NULL,
	"active_ms" bigint DEFAULT 0 NOT NULL,
	"completed_at" timestamp (3) with time zone,
	"last_activity_at" timestamp (3) with time zone,
	CONSTRAINT "assigned_work_assignment_id_student_id_pk" PRIMARY KEY("assignment_id","student_id")
);
--> statement-breakpoint
CREATE TABLE "classroom_groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"classroom_id" uuid NOT NULL,
	"title" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "classroom_teachers" (
	"classroom_id" uuid NOT NULL,
	"teacher_id" uuid NOT NULL,
	"added_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "classroom_teachers_classroom_id_teacher_id_pk" PRIMARY KEY("classroom_id","teacher_id")
);
--> statement-breakpoint
CREATE TABLE "group_members" (
	"group_id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	CONSTRAINT "group_members_group_id_student_id_pk" PRIMARY KEY("group_id","student_id")
);
--> statement-breakpoint
CREATE TABLE "guardians" (
	"parent_id" uuid NOT NULL,
	"student_id" uuid NOT NULL,
	"linked_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "guardians_parent_id_student_id_pk" PRIMARY KEY("parent_id","student_id")
);
--> statement-breakpoint
CREATE TABLE "parent_codes" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"student_id" uuid NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"used_by" uuid
);
--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "set_id" uuid;
--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "audience" text DEFAULT 'CLASS' NOT NULL;
--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "group_id" uuid;
--> statement-breakpoint
ALTER TABLE "classrooms" ADD COLUMN "join_code" text;
--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "active_ms" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "change_message" text DEFAULT '' NOT NULL;
--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "template_id" uuid;
--> statement-breakpoint
-- What the days held without their skills is made anew from the attempts, each session's time shared out by its answers.
DELETE FROM "practice_days";
--> statement-breakpoint
ALTER TABLE "practice_days" DROP CONSTRAINT "practice_days_student_id_day_pk";
--> statement-breakpoint
ALTER TABLE "practice_days" ADD COLUMN "skill_id" integer NOT NULL;
--> statement-breakpoint
ALTER TABLE "practice_days" ADD COLUMN "first_smartscore" smallint;
--> statement-breakpoint
ALTER TABLE "practice_days" ADD COLUMN "last_smartscore" smallint;
--> statement-breakpoint
ALTER TABLE "practice_days" ADD COLUMN "best_smartscore" smallint;
--> statement-breakpoint
ALTER TABLE "practice_days" ADD COLUMN "last_practiced_at" timestamp (3) with time zone NOT NULL;
--> statement-breakpoint
ALTER TABLE "practice_days" ADD CONSTRAINT "practice_days_student_id_day_skill_id_pk" PRIMARY KEY("student_id","day","skill_id");
--> statement-breakpoint
INSERT INTO "practice_days" ("student_id", "day", "skill_id", "questions", "correct", "active_ms", "first_smartscore",
	"last_smartscore", "best_smartscore", "last_practiced_at")
SELECT a.student_id, a.day, a.skill_id, count(*), count(*) FILTER (WHERE a.is_correct),
	sum(s.active_ms / greatest(s.answered, 1)), (array_agg(a.smartscore_before ORDER BY a.answered_at, a.id))[1],
	(array_agg(a.smartscore_after ORDER BY a.answered_at DESC, a.id DESC))[1], max(a.smartscore_after), max(a.answered_at)
FROM "attempts" a JOIN "practice_sessions" s ON s.id = a.session_id
GROUP BY a.student_id, a.day, a.skill_id;
--> statement-breakpoint
UPDATE "attempts" SET "active_ms" = s.active_ms / greatest(s.answered, 1),
	"template_id" = split_part("attempts".question -> 'data' ->> '_generator_id', ':', 1)::uuid
FROM "practice_sessions" s WHERE s.id = "attempts".session_id;
--> statement-breakpoint
INSERT INTO "assigned_work" ("assignment_id", "student_id", "skill_id", "best_smartscore", "last_smartscore", "questions",
	"active_ms", "completed_at", "last_activity_at")
SELECT w.id, e.student_id, w.skill_id, coalesce(max(a.smartscore_after), 0),
	coalesce((array_agg(a.smartscore_after ORDER BY a.answered_at DESC, a.id DESC))[1], 0), count(a.id),
	coalesce(sum(a.active_ms), 0), min(a.answered_at) FILTER (WHERE a.smartscore_after >= w.target_smartscore),
	max(a.answered_at)
FROM "assignments" w JOIN "enrolments" e ON e.classroom_id = w.classroom_id
LEFT JOIN "attempts" a ON a.student_id = e.student_id AND a.skill_id = w.skill_id AND a.answered_at >= w.assigned_at
GROUP BY w.id, e.student_id, w.skill_id;
--> statement-breakpoint
ALTER TABLE "awards" ADD CONSTRAINT "awards_student_id_users_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "awards" ADD CONSTRAINT "awards_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "public"."skills"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_student_id_users_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "public"."skills"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_awarded_by_users_id_fk" FOREIGN KEY ("awarded_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "assigned_work" ADD CONSTRAINT "assigned_work_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "assigned_work" ADD CONSTRAINT "assigned_work_student_id_users_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "assigned_work" ADD CONSTRAINT "assigned_work_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "public"."skills"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "classroom_groups" ADD CONSTRAINT "classroom_groups_classroom_id_classrooms_id_fk" FOREIGN KEY ("classroom_id") REFERENCES "public"."classrooms"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "classroom_teachers" ADD CONSTRAINT "classroom_teachers_classroom_id_classrooms_id_fk" FOREIGN KEY ("classroom_id") REFERENCES "public"."classrooms"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "classroom_teachers" ADD CONSTRAINT "classroom_teachers_teacher_id_users_id_fk" FOREIGN KEY ("teacher_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_group_id_classroom_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."classroom_groups"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "group_members" ADD CONSTRAINT "group_members_student_id_users_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "guardians" ADD CONSTRAINT "guardians_parent_id_users_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "guardians" ADD CONSTRAINT "guardians_student_id_users_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "parent_codes" ADD CONSTRAINT "parent_codes_student_id_users_id_fk" FOREIGN KEY ("student_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "parent_codes" ADD CONSTRAINT "parent_codes_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "parent_codes" ADD CONSTRAINT "parent_codes_used_by_users_id_fk" FOREIGN KEY ("used_by") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "awards_skill_idx" ON "awards" USING btree ("skill_id");
--> statement-breakpoint
CREATE INDEX "certificates_skill_idx" ON "certificates" USING btree ("skill_id");
--> statement-breakpoint
CREATE INDEX "assigned_work_student_idx" ON "assigned_work" USING btree ("student_id","skill_id");
--> statement-breakpoint
CREATE INDEX "classroom_groups_classroom_idx" ON "classroom_groups" USING btree ("classroom_id");
--> statement-breakpoint
CREATE INDEX "classroom_teachers_teacher_idx" ON "classroom_teachers" USING btree ("teacher_id");
--> statement-breakpoint
CREATE INDEX "group_members_student_idx" ON "group_members" USING btree ("student_id");
--> statement-breakpoint
CREATE INDEX "guardians_student_idx" ON "guardians" USING btree ("student_id");
--> statement-breakpoint
CREATE INDEX "parent_codes_student_idx" ON "parent_codes" USING btree ("student_id");
--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_group_id_classroom_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."classroom_groups"("id") ON DELETE set null ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "practice_days" ADD CONSTRAINT "practice_days_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "public"."skills"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "assignments_group_idx" ON "assignments" USING btree ("group_id");
--> statement-breakpoint
CREATE INDEX "assignments_skill_idx" ON "assignments" USING btree ("skill_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "classrooms_join_code_key" ON "classrooms" USING btree ("join_code");
--> statement-breakpoint
CREATE INDEX "attempts_skill_idx" ON "attempts" USING btree ("skill_id","answered_at");
--> statement-breakpoint
CREATE INDEX "practice_days_skill_idx" ON "practice_days" USING btree ("skill_id");
--> statement-breakpoint
CREATE INDEX "practice_sessions_skill_idx" ON "practice_sessions" USING btree ("skill_id");
--> statement-breakpoint
CREATE INDEX "skill_progress_skill_idx" ON "skill_progress" USING btree ("skill_id");
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "first_password_key" text;
