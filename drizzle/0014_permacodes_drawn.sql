-- Permacodes of four characters are the seed's, which come from its skills' ids. Those that are made here have five, and are
-- counted from a number of this database's own: what one platform makes and another imports is no skill that the other has.
CREATE SEQUENCE "permacode_numbers" MINVALUE 194672 MAXVALUE 4477455 CYCLE;
--> statement-breakpoint
SELECT setval('permacode_numbers', 194672 + floor(random() * 4282784)::bigint);
--> statement-breakpoint
CREATE OR REPLACE FUNCTION "give_permacode"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	WHILE NEW.permacode = '' LOOP
		NEW.permacode := permacode_of(nextval('permacode_numbers'));
		IF EXISTS (SELECT FROM permacodes WHERE permacode = NEW.permacode) THEN NEW.permacode := ''; END IF;
	END LOOP;
	RETURN NEW;
END $$;
