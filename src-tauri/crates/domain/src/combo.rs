//! Combinations of options: legs that trade together at one net price.
//!
//! A combination is written as it will be executed: its bought legs are bought, its sold legs
//! sold. `Buy` then means that the person pays the net price for it and `Sell` that they receive
//! it, so that the price itself is always above zero.
//!
//! Deliberately not here: combinations with stocks or futures, whose net price is quoted in
//! other units.

use crate::contract::{ComboLeg, Contract, Instrument, PriceIncrement, SecurityKind};
use crate::derivative::Right;
use crate::draft::Side;
use crate::id::ConId;
use crate::instant::UnixMillis;
use crate::observed::{Observed, Source};
use crate::quote::{Quote, QuoteField, Tick};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The conId that IBKR gives to every combination in US dollars. It names none in particular.
pub const COMBO: i32 = 28_812_380;
/// The most legs of a combination.
pub const MOST_LEGS: usize = 8;

/// A leg as the ticket holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LegInput {
    /// The leg's conId.
    pub con_id: i32,
    /// What is done with it.
    pub side: Side,
    /// How many for one combination.
    pub ratio: u32,
}

/// The combination of these legs as something that can be traded.
///
/// # Errors
/// A sentence on why they can't be combined.
pub fn combine(legs: &[(LegInput, &Instrument)]) -> Result<Instrument, String> {
    if !(2..=MOST_LEGS).contains(&legs.len()) {
        return Err(format!("A combination has two to {MOST_LEGS} legs."));
    }
    let first = &legs[0].1.contract;
    for (n, (leg, instrument)) in legs.iter().enumerate() {
        let contract = &instrument.contract;
        let is_option = contract.derivative.is_some_and(|d| d.option.is_some());
        if contract.kind != SecurityKind::Option || !is_option {
            return Err(format!(
                "{} is not an option. A combination here is made of options only.",
                contract.label()
            ));
        }
        if contract.symbol != first.symbol
            || contract.currency != first.currency
            || contract.multiplier != first.multiplier
        {
            return Err("The legs have to be options on the same underlying.".to_owned());
        }
        if leg.ratio == 0 || leg.ratio > 100 {
            return Err("The ratio of a leg is a whole number from 1 to 100.".to_owned());
        }
        if legs[..n]
            .iter()
            .any(|(other, _)| other.con_id == leg.con_id)
        {
            return Err(format!("{} is in it twice.", contract.label()));
        }
    }
    let common = legs.iter().map(|(leg, _)| leg.ratio).fold(0, gcd);
    if common > 1 {
        return Err(format!(
            "All ratios can be divided by {common}. Divide them and order {common} times as many."
        ));
    }
    let step = legs
        .iter()
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
            multiplier: first.multiplier,
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
    })
}

/// "buy 18 Dec 26 180 C", or "sell 2 × …".
fn leg_words(leg: &LegInput, contract: &Contract) -> String {
    let verb = leg.side.words().to_lowercase();
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

/// What the legs' markets make of the combination, for a person who pays (`Buy`) or receives
/// (`Sell`) its net price: the ask is what it costs at once, the bid what it brings at once.
/// Each is missing when a leg's market is; its age is that of the oldest leg, and its source
/// live only when all legs are.
#[must_use]
pub fn quote<'a>(
    side: Side,
    legs: &[ComboLeg],
    find: impl Fn(ConId) -> Option<&'a Quote>,
) -> Option<Quote> {
    let mut made = Quote::default();
    let con_id = ConId::new(COMBO)?;
    for field in [QuoteField::Bid, QuoteField::Ask] {
        let Some(seen) = net(side, legs, field, &find) else {
            continue;
        };
        made.take(&Tick {
            con_id,
            field,
            value: Some(seen.value),
            source: seen.source,
            at: seen.at,
        });
    }
    made.newest().map(|_| made)
}

fn net<'a>(
    side: Side,
    legs: &[ComboLeg],
    field: QuoteField,
    find: &impl Fn(ConId) -> Option<&'a Quote>,
) -> Option<Observed<Decimal>> {
    let mut sum = Decimal::ZERO;
    let mut at: Option<UnixMillis> = None;
    let mut source: Option<Source> = None;
    for leg in legs {
        // What is paid for a combination is paid for its bought legs and brought by its sold
        // ones; what is received is the reverse.
        let adds = leg.side == side;
        let of = match (field, adds) {
            (QuoteField::Ask, true) | (QuoteField::Bid, false) => QuoteField::Ask,
            _ => QuoteField::Bid,
        };
        let seen = find(leg.con_id)?.get(of)?;
        let signed = if adds { seen.value } else { -seen.value };
        sum += signed * Decimal::from(leg.ratio);
        at = Some(at.map_or(seen.at, |oldest| oldest.min(seen.at)));
        source = Some(match source {
            None => seen.source,
            Some(before) if before == seen.source => before,
            Some(_) => Source::Model,
        });
    }
    Some(Observed {
        value: sum,
        at: at?,
        source: source?,
    })
}

/// One leg at its end: what it is worth at a price of the underlying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndLeg {
    /// What was done with it.
    pub side: Side,
    /// How many.
    pub ratio: Decimal,
    /// Call or put.
    pub right: Right,
    /// Its strike.
    pub strike: Decimal,
}

impl EndLeg {
    /// The leg of a contract; `None` when its option terms are not known.
    #[must_use]
    pub fn of(leg: &ComboLeg, contract: &Contract) -> Option<Self> {
        let option = contract.derivative?.option?;
        Some(Self {
            side: leg.side,
            ratio: Decimal::from(leg.ratio),
            right: option.right,
            strike: option.strike.get(),
        })
    }

