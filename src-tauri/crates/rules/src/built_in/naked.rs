//! Options that are sold without cover, or are left without it: by a sale of shares or of a bought
//! option that covered them.
//!
//! Deliberately not here: accounts that may do neither, which [`super::ira`] stops, and
//! combinations, which [`super::combo`] judges.

use super::closing::{Closing, closing};
use super::cover::is_covered;
use super::secured::{ENDS_UNKNOWN, bound_cash};
use super::{Case, Rule, Said, money};
use crate::facts::{Holdings, Lot};
use crate::rule::{RuleInfo, Scope, Severity};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Tag;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::derivative::Right;
use gatehouse_domain::draft::Side;

pub(crate) const NAKED: Rule = Rule {
    info: RuleInfo {
        id: "limit.naked-options",
        title: "Options sold without cover",
        sentence: "A call that is sold is covered by shares or another call, a put by another put or by settled cash for its strike that nothing else binds, and what covers one is not sold; else it is told, because its loss has no bound or a large one.",
        version: 2,
        severity: Some(Severity::Warn),
        scope: Scope {
            securities: &[SecurityKind::Stock, SecurityKind::Option],
            ..Scope::ALL
        },
        ..RuleInfo::LIMIT
    },
    ask: naked,
};

fn naked(case: &Case<'_>) -> Said {
    if case.draft.side != Side::Sell {
        return Said::not_applicable();
    }
    let contract = &case.facts.instrument.contract;
    let Some(holdings) = case.facts.holdings else {
        return Said::lacks("What the account holds of the underlying is not known.");
    };
    let wanted = case.facts.to_fill(case.draft);
    let held = match closing(case) {
        _ if contract.kind == SecurityKind::Stock => return uncovers(case, holdings, wanted),
        Closing::Closes => return uncovers(case, holdings, wanted),
        Closing::Unknown => return Said::lacks("What the account holds is not known yet."),
        Closing::Opens { most } => most,
    };
    if contract.is_adjusted() {
        return Said::fails(
            "What it delivers is not known, so nothing can be said to cover it: the loss has no \
             bound that is known here.",
        );
    }
    if holdings.owes_an_adjusted(&[]) {
        return Said::lacks(format!(
            "The account has sold an adjusted option or a mini on {}. How much of what it holds \
             that takes is not known, so neither is what is left to cover this.",
            contract.symbol
        ));
    }
    let units = |(contract, amount): &Lot<'_>| *amount * contract.multiplier;
    let mut after: Vec<Lot<'_>> = holdings
        .held
        .iter()
        // What a working order may sell covers nothing; what one may buy not yet.
        .chain(
            holdings
                .working
                .iter()
                .flatten()
                .filter(|(_, amount)| *amount < Decimal::ZERO),
        )
        .map(|lot| (lot.0, units(lot)))
        .collect();
    after.push((contract, units(&(contract, -wanted))));
    if is_covered(&after) {
        return Said::passed("What the account holds covers it.");
    }
    match contract
        .derivative
        .and_then(|derivative| derivative.option)
        .map(|terms| (terms.right, terms.strike.get()))
    {
        Some((Right::Put, strike)) => put(case, held, wanted - held, strike),
        Some((Right::Call, _)) => Said::fails(
            "Nothing in the account covers it: the loss has no bound if the price rises.",
        ),
        None => Said::lacks("What would cover it is not known."),
    }
}

/// A put of which `open` are sold beyond those that are held, which only cash may cover.
fn put(case: &Case<'_>, held: Decimal, open: Decimal, strike: Decimal) -> Said {
    let contract = &case.facts.instrument.contract;
    let rate = case
        .facts
        .account
        .and_then(|account| account.rate(contract.currency));
    let (Some(cash), Some(rate)) = (unspent(case), rate) else {
        return Said::lacks("What would cover it is not known.");
    };
    let Some(bound) = bound_cash(case, -held) else {
        return Said::lacks(ENDS_UNKNOWN);
    };
    let cost = strike * contract.multiplier * rate * open;
    let free = cash - bound;
    if cost <= free {
        return Said::passed("Settled cash that is free covers its strike.");
    }
    Said::fails(format!(
        "Assigned, it costs {} and {} of settled cash is free.",
        money(cost),
        money(free.max(Decimal::ZERO))
    ))
}

/// Judges a sale of what is held: whether it leaves an option that was sold without cover.
fn uncovers<'a>(case: &Case<'a>, holdings: &Holdings<'a>, wanted: Decimal) -> Said {
    let contract = &case.facts.instrument.contract;
    match holdings.spare(contract, wanted, case.facts.to_come) {
        None => Said::lacks(format!(
            "Whether it covers an option on {} that the account sold is not known.",
            contract.symbol
        )),
        Some(spare) if spare >= wanted => Said::passed("It covers no option that was sold."),
        Some(_) => match (bound_cash(case, -wanted), unspent(case)) {
            (Some(bound), Some(cash)) if bound <= cash => {
                Said::passed("Settled cash covers what was sold.")
            }
            _ => Said::fails(
                "It covers an option that the account sold, whose loss has no bound or a large one \
                 then. Buy that back first, or close both as one combination.",
            ),
        },
    }
}

/// Settled cash, less what working orders may take.
fn unspent(case: &Case<'_>) -> Option<Decimal> {
    let settled = case.facts.account?.figure(Tag::SettledCash)?;
    Some(settled - case.facts.working_buys_cost?)
}
