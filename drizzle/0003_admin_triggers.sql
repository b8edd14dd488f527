-- A skill's permacode: four characters, further ones after 194,672 skills; no vowels, and none that are taken for another
-- (0 O, 1 I L, 2 Z, 5 S, 8 B, 6 G). Another for each number, and numbers that follow each other have codes that do not.
CREATE FUNCTION "permacode_of"(n bigint) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	signs CONSTANT text := 'CDFHJKMNPQRTVWXY2346789';
	spread bigint := ((n % 194672) * 120307 + 48611) % 194672;
	further bigint := n / 194672;
	code text := '';
BEGIN
	code := substr(signs, (spread % 16)::int + 1, 1);
	spread := spread / 16;
	FOR i IN 1..3 LOOP
		code := code || substr(signs, (spread % 23)::int + 1, 1);
		spread := spread / 23;
	END LOOP;
	WHILE further > 0 LOOP
		code := code || substr(signs, (further % 23)::int + 1, 1);
		further := further / 23;
	END LOOP;
	RETURN code;
END $$;
--> statement-breakpoint
UPDATE "skills" SET "permacode" = "permacode_of"("id");
--> statement-breakpoint
INSERT INTO "permacodes" SELECT "permacode" FROM "skills";
--> statement-breakpoint
-- Made from the skill's id, so that the same catalog has the same codes everywhere; from further numbers where a code has been used.
CREATE FUNCTION "give_permacode"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	n bigint := NEW.id;
BEGIN
	WHILE NEW.permacode = '' OR (n > NEW.id AND EXISTS (SELECT FROM permacodes WHERE permacode = NEW.permacode)) LOOP
		NEW.permacode := permacode_of(n);
		n := n + 194672;
	END LOOP;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION "note_permacode"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO permacodes VALUES (NEW.permacode);
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION "keep_permacode"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'skills_permacode_stays', MESSAGE = 'a permacode never changes';
END $$;
--> statement-breakpoint
CREATE TRIGGER "skills_permacode_given" BEFORE INSERT ON "skills" FOR EACH ROW EXECUTE FUNCTION "give_permacode"();
--> statement-breakpoint
CREATE TRIGGER "skills_permacode_noted" AFTER INSERT ON "skills" FOR EACH ROW EXECUTE FUNCTION "note_permacode"();
--> statement-breakpoint
CREATE TRIGGER "skills_permacode_kept" BEFORE UPDATE OF "permacode" ON "skills" FOR EACH ROW
	WHEN (OLD.permacode <> NEW.permacode) EXECUTE FUNCTION "keep_permacode"();
--> statement-breakpoint
-- Prerequisites never go round in a circle; the error's detail names one that would.
CREATE FUNCTION "refuse_prerequisite_cycle"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	first_skill integer;
	frontier integer[];
	came_from jsonb := '{}';
	circle integer[];
BEGIN
	-- Of two changes at once, the second waits here and then sees the first.
	PERFORM FROM catalog_version WHERE id = 1 FOR UPDATE;
	WITH RECURSIVE reached AS (
		SELECT skill_id AS start, prerequisite_id AS skill FROM added
		UNION
		SELECT reached.start, further.prerequisite_id
		FROM reached JOIN skill_prerequisites AS further ON further.skill_id = reached.skill
	)
	SELECT start INTO first_skill FROM reached WHERE start = skill LIMIT 1;
	IF first_skill IS NULL THEN RETURN NULL; END IF;

	frontier := ARRAY[first_skill];
	WHILE NOT came_from ? first_skill::text LOOP
		SELECT came_from || jsonb_object_agg(step.prerequisite_id, step.skill_id), array_agg(step.prerequisite_id)
		INTO came_from, frontier
		FROM (
			SELECT prerequisite_id, min(skill_id) AS skill_id FROM skill_prerequisites
			WHERE skill_id = ANY (frontier) AND NOT came_from ? prerequisite_id::text
			GROUP BY prerequisite_id
		) AS step;
	END LOOP;
	circle := ARRAY[first_skill];
	LOOP
		circle := (came_from ->> circle[1]::text)::integer || circle;
		EXIT WHEN circle[1] = first_skill;
	END LOOP;
	RAISE EXCEPTION USING
		ERRCODE = 'check_violation',
		CONSTRAINT = 'skill_prerequisites_acyclic',
		MESSAGE = 'prerequisites go round in a circle',
		DETAIL = (
			SELECT string_agg(skills.code || ' ' || skills.title, ' → ' ORDER BY step.place)
			FROM unnest(circle) WITH ORDINALITY AS step (skill_id, place) JOIN skills ON skills.id = step.skill_id
		);
