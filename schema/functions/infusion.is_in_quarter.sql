-- Whether a visit counts against a limit of a quarter hour: it begins in it, or takes any of it.
--
-- A plain SQL function, so that it is inlined.
CREATE OR REPLACE FUNCTION infusion.is_in_quarter(
  limit_name text, quarter timestamptz, starts_at timestamptz, ends_at timestamptz
) RETURNS boolean
  LANGUAGE sql STABLE
RETURN starts_at < quarter + interval '15 minutes'
  AND CASE limit_name WHEN 'nurse-starts' THEN starts_at >= quarter ELSE ends_at > quarter END;
