SELECT infusion.live_generation($1, 'appointments')
