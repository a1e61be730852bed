SELECT infusion.begin_rebuild($1, $2)