    fn worth(&self, underlying: Decimal) -> Decimal {
        let inside = match self.right {
            Right::Call => underlying - self.strike,
            Right::Put => self.strike - underlying,
        };
        inside.max(Decimal::ZERO) * self.ratio * self.side.sign()
    }
}

/// The worst that the legs can be worth at their end, per unit of the underlying, whatever its
/// price; `None` when there is no bound. A leg that ends later than the rest is worth at least
/// this much.
#[must_use]
pub fn worst_worth(legs: &[EndLeg]) -> Option<Decimal> {
    let slope: Decimal = legs
        .iter()
        .filter(|leg| leg.right == Right::Call)
        .map(|leg| leg.ratio * leg.side.sign())
        .sum();
    if slope < Decimal::ZERO {
        return None;
    }
    // The worth is made of straight lines between the strikes.
    legs.iter()
        .map(|leg| leg.strike)
        .chain([Decimal::ZERO])
        .map(|at| legs.iter().map(|leg| leg.worth(at)).sum())
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A leg of the contract `id`, and a quote of one field each for contracts 1 and 2.
    fn traded(id: i32, side: Side) -> ComboLeg {
        ComboLeg {
            con_id: ConId::new(id).unwrap(),
            side,
            ratio: 1,
            exchange: "SMART".into(),
        }
    }

    fn market(bid: &str, ask: Option<&str>, source: Source, at: i64) -> Quote {
        let mut quote = Quote::default();
        for (field, value) in [(QuoteField::Bid, Some(bid)), (QuoteField::Ask, ask)] {
            quote.take(&Tick {
                con_id: ConId::new(1).unwrap(),
                field,
                value: value.map(|v| v.parse().unwrap()),
                source,
                at: UnixMillis(at),
            });
        }
        quote
    }

    fn net_of(side: Side, legs: &[ComboLeg], one: &Quote, two: &Quote) -> Option<Quote> {
        quote(side, legs, |id| Some(if id.get() == 1 { one } else { two }))
    }

    #[test]
    fn what_is_paid_at_once_crosses_every_leg_and_what_is_received_too() {
        let one = market("5.00", Some("5.10"), Source::Live, 7);
        let two = market("2.00", Some("2.20"), Source::Live, 3);
        let paid = [traded(1, Side::Buy), traded(2, Side::Sell)];
        let made = net_of(Side::Buy, &paid, &one, &two).unwrap();
        let told = |field| {
            made.get(field)
                .map(|seen| (seen.value.to_string(), seen.at.0))
        };
        assert_eq!(told(QuoteField::Ask), Some(("3.10".into(), 3)));
        assert_eq!(told(QuoteField::Bid), Some(("2.80".into(), 3)));
        let received = [traded(1, Side::Sell), traded(2, Side::Buy)];
        let made = net_of(Side::Sell, &received, &one, &two).unwrap();
        let bid = made.get(QuoteField::Bid).unwrap();
        assert_eq!(bid.value.to_string(), "2.80");
    }

    #[test]
    fn a_leg_without_a_price_leaves_the_combination_without_one() {
        let one = market("5.00", None, Source::Live, 7);
        let two = market("2.00", Some("2.20"), Source::Delayed, 3);
        let legs = [traded(1, Side::Buy), traded(2, Side::Sell)];
        let made = net_of(Side::Buy, &legs, &one, &two).unwrap();
        assert_eq!(made.get(QuoteField::Ask), None);
        // Live beside delayed is not live.
        assert_eq!(made.get(QuoteField::Bid).unwrap().source, Source::Model);
        assert_eq!(quote(Side::Buy, &legs, |_| None), None);
    }

    fn leg(side: Side, ratio: i64, right: Right, strike: i64) -> EndLeg {
        EndLeg {
            side,
            ratio: ratio.into(),
            right,
            strike: strike.into(),
        }
    }

    #[test]
    fn the_worst_of_known_strategies_is_known() {
        use Right::{Call, Put};
        use Side::{Buy, Sell};
        let bull_call = [leg(Buy, 1, Call, 180), leg(Sell, 1, Call, 190)];
        assert_eq!(worst_worth(&bull_call), Some(Decimal::ZERO));
        let bear_call = [leg(Sell, 1, Call, 180), leg(Buy, 1, Call, 190)];
        assert_eq!(worst_worth(&bear_call), Some((-10).into()));
        let condor = [
            leg(Buy, 1, Put, 160),
            leg(Sell, 1, Put, 170),
            leg(Sell, 1, Call, 190),
            leg(Buy, 1, Call, 205),
        ];
        assert_eq!(worst_worth(&condor), Some((-15).into()));
        let naked = [leg(Sell, 1, Call, 180), leg(Sell, 1, Put, 180)];
        assert_eq!(worst_worth(&naked), None);
        let short_put = [leg(Sell, 1, Put, 180), leg(Buy, 1, Call, 200)];
        assert_eq!(worst_worth(&short_put), Some((-180).into()));
    }

    proptest! {
        /// The bound is never better than what a dense scan finds.
        #[test]
        fn no_price_is_worse_than_the_worst(
            legs in prop::collection::vec(
                (any::<bool>(), 1i64..4, any::<bool>(), 1i64..60), 1..8),
            price in 0i64..2000,
        ) {
            let legs: Vec<EndLeg> = legs.into_iter().map(|(buy, ratio, call, strike)| leg(
                if buy { Side::Buy } else { Side::Sell }, ratio,
                if call { Right::Call } else { Right::Put }, strike * 5,
            )).collect();
            let at = Decimal::new(price, 0);
            let worth: Decimal = legs.iter().map(|leg| leg.worth(at)).sum();
            if let Some(worst) = worst_worth(&legs) {
                prop_assert!(worth >= worst);
            }
        }
    }
}
