SELECT infusion.stage_references($1, $2, $3, $4, $5, $6)
