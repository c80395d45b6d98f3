//! What the prices of a chain say of what is to come, as the page asks for it and is shown it.

use super::{Figure, Millis, SigmaView};
use gatehouse_domain::Decimal;
use serde::{Deserialize, Serialize};

/// A question for the outlook of a chain that was loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ChainOutlookInput {
    pub con_id: i32,
    pub trading_class: String,
    /// The strikes whose options' deltas lie from this, as a share, to one less it are named; empty
    /// for none.
    pub least_delta: String,
}

/// What a chain's prices say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ChainOutlookView {
    pub con_id: i32,
    pub trading_class: String,
    /// Of every expiry of the class that has not passed, earliest first.
    pub expiries: Vec<ExpiryOutlookView>,
    /// `None` until the broker told the volatility of a year.
    pub volatility_rank: Option<VolatilityRankView>,
    /// `None` where the broker tells none.
    pub dividends: Option<DividendsView>,
    /// The rate and the dividends that our model is given, in words.
    pub assumes: String,
}

/// What the prices of one expiry say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ExpiryOutlookView {
    /// `20261218`.
    pub expiry: String,
    /// How far the underlying is expected to be from today's price then, either way: the price of
    /// the straddle at the money.
    pub expected_move: Figure,
    /// From what it is reckoned.
    pub basis: Option<MoveBasis>,
    /// The strike of the straddle, where it is one that is quoted.
    pub straddle: Option<Decimal>,
    /// The volatility that the bands are drawn with, a year's as a share.
    pub volatility: Figure,
    /// Where the underlying ends in about two cases of three, by the model.
    pub one_sigma: Option<SigmaView>,
    /// Where it ends in about nineteen of twenty.
    pub two_sigma: Option<SigmaView>,
    /// The strikes within the deltas that were asked for; `None` where they are not known.
    pub within_delta: Option<StrikeSpan>,
}

/// From what an expected move is reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum MoveBasis {
    /// The straddle at the money, at its middle.
    Straddle,
    /// What it would be worth at the volatility of the expiry's own options at the money.
    Volatility,
    /// The same at the volatility of the underlying's 30-day options.
    ThirtyDays,
}

/// Strikes from the lowest to the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StrikeSpan {
    pub lowest: Decimal,
    pub highest: Decimal,
}

/// Where the implied volatility stands among that of a year's days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct VolatilityRankView {
    /// From the lowest day at 0 to the highest at 1.
    pub rank: Figure,
    /// The share of days on which it was lower.
    pub percentile: Figure,
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
    /// How many days there are.
    pub days: u32,
    /// When the broker told them.
    pub taken: Millis,
}

/// What a share pays, by the broker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DividendsView {
    pub past_year: Option<Decimal>,
    pub next_year: Option<Decimal>,
    /// `20261218`.
    pub next_day: Option<String>,
    pub next_amount: Option<Decimal>,
    /// When the broker told it.
    pub at: Millis,
}
