-- Every statement that changes the catalog raises its version, in its own transaction: caches are keyed by it.
INSERT INTO "catalog_version" ("id", "version") VALUES (1, 1);
--> statement-breakpoint
CREATE FUNCTION "raise_catalog_version"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE "catalog_version" SET "version" = "version" + 1 WHERE "id" = 1;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "subjects_version" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "subjects" EXECUTE FUNCTION "raise_catalog_version"();
--> statement-breakpoint
CREATE TRIGGER "grades_version" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "grades" EXECUTE FUNCTION "raise_catalog_version"();
--> statement-breakpoint
CREATE TRIGGER "topics_version" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "topics" EXECUTE FUNCTION "raise_catalog_version"();
--> statement-breakpoint
CREATE TRIGGER "skills_version" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "skills" EXECUTE FUNCTION "raise_catalog_version"();
--> statement-breakpoint
CREATE TRIGGER "questions_version" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "questions" EXECUTE FUNCTION "raise_catalog_version"();
