//! Futures in a Roth IRA: what the broker's what-if says is judged before anything can be
//! confirmed.

use super::*;
use gatehouse_domain::contract::{Instrument, SecurityKind};
use gatehouse_domain::id::Symbol;

const ES: i32 = 777;

fn es() -> Instrument {
    let mut es = apple();
    es.contract.con_id = ConId::new(ES).unwrap();
    es.contract.symbol = Symbol::new("ES").unwrap();
    es.contract.kind = SecurityKind::Future;
    es.contract.multiplier = dec("50");
    es
}

fn told(bench: &mut Bench) {
    bench.event(Event::InstrumentAnswered {
        con_id: es().contract.con_id,
        answer: Ok(es()),
    });
    let con_id = es().contract.con_id;
    bench.broker(BrokerEvent::Ticks(vec![
        tick(con_id, QuoteField::Bid, "180.00", bench.now),
        tick(con_id, QuoteField::Ask, "180.02", bench.now),
    ]));
}

fn bench() -> Bench {
    let mut bench = Bench::ready();
    told(&mut bench);
    bench
}

fn es_order(intent: &str, side: Side, quantity: &str) -> DraftInput {
    DraftInput {
        con_id: Some(ES),
        ..draft(intent, ROTH, side, quantity, "180.00")
    }
}

/// The order takes so much more, with so much available before it.
fn takes(takes: Option<&str>, available: &str) -> WhatIf {
    let before = dec("1000");
    WhatIf {
        initial_margin: BeforeAfter {
            before: Some(before),
            after: takes.map(|takes| before + dec(takes)),
        },
        equity_with_loan: BeforeAfter {
            before: Some(before + dec(available)),
            after: Some(before + dec(available)),
        },
        ..what_if()
    }
}

impl Bench {
    fn preview_with(&mut self, draft: DraftInput, what_if: WhatIf) -> PreviewOutcome {
        assert_eq!(self.ask(Ask::Preview(draft)), None, "the broker is asked");
        let id = self.what_ifs.pop().expect("the broker was asked");
        let answer = Ok(what_if);
        self.event(Event::WhatIfAnswered { id, answer });
        match self.answer_to(id).expect("an answer").expect("a preview") {
            Answer::Preview(outcome) => outcome,
            other => panic!("{other:?}"),
        }
    }

    fn ready_with(&mut self, draft: DraftInput, what_if: WhatIf) -> PreviewView {
        match self.preview_with(draft, what_if) {
            PreviewOutcome::Ready { preview } => *preview,
            other => panic!("{other:?}"),
        }
    }
}

/// What the rule says in a verdict as it was written down last.
fn written(bench: &Bench) -> (String, String) {
    let findings = bench.records.iter().rev().find_map(|record| {
        let Entry::Judged { findings, .. } = &record.entry else {
            return None;
        };
        Some(findings.clone())
    });
    let findings = serde_json::to_value(findings.expect("a judged record")).unwrap();
    let of_it = findings.as_array().unwrap().iter();
    let found = of_it
        .clone()
        .find(|finding| finding["rule"] == "ira.futures-margin")
        .unwrap_or_else(|| panic!("{findings:#}"));
    let word = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
    (word("outcome"), word("says"))
}

#[test]
fn a_future_whose_margin_exceeds_what_is_available_in_a_roth_is_blocked_by_the_broker_s_answer() {
    let mut bench = bench();
    let outcome = bench.preview_with(
        es_order("i-1", Side::Buy, "1"),
        takes(Some("30000"), "29000"),
    );
    let PreviewOutcome::Blocked { verdict } = outcome else {
        panic!("{outcome:?}");
    };
    let finding = verdict
        .findings
        .iter()
        .find(|finding| finding.rule == "ira.futures-margin")
        .expect("the rule spoke");
    assert!(finding.blocks, "{finding:?}");
    assert!(finding.says.contains("30,000.00"), "{}", finding.says);
    assert!(bench.kinds().ends_with(&["judged", "judged"]));
    assert_eq!(written(&bench).0, "blocked");
    assert!(
        bench.desk.previews.is_empty(),
        "there is nothing to confirm"
    );
}

#[test]
fn a_margin_that_the_broker_does_not_tell_lets_no_future_into_a_roth() {
    let mut bench = bench();
    let outcome = bench.preview_with(es_order("i-1", Side::Sell, "1"), takes(None, "90000"));
    assert!(
        matches!(outcome, PreviewOutcome::Blocked { .. }),
        "{outcome:?}"
    );
    assert_eq!(written(&bench).0, "lacksFact");
}

#[test]
fn a_covered_future_goes_and_its_margin_stands_in_preview_and_journal() {
    let mut bench = bench();
    let preview = bench.ready_with(
        es_order("i-1", Side::Buy, "1"),
        takes(Some("30000"), "90000"),
    );
    let shown = preview
        .verdict
        .findings
        .iter()
        .find(|finding| finding.rule == "ira.futures-margin")
        .expect("the rule spoke");
    assert!(
        shown.says.contains("0 s old, it takes 30,000.00"),
        "{}",
        shown.says
    );
    let (outcome, says) = written(&bench);
    assert_eq!((outcome.as_str(), &says), ("passed", &shown.says));
    bench.now = bench.now.plus(std::time::Duration::from_secs(7));
    bench.confirm(&preview).expect("sent");
    let (outcome, says) = written(&bench);
    assert_eq!(outcome, "passed");
    assert!(says.contains("7 s old"), "{says}");
    assert_eq!(bench.placed.len(), 1);
}

#[test]
fn what_changed_since_the_preview_stops_a_future_at_its_confirmation() {
    let mut bench = bench();
    let preview = bench.ready_with(
        es_order("i-1", Side::Buy, "1"),
        takes(Some("30000"), "90000"),
    );
    bench.broker(BrokerEvent::AccountFigure {
        account: account_id(ROTH),
        tag: Tag::SettledCash,
        value: Some(dec("20000")),
    });
    let refused = bench.confirm(&preview).unwrap_err();
    assert!(refused.message.contains("can't borrow"), "{refused:?}");
    assert!(bench.placed.is_empty());
}

#[test]
fn two_futures_that_fit_only_one_by_one_do_not_both_go_even_after_a_restart() {
    let mut bench = bench();
    let one = takes(Some("60000"), "95000");
    let first = bench.ready_with(es_order("i-1", Side::Buy, "1"), one.clone());
    let second = bench.ready_with(es_order("i-2", Side::Buy, "1"), one.clone());
    bench.confirm(&first).expect("sent");
    let refused = bench.confirm(&second).unwrap_err();
    assert!(refused.message.contains("60,000.00"), "{refused:?}");

    let mut again = bench.restarted();
    told(&mut again);
    again.complete();
    again.status(key("i-1", 5, 9), Report::Submitted, "0");
    assert_eq!(
        again.desk.working_margin(&account_id(ROTH), &[]),
        bench.desk.working_margin(&account_id(ROTH), &[]),
    );
}
