SELECT infusion.sum_dose_report($1, $2, NULL, NULL, NULL)
