//! What may be traded at all. What is held may always be made smaller.

use super::closing::{Closing, closing};
use super::{Case, Rule, Said};
use crate::rule::{ParamInfo, RuleInfo, Stricter, Unit};
use gatehouse_domain::contract::SecurityKind;

fn contains(words: &[&str], word: &str) -> bool {
    words
        .iter()
        .any(|listed| listed.trim().eq_ignore_ascii_case(word))
}

fn or_closes(case: &Case<'_>, says: String) -> Said {
    match closing(case) {
        Closing::Closes => Said::passed("It only makes a position smaller."),
        _ => Said::fails(says),
    }
}

pub(crate) const SYMBOLS: Rule = Rule {
    info: RuleInfo {
        id: "limit.symbols",
        title: "Allowed and forbidden symbols",
        sentence: "Only symbols on your list are traded, when there is one, and none on the other list. What is held may be made smaller. Off until you list some.",
        params: &[
            ParamInfo {
                stricter: Stricter::Lower,
                ..ParamInfo::words("allow", "Only these symbols", Unit::Symbols, &[])
            },
            ParamInfo {
                stricter: Stricter::Higher,
                ..ParamInfo::words("deny", "None of these symbols", Unit::Symbols, &[])
            },
        ],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let (allow, deny) = (case.words("allow"), case.words("deny"));
        if allow.is_empty() && deny.is_empty() {
            return Said::not_applicable();
        }
        let symbol = case.facts.instrument.contract.symbol.as_str();
        if contains(&deny, symbol) {
            return or_closes(
                case,
                format!("{symbol} is on your list of forbidden symbols."),
            );
        }
        if !allow.is_empty() && !contains(&allow, symbol) {
            return or_closes(
                case,
                format!("{symbol} is not on your list of allowed symbols."),
            );
        }
        Said::passed(format!("{symbol} may be traded."))
    },
};

pub(crate) const KINDS: Rule = Rule {
    info: RuleInfo {
        id: "limit.kinds",
        title: "Kinds of instruments",
        sentence: "Only kinds of instruments on your list are traded, also as legs of a combination. What is held may be made smaller. Off until you list some.",
        params: &[ParamInfo {
            stricter: Stricter::Lower,
            ..ParamInfo::words(
                "allow",
                "Only these kinds: STK, OPT, FUT, FOP, CASH, BAG",
                Unit::Kinds,
                &[],
            )
        }],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let allow = case.words("allow");
        if allow.is_empty() {
            return Said::not_applicable();
        }
        let whole = case.facts.instrument.contract.kind;
        let mut kinds = vec![whole];
        for leg in case.facts.legs {
            match leg.contract {
                Some(contract) => kinds.push(contract.kind),
                None => return Said::lacks("What a leg is is not known. Choose it again."),
            }
        }
        match kinds.iter().find(|kind| !contains(&allow, kind.code())) {
            None => Said::passed("Its kind is on your list."),
            Some(SecurityKind::Other) => {
                or_closes(case, "Its kind is not on your list.".to_owned())
            }
            Some(kind) => or_closes(
                case,
                format!(
                    "{} ({}) are not on your list.",
                    super::ira::capital(kind.words()),
                    kind.code()
                ),
            ),
        }
    },
};
