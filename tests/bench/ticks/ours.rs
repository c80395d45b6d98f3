//! Our own way: adapter, desk and its quotes.

use super::SYMBOL;
use crate::Failure;
use crate::gateway::Gateway;
use crate::rig::Rig;
use crate::ticks::flood::Flood;
use gatehouse_desk::port::broker::BrokerEvent;
use gatehouse_domain::Decimal;
use gatehouse_domain::quote::QuoteField;
use gatehouse_tws::TwsConfig;
use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::sync::oneshot;

/// A flood that pauses for so long has ended.
const SILENCE: Duration = Duration::from_secs(5);
/// A message is a price and a size: two fields of a quote.
const FIELDS: u64 = 2;

/// What the relay saw.
struct Passed {
    fields: u64,
    /// When the desk had taken all of it into its quotes.
    done: Instant,
    newest: HashMap<QuoteField, Option<Decimal>>,
    flood: Flood,
}

/// Ticks a second from the request until the desk holds the last of them. Fails if one is lost,
/// or if the desk's quote is not what came last.
pub async fn rate(gateway: &Gateway, folder: &Path, ticks: u64) -> Result<f64, Failure> {
    let (tell, told) = oneshot::channel();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, gateway.port()));
    let mut rig = Rig::ready(address, folder, |events| {
        // As much room as there is without the relay.
        let (sender, receiver) = mpsc::channel(TwsConfig::default().event_capacity);
        tokio::spawn(relay(events, sender, ticks * FIELDS, tell));
        receiver
    })
    .await?;
    let con_id = rig.find(SYMBOL).await?;
    let begun = Instant::now();
    rig.desk.watch(con_id).await?;
    let passed = told.await?;
    if passed.flood.broken || passed.fields != ticks * FIELDS {
        let whole = passed.flood.messages;
        return Err(
            format!("of {ticks} ticks the first {whole} arrived, then one was lost").into(),
        );
    }
    let newest = |field: QuoteField| passed.newest.get(&field).copied().flatten();
    rig.until("the quote is what came last", |page| {
        page.quotes.get(&con_id).is_some_and(|quote| {
            quote.bid.value == newest(QuoteField::Bid)
                && quote.ask.value == newest(QuoteField::Ask)
                && quote.last.value == newest(QuoteField::Last)
        })
    })
    .await?;
    rig.stop().await;
    Ok(ticks as f64 / (passed.done - begun).as_secs_f64())
}

/// Hands events on and counts the ticks among them.
async fn relay(
    mut events: Receiver<BrokerEvent>,
    desk: Sender<BrokerEvent>,
    expected: u64,
    tell: oneshot::Sender<Passed>,
) {
    let mut passed = Passed {
        fields: 0,
        done: Instant::now(),
        newest: HashMap::new(),
        flood: Flood::new(),
    };
    while passed.fields < expected && !passed.flood.broken {
        let event = if passed.fields == 0 {
            events.recv().await
        } else {
            match tokio::time::timeout(SILENCE, events.recv()).await {
                Ok(event) => event,
                Err(_) => break,
            }
        };
        let Some(event) = event else { return };
        if let BrokerEvent::Ticks(ticks) = &event {
            passed.fields += ticks.len() as u64;
            passed.flood.follow(ticks);
            for tick in ticks.iter().rev().take(6).rev() {
                passed.newest.insert(tick.field, tick.value);
            }
        }
        if desk.send(event).await.is_err() {
            return;
        }
    }
    // The desk takes events in batches, one after the other: when a second marker has been taken,
    // the batch with the first is in its quotes.
    for _ in 0..2 {
        if desk.send(BrokerEvent::Ticks(Vec::new())).await.is_err() {
            return;
        }
        while desk.capacity() < desk.max_capacity() {
            tokio::task::yield_now().await;
        }
    }
    passed.done = Instant::now();
    let _ = tell.send(passed);
    while let Some(event) = events.recv().await {
        if desk.send(event).await.is_err() {
            return;
        }
    }
}
