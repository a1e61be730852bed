SELECT infusion.finish_rebuild($1, $2)
