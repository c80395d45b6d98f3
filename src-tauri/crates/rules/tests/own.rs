//! The person's own rules: how they are read and written, and what holds for all of them.

use gatehouse_domain::Decimal;
use gatehouse_domain::account::{AccountKind, Mode};
use gatehouse_domain::draft::Side;
use gatehouse_domain::id::AccountId;
use gatehouse_rules::own::{
    Comparison, Condition, Fact, Field, Knows, Measure, OwnRule, OwnScope, Past, Terms, Tried,
    Truth, seen, speaks_wherever,
};
use gatehouse_rules::{Facts, RuleBook, Severity, Verdict, judge};
use gatehouse_testkit::{START, account, apple, limit, market, quote};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn rule(id: &str, severity: Severity, when: Condition) -> OwnRule {
    OwnRule::new(Terms {
        id: id.to_owned(),
        title: format!("Rule {id}"),
        says: String::new(),
        severity,
        on: true,
        version: 1,
        scope: OwnScope::default(),
        from: None,
        until: None,
        when,
    })
    .unwrap()
}

fn is(text: &str) -> Condition {
    Condition::Is(Comparison::parse(text).unwrap())
}

fn verdict(book: &RuleBook, quantity: u32, price: u32, has_quote: bool) -> Verdict {
    let (account, instrument) = (account("DU1", AccountKind::Individual), apple());
    let quote = quote("180.00", "180.02", START);
    let facts = Facts {
        mode: Mode::Paper,
        connected: true,
        account: Some(&account),
        quote: has_quote.then_some(&quote),
        ..Facts::of(&instrument)
    };
    let draft = limit("DU1", Side::Buy, &quantity.to_string(), &price.to_string());
    judge(&draft, &facts, book, START).verdict().clone()
}

fn fault(lines: &str) -> (usize, String) {
    let text = format!("version = 1\n{lines}");
    let fault = RuleBook::parse(&text).unwrap_err();
    (fault.line, fault.what)
}

#[test]
fn a_fault_of_an_own_rule_is_told_with_its_line_and_what_was_probably_meant() {
    let head = "[[own]]\nid = \"a\"\ntitle = \"A\"\n";
    for (lines, line, says) in [
        (
            "severity = \"block\"\nwhen = \"order.vlaue > 5\"",
            6,
            "did you mean order.value?",
        ),
        (
            "severity = \"blok\"\nwhen = \"order.value > 5\"",
            5,
            "did you mean block?",
        ),
        (
            "severty = \"block\"\nwhen = \"order.value > 5\"",
            5,
            "did you mean severity?",
        ),
        (
            "severity = \"off\"\nwhen = \"order.value > 5\"",
            5,
            "off = true",
        ),
        ("severity = \"block\"", 2, "the rule has no when"),
        (
            "severity = \"block\"\nwhen = \"order.value is 5\"",
            6,
            "compared by <, <=,",
        ),
        (
            "severity = \"block\"\nwhen = \"order.value 5\"",
            6,
            "compares nothing",
        ),
        (
            "severity = \"block\"\nwhen = \"order.value > many\"",
            6,
            "no plain number",
        ),
        (
            "severity = \"block\"\nwhen = \"order.value > 5,000\"",
            6,
            "no plain number",
        ),
        (
            "severity = \"block\"\nwhen = \"order.value > nan\"",
            6,
            "no plain number",
        ),
        (
            "severity = \"block\"\nwhen = \"order.value > 5 %\"",
            6,
            "without a unit",
        ),
        (
            "severity = \"block\"\nwhen = \"market.spread > 5 days\"",
            6,
            "in %, not in \"days\"",
        ),
        (
            "severity = \"block\"\nwhen = \"order.type is MARKET\"",
            6,
            "never \"MARKET\"",
        ),
        (
            "severity = \"block\"\nwhen = \"order.side is long\"",
            6,
            "one of buy, sell",
        ),
        (
            "severity = \"block\"\nwhen = \"time.of_day < 25:00\"",
            6,
            "write it as 09:45",
        ),
        (
            "severity = \"block\"\nwhen = \"time.date = 2026-02-30\"",
            6,
            "write it as 2026-12-18",
        ),
        (
            "severity = \"block\"\nwhen = { al = [\"order.value > 5\"] }",
            6,
            "did you mean all?",
        ),
        (
            "severity = \"block\"\nwhen = { all = [] }",
            6,
            "at least one condition",
        ),
        (
            "severity = \"block\"\nwhen = { all = [\n  \"order.value > 5\",\n  \"order.valu > 5\",\n] }",
            8,
            "did you mean order.value?",
        ),
        (
            "severity = \"block\"\nkinds = [\"STOCK\"]\nwhen = \"order.value > 5\"",
            6,
            "none of STK",
        ),
        (
            "severity = \"block\"\nfrom = \"2026-01-01\"\nwhen = \"order.value > 5\"",
            6,
            "without quotes",
        ),
        (
            "severity = \"block\"\nfrom = 2026-02-01\nuntil = 2026-01-01\nwhen = \"order.value > 5\"",
            7,
            "before the first",
        ),
        (
            "severity = \"block\"\nmode = \"demo\"\nwhen = \"order.value > 5\"",
            6,
            "paper or live",
        ),
        (
            "severity = \"block\"\nwhen = \"order.value > 5\"\n[[own]]\nid = \"a\"\ntitle = \"B\"\nseverity = \
             \"warn\"\nwhen = \"order.value > 5\"",
            8,
            "two own rules have the id",
        ),
    ] {
        let (at, what) = fault(&format!("{head}{lines}\n"));
        assert!(what.contains(says), "{lines}\n{what}");
        assert_eq!(at, line, "{lines}\n{what}");
    }
    assert!(fault("[own]\nid = \"a\"\n").1.contains("two brackets"));
    assert!(fault("[[own]]\nid = \"A b\"\ntitle = \"A\"\nseverity = \"warn\"\nwhen = \"order.value > 5\"\n").1.contains("small letters"));
    let deep = format!(
        "{}\"order.value > 5\"{}",
        "{ not = ".repeat(9),
        " }".repeat(9)
    );
    assert!(
        fault(&format!("{head}severity = \"warn\"\nwhen = {deep}\n"))
            .1
            .contains("6 deep")
    );
}

