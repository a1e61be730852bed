SELECT infusion.stage_patient_states($1, $2, $3, $4, $5, $6, $7, $8)
