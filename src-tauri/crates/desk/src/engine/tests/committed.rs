//! What working combinations keep of an account's cash.

use super::payoff::chain;
use super::*;
use gatehouse_domain::combo::LegInput;
use gatehouse_domain::draft::Waivers;

const LOW_CALL: i32 = 1;
const HIGH_CALL: i32 = 3;
const LOW_PUT: i32 = 11;
const HIGH_PUT: i32 = 13;

fn combination(intent: &str, side: Side, buy: i32, sell: i32, limit: &str) -> DraftInput {
    let leg = |con_id, side| LegInput {
        con_id,
        side,
        ratio: 1,
    };
    DraftInput {
        con_id: None,
        legs: vec![leg(buy, Side::Buy), leg(sell, Side::Sell)],
        waivers: Waivers {
            stale_price: true,
            ..Waivers::default()
        },
        ..draft(intent, ROTH, side, "10", limit)
    }
}

fn holds(bench: &mut Bench, con_id: i32, quantity: &str) {
    let con_id = ConId::new(con_id).unwrap();
    let contract = bench.desk.contracts[&con_id].clone();
    bench.broker(BrokerEvent::Position {
        account: account_id(ROTH),
        contract,
        quantity: dec(quantity),
        average_cost: Some(dec("500")),
    });
}

/// What the rule on borrowing says of a purchase that costs more than there is.
fn said_of_a_purchase(bench: &mut Bench) -> String {
    match bench.preview_outcome(draft("i-9", ROTH, Side::Buy, "600", "180.00")) {
        PreviewOutcome::Blocked { verdict } => {
            let mut findings = verdict.findings.into_iter();
            let said = findings.find(|f| f.rule == "ira.no-borrowing").unwrap();
            said.says
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_working_combination_that_only_gives_back_what_is_held_keeps_no_cash() {
    let mut bench = chain();
    holds(&mut bench, LOW_CALL, "10");
    holds(&mut bench, HIGH_CALL, "-10");
    bench.sent(combination("i-1", Side::Sell, HIGH_CALL, LOW_CALL, "15.00"));
    let said = said_of_a_purchase(&mut bench);
    assert!(!said.contains("working orders"), "{said}");
    // Half of it sold elsewhere meanwhile: what it can still bring about may cost its end.
    holds(&mut bench, LOW_CALL, "5");
    let said = said_of_a_purchase(&mut bench);
    assert!(said.contains("working orders for 20,000.00"), "{said}");
}

#[test]
fn a_working_combination_keeps_what_its_end_may_cost_whoever_pays_for_it() {
    let mut bench = chain();
    bench.sent(combination("i-1", Side::Sell, HIGH_CALL, LOW_CALL, "15.00"));
    let said = said_of_a_purchase(&mut bench);
    assert!(said.contains("working orders for 20,000.00"), "{said}");
    let mut bench = chain();
    // For once a cent is paid for what ends below zero.
    let id = |con_id| ConId::new(con_id).unwrap();
    bench.broker(BrokerEvent::Ticks(vec![
        tick(id(LOW_PUT), QuoteField::Ask, "12.05", bench.now),
        tick(id(HIGH_PUT), QuoteField::Bid, "12.04", bench.now),
    ]));
    bench.sent(combination("i-1", Side::Buy, LOW_PUT, HIGH_PUT, "0.01"));
    let said = said_of_a_purchase(&mut bench);
    assert!(said.contains("working orders for 20,010.00"), "{said}");
}

#[test]
fn a_put_that_was_sold_on_something_else_keeps_its_strike_of_the_cash() {
    let mut bench = chain();
    let mut contract = bench.desk.contracts[&ConId::new(LOW_PUT).unwrap()].clone();
    contract.con_id = ConId::new(901).unwrap();
    contract.symbol = gatehouse_domain::id::Symbol::new("MSFT").unwrap();
    let strike = contract.derivative.unwrap().option.unwrap().strike.get();
    bench.broker(BrokerEvent::Position {
        account: account_id(ROTH),
        contract,
        quantity: dec("-1"),
        average_cost: Some(dec("500")),
    });
    let said = said_of_a_purchase(&mut bench);
    let bound =
        format!("{}.00 that sold options bind", strike * dec("100")).replace("000.00", ",000.00");
    assert!(said.contains(&bound), "{said} has no {bound}");
}

#[test]
fn a_combination_that_closes_more_of_a_leg_than_there_is_says_so() {
    let mut bench = chain();
    for (con_id, quantity) in [(LOW_CALL, "4"), (HIGH_CALL, "-10")] {
        let contract = bench.desk.contracts[&ConId::new(con_id).unwrap()].clone();
        bench.broker(BrokerEvent::Position {
            account: account_id(MARGIN),
            contract,
            quantity: dec(quantity),
            average_cost: Some(dec("500")),
        });
    }
    let close = |intent: &str| DraftInput {
        account: MARGIN.into(),
        ..combination(intent, Side::Sell, HIGH_CALL, LOW_CALL, "10.40")
    };
    let told = |preview: &PreviewView| preview.warnings.join(" ");
    let first = bench.preview(close("i-1"));
    let label = &bench.desk.contracts[&ConId::new(LOW_CALL).unwrap()].label();
    let says = format!("6 more {label} than the 4 that the account holds");
    assert!(told(&first).contains(&says), "{}", told(&first));
    assert!(!told(&first).contains("is short of"), "{}", told(&first));
    // What a working combination closes already can't be closed again.
    bench.confirm(&first).unwrap();
    let again = bench.preview(close("i-2"));
    assert!(
        told(&again).contains("that the account is short of"),
        "{}",
        told(&again)
    );
}
