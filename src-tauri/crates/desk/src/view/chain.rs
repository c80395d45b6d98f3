//! Option chains as the page is shown them.

use super::{Figure, InstrumentView, Millis};
use gatehouse_domain::Decimal;
use gatehouse_domain::chain::ExpiryKind;
use gatehouse_domain::settlement::Settles;
use serde::Serialize;

/// The classes and expiries of an underlying's options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ChainView {
    pub underlying: InstrumentView,
    /// Standard ones first, then by name.
    pub classes: Vec<OptionClassView>,
    /// When the broker told it.
    pub taken: Millis,
}

/// The options of one trading class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OptionClassView {
    pub trading_class: String,
    pub exchange: String,
    pub multiplier: Decimal,
    /// Whether it is an ordinary class: another may deliver something else than 100 shares.
    pub standard: bool,
    /// Whether its name says that its deliverable was adjusted after a corporate action.
    pub adjusted: bool,
    /// When the price that settles it is taken.
    pub settles: Settles,
    /// Those that have not passed, earliest first.
    pub expiries: Vec<ExpiryView>,
    /// Lowest first; not every one is listed in every expiry.
    pub strikes: Vec<Decimal>,
}

/// One expiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ExpiryView {
    /// `20261218`, the last day of trading.
    pub expiry: String,
    /// The day of settlement: of a class that settles in the morning, the one after.
    pub settled: String,
    /// Days of the calendar until then, zero on the day.
    pub days: i32,
    pub kind: ExpiryKind,
}

/// The options of one class and expiry, strike by strike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StrikesView {
    pub con_id: i32,
    pub trading_class: String,
    pub expiry: String,
    /// Lowest strike first.
    pub rows: Vec<StrikeView>,
    /// When the broker told it.
    pub taken: Millis,
}

/// The two options of one strike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StrikeView {
    pub strike: Decimal,
    pub call: Option<InstrumentView>,
    pub put: Option<InstrumentView>,
}

/// What a model says of an option. Shares of the price, not of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GreeksView {
    /// A year's volatility as a share, 0.25 = 25 %.
    pub implied_volatility: Figure,
    pub delta: Figure,
    pub gamma: Figure,
    /// A day's.
    pub theta: Figure,
    /// For one percentage point of volatility.
    pub vega: Figure,
    /// What the option is worth by the model.
    pub price: Figure,
    /// The price of the underlying that the model was given.
    pub underlying: Figure,
}

/// What our own model makes of an option's volatility and its underlying's price, with what
/// [`ChainOutlookView::assumes`](super::ChainOutlookView::assumes) tells. Always marked as a model's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ModelledView {
    /// For one percentage point of the rate.
    pub rho: Figure,
    /// The chance to end in the money, as a share.
    pub chance_in: Figure,
    /// The chance to end out of it.
    pub chance_out: Figure,
    /// The chance that the underlying reaches the strike at any time until the end.
    pub chance_touch: Figure,
    /// Where the underlying has to end for a buyer at the middle to lose nothing. Reckoned from
    /// bid and offer alone.
    pub breakeven: Figure,
}

/// How the lines of market data are shared out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LinesView {
    /// How many there may be.
    pub budget: u32,
    /// Of positions, tickets and lists.
    pub others: u32,
    /// Of options on the screen that keep theirs.
    pub steady: u32,
    /// Of options that take turns.
    pub in_turn: u32,
    /// How many options take turns with them.
    pub taking_turns: u32,
}
