//! A verdict does not depend on the order in which the rules are asked.

use crate::built_in::{ALL, Question};
use crate::facts::{Facts, Holdings, Sent, Trade};
use crate::verdict::{Finding, Verdict};
use crate::{RuleBook, Severity};
use gatehouse_domain::account::{AccountKind, Mode, Tag};
use gatehouse_domain::draft::Side;
use gatehouse_testkit::{START, account, apple, dec, limit, quote, set_figure};
use proptest::prelude::*;

/// What a verdict says, rule by rule, whatever their order.
fn sorted(findings: Vec<Finding>) -> (Vec<String>, [bool; 2]) {
    let verdict = Verdict::new(findings);
    let mut said: Vec<String> = verdict
        .findings()
        .iter()
        .map(|finding| format!("{finding:?}"))
        .collect();
    said.sort();
    let asks = verdict.to_override().next().is_some();
    (said, [verdict.is_clear(), asks])
}

proptest! {
    #[test]
    fn a_verdict_does_not_depend_on_the_order_of_the_rules(
        order in Just((0..ALL.len()).collect::<Vec<usize>>()).prop_shuffle(),
        kind in prop::sample::select(vec![
            AccountKind::Individual, AccountKind::RothIra, AccountKind::Unknown, AccountKind::Trust,
        ]),
        mode in prop::sample::select(vec![Mode::Paper, Mode::Live, Mode::Unknown]),
        severity in prop::sample::select(vec![Severity::Warn, Severity::Override, Severity::Block]),
        side in prop::sample::select(vec![Side::Buy, Side::Sell]),
        quantity in 1u32..2000, price in 100u32..260, held in -50i64..200, settled in 0u32..100_000,
        lost in prop::bool::ANY,
    ) {
        let mut account = account("DU1", kind);
        set_figure(&mut account, Tag::SettledCash, &settled.to_string());
        let instrument = apple();
        let quote = quote("180.00", "180.02", START);
        let draft = limit("DU1", side, &quantity.to_string(), &price.to_string());
        let held = dec(&held.to_string());
        let holdings = Holdings { held: vec![(&instrument.contract, held)], working: Vec::new() };
        let trades = [Trade {
            account: &account.id, kind, contract: &instrument.contract, side: Side::Sell,
            quantity: dec("5"), at: START, realized: lost.then(|| dec("-10")),
        }];
        let book = RuleBook::default().with_severity("cap.quantity", Some(severity)).unwrap();
        let facts = Facts {
            mode, connected: true, account: Some(&account), quote: Some(&quote), position: Some(held),
            holdings: Some(&holdings), working_buys_cost: Some(dec("0")),
            ends_elsewhere: Some(dec("0")), spending: Some(dec("0")), trades: &trades,
            sent: Sent { usual: Some(dec("10")), ..Sent::default() },
            ..Facts::of(&instrument)
        };
        let question = Question::new(&draft, &facts, &book, START);
        let straight = ALL.iter().map(|rule| rule.ask(&question)).collect();
        let shuffled = order.iter().map(|at| ALL[*at].ask(&question)).collect();
        prop_assert_eq!(sorted(straight), sorted(shuffled));
    }
}
