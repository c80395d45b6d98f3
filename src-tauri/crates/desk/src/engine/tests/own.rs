//! The person's own rules: made, held against the last orders, in force, weakened.

use super::*;
use crate::effect::RulePlan;
use crate::record::RulesBy;
use crate::view::{
    OwnJoin, OwnPart, OwnRow, OwnRuleChoice, OwnRuleForm, OwnRuleInput, OwnTrialView, TriedOutcome,
};
use gatehouse_rules::{Outcome, Severity};

fn row(fact: &str, op: &str, value: &str) -> OwnRow {
    OwnRow {
        fact: fact.into(),
        op: op.into(),
        value: value.into(),
    }
}

fn form(severity: Severity, rows: &[OwnRow]) -> OwnRuleForm {
    let part = |row: &OwnRow| OwnPart::Row { row: row.clone() };
    OwnRuleForm {
        id: None,
        title: "No large orders".into(),
        says: String::new(),
        severity,
        on: true,
        accounts: Vec::new(),
        account_kinds: Vec::new(),
        kinds: Vec::new(),
        mode: None,
        from: String::new(),
        until: String::new(),
        join: OwnJoin::All,
        parts: rows.iter().map(part).collect(),
    }
}

fn keep(form: &OwnRuleForm) -> OwnRuleChoice {
    OwnRuleChoice::Keep {
        input: OwnRuleInput::Form { form: form.clone() },
    }
}

fn plan(bench: &mut Bench, choice: OwnRuleChoice, word: Option<&str>) -> RulePlan {
    let word = word.map(str::to_owned);
    let choice = Box::new(choice);
    match bench.ask(Ask::PlanOwn { choice, word }) {
        Some(Ok(Answer::RulePlan(plan))) => *plan,
        other => panic!("{other:?}"),
    }
}

fn set(bench: &mut Bench, choice: OwnRuleChoice) {
    let RulePlan::Ready(book) = plan(bench, choice, Some("loosen")) else {
        panic!("it can't be set");
    };
    let take = Ask::TakeBook {
        book: Some(book),
        by: RulesBy::Person,
        fault: None,
    };
    bench.ask(take).unwrap().unwrap();
}

fn tried(bench: &mut Bench, input: OwnRuleInput) -> OwnTrialView {
    match bench.ask(Ask::TryOwn(Box::new(input))) {
        Some(Ok(Answer::OwnTrial(trial))) => *trial,
        other => panic!("{other:?}"),
    }
}

fn tried_form(bench: &mut Bench, form: &OwnRuleForm) -> OwnTrialView {
    tried(bench, OwnRuleInput::Form { form: form.clone() })
}

fn large() -> OwnRuleForm {
    form(Severity::Block, &[row("order.value", ">", "500")])
}

#[test]
fn an_own_rule_is_kept_and_blocks_with_its_text_in_the_journal() {
    let mut bench = Bench::ready();
    set(&mut bench, keep(&large()));
    let PreviewOutcome::Blocked { verdict } = bench.preview_outcome(buy("one")) else {
        panic!("it was not blocked");
    };
    assert_eq!(verdict.findings[0].rule, "no-large-orders");
    assert_eq!(verdict.findings[0].source, "You");
    let Entry::Judged {
        findings, facts, ..
    } = &bench.records.last().unwrap().entry
    else {
        panic!("no verdict was written");
    };
    let said = findings
        .iter()
        .find(|f| f.rule == "no-large-orders")
        .unwrap();
    assert_eq!((said.outcome, said.version), (Outcome::Blocked, 1));
    assert!(said.own.as_ref().unwrap().contains("order.value > 500"));
    assert_eq!(facts["order.symbol"].as_deref(), Some("AAPL"));
    let changed = bench.records.iter().find_map(|record| match &record.entry {
        Entry::RulesChanged { changes, book, .. } => Some((changes.clone(), book.clone())),
        _ => None,
    });
    let (changes, book) = changed.unwrap();
    assert!(changes[0].contains("is new: Blocks when"), "{changes:?}");
    assert!(book.contains("[[own]]"));
}

#[test]
fn an_order_previewed_before_an_own_rule_was_made_does_not_go_out_against_it() {
    let mut bench = Bench::ready();
    let preview = bench.preview(buy("one"));
    set(&mut bench, keep(&large()));
    assert_eq!(
        bench.confirm(&preview).unwrap_err().code,
        crate::error::ErrorCode::Blocked
    );
    assert!(bench.placed.is_empty());
}

#[test]
fn a_rule_that_is_edited_says_what_it_would_have_said_of_the_last_orders() {
    let mut bench = Bench::ready();
    bench.preview(buy("one"));
    bench.preview(buy("one"));
    let trial = tried_form(&mut bench, &large());
    assert_eq!(
        trial.sentence.as_deref(),
        Some("Blocks when the order's value is more than 500.00.")
    );
    assert_eq!(
        trial.tried.len(),
        1,
        "an order that is judged again counts once"
    );
    assert_eq!(trial.tried[0].outcome, TriedOutcome::Speaks);
    assert!(
        trial.tried[0].says.contains("the order's value is"),
        "{trial:?}"
    );
    assert!(trial.tried[0].order.starts_with("Buy "), "{trial:?}");
    let small = form(Severity::Warn, &[row("order.value", "<", "1")]);
    assert_eq!(
        tried_form(&mut bench, &small).tried[0].outcome,
        TriedOutcome::Silent
    );
    // Nobody told the volume, neither then nor now.
    let thin = form(Severity::Warn, &[row("market.volume", "<", "1000")]);
    let lacking = &tried_form(&mut bench, &thin).tried[0];
    assert_eq!(lacking.outcome, TriedOutcome::LacksFact);
    assert!(lacking.says.contains("the day's volume"));
    let mut options = large();
    options.kinds = vec!["OPT".into()];
    assert_eq!(
        tried_form(&mut bench, &options).tried[0].outcome,
        TriedOutcome::NotConcerned
    );
}

