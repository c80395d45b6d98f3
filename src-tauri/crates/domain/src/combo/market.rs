//! The market of a combination, made from its legs' quotes.
//!
//! Deliberately not here: quotes of combinations as such, which the broker gives for some only.

use super::COMBO;
use crate::contract::ComboLeg;
use crate::draft::Side;
use crate::id::ConId;
use crate::instant::UnixMillis;
use crate::observed::{Observed, Source};
use crate::quote::{Quote, QuoteField, Tick};
use rust_decimal::Decimal;

/// What the legs' markets make of the combination, for a person who pays (`Buy`) or receives
/// (`Sell`) its net price: the ask is what it costs at once, the bid what it brings at once.
/// Each is missing when a leg's market is; its age is that of the leg whose market has been
/// silent longest, as an order of that leg alone would be judged, and its source live only when
/// all legs are. `find` gives a leg's quote, and how many units of the
/// underlying it is of for one unit of the whole (see [`super::weight`]).
#[must_use]
pub fn quote<'a>(
    side: Side,
    legs: &[ComboLeg],
    find: impl Fn(&ComboLeg) -> Option<(Decimal, &'a Quote)>,
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
    find: &impl Fn(&ComboLeg) -> Option<(Decimal, &'a Quote)>,
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
        let (weight, quote) = find(leg)?;
        let seen = quote.standing(of)?;
        let signed = if adds { seen.value } else { -seen.value };
        sum += signed * weight;
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

#[cfg(test)]
mod tests {
    use super::*;

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
        quote(side, legs, |leg| {
            let quote = if leg.con_id.get() == 1 { one } else { two };
            Some((leg.ratio.into(), quote))
        })
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
    fn a_side_that_does_not_move_is_as_old_as_the_last_word_of_its_leg_s_market() {
        let fresh_within = std::time::Duration::from_secs(15);
        let (start, now) = (1_000, UnixMillis(31_000));
        let mut one = market("5.00", Some("5.10"), Source::Live, start);
        let two = market("2.00", Some("2.20"), Source::Live, 30_000);
        let legs = [traded(1, Side::Buy), traded(2, Side::Sell)];
        let made = |one: &Quote| net_of(Side::Buy, &legs, one, &two).unwrap();
        assert!(!one.is_fresh(now, fresh_within));
        assert!(!made(&one).is_fresh(now, fresh_within));
        // Only a size moves: the prices beside it stand, as they do for an order of that leg alone.
        let size = Tick {
            con_id: ConId::new(1).unwrap(),
            field: QuoteField::AskSize,
            value: Some(Decimal::TEN),
            source: Source::Live,
            at: UnixMillis(29_000),
        };
        one.take(&size);
        assert!(one.is_fresh(now, fresh_within));
        let whole = made(&one);
        assert!(whole.is_fresh(now, fresh_within));
        assert_eq!(whole.get(QuoteField::Bid).unwrap().at.0, 29_000);
        // What comes from elsewhere tells nothing of a live price.
        one = market("5.00", Some("5.10"), Source::Live, start);
        one.take(&Tick {
            source: Source::Delayed,
            ..size
        });
        assert!(!made(&one).is_fresh(now, fresh_within));
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
}
