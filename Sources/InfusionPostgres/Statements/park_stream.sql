SELECT infusion.park_stream($1, $2, $3, $4, $5, $6)
