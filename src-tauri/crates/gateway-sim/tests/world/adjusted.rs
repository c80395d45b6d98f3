//! Classes of options that are not on a hundred units: what a split left behind, and minis.

use gatehouse_sim::world::{ConId, ContractQuery, ExerciseAction, Instrument, Right, World};
use rust_decimal::Decimal;

use crate::fixture::*;

const TLT: ConId = ConId::new(15_547_841);
const GLD: ConId = ConId::new(51_529_211);

fn of_class(world: &World, class: &str, strike: &str, right: Right) -> Instrument {
    let query = ContractQuery {
        trading_class: Some(class.to_owned()),
        sec_type: Some("OPT".to_owned()),
        expiry: Some("20260116".to_owned()),
        strike: Some(dec(strike)),
        right: Some(right),
        ..ContractQuery::default()
    };
    match world.resolve(&query).as_slice() {
        [one] => (*one).clone(),
        other => panic!("{} contracts of {class} at {strike}", other.len()),
    }
}

fn held(world: &World, con_id: ConId) -> Decimal {
    world
        .position(&account(INDIVIDUAL), con_id)
        .map_or(Decimal::ZERO, |position| position.quantity)
}

#[test]
fn a_split_and_minis_have_classes_of_their_own_with_a_number_after_the_name() {
    let world = world();
    for (underlying, names, multipliers) in [
        (TLT, ["TLT", "TLT1"], ["100", "100"]),
        (GLD, ["GLD", "GLD7"], ["100", "10"]),
    ] {
        let chains = world.option_chains(underlying);
        let told: Vec<_> = chains
            .iter()
            .map(|one| (one.trading_class.as_str(), one.multiplier))
            .collect();
        assert_eq!(told, [0, 1].map(|n| (names[n], dec(multipliers[n]))));
        // Only the months that were there before are still traded.
        assert!(chains[1].expirations.len() < chains[0].expirations.len());
    }
    let one = of_class(&world, "TLT1", "110", Right::Call);
    assert_eq!(
        (one.local_symbol.as_str(), one.symbol.as_str()),
        ("TLT1  260116C00110000", "TLT")
    );
    assert_eq!(world.by_con_id(one.con_id), Some(&one));
}

#[test]
fn what_delivers_a_quarter_more_is_worth_and_moves_a_quarter_more() {
    let world = still_world();
    let view = |class: &str, strike: &str| {
        let one = of_class(&world, class, strike, Right::Call);
        world.option_view(one.con_id).expect("priced").model
    };
    let (plain, adjusted) = (view("TLT", "80"), view("TLT1", "100"));
    let times = |figure: Option<Decimal>, by: &str| figure.expect("known") * dec(by);
    let near = |told: Option<Decimal>, wanted: Decimal| {
        let told = told.expect("known");
        assert!((told - wanted).abs() < dec("0.000001"), "{told} {wanted}");
    };
    near(adjusted.price, times(plain.price, "1.25"));
    near(adjusted.delta, times(plain.delta, "1.25"));
    near(adjusted.gamma, times(plain.gamma, "1.25"));
    near(adjusted.underlying, times(plain.underlying, "1"));
}

#[test]
fn a_hundred_shares_cover_no_call_on_a_hundred_and_twenty_five() {
    let mut world = still_world();
    let (plain, adjusted) = (
        of_class(&world, "TLT", "90", Right::Call),
        of_class(&world, "TLT1", "115", Right::Call),
    );
    let what_if = |world: &World, one: &Instrument| {
        world.what_if(
            CLIENT,
            world.next_order_id(CLIENT),
            &sell(ROTH, 1, one.con_id),
        )
    };
    assert!(what_if(&world, &plain).is_ok());
    let refused = what_if(&world, &adjusted).expect_err("refused");
    assert!(refused.text().contains("Uncovered"), "{refused}");
    place(&mut world, 1, buy(ROTH, 25, TLT)).expect("taken");
    until_idle(&mut world);
    assert!(what_if(&world, &adjusted).is_ok());
}

#[test]
fn exercising_brings_what_was_adjusted_for_the_old_price_of_a_hundred() {
    let mut world = still_world();
    let call = of_class(&world, "TLT1", "100", Right::Call);
    let mini = of_class(&world, "GLD7", "380", Right::Call);
    for (id, one) in [(1, &call), (2, &mini)] {
        assert!(world.freeze(one.con_id));
        assert!(world.set_sizes(one.con_id, dec("500"), dec("500")));
        place(&mut world, id, buy(INDIVIDUAL, 2, one.con_id)).expect("taken");
    }
    until_idle(&mut world);
    let gold = held(&world, GLD);
    let cash = figure(&world, INDIVIDUAL, "TotalCashValue");
    let id = account(INDIVIDUAL);
    for one in [&call, &mini] {
        let done = world.exercise(
            &id,
            one.con_id,
            ExerciseAction::Exercise,
            Decimal::TWO,
            true,
        );
        assert!(!done.expect("done").is_empty());
        assert_eq!(held(&world, one.con_id), Decimal::ZERO);
    }
    assert_eq!(held(&world, TLT), dec("250"));
    assert_eq!(held(&world, GLD), gold + dec("20"));
    assert_eq!(
        figure(&world, INDIVIDUAL, "TotalCashValue"),
        cash - dec("20000") - dec("7600")
    );
}
