//! The rule book exchanged while the desk runs, and from one run to the next.

use super::*;
use crate::effect::RulePlan;
use crate::error::ErrorCode;
use crate::record::RulesBy;
use crate::view::{RuleChoice, RuleValue, RuleWeight};

fn cap(most: &str) -> RuleChoice {
    RuleChoice {
        rule: "cap.quantity".into(),
        account: None,
        weight: None,
        values: vec![RuleValue {
            key: "most".into(),
            text: most.into(),
        }],
        word: None,
    }
}

fn plan(bench: &mut Bench, choice: RuleChoice) -> RulePlan {
    match bench.ask(Ask::PlanRule(Box::new(choice))) {
        Some(Ok(Answer::RulePlan(plan))) => *plan,
        other => panic!("{other:?}"),
    }
}

fn ready(bench: &mut Bench, choice: RuleChoice) -> RuleBook {
    match plan(bench, choice) {
        RulePlan::Ready(book) => *book,
        other => panic!("{other:?}"),
    }
}

fn take(bench: &mut Bench, book: RuleBook) -> Result<Answer, ApiError> {
    bench
        .ask(Ask::TakeBook {
            book: Some(Box::new(book)),
            by: RulesBy::Person,
            fault: None,
        })
        .unwrap()
}

fn set(bench: &mut Bench, choice: RuleChoice) {
    let book = ready(bench, choice);
    take(bench, book).unwrap();
}

#[test]
fn an_order_previewed_before_a_cap_was_set_does_not_go_out_over_it() {
    let mut bench = Bench::ready();
    let preview = bench.preview(buy("one"));
    set(&mut bench, cap("5"));
    let error = bench.confirm(&preview).unwrap_err();
    assert_eq!(error.code, ErrorCode::Blocked);
    assert!(bench.placed.is_empty());
    assert!(bench.kinds().contains(&"rulesChanged"));
}

#[test]
fn a_change_that_lets_more_through_asks_for_a_word() {
    let mut bench = Bench::ready();
    set(&mut bench, cap("5"));
    let RulePlan::AsksWord { says, word } = plan(&mut bench, cap("50")) else {
        panic!("no word was asked for");
    };
    assert!(says[0].contains("50 instead of 5"), "{says:?}");
    let choice = RuleChoice {
        word: Some(word),
        ..cap("50")
    };
    assert!(matches!(plan(&mut bench, choice), RulePlan::Ready(_)));
}

#[test]
fn what_can_t_be_set_is_told_at_its_field() {
    let mut bench = Bench::ready();
    for (typed, says) in [("many", "not a plain number"), ("-1", "below zero")] {
        let RulePlan::Faulty(faults) = plan(&mut bench, cap(typed)) else {
            panic!("{typed} was taken");
        };
        assert_eq!(faults[0].key.as_deref(), Some("most"));
        assert!(faults[0].says.contains(says), "{faults:?}");
    }
    let milder = RuleChoice {
        rule: "ira.no-short-sale".into(),
        weight: Some(RuleWeight::Warn),
        values: Vec::new(),
        ..cap("")
    };
    assert!(matches!(plan(&mut bench, milder), RulePlan::Faulty(_)));
}

#[test]
fn a_change_that_can_t_be_written_is_not_in_force() {
    let mut bench = Bench::ready();
    let book = ready(&mut bench, cap("5"));
    bench.disk_full = true;
    let error = take(&mut bench, book).unwrap_err();
    assert_eq!(error.code, ErrorCode::Journal);
    bench.disk_full = false;
    assert_eq!(bench.desk.options.book, RuleBook::default());
    bench.preview(buy("one"));
    assert!(!bench.kinds().contains(&"rulesChanged"));
}

#[test]
fn a_new_run_writes_how_its_book_differs_from_the_last_one() {
    let mut bench = Bench::ready();
    set(&mut bench, cap("5"));
    let mut same = bench.restarted();
    same.desk.options.book = bench.desk.options.book.clone();
    assert_eq!(same.desk.book_at_start(START), []);
    let mut other = bench.restarted();
    let records = other.desk.book_at_start(START);
    let Entry::RulesChanged { by, changes, .. } = &records[0].entry else {
        panic!("{records:?}");
    };
    assert_eq!(*by, RulesBy::File);
    assert!(changes[0].contains("1,000 instead of 5"), "{changes:?}");
}

#[test]
fn while_the_rule_file_is_at_fault_nothing_is_set_from_the_window() {
    let mut bench = Bench::ready();
    bench
        .ask(Ask::TakeBook {
            book: None,
            by: RulesBy::File,
            fault: Some("Line 3: there is no rule \"x\".".into()),
        })
        .unwrap()
        .unwrap();
    let answer = bench.ask(Ask::PlanRule(Box::new(cap("5")))).unwrap();
    assert!(answer.unwrap_err().message.contains("Line 3"));
    assert!(bench.kinds().contains(&"rulesFault"));
}

#[test]
fn the_modes_that_are_on_are_told_with_what_they_keep_back() {
    let mut bench = Bench::ready();
    let mode = |rule: &str, account: Option<&str>, weight| RuleChoice {
        rule: rule.into(),
        account: account.map(str::to_owned),
        weight: Some(weight),
        values: Vec::new(),
        word: None,
    };
    assert!(bench.desk.rules_head().modes.is_empty());
    set(
        &mut bench,
        mode("mode.closing-only", Some(ROTH), RuleWeight::Block),
    );
    set(&mut bench, mode("mode.read-only", None, RuleWeight::Warn));
    let modes = bench.desk.rules_head().modes;
    let told: Vec<(&str, Option<&str>, &str)> = modes
        .iter()
        .map(|mode| {
            (
                mode.title.as_str(),
                mode.account.as_deref(),
                mode.says.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "Read-only",
                None,
                "it warns where otherwise no order goes out"
            ),
            (
                "Closing only",
                Some(ROTH),
                "orders only make positions smaller"
            ),
        ]
    );
}
