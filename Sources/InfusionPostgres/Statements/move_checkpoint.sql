SELECT event_log.advance_checkpoint($1, 'dose_report', $2, $3, $4)
