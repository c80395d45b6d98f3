//! An order as a person means it, before anyone has judged it.

mod parse;
mod refill;
#[cfg(test)]
mod tests;

use crate::algo::{Algo, AlgoInput};
use crate::combo::LegInput;
use crate::condition::{ConditionInput, Conditions};
use crate::contract::ComboLeg;
use crate::decimal::{Quantity, Toward};
use crate::exits::{Exits, ExitsInput, TrailUnit};
use crate::handling::{Handling, HandlingInput};
use crate::id::{AccountId, ConId, IntentId};
use crate::instant::UnixMillis;
use crate::order_type::OrderType;
use crate::pricing::Pricing;
use crate::tif::{TifChoice, TimeInForce};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Buy or sell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    Buy,
    Sell,
}

impl Side {
    /// As a verb: `Buy` or `Sell`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Buy => "Buy",
            Self::Sell => "Sell",
        }
    }

    /// +1 for a buy, −1 for a sale.
    #[must_use]
    pub fn sign(self) -> Decimal {
        match self {
            Self::Buy => Decimal::ONE,
            Self::Sell => Decimal::NEGATIVE_ONE,
        }
    }

    /// Where a limit between two price steps is moved to: never dearer for a buy, never cheaper
    /// for a sale. A stop is moved the other way, further from the market.
    #[must_use]
    pub fn safer(self) -> Toward {
        match self {
            Self::Buy => Toward::Lower,
            Self::Sell => Toward::Higher,
        }
    }

    /// The other one.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Buy => Self::Sell,
            Self::Sell => Self::Buy,
        }
    }
}

/// Things a rule wants said out loud before it lets an order pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Waivers {
    /// The person goes on without a fresh price.
    pub stale_price: bool,
    /// The person goes on although the gateway does not answer what the order would do.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub silent_what_if: bool,
}

/// A complete, well-formed order that has not been judged. Made by [`DraftInput::parse`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// What it is recognised by, for ever.
    pub intent: IntentId,
    /// The order of ours that it changes; `None` for a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<IntentId>,
    /// For which account.
    pub account: AccountId,
    /// What is traded.
    pub con_id: ConId,
    /// The legs of a combination, as they are to be executed; empty for anything else. `side`
    /// then says whether its net price is paid or received.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legs: Vec<ComboLeg>,
    /// Buy or sell.
    pub side: Side,
    /// How many.
    pub quantity: Quantity,
    /// At what price.
    pub pricing: Pricing,
    /// For how long.
    pub tif: TimeInForce,
    /// How it is handled.
    #[serde(default, skip_serializing_if = "is_default")]
    pub handling: Handling,
    /// The algorithm that works it, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub algo: Option<Algo>,
    /// What has to come true first.
    #[serde(default, skip_serializing_if = "is_default")]
    pub conditions: Conditions,
    /// The orders attached to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exits: Option<Exits>,
    /// What the person has said out loud.
    pub waivers: Waivers,
}

impl Draft {
    /// A plain order: no algorithm, no conditions, nothing attached.
    #[must_use]
    pub fn plain(
        intent: IntentId,
        account: AccountId,
        con_id: ConId,
        side: Side,
        quantity: Quantity,
        pricing: Pricing,
        tif: TimeInForce,
    ) -> Self {
        Self {
            intent,
            changes: None,
            account,
            con_id,
            legs: Vec::new(),
            side,
            quantity,
            pricing,
            tif,
            handling: Handling::default(),
            algo: None,
            conditions: Conditions::default(),
            exits: None,
            waivers: Waivers::default(),
        }
    }

    /// The orders attached to it, in the order in which they are sent: the take-profit, then
    /// the stop.
    #[must_use]
    pub fn attached(&self) -> Vec<Draft> {
        let Some(exits) = &self.exits else {
            return Vec::new();
        };
        let order = |intent: IntentId, pricing: Pricing| {
            let mut order = Self::plain(
                intent,
                self.account.clone(),
                self.con_id,
                self.side.opposite(),
                self.quantity,
                pricing,
                exits.tif(),
            );
            order.handling.outside_rth = self.handling.outside_rth;
            order
        };
        let profit = exits
            .take_profit()
            .map(|price| order(self.intent.take_profit(), Pricing::Limit { price }));
        let stop = exits
            .stop()
            .map(|stop| order(self.intent.stop_loss(), stop));
        profit.into_iter().chain(stop).collect()
    }

