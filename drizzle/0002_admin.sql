CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"seq" bigserial NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_id" uuid NOT NULL,
	"request_id" text NOT NULL,
	"action" text NOT NULL,
	"entity" text NOT NULL,
	"entity_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	CONSTRAINT "audit_log_seq_unique" UNIQUE("seq")
);
--> statement-breakpoint
CREATE TABLE "permacodes" (
	"permacode" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "skill_prerequisites" (
	"skill_id" integer NOT NULL,
	"prerequisite_id" integer NOT NULL,
	CONSTRAINT "skill_prerequisites_skill_id_prerequisite_id_pk" PRIMARY KEY("skill_id","prerequisite_id")
);
--> statement-breakpoint
ALTER TABLE "grades" ADD COLUMN "create_key" uuid;--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "create_key" uuid;--> statement-breakpoint
ALTER TABLE "skills" ADD COLUMN "permacode" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "skills" ADD COLUMN "standards" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "skills" ADD COLUMN "create_key" uuid;--> statement-breakpoint
ALTER TABLE "subjects" ADD COLUMN "create_key" uuid;--> statement-breakpoint
ALTER TABLE "topics" ADD COLUMN "create_key" uuid;--> statement-breakpoint
ALTER TABLE "skill_prerequisites" ADD CONSTRAINT "skill_prerequisites_skill_id_skills_id_fk" FOREIGN KEY ("skill_id") REFERENCES "public"."skills"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skill_prerequisites" ADD CONSTRAINT "skill_prerequisites_prerequisite_id_skills_id_fk" FOREIGN KEY ("prerequisite_id") REFERENCES "public"."skills"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_entity_idx" ON "audit_log" USING btree ("entity","entity_id","seq");--> statement-breakpoint
CREATE INDEX "audit_log_actor_idx" ON "audit_log" USING btree ("actor_id","seq");--> statement-breakpoint
CREATE INDEX "skill_prerequisites_of_idx" ON "skill_prerequisites" USING btree ("prerequisite_id");--> statement-breakpoint
CREATE INDEX "skills_standards_idx" ON "skills" USING gin ("standards");--> statement-breakpoint
ALTER TABLE "grades" ADD CONSTRAINT "grades_create_key_unique" UNIQUE("create_key");--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_create_key_unique" UNIQUE("create_key");--> statement-breakpoint
UPDATE "skills" SET "permacode" = "id";--> statement-breakpoint
ALTER TABLE "skills" ADD CONSTRAINT "skills_permacode_unique" UNIQUE("permacode");--> statement-breakpoint
ALTER TABLE "skills" ADD CONSTRAINT "skills_create_key_unique" UNIQUE("create_key");--> statement-breakpoint
ALTER TABLE "subjects" ADD CONSTRAINT "subjects_create_key_unique" UNIQUE("create_key");--> statement-breakpoint
ALTER TABLE "topics" ADD CONSTRAINT "topics_create_key_unique" UNIQUE("create_key");