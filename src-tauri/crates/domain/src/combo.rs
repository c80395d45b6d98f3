//! Combinations: options on one underlying, and perhaps the underlying itself, that trade
//! together at one net price.
//!
//! A combination is written as it will be executed: its bought legs are bought, its sold legs
//! sold. `Buy` then means that the person pays the net price for it and `Sell` that they receive
//! it, so that the price itself is always above zero.
//!
//! The net price is that of one unit of the underlying, as an option's own is: a buy-write at
//! 176.50 costs 176.50 a share, and one of it is a hundred shares and an option on them, so
//! 17,650.00. This is how such orders are quoted in the field. IBKR's pages say of a
//! combination's price only that it is the sum of its legs' prices by their ratios, and their
//! examples are of options alone; that for stock in the ratio of 100 to 1 the sum is a share's
//! rests on programs that trade such combinations through the same interface (conversions and
//! buy-writes, stock 100, each option 1, limit = stock + put − call). For other ratios nothing
//! was found, so they are refused.
//!
//! Deliberately not here: combinations of stocks alone, which IBKR doesn't guarantee, or with
//! futures or adjusted options.

pub mod market;
pub mod worth;

use crate::contract::{ComboLeg, Contract, Instrument, PriceIncrement, SecurityKind};
use crate::draft::Side;
use crate::id::ConId;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The conId that IBKR gives to every combination in US dollars. It names none in particular.
pub const COMBO: i32 = 28_812_380;
/// The most legs of a combination.
pub const MOST_LEGS: usize = 8;
/// The highest ratio of a leg.
pub const MOST_RATIO: u32 = 100;

/// A leg as the ticket holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LegInput {
    /// The leg's conId.
    pub con_id: i32,
    /// What is done with it.
    pub side: Side,
    /// How many for one combination: contracts, or shares of the underlying.
    pub ratio: u32,
}

/// How many units of the underlying a leg is of, for one unit of the whole: 1 for an option
/// whose ratio is 1, and for its stock in the ratio of the multiplier. `whole` is the
/// combination's multiplier.
#[must_use]
pub fn weight(leg: &ComboLeg, contract: &Contract, whole: Decimal) -> Option<Decimal> {
    (Decimal::from(leg.ratio) * contract.multiplier).checked_div(whole)
}

/// The combination of these legs as something that can be traded. Its multiplier is that of its
/// options.
///
/// # Errors
/// A sentence on why they can't be combined.
pub fn combine(legs: &[(LegInput, &Instrument)]) -> Result<Instrument, String> {
    if !(2..=MOST_LEGS).contains(&legs.len()) {
        return Err(format!("A combination has two to {MOST_LEGS} legs."));
    }
    let first = &legs[0].1.contract;
    let options = || {
        legs.iter()
            .filter(|(_, i)| i.contract.kind == SecurityKind::Option)
    };
    let Some(multiplier) = options().next().map(|(_, i)| i.contract.multiplier) else {
        return Err("A combination needs an option: stock alone is ordered as stock.".to_owned());
    };
    let stocks = legs.len() - options().count();
    for (n, (leg, instrument)) in legs.iter().enumerate() {
        let contract = &instrument.contract;
        let is_option = contract.derivative.is_some_and(|d| d.option.is_some());
        let fits = match contract.kind {
            SecurityKind::Option => is_option,
            kind => kind == SecurityKind::Stock,
        };
        if !fits {
            return Err(format!(
                "{} is neither an option nor a stock. A combination here is made of options and \
                 their stock.",
                contract.label()
            ));
        }
        if contract.is_adjusted() {
            return Err(format!(
                "{} {}. What it delivers is not known, so it is ordered by itself.",
                contract.label(),
                contract.adjusted_words()
            ));
        }
        if contract.symbol != first.symbol || contract.currency != first.currency {
            return Err("The legs have to be on the same underlying.".to_owned());
        }
        if legs[..n]
            .iter()
            .any(|(other, _)| other.con_id == leg.con_id)
        {
            return Err(format!("{} is in it twice.", contract.label()));
        }
        if contract.kind == SecurityKind::Option && contract.multiplier != multiplier {
            return Err("The options have to be for the same number of shares.".to_owned());
        }
        if leg.ratio == 0 || leg.ratio > MOST_RATIO {
            return Err(format!(
                "The ratio of a leg is a whole number from 1 to {MOST_RATIO}."
            ));
        }
    }
    if stocks > 1 {
        return Err("A combination has one stock at most.".to_owned());
    }
    for (leg, instrument) in legs.iter().filter(|_| stocks > 0) {
        let stock = instrument.contract.kind == SecurityKind::Stock;
        // What the net price of another ratio is quoted in is not known.
        if stock && Decimal::from(leg.ratio) != multiplier {
            return Err(format!(
                "Beside options the stock is there with {} shares. Order more of the \
                 combination for more.",
                multiplier.normalize()
            ));
        }
        if !stock && leg.ratio != 1 {
            return Err("Beside stock an option's ratio is 1.".to_owned());
        }
    }
    let common = legs.iter().map(|(leg, _)| leg.ratio).fold(0, gcd);
    if common > 1 {
        return Err(format!(
            "All ratios can be divided by {common}. Divide them and order {common} times as many."
        ));
    }
    // Stock has finer steps at prices that a combination of it doesn't have.
    let step = options()
        .flat_map(|(_, instrument)| &instrument.increments)
        .map(|step| step.increment)
        .filter(|step| *step > Decimal::ZERO)
        .min()
        .unwrap_or(Decimal::new(1, 2));
    let con_id = ConId::new(COMBO).ok_or("there is no conId for combinations")?;
    let words: Vec<String> = legs
        .iter()
        .map(|(leg, instrument)| leg_words(leg, &instrument.contract))
        .collect();
    Ok(Instrument {
        contract: Contract {
            con_id,
            symbol: first.symbol.clone(),
            kind: SecurityKind::Combo,
            exchange: "SMART".to_owned(),
            primary_exchange: None,
            currency: first.currency,
            local_symbol: Some(format!("{} ({})", first.symbol, words.join(", "))),
            multiplier,
            derivative: None,
            legs: legs
                .iter()
                .filter_map(|(leg, instrument)| {
                    Some(ComboLeg {
                        con_id: ConId::new(leg.con_id)?,
                        side: leg.side,
                        ratio: leg.ratio,
                        exchange: instrument.contract.exchange.clone(),
                    })
                })
                .collect(),
        },
        long_name: legs[0].1.long_name.clone(),
        increments: vec![PriceIncrement {
            low_edge: Decimal::ZERO,
            increment: step,
        }],
        size_increment: Some(Decimal::ONE),
        min_size: Some(Decimal::ONE),
        order_types: ["LMT", "MKT", "GTC", "GTD", "IOC", "OCA"]
            .map(str::to_owned)
            .to_vec(),
        underlying: None,
        business: legs[0].1.business.clone(),
    })
}

/// "buy 18 Dec 26 180 C", "sell 2 × …", or "buy 100 shares".
fn leg_words(leg: &LegInput, contract: &Contract) -> String {
    let verb = leg.side.words().to_lowercase();
    if contract.kind == SecurityKind::Stock {
        return format!("{verb} {} shares", leg.ratio);
    }
    let count = match leg.ratio {
        1 => String::new(),
        more => format!("{more} × "),
    };
    let label = contract.label();
    let label = label
        .strip_prefix(contract.symbol.as_str())
        .map_or(label.as_str(), str::trim_start);
    format!("{verb} {count}{label}")
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}