END $$;
--> statement-breakpoint
CREATE TRIGGER "skill_prerequisites_acyclic_insert" AFTER INSERT ON "skill_prerequisites"
	REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "refuse_prerequisite_cycle"();
--> statement-breakpoint
CREATE TRIGGER "skill_prerequisites_acyclic_update" AFTER UPDATE ON "skill_prerequisites"
	REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "refuse_prerequisite_cycle"();
--> statement-breakpoint
CREATE TRIGGER "skill_prerequisites_version" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "skill_prerequisites" EXECUTE FUNCTION "raise_catalog_version"();
--> statement-breakpoint
-- Tells the audit log of a changed row, where the transaction says who acts (ascent.actor, ascent.request_id). No secret goes in.
CREATE FUNCTION "write_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	secrets CONSTANT text[] := ARRAY['password_hash', 'create_key'];
	was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
	becomes jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
	either jsonb := coalesce(becomes, was);
BEGIN
	IF was = becomes THEN RETURN NULL; END IF;
	IF was ->> 'password_hash' <> becomes ->> 'password_hash' THEN
		becomes := becomes || '{"password": "changed"}';
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
--> statement-breakpoint
CREATE TRIGGER "subjects_audit" AFTER INSERT OR UPDATE OR DELETE ON "subjects" FOR EACH ROW
	WHEN (current_setting('ascent.actor', true) <> '') EXECUTE FUNCTION "write_audit"();
--> statement-breakpoint
CREATE TRIGGER "grades_audit" AFTER INSERT OR UPDATE OR DELETE ON "grades" FOR EACH ROW
	WHEN (current_setting('ascent.actor', true) <> '') EXECUTE FUNCTION "write_audit"();
--> statement-breakpoint
CREATE TRIGGER "topics_audit" AFTER INSERT OR UPDATE OR DELETE ON "topics" FOR EACH ROW
	WHEN (current_setting('ascent.actor', true) <> '') EXECUTE FUNCTION "write_audit"();
--> statement-breakpoint
CREATE TRIGGER "skills_audit" AFTER INSERT OR UPDATE OR DELETE ON "skills" FOR EACH ROW
	WHEN (current_setting('ascent.actor', true) <> '') EXECUTE FUNCTION "write_audit"();
--> statement-breakpoint
CREATE TRIGGER "skill_prerequisites_audit" AFTER INSERT OR UPDATE OR DELETE ON "skill_prerequisites" FOR EACH ROW
	WHEN (current_setting('ascent.actor', true) <> '') EXECUTE FUNCTION "write_audit"();
--> statement-breakpoint
CREATE TRIGGER "questions_audit" AFTER INSERT OR UPDATE OR DELETE ON "questions" FOR EACH ROW
	WHEN (current_setting('ascent.actor', true) <> '') EXECUTE FUNCTION "write_audit"();
--> statement-breakpoint
CREATE TRIGGER "users_audit" AFTER INSERT OR UPDATE OR DELETE ON "users" FOR EACH ROW
	WHEN (current_setting('ascent.actor', true) <> '') EXECUTE FUNCTION "write_audit"();
--> statement-breakpoint
-- Every read of the catalog begins with this one row; without statistics the planner takes it for thousands and compiles the query.
ANALYZE "catalog_version";
