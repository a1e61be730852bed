SELECT infusion.discard_generations($1, $2, $3)