#[test]
fn a_rule_says_itself_in_plain_words() {
    let text = "id = \"early\"\ntitle = \"Early\"\nseverity = \"override\"\nwhen = { all = [\"order.type is MKT\", \
                { any = [\"time.of_day < 10:00\", \"market.spread > 2 %\"] }, \"order.closes is no\"] }\n";
    let rule = OwnRule::parse(text).unwrap();
    assert_eq!(
        rule.sentence(),
        "Asks for a reason when the order type is market and (the time in New York is before 10:00 or the \
         distance of bid and ask is more than 2 %) and the order does more than make a position smaller."
    );
}

#[test]
fn a_rule_that_speaks_says_its_figures_and_one_that_can_t_says_what_it_lacks() {
    let large = rule("large", Severity::Block, is("order.value > 500"));
    let book = RuleBook::default().with_own(large).unwrap();
    let said = |has_quote| {
        let verdict = verdict(&book, 10, 180, has_quote);
        verdict.findings().last().unwrap().clone()
    };
    assert_eq!(said(true).says, "The order's value is 1,800.00.");
    assert_eq!(said(true).rule.source(), "You");
    assert!(
        said(true)
            .rule
            .own_text()
            .unwrap()
            .contains("order.value > 500")
    );
    let wide = rule("wide", Severity::Warn, is("market.spread > 1 %"));
    let book = RuleBook::default().with_own(wide).unwrap();
    let lacking = verdict(&book, 1, 180, false)
        .findings()
        .last()
        .unwrap()
        .clone();
    assert_eq!(
        lacking.says,
        "Whether it speaks can't be told. Not known: the distance of bid and ask."
    );
    assert!(lacking.warns() && !lacking.blocks());
}

