//! Names, agreed with those that the ticket gives.

use super::super::recognise;
use crate::options::leg::{Leg, LegKind, OptionKind};
use gatehouse_domain::Decimal;
use gatehouse_domain::derivative::{Expiry, Right};
use gatehouse_domain::draft::Side;

/// `+1 180 C`, `-2 190 P 20270115`, `+100 stock`.
pub(in crate::options) fn leg(text: &str) -> Leg {
    let words: Vec<&str> = text.split(' ').collect();
    let side = if words[0].starts_with('+') {
        Side::Buy
    } else {
        Side::Sell
    };
    let ratio = words[0][1..].parse().unwrap();
    if words[1] == "stock" {
        return Leg::new(LegKind::Stock, side, ratio, Decimal::ONE, None).unwrap();
    }
    let option = OptionKind {
        right: Right::parse(words[2]).unwrap(),
        strike: words[1].parse().unwrap(),
        expiry: Expiry::from_wire(words.get(3).unwrap_or(&"20261218")).unwrap(),
    };
    Leg::new(
        LegKind::Option(option),
        side,
        ratio,
        Decimal::ONE_HUNDRED,
        None,
    )
    .unwrap()
}

pub(in crate::options) fn legs(text: &str) -> Vec<Leg> {
    text.split(", ").map(leg).collect()
}

/// Legs, their name, and the name with every side turned.
const NAMES: &[(&str, &str, &str)] = &[
    ("+1 180 C, -1 190 C", "Bull call spread", "Bear call spread"),
    ("+1 180 P, -1 190 P", "Bull put spread", "Bear put spread"),
    (
        "+1 180 C, -2 190 C",
        "Call ratio spread, 1 bought against 2 sold",
        "Call ratio spread, 2 bought against 1 sold",
    ),
    (
        "+3 180 P, -2 190 P",
        "Put ratio spread, 3 bought against 2 sold",
        "Put ratio spread, 2 bought against 3 sold",
    ),
    ("+1 180 C, +1 180.0 P", "Long straddle", "Short straddle"),
    ("+1 170 P, +1 190 C", "Long strangle", "Short strangle"),
    ("+1 190 P, +1 170 C", "Custom, 2 legs", "Custom, 2 legs"),
    ("+1 180 C, -1 180 P", "Custom, 2 legs", "Custom, 2 legs"),
    ("+1 180 C, +1 190 C", "Custom, 2 legs", "Custom, 2 legs"),
    (
        "-1 180 C, +1 180 C 20270115",
        "Long call calendar",
        "Short call calendar",
    ),
    (
        "-1 180 P, +1 175 P 20270115",
        "Long put diagonal",
        "Short put diagonal",
    ),
    (
        "-1 180 C, +2 180 C 20270115",
        "Custom, 2 legs",
        "Custom, 2 legs",
    ),
    (
        "+1 170 C, -2 180 C, +1 190 C",
        "Long call butterfly",
        "Short call butterfly",
    ),
    (
        "+1 170 P, -2 180 P, +1 195 P",
        "Long put butterfly, wings not equal",
        "Short put butterfly, wings not equal",
    ),
    (
        "+1 170 C, -2 180 P, +1 190 C",
        "Custom, 3 legs",
        "Custom, 3 legs",
    ),
    (
        "+1 170 C, -3 180 C, +1 190 C",
        "Custom, 3 legs",
        "Custom, 3 legs",
    ),
    (
        "+1 170 C, -1 180 C, -1 190 C, +1 200 C",
        "Long call condor",
        "Short call condor",
    ),
    (
        "+1 170 P, -1 180 P, -1 190 C, +1 200 C",
        "Iron condor",
        "Reverse iron condor",
    ),
    (
        "+1 170 P, -1 180 P, -1 190 C, +1 205 C",
        "Iron condor, wings not equal",
        "Reverse iron condor, wings not equal",
    ),
    (
        "+1 170 P, -1 180 P, -1 180 C, +1 190 C",
        "Iron butterfly",
        "Reverse iron butterfly",
    ),
    (
        "+1 180 C, -1 190 C, +1 190 P, -1 180 P",
        "Long box",
        "Short box",
    ),
    (
        "+1 180 C, -1 190 C, -1 190 P, +1 180 P",
        "Custom, 4 legs",
        "Custom, 4 legs",
    ),
    (
        "+1 170 P, -2 180 P, -1 190 C, +1 200 C",
        "Custom, 4 legs",
        "Custom, 4 legs",
    ),
    (
        "+1 170 P, -1 180 P, -1 190 C, +1 200 C 20270115",
        "Custom, 4 legs",
        "Custom, 4 legs",
    ),
    ("+1 180 C", "Long call", "Short call"),
    ("+1 180 P", "Long put", "Short put"),
    ("+100 stock", "Long stock", "Short stock"),
    ("+100 stock, -1 190 C", "Covered call", "Custom, 2 legs"),
    ("+100 stock, +1 170 P", "Protective put", "Custom, 2 legs"),
    ("+200 stock, +2 170 P, -2 190 C", "Collar", "Custom, 3 legs"),
    (
        "+100 stock, +1 170 P, -1 190 C 20270115",
        "Collar",
        "Custom, 3 legs",
    ),
    (
        "+100 stock, +1 180 P, -1 180 C",
        "Conversion",
        "Custom, 3 legs",
    ),
    ("+100 stock, -2 190 C", "Custom, 2 legs", "Custom, 2 legs"),
    ("+50 stock, -1 190 C", "Custom, 2 legs", "Custom, 2 legs"),
];

#[test]
fn legs_have_one_name_in_whatever_order_and_another_turned_round() {
    for (text, name, turned) in NAMES {
        let mut legs = legs(text);
        assert_eq!(recognise(&legs, None).to_string(), *name, "{text}");
        legs.reverse();
        assert_eq!(recognise(&legs, None).to_string(), *name, "{text}");
        let flipped: Vec<Leg> = legs.into_iter().map(Leg::turned).collect();
        assert_eq!(recognise(&flipped, None).to_string(), *turned, "{text}");
    }
}

#[test]
fn a_put_is_secured_by_its_whole_strike_in_cash() {
    let put = legs("-2 180 P");
    let named = |cash: i64| recognise(&put, Some(cash.into())).to_string();
    assert_eq!(named(36_000), "Cash-secured put");
    assert_eq!(named(35_999), "Short put");
}

#[test]
fn nothing_at_all_is_custom() {
    assert_eq!(recognise(&[], None).to_string(), "Custom, 0 legs");
}
