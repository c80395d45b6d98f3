//! An option's terms, and the instrument that they make.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::calendar;
use super::super::catalog::{Profile, option_rules};
use super::super::ids::ConId;
use super::super::instrument::{Instrument, SecType};
use super::chain::Series;
use super::classes::{Class, Ticks};
use super::number::Parts;

/// Call or put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// The right to buy.
    Call,
    /// The right to sell.
    Put,
}

impl Right {
    /// `C` or `P`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Call => "C",
            Self::Put => "P",
        }
    }

    /// From `C`, `CALL`, `P` or `PUT` in any case.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.to_uppercase().as_str() {
            "C" | "CALL" => Some(Self::Call),
            "P" | "PUT" => Some(Self::Put),
            _ => None,
        }
    }
}

/// When it may be exercised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// On any day.
    American,
    /// At its end only.
    European,
}

/// What exercising gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// The underlying against the strike.
    Physical,
    /// What it is in the money, in cash.
    Cash,
}

/// The option's own terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionTerms {
    /// Call or put.
    pub right: Right,
    /// The price at which the underlying changes hands.
    pub strike: Decimal,
    /// Last trading day, `YYYYMMDD`: what contracts name it by.
    pub last_trade_date: String,
    /// The day on which it ends; a day later where it settles in the morning.
    pub expiration: String,
    /// The end itself, unix ms.
    pub ends_at: i64,
    /// conId of the underlying.
    pub under_con_id: ConId,
    /// `STK` or `IND`.
    pub under_sec_type: SecType,
    /// American or European.
    pub style: Style,
    /// Shares or cash.
    pub settlement: Settlement,
    /// Units of the underlying for each unit of the multiplier: 1, but where a split left another
    /// number behind.
    pub per_unit: Decimal,
}

impl OptionTerms {
    /// The underlying's units that exercising `contracts` (negative: being assigned on them) brings;
    /// negative when it takes them away.
    pub(in super::super) fn shares(&self, multiplier: Decimal, contracts: Decimal) -> Decimal {
        let units = contracts * multiplier * self.per_unit;
        match self.right {
            Right::Call => units,
            Right::Put => -units,
        }
    }

    /// What one unit of the underlying costs when it is exercised.
    pub(in super::super) fn price_of_one(&self) -> Decimal {
        self.strike
            .checked_div(self.per_unit)
            .unwrap_or(self.strike)
    }

    /// What exercising is worth at this price of the underlying, for one unit of the multiplier;
    /// never negative.
    pub fn intrinsic(&self, underlying: Decimal) -> Decimal {
        let brings = underlying * self.per_unit;
        let gain = match self.right {
            Right::Call => brings - self.strike,
            Right::Put => self.strike - brings,
        };
        gain.max(Decimal::ZERO)
    }
}

const STOCK_VENUES: [&str; 12] = [
    "SMART", "AMEX", "BATS", "BOX", "CBOE", "CBOE2", "EDGX", "ISE", "MEMX", "NASDAQOM", "PHLX",
    "PSE",
];
const INDEX_VENUES: [&str; 3] = ["SMART", "CBOE", "IBUSOPT"];
const ORDER_TYPES: &str = "ACTIVETIM,AD,ADJUST,ALERT,ALLOC,AON,CASHQTY,COND,DAY,DEACT,DEACTDIS,DEACTEOD,GAT,GTC,GTD,GTT,HID,IOC,LIT,LMT,MIT,MKT,MTL,OCA,OPENCLOSE,PAON,SCALE,STP,STPLMT,TRAIL,TRAILLIT,TRAILLMT,TRAILMIT,WHATIF";
/// Four in the afternoon and half past nine in the morning, five hours west of Greenwich the year round.
const AFTERNOON: i64 = 21 * 3_600_000;
const MORNING: i64 = (14 * 60 + 30) * 60_000;

pub(super) fn venues(class: &Class) -> &'static [&'static str] {
    if class.is_index() {
        &INDEX_VENUES
    } else {
        &STOCK_VENUES
    }
}

pub(super) fn rule(class: &Class) -> i32 {
    match class.ticks {
        Ticks::Cent => option_rules::CENT,
        Ticks::Penny => option_rules::PENNY,
        Ticks::Nickel => option_rules::NICKEL,
    }
}

/// When the series ends, unix ms.
pub(super) fn end_of(class: &Class, date: Date) -> i64 {
    let midnight = calendar::utc_midnight(date);
    midnight
        + if class.settles_in_the_morning() {
            MORNING
        } else {
            AFTERNOON
        }
}

/// The contract of the series at a strike (in the class's unit).
pub(super) fn listed(
    series: &Series,
    class: &Class,
    underlying: &Instrument,
    strike: i32,
    right: Right,
) -> Instrument {
    let price = class.unit.strike(strike);
    let put = right == Right::Put;
    let venues = venues(class);
    let rule = rule(class);
    let thousandths = (price * Decimal::ONE_THOUSAND).to_i64().unwrap_or(0);
    let code = right.code();
    let day = calendar::compact(series.expiry.date);
    Instrument {
        con_id: Parts {
            class: series.class,
            weekday: series.weekday,
            strike,
            put,
        }
        .con_id(),
        symbol: underlying.symbol.clone(),
        local_symbol: format!(
            "{:<6}{}{code}{thousandths:08}",
            class.name,
            day.get(2..).unwrap_or_default()
        ),
        trading_class: class.name.to_owned(),
        sec_type: SecType::Option,
        currency: underlying.currency,
        pair_base: None,
        long_name: underlying.long_name.clone(),
        stock_type: "",
        industry: underlying.industry,
        category: underlying.category,
        is_mlp: false,
        exchange: "SMART",
        primary_exchange: "",
        valid_exchanges: venues.to_vec(),
        market_rule_ids: vec![rule; venues.len()],
        min_tick: option_rules::smallest(rule),
        multiplier: class.size.multiplier(),
        future: None,
        option: Some(OptionTerms {
            right,
            strike: price,
            last_trade_date: calendar::compact(series.expiry.last_trade),
            expiration: day,
            ends_at: series.ends_at,
            under_con_id: class.underlying,
            under_sec_type: underlying.sec_type,
            style: class.style,
            settlement: if class.is_index() {
                Settlement::Cash
            } else {
                Settlement::Physical
            },
            per_unit: class.size.per_unit(),
        }),
        min_size: Decimal::ONE,
        size_increment: Decimal::ONE,
        suggested_size_increment: Decimal::ONE,
        order_types: ORDER_TYPES,
        time_zone: if class.is_index() {
            "US/Central"
        } else {
            "US/Eastern"
        },
        settlement_days: 1,
    }
}

/// How the options of a class are quoted.
pub(super) fn profile(class: &Class, underlying: &Profile) -> Profile {
    Profile {
        base: 0,
        ladder: option_rules::ladder(rule(class)).to_vec(),
        volatility: underlying.volatility,
        size: 40,
        size_step: 1,
        cadence: 250,
        two_sided: true,
        prints_volume: true,
        leader: None,
    }
}
