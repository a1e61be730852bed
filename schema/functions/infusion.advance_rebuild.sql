-- Moves the mark of a rebuild; its staged rows come in the same transaction, after it. Fails if
-- another start has taken the rebuild over.
CREATE OR REPLACE FUNCTION infusion.advance_rebuild(
  tenant               uuid,
  own_filler           uuid,
  new_through          uuid,
  new_reached          bigint,
  new_patients         bigint,
  new_events           bigint,
  new_live_rows        bigint[],
  new_rebuilt_rows     bigint[],
  new_live_digests     bytea[],
  new_rebuilt_digests  bytea[],
  new_differing_counts bigint[],
  new_differing_projections text[],
  new_differing_rows   text[],
  new_differences      text[],
  new_parked_patients  uuid[],
  new_parked_positions bigint[],
  new_parked_classes   text[],
  new_parked_messages  text[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  UPDATE infusion.rebuilds r
    SET through = new_through, reached = new_reached, patients = new_patients, events = new_events,
      live_rows = new_live_rows, rebuilt_rows = new_rebuilt_rows, live_digests = new_live_digests,
      rebuilt_digests = new_rebuilt_digests, differing_counts = new_differing_counts,
      differing_projections = new_differing_projections, differing_rows = new_differing_rows,
      differences = new_differences, moved_at = clock_timestamp(), parked_patients = new_parked_patients,
      parked_positions = new_parked_positions, parked_classes = new_parked_classes,
      parked_messages = new_parked_messages
    WHERE r.tenant_id = tenant AND r.filler = own_filler;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the rebuild has been taken over' USING ERRCODE = 'IP001';
  END IF;
END
$function$;