#[test]
fn after_a_restart_the_last_orders_are_known_from_the_journal() {
    let mut bench = Bench::ready();
    bench.preview(buy("one"));
    let mut again = bench.restarted();
    let trial = tried_form(&mut again, &large());
    assert_eq!(trial.tried[0].outcome, TriedOutcome::Speaks);
}

#[test]
fn of_an_order_that_an_earlier_version_wrote_down_what_it_did_not_write_is_not_known() {
    let mut bench = Bench::ready();
    bench.preview(buy("one"));
    for record in &mut bench.records {
        if let Entry::Judged { facts, .. } = &mut record.entry {
            facts.clear();
        }
    }
    let mut again = bench.restarted();
    assert_eq!(
        tried_form(&mut again, &large()).tried[0].outcome,
        TriedOutcome::LacksFact
    );
    let symbol = form(Severity::Warn, &[row("order.symbol", "is", "AAPL")]);
    assert_eq!(
        tried_form(&mut again, &symbol).tried[0].outcome,
        TriedOutcome::Speaks
    );
}

#[test]
fn only_so_many_of_the_last_orders_are_kept_the_newest_first() {
    let mut bench = Bench::ready();
    for n in 0..120 {
        bench.preview(buy(&format!("n-{n}")));
    }
    let trial = tried_form(&mut bench, &large());
    assert_eq!(trial.tried.len(), 100);
    assert!(trial.tried.windows(2).all(|pair| pair[0].at >= pair[1].at));
}

#[test]
fn what_is_wrong_is_told_at_its_place() {
    let mut bench = Bench::ready();
    let mut wrong = form(
        Severity::Block,
        &[row("order.value", ">", "many"), row("", ">", "5")],
    );
    wrong.title = "  ".into();
    wrong.until = "soon".into();
    wrong.parts.push(OwnPart::Group {
        join: OwnJoin::Any,
        rows: vec![row("order.type", "is", "FAST")],
    });
    let faults = tried_form(&mut bench, &wrong).faults;
    let keys: Vec<&str> = faults
        .iter()
        .filter_map(|fault| fault.key.as_deref())
        .collect();
    assert_eq!(keys, ["title", "until", "0.value", "1.fact", "2.0.value"]);
    assert!(matches!(
        plan(&mut bench, keep(&wrong), None),
        RulePlan::Faulty(_)
    ));
    let text = "id = \"a\"\ntitle = \"A\"\nseverity = \"block\"\nwhen = \"order.vlaue > 5\"\n";
    let input = OwnRuleInput::Text {
        id: None,
        text: text.into(),
    };
    let says = &tried(&mut bench, input).faults[0].says;
    assert!(
        says.contains("Line 4") && says.contains("did you mean order.value"),
        "{says}"
    );
}

#[test]
fn a_form_and_its_text_are_the_same_rule() {
    let mut bench = Bench::ready();
    let mut typed = form(
        Severity::Override,
        &[
            row("order.type", "is", "MKT, MOC"),
            row("time.of_day", "<", "10:00"),
        ],
    );
    typed.parts.push(OwnPart::Group {
        join: OwnJoin::None,
        rows: vec![row("order.closes", "is", "yes")],
    });
    typed.from = "2026-01-31".into();
    let text = tried_form(&mut bench, &typed).text.unwrap();
    let read = tried(
        &mut bench,
        OwnRuleInput::Text {
            id: None,
            text: text.clone(),
        },
    );
    assert_eq!(read.text, Some(text));
    let form = read.form.unwrap();
    assert_eq!((form.join, form.parts.len()), (OwnJoin::All, 3));
    assert_eq!(form.parts[2], typed.parts[2]);
}

#[test]
fn an_edit_raises_the_version_and_a_weaker_rule_asks_for_the_word() {
    let mut bench = Bench::ready();
    set(&mut bench, keep(&large()));
    let id = Some("no-large-orders".to_owned());
    let stricter = OwnRuleForm {
        id: id.clone(),
        ..form(Severity::Block, &[row("order.value", ">", "400")])
    };
    assert!(matches!(
        plan(&mut bench, keep(&stricter), None),
        RulePlan::Ready(_)
    ));
    set(&mut bench, keep(&stricter));
    let rule = bench
        .desk
        .options
        .book
        .own_named("no-large-orders")
        .unwrap();
    assert_eq!(rule.terms().version, 2);
    let id = || "no-large-orders".to_owned();
    let weaker = OwnRuleForm {
        id: Some(id()),
        ..form(Severity::Warn, &[row("order.value", ">", "400")])
    };
    for choice in [
        keep(&weaker),
        OwnRuleChoice::Turn {
            id: id(),
            on: false,
        },
        OwnRuleChoice::Delete { id: id() },
    ] {
        let asked = plan(&mut bench, choice.clone(), None);
        assert!(matches!(asked, RulePlan::AsksWord { .. }), "{asked:?}");
        assert!(matches!(
            plan(&mut bench, choice, Some("loosen")),
            RulePlan::Ready(_)
        ));
    }
    set(
        &mut bench,
        OwnRuleChoice::Turn {
            id: id(),
            on: false,
        },
    );
    assert!(matches!(
        plan(&mut bench, OwnRuleChoice::Delete { id: id() }, None),
        RulePlan::Ready(_)
    ));
    bench.preview(buy("one"));
}
