/**
 * What the statements that make a school are written with. All that happens by chance is worked out from a name of its
 * own, so that the same size makes the same school, whatever plan Postgres chooses and however often.
 */
export const CHANCE = `
  -- At least 0 and below 1, the same for the same name.
  CREATE FUNCTION pg_temp.chance(name text) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT (hashtextextended(name, 0) & 2147483647) / 2147483648.0 $$;

  -- A UUID of version 7 for this moment (RFC 9562), the same for the same name.
  CREATE FUNCTION pg_temp.id_at(at timestamptz, name text) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(hash, 1, 3)
         || '8' || substr(hash, 4, 15))::uuid FROM md5(name) AS hash $$;

  CREATE FUNCTION pg_temp.one_of(names text[], name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT names[1 + floor(pg_temp.chance(name) * array_length(names, 1))::integer] $$;`;
