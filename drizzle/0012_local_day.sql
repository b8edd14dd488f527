-- The date at a moment in an IANA time zone; in UTC where the zone is not known here, as in the Worker's own `localDay`.
CREATE FUNCTION "local_day"(moment timestamptz, zone text) RETURNS date LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN (moment AT TIME ZONE zone)::date;
EXCEPTION WHEN invalid_parameter_value THEN
	RETURN (moment AT TIME ZONE 'UTC')::date;
END $$;
