//! Concentration in groups of symbols that the person makes: a sector, a theme, one risk.
//!
//! Deliberately not here: sectors by somebody else's list.

use super::closing::{Closing, closing};
use super::exposure::{CLOSES, offer, on_the_way};
use super::worth::worth;
use super::{Case, Rule, Said, money, spoken};
use crate::rule::{ParamInfo, RuleInfo, Stricter, Unit};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Tag;

pub(crate) const GROUPS: Rule = Rule {
    info: RuleInfo {
        id: "limit.group-concentration",
        title: "Concentration in a group",
        sentence: "What is on the symbols of one group, which you make, is together worth no more than a share of the account. Options count at their market value. Off until you set a number and name a group.",
        params: &[
            ParamInfo::most(
                "percent",
                "The largest share of the account in one group",
                Unit::Percent,
                None,
            ),
            ParamInfo {
                stricter: Stricter::Higher,
                ..ParamInfo::words(
                    "groups",
                    "Groups with their symbols, such as CHIPS: NVDA AMD INTC",
                    Unit::Symbols,
                    &[],
                )
            },
        ],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let Some(percent) = case.number("percent") else {
            return Said::not_applicable();
        };
        let symbol = case.facts.instrument.contract.symbol.as_str();
        let lines = case.words("groups");
        let groups: Vec<Group<'_>> = lines
            .into_iter()
            .map(Group::read)
            .filter(|group| group.has(symbol))
            .collect();
        if groups.is_empty() {
            return Said::not_applicable();
        }
        if closing(case) == Closing::Closes {
            return Said::passed(CLOSES);
        }
        groups
            .iter()
            .find_map(|group| exceeded(case, group, percent))
            .unwrap_or_else(|| Said::passed("Its groups stay within their share."))
    },
};

/// What is wrong with one group after the order; `None` when nothing is.
fn exceeded(case: &Case<'_>, group: &Group<'_>, percent: Decimal) -> Option<Said> {
    let worth = match worth(case) {
        Ok(worth) => worth,
        Err(said) => return Some(said),
    };
    let members = case.facts.by_symbol.iter();
    let held: Option<Decimal> = members
        .filter(|(symbol, _)| group.has(symbol))
        .map(|(_, value)| *value)
        .sum();
    let (Some(held), Some(nlv), Some(_)) = (
        held,
        worth.account.figure(Tag::NetLiquidation),
        case.facts.position,
    ) else {
        return Some(Said::lacks(format!(
            "How much of the account is in {} is not known: a price, an exchange rate or a figure \
             is missing.",
            group.name
        )));
    };
    let most = (nlv * percent / Decimal::ONE_HUNDRED).max(Decimal::ZERO);
    let on_the_way = on_the_way(case).abs() * worth.each;
    let after = held + on_the_way + worth.each * case.facts.to_fill(case.draft);
    (after > most).then(|| {
        let says = format!(
            "{} would come to {}{}; {} % of the account are {}.",
            group.name,
            money(after),
            worth.currency(),
            spoken(percent),
            money(most)
        );
        offer(says, case, most - held - on_the_way, worth.each)
    })
}

/// `CHIPS: NVDA AMD INTC`; without a name, the symbols are the name.
struct Group<'a> {
    name: &'a str,
    symbols: &'a str,
}

impl<'a> Group<'a> {
    fn read(line: &'a str) -> Self {
        let (name, symbols) = line.split_once(':').unwrap_or((line, line));
        Self {
            name: name.trim(),
            symbols,
        }
    }

    fn has(&self, symbol: &str) -> bool {
        self.symbols
            .split_whitespace()
            .any(|listed| listed.eq_ignore_ascii_case(symbol))
    }
}