#[test]
fn an_order_of_the_past_is_held_against_what_was_written_down_of_it() {
    let (account, instrument) = (account("DU1", AccountKind::Individual), apple());
    let quote = quote("180.00", "180.02", START);
    let facts = Facts {
        account: Some(&account),
        quote: Some(&quote),
        ..Facts::of(&instrument)
    };
    let draft = market("DU1", Side::Buy, "10");
    let written = seen(&draft, &facts, &RuleBook::default(), START);
    let nothing = BTreeMap::new();
    let tried = |when: &str, seen| {
        let past = Past {
            draft: &draft,
            at: START,
            seen,
        };
        past.tried(&rule("mine", Severity::Warn, is(when)))
    };
    assert_eq!(
        tried("market.ask > 180", &written),
        Tried::Speaks(vec!["the ask is 180.02".to_owned()])
    );
    assert_eq!(tried("market.ask > 181", &written), Tried::Silent);
    assert_eq!(
        tried("market.ask > 180", &nothing),
        Tried::Lacks(vec![Field::MarketAsk])
    );
    // The order and the moment are known without it; a market order has no limit.
    assert_eq!(
        tried("order.quantity > 5", &nothing),
        Tried::Speaks(vec!["the quantity is 10".to_owned()])
    );
    assert_eq!(tried("order.limit < 5", &nothing), Tried::Silent);
    assert_eq!(tried("time.of_day < 9:00", &nothing), Tried::Silent);
    let mut for_options = rule("mine", Severity::Warn, is("order.quantity > 5"))
        .terms()
        .clone();
    for_options.scope.kinds = vec!["OPT"];
    let for_options = OwnRule::new(for_options).unwrap();
    let past = |seen| Past {
        draft: &draft,
        at: START,
        seen,
    };
    assert_eq!(past(&written).tried(&for_options), Tried::NotConcerned);
    assert_eq!(
        past(&nothing).tried(&for_options),
        Tried::Lacks(vec![Field::OrderKind])
    );
}

#[test]
fn adding_a_rule_is_no_loosening_and_deleting_or_weakening_one_is() {
    let book = |rules: &[OwnRule]| {
        rules.iter().fold(RuleBook::default(), |book, rule| {
            book.with_own(rule.clone()).unwrap()
        })
    };
    let of = |severity, when: &str| rule("a", severity, is(when));
    let looser = |before: &[OwnRule], after: &[OwnRule]| {
        let changes = book(after).changes_from(&book(before));
        assert!(!changes.is_empty());
        changes.iter().any(|change| change.looser)
    };
    let cap = of(Severity::Warn, "order.value > 500");
    let off = {
        let mut terms = cap.terms().clone();
        terms.on = false;
        OwnRule::new(terms).unwrap()
    };
    let for_live = {
        let mut terms = cap.terms().clone();
        terms.scope.mode = Some(Mode::Live);
        OwnRule::new(terms).unwrap()
    };
    let one = |rule: &OwnRule| [rule.clone()];
    assert!(!looser(&[], &one(&cap)));
    assert!(looser(&one(&cap), &[]));
    assert!(!looser(&one(&off), &[]));
    assert!(looser(&one(&cap), &one(&off)));
    assert!(!looser(&one(&off), &one(&cap)));
    assert!(!looser(
        &one(&cap),
        &one(&of(Severity::Block, "order.value > 400"))
    ));
    assert!(looser(
        &one(&cap),
        &one(&of(Severity::Block, "order.value > 600"))
    ));
    assert!(looser(
        &one(&cap),
        &one(&of(Severity::Inform, "order.value > 500"))
    ));
    assert!(looser(&one(&cap), &one(&for_live)));
    assert!(!looser(&one(&for_live), &one(&cap)));
}

/// A comparison of any fact with any value that goes with it.
fn comparison() -> impl Strategy<Value = Comparison> {
    let parts = (
        prop::sample::select(Field::ALL.to_vec()),
        0usize..6,
        any::<bool>(),
        prop::collection::vec(any::<prop::sample::Index>(), 1..4),
        -100_000i64..100_000,
        0u32..4,
    );
    parts.prop_map(|(field, op, one_of, picks, number, decimals)| {
        let signs = ["<", "<=", ">", ">=", "=", "!="];
        let word = if one_of { "in" } else { "not in" };
        let (op, value) = match field.measure() {
            Measure::Choice(words) => {
                let words: Vec<&str> = picks.iter().map(|pick| pick.get(words).0).collect();
                (word, words.join(", "))
            }
            Measure::YesNo(..) => (word, if number > 0 { "yes" } else { "no" }.to_owned()),
            Measure::Words => {
                let words = ["KO", "BRK B", "IN", "NOT", "700", "DU1"];
                let words: Vec<&str> = picks.iter().map(|pick| *pick.get(&words)).collect();
                (word, words.join(", "))
            }
            Measure::Clock => {
                let minute = number.rem_euclid(24 * 60);
                (signs[op], format!("{}:{:02}", minute / 60, minute % 60))
            }
            Measure::Date => (signs[op], format!("2026-{:02}-{:02}", 1 + op, 1 + decimals)),
            _ => (signs[op], Decimal::new(number, decimals).to_string()),
        };
        Comparison::of(field.info().key, op, &value).unwrap()
    })
}

