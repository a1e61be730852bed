-- A stream that had been parked can be read again.
CREATE OR REPLACE FUNCTION infusion.unpark_stream(tenant uuid, wanted text, stream uuid)
  RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  DELETE FROM infusion.parked_streams p
    WHERE p.tenant_id = tenant AND p.projection = wanted AND p.stream_id = stream;
END
$function$;
