//! Options that were adjusted after a split, a merger or a spin-off, and minis, which are named alike:
//! what one of them delivers is another number of shares, other shares or cash, and nothing that is
//! told here says which. So no
//! shares and no cash can be said to cover one that is sold, and one that is held covers nothing.
//!
//! Deliberately not here: the cover of everything else, which is [`super::cover`].

use super::closing::{Closing, closing};
use super::ira::{at_most, capital, who};
use super::{Rule, Said};
use crate::facts::{Holdings, Lot};
use crate::rule::{RuleInfo, Scope, Severity, Source};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Account;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::id::ConId;
use std::collections::BTreeMap;

pub(crate) const ADJUSTED: Rule = Rule {
    info: RuleInfo {
        id: "limit.adjusted-options",
        title: "Adjusted options and minis",
        sentence: "An option whose class bears a number, as one that was adjusted after a corporate action or a mini, is told apart. What it delivers is not known here: no payoff, no greeks of the model and no cover is reckoned for it.",
        source: Source {
            name: "The Options Clearing Corporation",
            text: "Characteristics and Risks of Standardized Options, on adjustments",
        },
        severity: Some(Severity::Warn),
        scope: Scope {
            securities: &[SecurityKind::Option],
            ..Scope::ALL
        },
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let contract = &case.facts.instrument.contract;
        if !contract.is_adjusted() {
            return Said::not_applicable();
        }
        let says = format!(
            "{} {}. What it delivers is not known here, so nothing is reckoned for it but its \
             price. Read the exchange's memo on it.",
            contract.label(),
            contract.adjusted_words()
        );
        match closing(case) {
            Closing::Closes => Said::informed(says),
            Closing::Opens { .. } | Closing::Unknown => Said::fails(says),
        }
    },
};

/// What is said of a sale to open of one; `close` of them only give back what is held.
pub(super) fn cannot_open(contract: &Contract, account: &Account, close: Decimal) -> Said {
    let what = format!(
        "{} can't sell {} to open: it {}. What it delivers is not known, so neither shares nor cash \
         can be said to cover it.",
        capital(&who(account)),
        contract.label(),
        contract.adjusted_words()
    );
    match close > Decimal::ZERO {
        true => at_most(&what, close),
        false => Said::fails(what),
    }
}

/// Whether more of an adjusted option is sold in these lots than is held in them.
pub(super) fn is_one_sold(lots: &[Lot<'_>]) -> bool {
    let mut sums: BTreeMap<ConId, Decimal> = BTreeMap::new();
    for (contract, amount) in lots.iter().filter(|(contract, _)| contract.is_adjusted()) {
        *sums.entry(contract.con_id).or_default() += *amount;
    }
    sums.values().any(|sum| *sum < Decimal::ZERO)
}

impl<'a> Holdings<'a> {
    /// Whether an adjusted option is sold once these moves are made and every working sale has
    /// filled: what that takes from the account is not known.
    pub(super) fn owes_an_adjusted(&self, moves: &[Lot<'a>]) -> bool {
        let sales = self.working.iter().flatten();
        let sales = sales.filter(|(_, amount)| *amount < Decimal::ZERO);
        let all: Vec<Lot<'a>> = self
            .held
            .iter()
            .chain(moves)
            .chain(sales)
            .copied()
            .collect();
        is_one_sold(&all)
    }
}