    /// Its type as the ticket offers it.
    #[must_use]
    pub fn order_type(&self) -> OrderType {
        OrderType::of(self.pricing, self.tif)
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What the ticket holds, as typed. The fields that an order type does not take are not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftInput {
    /// Given once when the ticket is opened; the same for every preview of the same order.
    pub intent: String,
    /// The intent of the working order that is to be changed; none for a new order.
    pub changes: Option<String>,
    /// The account; empty when none is chosen.
    pub account: String,
    /// The instrument's conId; none when none is chosen.
    pub con_id: Option<i32>,
    /// The legs of a combination, as they are to be executed; empty for anything else. Then
    /// `conId` is not read, and `side` says whether the net price is paid (`buy`) or received.
    pub legs: Vec<LegInput>,
    /// Buy or sell.
    pub side: Side,
    /// As typed.
    pub quantity: String,
    /// The order type.
    pub order_type: OrderType,
    /// As typed.
    pub limit_price: String,
    /// The price that sets it off, as typed.
    pub stop_price: String,
    /// The distance of a trailing stop, as typed.
    pub trail: String,
    /// Its unit.
    pub trail_unit: TrailUnit,
    /// The distance from trigger, midpoint or best price, as typed.
    pub offset: String,
    /// The worst price that a pegged order follows to, as typed.
    pub price_cap: String,
    /// How long.
    pub tif: TifChoice,
    /// Until when, for `GTD`: milliseconds since 1970.
    #[specta(type = Option<f64>)]
    pub good_till: Option<UnixMillis>,
    /// How it is handled.
    pub handling: HandlingInput,
    /// The algorithm, when one is chosen.
    pub algo: Option<AlgoInput>,
    /// What has to come true first.
    pub conditions: Vec<ConditionInput>,
    /// The conditions cancel the order rather than let it work.
    pub conditions_cancel: bool,
    /// The conditions count outside regular hours as well.
    pub conditions_outside_rth: bool,
    /// The orders attached to it, when wanted.
    pub exits: Option<ExitsInput>,
    /// What the person has said out loud.
    pub waivers: Waivers,
}

impl DraftInput {
    /// An empty ticket: a limit order for the day.
    #[must_use]
    pub fn empty(intent: &str) -> Self {
        Self {
            intent: intent.to_owned(),
            changes: None,
            account: String::new(),
            con_id: None,
            legs: Vec::new(),
            side: Side::Buy,
            quantity: String::new(),
            order_type: OrderType::Limit,
            limit_price: String::new(),
            stop_price: String::new(),
            trail: String::new(),
            trail_unit: TrailUnit::Amount,
            offset: String::new(),
            price_cap: String::new(),
            tif: TifChoice::Day,
            good_till: None,
            handling: HandlingInput::default(),
            algo: None,
            conditions: Vec::new(),
            conditions_cancel: false,
            conditions_outside_rth: false,
            exits: None,
            waivers: Waivers::default(),
        }
    }
}

/// A field of the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum DraftField {
    Intent,
    Account,
    Instrument,
    Legs,
    Quantity,
    OrderType,
    LimitPrice,
    StopPrice,
    Trail,
    Offset,
    PriceCap,
    TimeInForce,
    GoodTill,
    DisplaySize,
    MinQuantity,
    Handling,
    OcaGroup,
    /// The part is the parameter's tag.
    Algo,
    /// The part is the condition's place, from 0.
    Condition,
    TakeProfit,
    ExitStop,
    ExitStopLimit,
    ExitTrail,
}

/// What is wrong with one field of the ticket, and a value that would do, when there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftFault {
    /// The field.
    pub field: DraftField,
    /// Which part of it, where it has parts.
    pub part: Option<String>,
    /// What is wrong, in a sentence that says what to do.
    pub says: String,
    /// A value for the field that mends it.
    pub mend: Option<String>,
}
