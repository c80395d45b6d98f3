//! What is ours between a person and the gateway: from asking for a preview to having it, beside
//! the gateway's own answer, and from the confirmation to the order's bytes at the gateway's
//! socket, the journal flushed in between, beside a bare write and fsync in the same folder.

mod plain;
mod tap;

use crate::gateway::{Gateway, Kind};
use crate::rig::Rig;
use crate::{Failure, sample};
use gatehouse_desk::view::{JournalQuery, OrderStateView, PreviewOutcome};
use gatehouse_domain::draft::Side;
use gatehouse_e2e::{Page, market};
use plain::Plain;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::time::Instant;
use tap::Tap;

const SYMBOLS: [&str; 6] = ["AAPL", "MSFT", "KO", "SPY", "GOOGL", "JNJ"];
const ACCOUNTS: [&str; 2] = ["DU4000001", "DU4000003"];
/// The first orders only warm up.
const WARM_UP: usize = 20;

/// Samples `preview_overhead_ms`, `what_if_ms`, `confirm_ms` and `fsync_ms`, by turns.
pub fn take(folder: &Path, orders: usize) -> Result<(), Failure> {
    fs::create_dir_all(folder)?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let gateway = Gateway::start(Kind::Brisk)?;
        let tap = Tap::before(gateway.port())?;
        let mut rig = Rig::ready(tap.address(), folder, |events| events).await?;
        let mut lines = Vec::new();
        for symbol in SYMBOLS {
            let con_id = rig.find(symbol).await?;
            rig.desk.watch(con_id).await?;
            rig.until("there is a quote", |page| {
                page.quotes
                    .get(&con_id)
                    .is_some_and(|q| q.bid.value.is_some() && q.ask.value.is_some())
            })
            .await?;
            lines.extend(ACCOUNTS.map(|account| (account, con_id)));
        }
        let mut plain = Plain::create(folder)?;
        for number in 0..WARM_UP + orders {
            let (account, con_id) = lines[number % lines.len()];
            // Bought in one round and sold in the next, so that positions stay as they were.
            let side = if (number / lines.len()).is_multiple_of(2) {
                Side::Buy
            } else {
                Side::Sell
            };
            let intent = format!("bench-{number}");
            let draft = market(&intent, account, con_id, side, "1");
            tap.forget();
            let begun = Instant::now();
            let outcome = rig.desk.preview(draft).await?;
            let previewed = begun.elapsed();
            let what_if = tap.what_if()?;
            let preview = match outcome {
                PreviewOutcome::Ready { preview } => preview,
                other => return Err(format!("no preview of {intent}: {other:?}").into()),
            };
            tap.forget();
            let begun = Instant::now();
            rig.desk.confirm(&preview.id).await?;
            let confirm = tap.placed()? - begun;
            if number == 0 {
                plain.write_as_much_as(written(&rig, &intent).await?);
            }
            let fsync = plain.write()?;
            let shown = |page: &Page| page.order(&intent).is_some();
            rig.until("the order is shown", shown).await?;
            quiet(&mut rig).await?;
            if number >= WARM_UP {
                let ours = previewed.saturating_sub(what_if);
                sample::print("preview_overhead_ms", sample::ms(ours));
                sample::print("what_if_ms", sample::ms(what_if));
                sample::print("confirm_ms", sample::ms(confirm));
                sample::print("fsync_ms", sample::ms(fsync));
            }
        }
        rig.stop().await;
        Ok(())
    })
}

/// Waits until every order is filled and its commission is known: a person sends one at a time.
async fn quiet(rig: &mut Rig) -> Result<(), Failure> {
    rig.until("orders are filled", |page| {
        page.orders
            .values()
            .all(|order| order.state == OrderStateView::Filled && !order.commission_pending)
    })
    .await
}

/// How many bytes the journal's records of a confirmation hold.
async fn written(rig: &Rig, intent: &str) -> Result<usize, Failure> {
    // Previous hash, own hash, account, intent, kind, number and time.
    const BESIDE_THE_BODY: usize = 180;
    let query = JournalQuery {
        limit: 500,
        intent: Some(intent.to_owned()),
        ..JournalQuery::default()
    };
    let entries = rig.desk.journal(query).await?.entries;
    let mut bytes = 0;
    for kind in ["judged", "approved"] {
        let entry = entries.iter().find(|entry| entry.kind == kind);
        let entry = entry.ok_or_else(|| format!("the journal has no {kind} of {intent}"))?;
        let body: Value = serde_json::from_str(&entry.body)?;
        bytes += body.to_string().len() + BESIDE_THE_BODY;
    }
    eprintln!("  the journal writes about {bytes} bytes for a confirmation");
    Ok(bytes)
}
