//! Option chains: one request for the classes of an underlying, one for each expiry.
//!
//! What was told is kept for the exchange's day, in memory and, where a folder is configured, on
//! disk; contracts keep their ids, so a chain of yesterday is still right but for what was listed
//! since. Without a link, what is on disk is shown with its date. Deliberately not here: quotes,
//! and which of them to have.

use crate::contract;
use crate::convert::from_f64;
use crate::lookup::{ask, option_details};
use crate::session::Live;
use crate::shared::{Shared, lock};
use futures::StreamExt;
use gatehouse_desk::port::broker::BrokerError;
use gatehouse_domain::chain::{Dated, OptionClass, exchange_day};
use gatehouse_domain::contract::{Contract, Instrument, SecurityKind};
use gatehouse_domain::decimal::Price;
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::instant::UnixMillis;
use ibapi::contracts::{OptionChain, SecurityType};
use ibapi::subscriptions::SubscriptionItem;
use rust_decimal::Decimal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// What was told of chains, by name.
#[derive(Debug, Default)]
pub struct ChainStore {
    folder: Option<PathBuf>,
    // As JSON, which is what the disk holds too.
    known: Mutex<HashMap<String, String>>,
}

impl ChainStore {
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            known: Mutex::default(),
        }
    }

    async fn get<T: DeserializeOwned>(&self, name: &str) -> Option<Dated<T>> {
        let known = lock(&self.known).get(name).cloned();
        let text = match (known, &self.folder) {
            (Some(text), _) => text,
            (None, Some(folder)) => {
                let text = tokio::fs::read_to_string(file(folder, name)).await.ok()?;
                lock(&self.known).insert(name.to_owned(), text.clone());
                text
            }
            (None, None) => return None,
        };
        match serde_json::from_str(&text) {
            Ok(dated) => Some(dated),
            Err(error) => {
                tracing::warn!(name, %error, "a kept chain can't be read and is asked for anew");
                None
            }
        }
    }

    /// A disk that is full or read-only costs the next start some requests, nothing else.
    async fn put<T: Serialize>(&self, name: &str, dated: &Dated<T>) {
        let Ok(text) = serde_json::to_string(dated) else {
            return;
        };
        lock(&self.known).insert(name.to_owned(), text.clone());
        if let Some(folder) = &self.folder
            && let Err(error) = write(folder, name, &text).await
        {
            tracing::warn!(name, %error, "a chain is not kept on disk");
        }
    }
}

fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.json"))
}

async fn write(folder: &Path, name: &str, text: &str) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let half = folder.join(format!("{name}.half"));
    tokio::fs::write(&half, text).await?;
    tokio::fs::rename(&half, file(folder, name)).await
}

fn is_of_today(taken: UnixMillis, now: UnixMillis) -> bool {
    let today = exchange_day(now);
    today.is_some() && exchange_day(taken) == today
}

/// The classes of options on an underlying.
pub async fn classes(
    shared: &Shared,
    underlying: &Contract,
) -> Result<Dated<Vec<OptionClass>>, BrokerError> {
    let name = underlying.con_id.to_string();
    kept_or(shared, &name, async |live| {
        let kind = match underlying.kind {
            SecurityKind::Stock => SecurityType::Stock,
            SecurityKind::Index => SecurityType::Index,
            _ => return Err(no_options(underlying)),
        };
        let question = async {
            let request =
                live.client
                    .option_chain(underlying.symbol.as_str(), kind, underlying.con_id.get());
            let mut stream = request.subscribe().await?;
            let mut told = Vec::new();
            while let Some(item) = stream.next().await {
                if let SubscriptionItem::Data(chain) = item? {
                    told.push(chain);
                }
            }
            Ok(told)
        };
        let told = ask(&live, question).await?;
        let classes = merged(&told);
        if classes.is_empty() {
            return Err(no_options(underlying));
        }
        Ok(classes)
    })
    .await
}

fn no_options(underlying: &Contract) -> BrokerError {
    BrokerError::Refused {
        code: 200,
        text: format!("There are no options on {}.", underlying.symbol),
    }
}

/// One class of each name: as `SMART` routes it where that is listed, else of the first exchange.
fn merged(told: &[OptionChain]) -> Vec<OptionClass> {
    let mut classes: BTreeMap<(String, String), OptionClass> = BTreeMap::new();
    for chain in told {
        let Some(class) = class(chain) else { continue };
        let key = (class.trading_class.clone(), class.multiplier.to_string());
        let is_better = classes
            .get(&key)
            .is_none_or(|known| known.exchange != "SMART" && class.exchange == "SMART");
        if is_better {
            classes.insert(key, class);
        }
    }
    classes.into_values().collect()
}

fn class(chain: &OptionChain) -> Option<OptionClass> {
    let expiries = chain
        .expirations
        .iter()
        .filter_map(|day| Expiry::from_wire(day));
    let strikes = chain
        .strikes
        .iter()
        .filter_map(|strike| Price::new(from_f64(*strike)?).ok());
    let mut class = OptionClass {
        trading_class: chain.trading_class.clone(),
        exchange: chain.exchange.clone(),
        multiplier: chain
            .multiplier
            .parse()
            .ok()
            .filter(|m| *m > Decimal::ZERO)?,
        expiries: expiries.collect(),
        strikes: strikes.collect(),
    };
    class.expiries.sort_unstable();
    class.expiries.dedup();
    class.strikes.sort_unstable_by_key(|strike| strike.get());
    class.strikes.dedup();
    (!class.expiries.is_empty() && !class.strikes.is_empty()).then_some(class)
}

/// Every option of one class and expiry.
pub async fn options(
    shared: &Shared,
    underlying: &Contract,
    class: &OptionClass,
    expiry: Expiry,
) -> Result<Dated<Vec<Instrument>>, BrokerError> {
    let plain: String = class
        .trading_class
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    let (con_id, units) = (underlying.con_id, class.multiplier.normalize());
    let name = format!("{con_id}-{plain}-{units}-{}", expiry.wire());
    let dated: Dated<Vec<Instrument>> = kept_or(shared, &name, async |live| {
        let wire = contract::options(underlying, class, expiry);
        option_details(&live, &wire).await
    })
    .await?;
    let mut known = lock(&shared.instruments);
    for option in &dated.value {
        known.insert(option.contract.con_id, option.clone());
    }
    drop(known);
    Ok(dated)
}

/// What is kept of today; else what the broker tells; else, without it, what is kept at all.
pub async fn kept_or<T: Serialize + DeserializeOwned>(
    shared: &Shared,
    name: &str,
    ask: impl AsyncFnOnce(std::sync::Arc<Live>) -> Result<T, BrokerError>,
) -> Result<Dated<T>, BrokerError> {
    let kept: Option<Dated<T>> = shared.chains.get(name).await;
    let kept = match kept {
        Some(kept) if is_of_today(kept.taken, shared.now()) => return Ok(kept),
        kept => kept,
    };
    let told = match shared.live() {
        Ok(live) => ask(live).await,
        Err(error) => Err(error),
    };
    match (told, kept) {
        (Ok(value), _) => {
            let dated = Dated {
                value,
                taken: shared.now(),
            };
            shared.chains.put(name, &dated).await;
            Ok(dated)
        }
        (Err(BrokerError::NotConnected | BrokerError::TimedOut { .. }), Some(kept)) => Ok(kept),
        (Err(error), _) => Err(error),
    }
}
