//! Strategies by name, rolls, and the strikes beside a leg.

use super::payoff::{chain, expiry, in_days, list, list_at};
use super::*;
use crate::error::ErrorCode;
use crate::view::{HeldPart, PlanInput, PlannedView};
use gatehouse_domain::derivative::{Expiry, Right};

fn later() -> Expiry {
    in_days(75)
}

fn named(plan: &str, side: Side, expiries: &[Expiry]) -> PlanInput {
    PlanInput::Plan {
        con_id: con_id().get(),
        trading_class: "AAPL".into(),
        plan: plan.into(),
        right: Right::Call,
        side,
        expiries: expiries.iter().map(|expiry| expiry.wire()).collect(),
    }
}

fn asked(bench: &mut Bench, input: PlanInput) -> Result<PlannedView, ApiError> {
    match bench.ask(Ask::Plan(input)).unwrap()? {
        Answer::Plan(view) => Ok(*view),
        other => panic!("{other:?}"),
    }
}

/// Sides, ratios and conIds, as `+1 2`.
fn legs(view: &PlannedView) -> Vec<String> {
    let legs = view.legs.iter();
    legs.map(|leg| {
        let sign = if leg.side == Side::Buy { '+' } else { '-' };
        format!("{sign}{} {}", leg.ratio, leg.instrument.con_id)
    })
    .collect()
}

#[test]
fn a_strategy_by_name_comes_with_the_legs_about_the_money() {
    let mut bench = chain();
    let mut of = |plan, side| legs(&asked(&mut bench, named(plan, side, &[expiry()])).unwrap());
    assert_eq!(of("vertical", Side::Buy), ["+1 2", "-1 3"]);
    assert_eq!(of("vertical", Side::Sell), ["-1 2", "+1 3"]);
    assert_eq!(of("butterfly", Side::Buy), ["+1 1", "-2 2", "+1 3"]);
    assert_eq!(of("straddle", Side::Buy), ["+1 2", "+1 12"]);
    // The call nearest to a delta of 0.30, with its shares.
    assert_eq!(of("coveredCall", Side::Buy), ["+100 265598", "-1 3"]);
    list(&mut bench, 20, later());
    let view = asked(
        &mut bench,
        named("calendar", Side::Buy, &[expiry(), later()]),
    );
    assert_eq!(legs(&view.unwrap()), ["-1 2", "+1 22"]);
}

#[test]
fn what_can_t_be_made_is_said() {
    let mut bench = chain();
    let mut fault = |input| asked(&mut bench, input).unwrap_err();
    let unlisted = fault(named("calendar", Side::Buy, &[expiry(), later()]));
    assert_eq!(unlisted.code, ErrorCode::NotFound);
    let condor = fault(named("condor", Side::Buy, &[expiry()]));
    assert!(condor.message.contains("too few strikes"), "{condor:?}");
    assert!(
        fault(named("lizard", Side::Buy, &[expiry()]))
            .message
            .contains("lizard")
    );
    let one = fault(named("calendar", Side::Buy, &[expiry()]));
    assert!(one.message.contains("2 expiries"), "{one:?}");
}

fn hold(bench: &mut Bench, id: i32, quantity: &str) {
    let contract = bench.desk.contracts[&ConId::new(id).unwrap()].clone();
    bench.broker(BrokerEvent::Position {
        account: account_id(MARGIN),
        contract,
        quantity: dec(quantity),
        average_cost: None,
    });
}

fn roll(held: &[(i32, &str)], expiry: Expiry) -> PlanInput {
    let part = |(con_id, quantity): &(i32, &str)| HeldPart {
        con_id: *con_id,
        quantity: dec(quantity),
    };
    PlanInput::Roll {
        account: MARGIN.into(),
        held: held.iter().map(part).collect(),
        expiry: expiry.wire(),
    }
}

#[test]
fn a_held_option_is_rolled_to_its_strike_on_a_later_day() {
    let mut bench = chain();
    list(&mut bench, 20, later());
    let none = asked(&mut bench, roll(&[(3, "-4")], later())).unwrap_err();
    assert!(none.message.contains("holds no −4"), "{none:?}");
    hold(&mut bench, 3, "-4");
    let view = asked(&mut bench, roll(&[(3, "-4")], later())).unwrap();
    assert_eq!(legs(&view), ["+1 3", "-1 23"]);
    assert_eq!(view.quantity, Some(dec("4")));
    let part = asked(&mut bench, roll(&[(3, "-3")], later())).unwrap();
    assert_eq!(part.quantity, Some(dec("3")));
    for wrong in ["4", "-5", "0"] {
        let refused = asked(&mut bench, roll(&[(3, wrong)], later())).unwrap_err();
        assert!(refused.message.contains("holds no"), "{wrong}: {refused:?}");
    }
    let same = asked(&mut bench, roll(&[(3, "-4")], expiry())).unwrap_err();
    assert!(same.message.contains("later day"), "{same:?}");
}

#[test]
fn a_held_strategy_is_rolled_with_all_its_legs_in_one_order() {
    let mut bench = chain();
    list(&mut bench, 20, later());
    // A ratio spread, twice, and a put beside it.
    for (id, quantity) in [(2, "2"), (3, "-4"), (11, "-2")] {
        hold(&mut bench, id, quantity);
    }
    let held = [(2, "2"), (3, "-4"), (11, "-2")];
    let view = asked(&mut bench, roll(&held, later())).unwrap();
    assert_eq!(
        legs(&view),
        ["-1 2", "+1 22", "+2 3", "-2 23", "+1 11", "-1 31"]
    );
    assert_eq!(view.quantity, Some(dec("2")));
    assert!(asked(&mut bench, roll(&[], later())).is_err());
}

#[test]
fn a_roll_that_would_close_what_is_held_there_or_bring_strikes_together_is_refused() {
    let mut bench = chain();
    list(&mut bench, 20, later());
    hold(&mut bench, 3, "-1");
    hold(&mut bench, 23, "1");
    let onto = asked(&mut bench, roll(&[(3, "-1")], later())).unwrap_err();
    assert!(onto.message.contains("would close that"), "{onto:?}");

    let mut bench = chain();
    list_at(&mut bench, 20, later(), &["120", "240"]);
    hold(&mut bench, 1, "1");
    hold(&mut bench, 2, "-1");
    let together = asked(&mut bench, roll(&[(1, "1"), (2, "-1")], later())).unwrap_err();
    assert!(together.message.contains("too far apart"), "{together:?}");
}

#[test]
fn the_strikes_beside_a_leg_are_of_its_kind_and_rise() {
    let mut bench = chain();
    list(&mut bench, 20, later());
    let mut beside = |id| match bench.ask(Ask::Ladder(ConId::new(id).unwrap())).unwrap() {
        Ok(Answer::Ladder(options)) => options.iter().map(|o| o.con_id).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(beside(12), [11, 12, 13]);
    assert_eq!(beside(23), [21, 22, 23]);
}
