SELECT infusion.unpark_stream($1, $2, $3)
