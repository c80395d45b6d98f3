//! The page names legs before any answer could come, by a namer of its own
//! (`ui/src/lib/combo/strategy.ts`). Both are held to one list, which is made here.

use super::super::recognise;
use super::tests::legs;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

const LIST: &str = "/../../../ui/src/lib/combo/strategies.json";
const NEAR: &str = "";
const FAR: &str = " 20270115";

/// Every way to take so many of these, in their order.
fn choices<T: Clone>(from: &[T], count: usize) -> Vec<Vec<T>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (at, first) in from.iter().enumerate() {
        for mut rest in choices(&from[at + 1..], count - 1) {
            rest.insert(0, first.clone());
            all.push(rest);
        }
    }
    all
}

/// Contracts at these strikes, as the end of a leg's text.
fn contracts(strikes: &[&str], expiries: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    for strike in strikes {
        for right in ["C", "P"] {
            all.extend(expiries.iter().map(|day| format!("{strike} {right}{day}")));
        }
    }
    all
}

/// Legs of these contracts with every side of each, in these ratios.
fn sided(contracts: &[String], ratios: &[u32], all: &mut Vec<String>) {
    for sides in 0..1_u32 << contracts.len() {
        let leg = |(at, contract): (usize, &String)| {
            let sign = if sides & (1 << at) == 0 { '+' } else { '-' };
            format!("{sign}{} {contract}", ratios[at])
        };
        let text: Vec<String> = contracts.iter().enumerate().map(leg).collect();
        all.push(text.join(", "));
    }
}

/// Pairs in time and in ratios, threes about a middle, fours of one expiry, and what stands beside
/// shares.
fn cases() -> Vec<String> {
    let mut all = Vec::new();
    for pair in choices(&contracts(&["180", "190"], &[NEAR, FAR]), 2) {
        for ratios in [[1, 1], [1, 2], [3, 2]] {
            sided(&pair, &ratios, &mut all);
        }
    }
    for three in choices(&contracts(&["170", "180", "190"], &[NEAR]), 3) {
        for middle in [1, 2, 3] {
            sided(&three, &[1, middle, 1], &mut all);
        }
    }
    for middle in [1, 2] {
        let uneven = ["170 P", "180 P", "195 P"].map(str::to_owned);
        sided(&uneven, &[1, middle, 1], &mut all);
    }
    for four in choices(&contracts(&["170", "180", "190"], &[NEAR]), 4) {
        sided(&four, &[1; 4], &mut all);
    }
    for last in ["200 C", "205 C", "200 C 20270115"] {
        for inner in ["180 C", "180 P"] {
            let wing = ["170 P", inner, "190 C", last].map(str::to_owned);
            sided(&wing, &[1; 4], &mut all);
            let calls = ["170 C", "180 C", "190 C", last].map(str::to_owned);
            sided(&calls, &[1; 4], &mut all);
        }
    }
    let beside = contracts(&["170", "190"], &[NEAR, FAR]);
    for count in [1, 2] {
        for options in choices(&beside, count) {
            let mut with = Vec::new();
            sided(&options, &[1; 2], &mut with);
            for stock in ["+100 stock", "-100 stock"] {
                all.extend(with.iter().map(|options| format!("{stock}, {options}")));
            }
        }
    }
    all
}

/// The legs by their names, a name a line.
fn list() -> String {
    let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for text in cases() {
        let name = recognise(&legs(&text), None).to_string();
        let same = by_name.entry(name).or_default();
        if !same.contains(&text) {
            same.push(text);
        }
    }
    let mut list = String::from("{\n");
    let last = by_name.len();
    for (at, (name, legs)) in (1..).zip(by_name) {
        let end = if at == last { "" } else { "," };
        writeln!(list, "  {name:?}: {legs:?}{end}").unwrap();
    }
    list.push_str("}\n");
    list
}

#[test]
fn the_strategies_in_the_page_s_bindings_are_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(&LIST[1..]);
    let list = list();
    if std::env::var("GATEHOUSE_BINDINGS").is_ok_and(|mode| mode == "write") {
        std::fs::write(&file, &list).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == list,
        "run `cargo xtask bindings` and commit the result"
    );
}
