-- Up to here everything of the transaction is kept, and no append waits.
SAVEPOINT holding
