CREATE TABLE "question_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"skill_id" integer NOT NULL,
	"body" jsonb NOT NULL,
	"level" smallint GENERATED ALWAYS AS (((body ->> 'level')::smallint)) STORED NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "question_templates_level_check" CHECK ("question_templates"."level" between 1 and 5)
);
--> statement-breakpoint
ALTER TABLE "question_templates" ADD CONSTRAINT "question_templates_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "public"."skills"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "question_templates_skill_idx" ON "question_templates" USING btree ("skill_id");