-- Up to here everything of the transaction is kept.
SAVEPOINT kept
