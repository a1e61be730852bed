SELECT event_log.find_subject($1, $2)
