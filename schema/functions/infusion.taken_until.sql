-- Until when a visit takes its chair and the nurses, as of `decided_at`: to its end, or, while its patient sits on
-- in the chair, to the end of the quarter hour of now. Who sat down a day before or longer ago is taken to have
-- left without being discharged. Where `decided_at` is NULL nobody sits on.
--
-- A plain SQL function, so that it is inlined.
CREATE OR REPLACE FUNCTION infusion.taken_until(
  status text, starts_at timestamptz, ends_at timestamptz, decided_at timestamptz
) RETURNS timestamptz
  LANGUAGE sql STABLE
RETURN CASE
  WHEN status = 'checked-in' AND ends_at <= decided_at
    AND starts_at > decided_at - interval '24 hours'
  THEN date_bin('15 minutes', decided_at, timestamptz '1970-01-01 00:00:00+00')
    + interval '15 minutes'
  ELSE ends_at END;
