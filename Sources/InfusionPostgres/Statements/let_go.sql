-- What was written behind the tenant's lock is undone, and the lock goes with it.
ROLLBACK TO SAVEPOINT holding
