//! Partnerships in an IRA. Their list is data with a date, `data/partnerships.txt`, and never
//! complete; a person adds to it.
//!
//! Deliberately not here: the tax withheld from foreign persons.

use super::{Case, Rule, Said};
use crate::rule::{
    Changeable, Group, ParamInfo, RuleInfo, Scope, Severity, Source, Stricter, Unit,
};
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::draft::Side;

const LIST: &str = include_str!("../../data/partnerships.txt");

fn listed() -> impl Iterator<Item = &'static str> {
    LIST.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
}

pub(crate) const PARTNERSHIPS: Rule = Rule {
    info: RuleInfo {
        id: "ira.partnerships",
        title: "Partnerships in an IRA",
        sentence: "IBKR takes no partnership (MLP) in an IRA: its income can be taxed there (UBTI). The list is of 2025-06-06 and not complete; you can add to it.",
        group: Group::AccountType,
        source: Source {
            name: "IBKR knowledge base",
            text: "article 188, and its list of publicly traded partnerships",
        },
        scope: Scope {
            securities: &[SecurityKind::Stock],
            ..Scope::IRA
        },
        severity: Some(Severity::Warn),
        changeable: Changeable::Stricter,
        params: &[ParamInfo {
            stricter: Stricter::Higher,
            ..ParamInfo::words("more", "Other partnerships", Unit::Symbols, &[])
        }],
        ..RuleInfo::HOUSE
    },
    ask: partnerships,
};

fn partnerships(case: &Case<'_>) -> Said {
    if case.draft.side == Side::Sell {
        return Said::not_applicable();
    }
    let symbol = case.facts.instrument.contract.symbol.as_str();
    // A class of units follows the symbol: `ET PRI`.
    let root = symbol.split([' ', '.']).next().unwrap_or(symbol);
    let is_it = |name: &str| name.trim().eq_ignore_ascii_case(root);
    let found = listed().any(is_it) || case.words("more").into_iter().any(is_it);
    match found {
        true => Said::fails(format!(
            "{symbol} is a publicly traded partnership. Its income can be taxed in an IRA (UBTI), \
             and IBKR may refuse the order. Buy it in a taxable account."
        )),
        false => Said::passed(format!("{symbol} is not on the list of partnerships.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_says_where_it_is_from_and_names_each_once() {
        for head in ["# Source: ", "# Taken: 20", "# Version: "] {
            assert!(LIST.lines().any(|line| line.starts_with(head)), "{head}");
        }
        let all: Vec<&str> = listed().collect();
        assert!(all.len() > 20);
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{all:?}");
    }
}
