-- Prerequisites never go round in a circle; the error's detail names one that would. All are read once, and each is walked once at most:
-- to collect what every skill reaches took a chain of thousands half a minute. They are joined by hash and not compiled, whatever the
-- planner thinks of a table that is being filled.
CREATE OR REPLACE FUNCTION "refuse_prerequisite_cycle"() RETURNS trigger LANGUAGE plpgsql
SET enable_nestloop = off SET jit = off AS $$
DECLARE
	-- The skills, numbered from 1, and the prerequisites in the order of their skills: whose each is, and what is needed.
	ids integer[];
	owners integer[];
	needs integer[];
	-- Of each skill, which of its prerequisites is walked next.
	next_needs integer[];
	-- The skills from where the walk began to where it is, and the place of each among them: 0 before it is met, -1 once all behind it is
	-- walked.
	way integer[];
	places integer[];
	beginning integer;
	depth integer;
	here integer;
	need integer;
BEGIN
	IF NOT EXISTS (SELECT FROM added) THEN RETURN NULL; END IF;
	-- Of two changes at once, the second waits here and then sees the first.
	PERFORM FROM catalog_version WHERE id = 1 FOR UPDATE;

	ids := ARRAY(SELECT skill_id FROM skill_prerequisites UNION SELECT prerequisite_id FROM skill_prerequisites ORDER BY 1);
	SELECT array_agg(skill.number ORDER BY skill.number, needed.number), array_agg(needed.number ORDER BY skill.number, needed.number)
	INTO owners, needs
	FROM skill_prerequisites
	JOIN unnest(ids) WITH ORDINALITY AS skill (id, number) ON skill.id = skill_id
	JOIN unnest(ids) WITH ORDINALITY AS needed (id, number) ON needed.id = prerequisite_id;
	places := array_fill(0, ARRAY[cardinality(ids)]);
	way := places;
	next_needs := places;
	FOR place IN REVERSE cardinality(needs)..1 LOOP
		next_needs[owners[place]] := place;
	END LOOP;

	FOR beginning IN
		SELECT DISTINCT number FROM added JOIN unnest(ids) WITH ORDINALITY AS skill (id, number) ON id = skill_id
	LOOP
		depth := 0;
		need := beginning;
		LOOP
			IF places[need] = 0 THEN
				depth := depth + 1;
				way[depth] := need;
				places[need] := depth;
			ELSIF places[need] > 0 THEN
				RAISE EXCEPTION USING
					ERRCODE = 'check_violation',
					CONSTRAINT = 'skill_prerequisites_acyclic',
					MESSAGE = 'prerequisites go round in a circle',
					DETAIL = (
						SELECT string_agg(skills.code || ' ' || skills.title, ' → ' ORDER BY step.place)
						FROM unnest(way[places[need]:depth] || need) WITH ORDINALITY AS step (number, place)
						JOIN skills ON skills.id = ids[step.number]
					);
			END IF;
			WHILE depth > 0 AND owners[next_needs[way[depth]]] IS DISTINCT FROM way[depth] LOOP
				places[way[depth]] := -1;
				depth := depth - 1;
			END LOOP;
			EXIT WHEN depth = 0;
			here := way[depth];
			need := needs[next_needs[here]];
			next_needs[here] := next_needs[here] + 1;
		END LOOP;
	END LOOP;
	RETURN NULL;
END $$;
