SELECT infusion.switch_generation($1, $2, $3)
