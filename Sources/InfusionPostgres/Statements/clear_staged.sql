SELECT infusion.clear_staged($1, $2, $3, $4)
