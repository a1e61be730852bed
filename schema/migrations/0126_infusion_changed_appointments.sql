-- What became of a site's appointments after a position: how a calendar that is kept at hand is brought up to date.
-- Each revision is found by its last change, its opening or its closing, so that one range has both.
--
-- CASE and not coalesce(): an expression index is used under a policy only where the expression is leakproof.
CREATE INDEX appointments_changed_by_site ON infusion.appointments
  (tenant_id, generation, site,
    (CASE WHEN closed_position IS NULL THEN opened_position ELSE closed_position END));
