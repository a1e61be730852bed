-- Parks a stream whose event a projection could not read; the first event that it could not stays.
CREATE OR REPLACE FUNCTION infusion.park_stream(
  tenant uuid, wanted text, stream uuid, at_position bigint, new_class text, new_message text
) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  INSERT INTO infusion.parked_streams (
    tenant_id, stream_id, position, projection, class, message)
    VALUES (tenant, stream, at_position, wanted, new_class, new_message)
    ON CONFLICT (tenant_id, projection, stream_id) DO NOTHING;
END
$function$;
