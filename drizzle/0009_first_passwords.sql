ALTER TABLE "users" ALTER COLUMN "password_hash" DROP NOT NULL;
--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_password" CHECK ("users"."password_hash" is not null or "users"."first_password_key" is not null);
--> statement-breakpoint
-- Tells the audit log of a changed row, where the transaction says who acts (ascent.actor, ascent.request_id). No secret goes in.
CREATE OR REPLACE FUNCTION "write_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	secrets CONSTANT text[] := ARRAY['password_hash', 'first_password_key', 'create_key'];
	passwords CONSTANT text[] := ARRAY['password_hash', 'first_password_key'];
	was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
	becomes jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
	either jsonb := coalesce(becomes, was);
	field text;
BEGIN
	IF was = becomes THEN RETURN NULL; END IF;
	IF TG_OP = 'UPDATE' THEN
		FOREACH field IN ARRAY passwords LOOP
			IF was ->> field IS DISTINCT FROM becomes ->> field THEN
				becomes := becomes || '{"password": "changed"}';
			END IF;
		END LOOP;
	END IF;
	INSERT INTO audit_log (actor_id, request_id, action, entity, entity_id, before, after) VALUES (
		current_setting('ascent.actor')::uuid,
		current_setting('ascent.request_id'),
		CASE TG_OP WHEN 'INSERT' THEN 'create' WHEN 'UPDATE' THEN 'update' ELSE 'delete' END,
		TG_TABLE_NAME,
		coalesce(either ->> 'id', either ->> 'skill_id'),
		was - secrets,
		becomes - secrets
	);
	RETURN NULL;
END $$;
