//! The Store port over SQLite: append-only and hash-chained.
