//! Groups of known holdings, and that no unit is lost or used twice.

use super::super::recognise::tests::legs;
use super::{Group, Held, group};
use crate::options::leg::LegKind;
use crate::options::leg::OptionKind;
use gatehouse_domain::Decimal;
use gatehouse_domain::derivative::{Expiry, Right};
use proptest::prelude::*;

fn held(text: &str) -> Vec<Held> {
    legs(text)
        .into_iter()
        .map(|leg| Held {
            underlying: "AAPL USD".into(),
            kind: leg.kind(),
            quantity: Decimal::from(leg.ratio()) * leg.side().sign(),
            multiplier: leg.multiplier(),
        })
        .collect()
}

fn told(text: &str) -> Vec<String> {
    group(&held(text))
        .iter()
        .map(|group| format!("{} {}", group.count.normalize(), group.strategy))
        .collect()
}

#[test]
fn known_holdings_are_read_as_a_person_reads_them() {
    for (text, wanted) in [
        (
            "+2 160 P, -2 170 P, -2 190 C, +2 200 C",
            vec!["2 Iron condor"],
        ),
        (
            "+300 stock, -2 190 C",
            vec!["2 Covered call", "100 Long stock"],
        ),
        ("+100 stock, +1 170 P, -1 190 C", vec!["1 Collar"]),
        (
            "+100 stock, -2 190 C",
            vec!["1 Covered call", "1 Short call"],
        ),
        (
            "-100 stock, +1 190 C",
            vec!["100 Short stock", "1 Long call"],
        ),
        (
            "+1 170 C, -2 180 C, +1 190 C",
            vec!["1 Long call butterfly"],
        ),
        (
            "+3 170 C, -2 180 C",
            vec!["1 Call ratio spread, 3 bought against 2 sold"],
        ),
        (
            "+5 170 C, -2 180 C",
            vec!["2 Bull call spread", "3 Long call"],
        ),
        (
            "-1 180 C, +1 180 C 20270115, -1 180 P, +1 180 P 20270115",
            vec!["1 Long call calendar", "1 Long put calendar"],
        ),
        ("-1 170 P, -1 190 C", vec!["1 Short strangle"]),
        // Two condors of one expiry, told apart by how many there are.
        (
            "+1 150 P, +5 160 P, -1 165 P, -5 170 P, -5 190 C, -1 195 C, +5 200 C, +1 210 C",
            vec!["5 Iron condor", "1 Iron condor"],
        ),
        (
            "+1 180 C, -1 190 C, -1 170 P 20270115",
            vec!["1 Bull call spread", "1 Short put"],
        ),
    ] {
        assert_eq!(told(text), wanted, "{text}");
    }
    assert!(group(&[]).is_empty());
}

#[test]
fn other_underlyings_and_other_sizes_do_not_mix() {
    let mut mixed = held("+1 180 C, -1 190 C");
    mixed[1].underlying = "MSFT USD".into();
    assert_eq!(group(&mixed).len(), 2);
    let mut adjusted = held("+1 180 C, -1 190 C");
    adjusted[1].multiplier = Decimal::from(150);
    assert_eq!(group(&adjusted).len(), 2);
}

fn position() -> impl Strategy<Value = Held> {
    let option = (any::<bool>(), 30_i64..38, 0_i8..3, -4_i64..5);
    prop_oneof![
        1 => (-250_i64..350).prop_map(|quantity| Held {
            underlying: "A".into(), kind: LegKind::Stock, quantity: quantity.into(), multiplier: Decimal::ONE,
        }),
        9 => option.prop_map(|(call, strike, month, quantity)| Held {
            underlying: "A".into(),
            kind: LegKind::Option(OptionKind {
                right: if call { Right::Call } else { Right::Put },
                strike: Decimal::from(strike * 5),
                expiry: Expiry::new(2027, 1 + month, 15).unwrap(),
            }),
            quantity: quantity.into(),
            multiplier: Decimal::ONE_HUNDRED,
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_unit_is_used_once_in_whatever_order_positions_come(
        positions in prop::collection::vec(position(), 0..12),
    ) {
        let mut seen = Vec::new();
        let positions: Vec<Held> = positions
            .into_iter()
            .filter(|one| !seen.contains(&one.kind) && { seen.push(one.kind); true })
            .collect();
        let groups = group(&positions);
        let mut used = vec![Decimal::ZERO; positions.len()];
        for part in groups.iter().flat_map(|group| &group.uses) {
            prop_assert!(!part.quantity.is_zero());
            prop_assert_eq!(part.quantity.is_sign_negative(), positions[part.position].quantity.is_sign_negative());
            used[part.position] += part.quantity;
        }
        let quantities: Vec<Decimal> = positions.iter().map(|one| one.quantity).collect();
        prop_assert_eq!(used, quantities);
        let turned: Vec<Held> = positions.iter().rev().cloned().collect();
        let names = |groups: &[Group]| -> Vec<(super::super::Strategy, Decimal)> {
            groups.iter().map(|group| (group.strategy, group.count)).collect()
        };
        prop_assert_eq!(names(&groups), names(&group(&turned)));
    }
}
