-- What was written since is undone, and locks that were taken since are free.
ROLLBACK TO SAVEPOINT kept
