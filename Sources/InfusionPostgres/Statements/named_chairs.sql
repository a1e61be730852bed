-- The chairs that appointments of a site have ever named, as known at a position.
SELECT DISTINCT chair COLLATE "C" AS chair
FROM infusion.changed_appointments($1, $2, 0, NULL)
WHERE opened_position <= $3
ORDER BY 1
