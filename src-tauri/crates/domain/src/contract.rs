//! Contracts: what is traded.

use crate::chain::{is_adjusted, plain};
use crate::decimal::{Currency, Price, Toward};
use crate::derivative::Derivative;
use crate::draft::Side;
use crate::id::{ConId, Symbol};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The kind of instrument (`secType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum SecurityKind {
    /// Stock or ETF (`STK`).
    Stock,
    /// Option on a stock or index (`OPT`).
    Option,
    /// Future (`FUT`).
    Future,
    /// Option on a future (`FOP`).
    FutureOption,
    /// Foreign exchange (`CASH`).
    Forex,
    /// Index (`IND`): never traded itself.
    Index,
    /// Combination (`BAG`).
    Combo,
    /// Anything else the broker holds.
    Other,
}

impl SecurityKind {
    /// Reads a `secType`.
    #[must_use]
    pub fn from_wire(text: &str) -> Self {
        match text {
            "STK" => Self::Stock,
            "OPT" => Self::Option,
            "FUT" => Self::Future,
            "FOP" => Self::FutureOption,
            "CASH" => Self::Forex,
            "IND" => Self::Index,
            "BAG" => Self::Combo,
            _ => Self::Other,
        }
    }

    /// As a person says it, of several.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Stock => "stocks",
            Self::Option => "options",
            Self::Future => "futures",
            Self::FutureOption => "options on futures",
            Self::Forex => "currencies",
            Self::Index => "indices",
            Self::Combo => "combinations",
            Self::Other => "other instruments",
        }
    }

    /// Its `secType`; empty for [`Self::Other`].
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Stock => "STK",
            Self::Option => "OPT",
            Self::Future => "FUT",
            Self::FutureOption => "FOP",
            Self::Forex => "CASH",
            Self::Index => "IND",
            Self::Combo => "BAG",
            Self::Other => "",
        }
    }
}

/// One tradable thing, identified by its conId.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contract {
    /// IBKR's id of it.
    pub con_id: ConId,
    /// Its symbol.
    pub symbol: Symbol,
    /// Its kind.
    pub kind: SecurityKind,
    /// Where an order goes, usually `SMART`.
    pub exchange: String,
    /// Where it is listed, when told.
    pub primary_exchange: Option<String>,
    /// What it is priced in.
    pub currency: Currency,
    /// The exchange's own symbol, such as `ESZ6`, when it differs.
    pub local_symbol: Option<String>,
    /// Units per contract: 1 for stock, 100 for most options.
    pub multiplier: Decimal,
    /// For an option or a future, when told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub derivative: Option<Derivative>,
    /// The legs of a combination; empty for everything else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legs: Vec<ComboLeg>,
}

/// One leg of a combination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ComboLeg {
    /// What it is.
    pub con_id: ConId,
    /// What is done with it when the combination is executed as it was meant.
    pub side: Side,
    /// How many for one combination.
    pub ratio: u32,
    /// Where it goes.
    pub exchange: String,
}

impl Contract {
    /// What a person calls it: `AAPL`, `EUR.USD`, `ESZ6`, `AAPL 18 Dec 26 180 C`; an option of a
    /// class apart by that, `SPXW 18 Dec 26 6900 C`.
    #[must_use]
    pub fn label(&self) -> String {
        if let Some(Derivative {
            expiry,
            option: Some(terms),
        }) = self.derivative
        {
            let (strike, right) = (terms.strike, terms.right.letter());
            let class = self.class_apart().unwrap_or(self.symbol.as_str());
            return format!("{class} {expiry} {strike} {right}");
        }
        match (self.kind, &self.local_symbol) {
            (SecurityKind::Forex, _) => format!("{}.{}", self.symbol, self.currency),
            (SecurityKind::Stock | SecurityKind::Index, _) | (_, None) => self.symbol.to_string(),
            (_, Some(local)) => local.clone(),
        }
    }

    /// The trading class of an option, as its exchange's symbol begins with it (`SPXW` of
    /// `SPXW  261218C06900000`); `None` where that is not told.
    #[must_use]
    pub fn option_class(&self) -> Option<&str> {
        self.derivative?.option?;
        let class = self.local_symbol.as_deref()?.split(' ').next()?;
        (!class.is_empty()).then_some(class)
    }

    /// The class of an option that settles or delivers otherwise than those under its plain
    /// symbol: `SPXW` beside `SPX`, `AAPL1` beside `AAPL`. `None` for the plain ones.
    #[must_use]
    pub fn class_apart(&self) -> Option<&str> {
        let (class, plain) = (self.option_class()?, plain(self.symbol.as_str()));
        (class != plain && class.starts_with(&plain)).then_some(class)
    }

    /// Why it is not known what an option delivers whose class [`Self::is_adjusted`], as the rest
    /// of a sentence that begins with its label.
    #[must_use]
    pub fn adjusted_words(&self) -> String {
        if self.multiplier == Decimal::ONE_HUNDRED {
            return "was adjusted after a corporate action".to_owned();
        }
        format!(
            "has a multiplier of {} and a number after its name, as minis and what was adjusted \
             after a corporate action have",
            self.multiplier.normalize()
        )
    }

    /// Whether it is an option whose deliverable was adjusted after a corporate action, or a mini,
    /// as its class bears a number: what it delivers is not known then, and neither is what it
    /// comes to.
    #[must_use]
    pub fn is_adjusted(&self) -> bool {
        let class = self.option_class();
        class.is_some_and(|class| is_adjusted(class, self.symbol.as_str()))
    }
}

/// From a price upward, the step that prices take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PriceIncrement {
    /// From this price.
    pub low_edge: Decimal,
    /// The step.
    pub increment: Decimal,
}

/// A contract with what is needed to make an order for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Instrument {
    /// The contract.
    pub contract: Contract,
    /// The company's or product's name.
    pub long_name: String,
    /// The steps of prices by price, lowest edge first; never empty. From the market rule
    /// where there is one, else the contract's minimum tick.
    pub increments: Vec<PriceIncrement>,
    /// Quantities are whole multiples of this, when told.
    pub size_increment: Option<Decimal>,
    /// The smallest order, when told.
    pub min_size: Option<Decimal>,
    /// The order types that its exchange takes (`MKT`, `LMT`, …).
    pub order_types: Vec<String>,
    /// What a derivative is on, when told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub underlying: Option<Underlying>,
    /// What line of business it is in.
    #[serde(default)]
    pub business: Business,
}

/// A line of business in the broker's words, from the widest to the narrowest; what it did not
/// tell is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Business {
    /// Such as `Technology`.
    pub industry: Option<String>,
    /// Such as `Computers`.
    pub category: Option<String>,
    /// Such as `Computers`, again.
    pub subcategory: Option<String>,
}

/// What a derivative is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Underlying {
    /// Its conId.
    pub con_id: ConId,
    /// Its kind: an option on an index settles in cash, one on a stock in shares.
    pub kind: SecurityKind,
}

impl Instrument {
    /// Whether its exchange lists this word among its order types and attributes.
    #[must_use]
    pub fn takes(&self, code: &str) -> bool {
        self.order_types.iter().any(|listed| listed == code)
    }

    /// The step that prices take at this price; zero when not known.
    #[must_use]
    pub fn increment_at(&self, price: Price) -> Decimal {
        self.increments
            .iter()
            .rev()
            .find(|step| step.low_edge <= price.get())
            .or(self.increments.first())
            .map_or(Decimal::ZERO, |step| step.increment)
    }

    /// The next price in this direction that is on the step of its own level. `None` when there
    /// is none.
    #[must_use]
    pub fn on_step(&self, price: Price, toward: Toward) -> Option<Price> {
        let moved = price.to_tick(self.increment_at(price), toward)?;
        // It may have moved into a level of other steps.
        moved.is_on_tick(self.increment_at(moved)).then_some(moved)
    }
}
