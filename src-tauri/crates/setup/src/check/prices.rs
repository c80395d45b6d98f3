//! Prices, exchange by exchange: live, late or none. A few well-known instruments stand for
//! what a subscription covers.

use super::data::{asking, upstream};
use super::session::Session;
use crate::fault::Fault;
use futures::StreamExt;
use futures::future::try_join_all;
use ibapi::Error;
use ibapi::contracts::{Contract, SecurityType};
use ibapi::market_data::MarketDataType;
use ibapi::market_data::realtime::TickTypes;
use ibapi::subscriptions::SubscriptionItem;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::time::timeout;

/// What comes from an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum PriceKind {
    /// Now.
    Live,
    /// 15 to 20 minutes late.
    Delayed,
    /// None, and the gateway's code when it gave one.
    None { code: Option<i32> },
}

/// What comes from one exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct VenuePrices {
    /// The exchange.
    pub exchange: String,
    /// What comes.
    pub kind: PriceKind,
}

impl VenuePrices {
    /// In words.
    #[must_use]
    pub fn says(&self) -> String {
        let kind = match self.kind {
            PriceKind::Live => "live".to_owned(),
            PriceKind::Delayed => "15 to 20 minutes late".to_owned(),
            PriceKind::None { code: Some(code) } => format!("none (code {code})"),
            PriceKind::None { code: None } => "none came".to_owned(),
        };
        format!("{}: {kind}", self.exchange)
    }
}

/// conId, exchange in words, security type, routing, currency.
type Known = (i32, &'static str, SecurityType, &'static str);
const KNOWN: [Known; 4] = [
    (265_598, "NASDAQ", SecurityType::Stock, "SMART"),
    (8_314, "NYSE", SecurityType::Stock, "SMART"),
    (756_733, "NYSE Arca", SecurityType::Stock, "SMART"),
    (
        12_087_792,
        "IDEALPRO (currencies)",
        SecurityType::ForexPair,
        "IDEALPRO",
    ),
];

/// Codes that say that live prices need a subscription.
const UNSUBSCRIBED: [i32; 5] = [354, 10_089, 10_090, 10_091, 10_168];

/// Asks for a price from each, all at once: for live ones, and where those are refused for want
/// of a subscription for late ones.
///
/// # Errors
/// [`Fault::Lost`]: then nothing is known of prices.
pub async fn all(session: &Session, patience: Duration) -> Result<Vec<VenuePrices>, Fault> {
    want(session, MarketDataType::Realtime).await;
    let kinds = try_join_all(KNOWN.iter().map(|known| one(session, known, patience))).await?;
    let again = |kind: &PriceKind| matches!(kind, PriceKind::None { code: Some(code) } if UNSUBSCRIBED.contains(code));
    let late = if kinds.iter().any(again) {
        want(session, MarketDataType::Delayed).await;
        let asked = KNOWN.iter().zip(&kinds).map(|(known, kind)| async move {
            match again(kind) {
                true => one(session, known, patience).await,
                false => Ok(*kind),
            }
        });
        try_join_all(asked).await?
    } else {
        kinds
    };
    let venues = KNOWN.iter().zip(late);
    Ok(venues
        .map(|((_, exchange, ..), kind)| VenuePrices {
            exchange: (*exchange).to_owned(),
            kind,
        })
        .collect())
}

async fn want(session: &Session, kind: MarketDataType) {
    if let Err(error) = session.client.switch_market_data_type(kind).await {
        tracing::debug!(%error, "the market data type was not set");
    }
}

async fn one(session: &Session, known: &Known, patience: Duration) -> Result<PriceKind, Fault> {
    let (con_id, _, security, routing) = known;
    let contract = Contract {
        contract_id: *con_id,
        security_type: security.clone(),
        exchange: (*routing).into(),
        currency: "USD".into(),
        ..Contract::default()
    };
    let mut kind = None;
    let reading = async {
        let mut ticks = match session.client.market_data(&contract).subscribe().await {
            Ok(ticks) => ticks,
            Err(error) => return Some(refused(error)),
        };
        let read = loop {
            match ticks.next().await {
                Some(Ok(SubscriptionItem::Data(TickTypes::MarketDataType(told)))) => {
                    kind = Some(match told {
                        MarketDataType::Delayed | MarketDataType::DelayedFrozen => {
                            PriceKind::Delayed
                        }
                        _ => PriceKind::Live,
                    });
                }
                Some(Ok(SubscriptionItem::Data(TickTypes::Price(_) | TickTypes::PriceSize(_)))) => {
                    break Some(Ok(kind.unwrap_or(PriceKind::Live)));
                }
                Some(Ok(SubscriptionItem::Notice(notice))) => {
                    if matches!(notice.code, 10089 | 10090 | 10091 | 10167) {
                        kind = Some(PriceKind::Delayed);
                    }
                }
                Some(Ok(SubscriptionItem::Data(_))) => {}
                Some(Err(error)) => break Some(refused(error)),
                None => break None,
            }
        };
        ticks.cancel().await;
        read
    };
    let read = timeout(patience, reading).await.ok().flatten();
    // Outside trading hours the kind is told and a price need not come.
    read.unwrap_or(Ok(kind.unwrap_or(PriceKind::None { code: None })))
}

fn refused(error: Error) -> Result<PriceKind, Fault> {
    let code = match &error {
        Error::Notice(notice) => Some(notice.code),
        _ => None,
    };
    match asking(error) {
        Fault::Lost => Err(Fault::Lost),
        _ => Ok(PriceKind::None { code }),
    }
}

/// What is wrong with them, worst first.
pub fn fault(venues: &[VenuePrices], session: &Session) -> Option<Fault> {
    let with = |wanted: fn(PriceKind) -> bool| -> Vec<String> {
        venues
            .iter()
            .filter(|venue| wanted(venue.kind))
            .map(|venue| venue.exchange.clone())
            .collect()
    };
    let codes: Vec<Option<i32>> = venues
        .iter()
        .filter_map(|venue| match venue.kind {
            PriceKind::None { code } => Some(code),
            _ => None,
        })
        .collect();
    if codes.contains(&Some(10197)) {
        return Some(Fault::LoggedInElsewhere { code: 10197 });
    }
    if session.heard().down || session.heard().lost.0 > 1 {
        return Some(upstream(session));
    }
    if codes.contains(&Some(101)) {
        return Some(Fault::NoLinesLeft);
    }
    let none = with(|kind| matches!(kind, PriceKind::None { .. }));
    if !none.is_empty() {
        return Some(Fault::NotSubscribed {
            exchanges: none,
            code: codes.into_iter().flatten().next(),
        });
    }
    let late = with(|kind| kind == PriceKind::Delayed);
    (!late.is_empty()).then_some(Fault::DelayedOnly { exchanges: late })
}

/// When all is well.
pub fn says(venues: &[VenuePrices]) -> String {
    let names = venues.iter().map(|venue| venue.exchange.clone());
    format!("Live from {}.", crate::fault::listed(names))
}
