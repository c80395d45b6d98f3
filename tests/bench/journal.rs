//! The journal alone: an append until it is on disk, beside a bare write and flush of as many bytes
//! to a plain file in the same folder; and how fast the chain is checked.

use crate::{Failure, sample};
use gatehouse_desk::port::{Store as _, Verification};
use gatehouse_desk::record::{Entry, Record};
use gatehouse_domain::id::{AccountId, IntentId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_journal::Journal;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

/// How many records are written at once before the chain is checked.
const BATCH: usize = 500;
/// How many records the chain that is checked has at least.
const CHAIN: usize = 20_000;

/// Takes the samples in a folder of its own beneath `folder`.
pub fn take(folder: &Path, appends: usize, rounds: usize) -> Result<(), Failure> {
    fs::create_dir_all(folder)?;
    let own = tempfile::tempdir_in(folder)?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(measured(own.path(), appends, rounds))
}

async fn measured(folder: &Path, appends: usize, rounds: usize) -> Result<(), Failure> {
    let journal = Journal::open(folder.join("journal.db")).await?;
    let mut plain = File::create(folder.join("plain"))?;
    let record = record()?;
    let bytes = serde_json::to_vec(&record)?;
    for round in 0..=appends {
        let begun = Instant::now();
        journal.append(std::slice::from_ref(&record)).await?;
        let append = sample::ms(begun.elapsed());
        let begun = Instant::now();
        plain.write_all(&bytes)?;
        plain.sync_data()?;
        let flush = sample::ms(begun.elapsed());
        if round > 0 {
            sample::print("append_ms", append);
            sample::print("fsync_ms", flush);
        }
    }
    let batch = vec![record; BATCH];
    for _ in 0..CHAIN.div_ceil(BATCH) {
        journal.append(&batch).await?;
    }
    for _ in 0..rounds {
        let begun = Instant::now();
        let Verification::Intact(head) = journal.verify(None).await? else {
            return Err("the chain is broken".into());
        };
        #[allow(clippy::cast_precision_loss)]
        let checked = head.seq as f64;
        sample::print("verify_per_s", checked / begun.elapsed().as_secs_f64());
    }
    journal.close().await;
    Ok(())
}

/// As long as what is written of an order on average.
fn record() -> Result<Record, Failure> {
    Ok(Record {
        at: UnixMillis(1_780_000_000_000),
        account: Some(AccountId::new("DU1234567")?),
        intent: Some(IntentId::new("6f1c2b7e-0001")?),
        entry: Entry::OrderNotice {
            code: 399,
            text: "x".repeat(500),
        },
    })
}
