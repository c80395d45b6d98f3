//! The desk's [`Store`](gatehouse_desk::port::Store) port over an embedded SQLite file:
//! append-only and hash-chained.
//!
//! # What it promises
//! An [append](Journal) returns once its records are on disk: write-ahead log,
//! `synchronous=FULL`, one transaction, one writer connection. Reads have connections of their
//! own that cannot write. A second program that appends to the same file gets an error or
//! gives us one; the chain never forks. Nothing of ours ever changes or removes a row, and
//! triggers refuse it to everyone who does not drop them first.
//!
//! # The chain, for checking it by hand
//! Table `record` has one row a record: `seq` (1, 2, 3, … without a gap), `at` (milliseconds
//! since 1970), `account` and `intent` (or NULL), `kind`, `body` (the record's JSON as it was
//! written), `prev` (the `hash` of the row before; 64 zeros in the first row) and `hash`:
//! lower-case hexadecimal SHA-256 over nine fields in this order:
//!
//! 1. the text `gatehouse-journal-1`
//! 2. `prev` 3. `seq` 4. `at` 5. `account` 6. `intent` 7. `kind` 8. `body`
//!
//! preceded by nothing and followed by nothing. Each field is written as its length in bytes
//! as a decimal number, a colon, and its UTF-8 bytes; numbers are decimal text; NULL is a
//! single `-`. So no two rows have the same encoding. The columns repeat what the JSON says
//! (`at`, `account`, `intent`, `entry.kind`), and have to agree with it. Table `head` holds
//! the newest `seq` and `hash`, so that rows cut off the end are missed.
//!
//! The same in Python, which prints nothing but the head when all is well:
//! ```python
//! import hashlib, sqlite3, sys
//! f = lambda v: b"-" if v is None else b"%d:%s" % (len(b := str(v).encode()), b)
//! last, n = "0" * 64, 0
//! rows = sqlite3.connect(sys.argv[1]).execute(
//!     "SELECT prev, seq, at, account, intent, kind, body, hash FROM record ORDER BY seq")
//! for *fields, hash in rows:
//!     n += 1
//!     sum = hashlib.sha256(b"".join(map(f, ["gatehouse-journal-1", *fields]))).hexdigest()
//!     if fields[:2] != [last, n] or sum != hash: sys.exit(f"record {n} is broken")
//!     last = hash
//! print(n, last)
//! ```
//!
//! # What it deliberately does not do
//! The hash has no key: someone who may write the file can rewrite it from some record on,
//! `head` included. Only a [`Head`](gatehouse_desk::port::Head) noted down elsewhere shows
//! that; [`Store::verify`](gatehouse_desk::port::Store::verify) takes one. Nothing is ever
//! deleted: a [backup](Journal::back_up) is a whole copy that was checked, an
//! [export](Journal::export) is for other programs to read. There is no encryption, and no
//! judgement of what the records mean.

mod backup;
mod chain;
mod checkpoint;
mod export;
mod fault;
mod journal;
mod place;
mod read;
mod row;
mod schema;
mod verify;
mod writer;

pub use backup::{BackUp, day, latest};
pub use export::{CopyError, Format};
pub use journal::Journal;