fn condition() -> impl Strategy<Value = Condition> {
    let leaf = comparison().prop_map(Condition::Is);
    leaf.prop_recursive(3, 12, 3, |inner| {
        let parts = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            parts.clone().prop_map(Condition::All),
            parts.prop_map(Condition::Any),
            inner.prop_map(|inner| Condition::Not(Box::new(inner))),
        ]
    })
}

fn any_rule() -> impl Strategy<Value = OwnRule> {
    let parts = (
        condition(),
        "\\PC{1,20}",
        "\\PC{0,30}",
        prop::sample::select(vec![
            Severity::Inform,
            Severity::Warn,
            Severity::Override,
            Severity::Block,
        ]),
        any::<bool>(),
        1u32..1000,
        prop::option::of(prop::sample::select(vec![Mode::Live, Mode::Paper])),
        prop::sample::subsequence(vec!["STK", "OPT", "BAG"], 0..=3),
        prop::sample::subsequence(vec!["DU1", "U-2"], 0..=2),
    );
    parts.prop_filter_map(
        "a title",
        |(when, title, says, severity, on, version, mode, kinds, accounts)| {
            OwnRule::new(Terms {
                id: "mine".to_owned(),
                title,
                says,
                severity,
                on,
                version,
                scope: OwnScope {
                    accounts: accounts
                        .into_iter()
                        .map(|id| AccountId::new(id).unwrap())
                        .collect(),
                    account_kinds: vec!["roth-ira"],
                    kinds,
                    mode,
                },
                from: Some(jiff::civil::date(2026, 1, 31)),
                until: None,
                when,
            })
            .ok()
        },
    )
}

/// Facts as they come.
#[derive(Debug)]
struct Drawn(BTreeMap<Field, Fact<'static>>);

impl Knows for Drawn {
    fn fact(&self, field: Field) -> Fact<'_> {
        self.0.get(&field).cloned().unwrap_or(Fact::Unknown)
    }
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let one = (0u8..4, any::<prop::sample::Index>(), -50i64..50);
    prop::collection::vec(one, Field::ALL.len()).prop_map(|draws| {
        let facts = Field::ALL.into_iter().zip(draws);
        let facts = facts.map(|(field, (kind, pick, number))| {
            let fact = match (kind, field.measure()) {
                (0, _) => Fact::Unknown,
                (1, _) => Fact::Absent,
                (_, Measure::Choice(words)) => Fact::Word(pick.get(words).0.into()),
                (_, Measure::YesNo(..)) => Fact::Word(if number > 0 { "yes" } else { "no" }.into()),
                (_, Measure::Words) => Fact::Word(["KO", "BRK B", "NOT"][pick.index(3)].into()),
                _ => Fact::Number(number.into()),
            };
            (field, fact)
        });
        Drawn(facts.collect())
    })
}

/// A condition that may well be wider than another.
fn widened(when: &Condition, at: usize) -> Condition {
    match when {
        Condition::All(parts) if parts.len() > 1 => {
            let mut parts = parts.clone();
            parts.remove(at % parts.len());
            Condition::All(parts)
        }
        Condition::Any(parts) => {
            let parts = parts.iter().map(|part| widened(part, at)).collect();
            Condition::Any(parts)
        }
        Condition::Is(comparison) => {
            let key = comparison.field().info().key;
            let value = comparison.value_text();
            let ops = ["<", "<=", ">", ">=", "=", "!=", "in", "not in"];
            Comparison::of(key, ops[at % ops.len()], &value)
                .map_or_else(|_| when.clone(), Condition::Is)
        }
        other => other.clone(),
    }
}

