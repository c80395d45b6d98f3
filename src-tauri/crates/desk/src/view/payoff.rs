//! What several legs come to, as the page asks for it and is shown it.

use gatehouse_domain::Decimal;
use gatehouse_domain::draft::Side;
use serde::{Deserialize, Serialize};

/// A question for a payoff picture. Texts are as typed; empty ones mean the usual.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PayoffInput {
    /// The legs of one unit.
    pub legs: Vec<PayoffLegInput>,
    /// How many units; empty for one.
    pub quantity: String,
    /// The days of the lines before the first expiry, `20261211`, taken at the close; empty for
    /// now. The greeks are of the first one.
    pub dates: Vec<String>,
    /// Points added to every volatility, those of the person's included: "5" for five of a
    /// hundred.
    pub volatility_shift: String,
    /// A year's rate in percent; empty for the one that the answer names.
    pub rate: String,
    /// Whose positions in the same underlying are added.
    pub account: Option<String>,
}

/// One leg of the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PayoffLegInput {
    pub con_id: i32,
    pub side: Side,
    pub ratio: u32,
    /// What one unit costs or brings; empty for the middle of its market.
    pub price: String,
    /// The option's implied volatility in percent; empty for the market's.
    pub volatility: String,
}

/// The picture. Money is of all units and of what was added, in `currency`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PayoffView {
    /// The strategy's name, of the legs asked about.
    pub name: String,
    pub currency: String,
    /// The underlying's price.
    pub spot: Option<Decimal>,
    /// What one unit of the legs costs, by the share; below zero it brings that.
    pub net_price: Option<Decimal>,
    pub max_profit: BoundView,
    /// As a positive amount.
    pub max_loss: BoundView,
    /// The most that can be won as a share of the most that can be lost; `None` unless both are
    /// known and bounded.
    pub return_on_risk: Option<Decimal>,
    /// Prices of the underlying at which nothing is won or lost, at the first expiry.
    pub breakevens: Vec<Decimal>,
    /// By the model, as a share.
    pub chance_of_profit: Option<Decimal>,
    /// By the model.
    pub expected_profit: Option<Decimal>,
    /// By the model, in units of the underlying.
    pub delta: Option<Decimal>,
    /// The delta in money: what it is at the underlying's price.
    pub delta_money: Option<Decimal>,
    /// By the model.
    pub gamma: Option<Decimal>,
    /// By the model, in money a day.
    pub theta: Option<Decimal>,
    /// By the model, in money a point of volatility.
    pub vega: Option<Decimal>,
    /// By the model, in money a percent of the rate.
    pub rho: Option<Decimal>,
    /// The first expiry, `20261218`.
    pub expiry: Option<String>,
    /// Days until then.
    pub days: i32,
    /// The exchange's day.
    pub today: Option<String>,
    /// Whether the line at the first expiry needs the model, because other legs go on.
    pub modelled: bool,
    /// The dates that were asked about, in the same order.
    pub dates: Vec<PayoffDateView>,
    /// By rising price; every strike and breakeven is among them.
    pub points: Vec<PayoffPoint>,
    /// Where the underlying is with two chances in three at the first expiry, by the model.
    pub sigma: Option<SigmaView>,
    /// The year's rate that the model was given, in percent.
    pub rate: Decimal,
    /// That rate and the dividends that the model was given, in words.
    pub assumes: String,
    /// Which implied volatilities are the person's, in words; `None` when none is.
    pub yours: Option<String>,
    /// Whether a leg without a price was taken at the model's by the person's volatility: then
    /// nothing is exact.
    pub priced_by_model: bool,
    /// Why something is missing, and what was left out.
    pub says: Option<String>,
}

/// The most or the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BoundView {
    /// `None` when it is not known or has no bound.
    pub amount: Option<Decimal>,
    pub unbounded: bool,
}

/// A point of the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PayoffPoint {
    /// Of the underlying.
    pub price: Decimal,
    pub at_expiry: Option<Decimal>,
    /// On each of the dates, by the model; none where it does not lie ahead.
    pub on_dates: Vec<Option<Decimal>>,
}

/// A date of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PayoffDateView {
    /// `20261211`; `None` for now.
    pub day: Option<String>,
    pub lies: DateLies,
}

/// Where a date lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum DateLies {
    /// From now to the first expiry.
    Ahead,
    /// Before today.
    Past,
    /// After the first expiry.
    Beyond,
}

/// A band of prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SigmaView {
    pub low: Decimal,
    pub high: Decimal,
}
