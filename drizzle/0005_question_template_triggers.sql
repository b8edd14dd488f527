CREATE TRIGGER "question_templates_version" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "question_templates" EXECUTE FUNCTION "raise_catalog_version"();
--> statement-breakpoint
CREATE TRIGGER "question_templates_audit" AFTER INSERT OR UPDATE OR DELETE ON "question_templates" FOR EACH ROW
	WHEN (current_setting('ascent.actor', true) <> '') EXECUTE FUNCTION "write_audit"();
--> statement-breakpoint
-- A change that leaves everything as it was is none: no new time, no entry in the audit log.
CREATE FUNCTION "note_template_update"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.updated_at := now();
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "question_templates_updated" BEFORE UPDATE ON "question_templates" FOR EACH ROW
	WHEN ((OLD.skill_id, OLD.body) IS DISTINCT FROM (NEW.skill_id, NEW.body)) EXECUTE FUNCTION "note_template_update"();