proptest! {
    #[test]
    fn a_comparison_that_is_written_is_read_as_the_same(comparison in comparison()) {
        prop_assert_eq!(Comparison::parse(&comparison.text()), Ok(comparison.clone()), "{}", comparison.text());
    }

    #[test]
    fn a_rule_that_is_written_is_read_as_the_same(rule in any_rule()) {
        prop_assert_eq!(OwnRule::parse(&rule.text()), Ok(rule.clone()), "{}", rule.text());
        let book = RuleBook::default().with_own(rule).unwrap();
        prop_assert_eq!(RuleBook::parse(&book.text()), Ok(book.clone()), "{}", book.text());
    }

    #[test]
    fn no_text_upsets_the_reader(text in "\\PC{0,60}", line in "[ -~]{0,40}") {
        let _ = Comparison::parse(&text);
        let _ = OwnRule::parse(&text);
        let _ = RuleBook::parse(&format!("version = 1\n[[own]]\n{text}\n"));
        let when = line.replace(['"', '\\'], "");
        let _ = OwnRule::parse(&format!("id = \"a\"\ntitle = \"A\"\nseverity = \"warn\"\nwhen = \"{when}\"\n"));
        let _ = OwnRule::parse(&format!("id = \"a\"\ntitle = \"A\"\nseverity = \"warn\"\nwhen = {line}\n"));
    }

    #[test]
    fn what_counts_as_wider_speaks_wherever_the_narrower_one_does(
        old in condition(), other in condition(), at in 0usize..24, facts in drawn(),
    ) {
        for new in [widened(&old, at), other, Condition::Any(vec![old.clone(), widened(&old, at)])] {
            if speaks_wherever(&new, &old) {
                prop_assert!(new.weigh(&facts) >= old.weigh(&facts), "{:?}\n{:?}", old, new);
            }
        }
    }

    #[test]
    fn what_is_not_known_is_named(when in condition(), facts in drawn()) {
        let lacking = when.lacking(&facts);
        if when.weigh(&facts) == Truth::Unknown {
            prop_assert!(!lacking.is_empty());
        }
        prop_assert!(lacking.iter().all(|field| facts.fact(*field) == Fact::Unknown));
    }

    #[test]
    fn the_order_of_the_rules_changes_nothing(
        rules in prop::collection::vec(condition(), 1..6), quantity in 1u32..30, has_quote in any::<bool>(),
    ) {
        let rules: Vec<OwnRule> = rules
            .into_iter()
            .enumerate()
            .map(|(n, when)| rule(&format!("r{n}"), Severity::Block, when))
            .collect();
        let said = |rules: Vec<&OwnRule>| {
            let book = rules.into_iter().fold(RuleBook::default(), |book, rule| {
                book.with_own(rule.clone()).unwrap()
            });
            let verdict = verdict(&book, quantity, 180, has_quote);
            let mut said: Vec<_> = verdict
                .findings()
                .iter()
                .map(|f| (f.rule.id().to_owned(), format!("{:?}", f.outcome), f.says.clone()))
                .collect();
            said.sort();
            (verdict.is_clear(), said)
        };
        prop_assert_eq!(said(rules.iter().collect()), said(rules.iter().rev().collect()));
    }

    #[test]
    fn a_severer_own_rule_never_lets_more_through(
        when in condition(), quantity in 1u32..30, has_quote in any::<bool>(),
    ) {
        let severities = [Severity::Inform, Severity::Warn, Severity::Override, Severity::Block];
        let passes: Vec<(bool, bool)> = severities
            .into_iter()
            .map(|severity| {
                let book = RuleBook::default().with_own(rule("a", severity, when.clone())).unwrap();
                let verdict = verdict(&book, quantity, 180, has_quote);
                let asks = verdict.to_override().any(|finding| finding.rule.id() == "a");
                (verdict.is_clear(), verdict.is_clear() && !asks)
            })
            .collect();
        for pair in passes.windows(2) {
            prop_assert!(pair[0].0 || !pair[1].0);
        }
        // What passes without a reason under a rule that asks for one passes under a milder one.
        prop_assert!(passes[1].1 || !passes[2].1);
    }
}
