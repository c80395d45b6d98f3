//! What a combination of options can lose, and who may have it.

use super::ira::{IBKR_ON_IRAS, capital, free_cash, held_to_ira_rules, who};
use super::{Case, Rule, Said, money, worst_case_price};
use crate::facts::LegFact;
use crate::verdict::RuleInfo;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Account;
use gatehouse_domain::combo::{EndLeg, worst_worth};
use gatehouse_domain::draft::Side;

pub(crate) const KNOWN_LOSS: Rule = Rule {
    info: RuleInfo {
        id: "combo.known-loss",
        title: "The loss of a combination is known",
        sentence: "In an IRA every option that a combination sells is covered by one that it buys, and settled cash bears the worst.",
        source: IBKR_ON_IRAS,
        since: None,
    },
    ask: known_loss,
};

fn known_loss(case: &Case<'_>) -> Said {
    let legs = case.facts.legs;
    if legs.is_empty() {
        return Said::not_applicable();
    }
    let ends: Option<Vec<EndLeg>> = legs
        .iter()
        .map(|fact| EndLeg::of(fact.leg, fact.contract?))
        .collect();
    let Some(ends) = ends else {
        return Said::lacks("A leg's strike and expiry are not known. Choose it again.");
    };
    let covered = is_covered(legs);
    let loss = worst_worth(&ends).filter(|_| covered);
    match held_to_ira_rules(case) {
        Some(account) => in_an_ira(case, account, loss),
        None => elsewhere(case, loss),
    }
}

/// The loss at the worst for the whole order, in the contract's currency, its price paid or
/// received.
fn loss_in_all(case: &Case<'_>, worst: Decimal) -> Option<Decimal> {
    let price = worst_case_price(case.draft, case.facts.quote, case.book)?;
    let paid = price * case.draft.side.sign();
    let each = (paid - worst) * case.facts.instrument.contract.multiplier;
    Some(each * case.draft.quantity.get())
}

fn in_an_ira(case: &Case<'_>, account: &Account, worst: Option<Decimal>) -> Said {
    let Some(worst) = worst else {
        return Said::blocked(format!(
            "{} can't sell an option that nothing covers. Buy one of the same kind that ends no \
             earlier.",
            capital(&who(account))
        ));
    };
    let contract = &case.facts.instrument.contract;
    if account.base != Some(contract.currency) {
        return Said::blocked(format!(
            "{} can't owe {}: what this combination may cost at its end is in that currency.",
            capital(&who(account)),
            contract.currency
        ));
    }
    let Some(loss) = loss_in_all(case, worst) else {
        return Said::lacks("There is no price to reckon the loss from. Use a limit order.");
    };
    let (Some(cash), Some(committed)) = (free_cash(account), case.facts.working_buys_cost) else {
        return Said::lacks("The account's free settled cash is not known yet.");
    };
    let free = cash - committed;
    if loss <= free {
        return Said::passed(format!(
            "It loses at most {} of {} settled and free.",
            money(loss),
            money(free)
        ));
    }
    Said::blocked(format!(
        "It can lose {}, and {} of settled cash is free. Order fewer, or free some cash first.",
        money(loss),
        money(free.max(Decimal::ZERO))
    ))
}

fn elsewhere(case: &Case<'_>, worst: Option<Decimal>) -> Said {
    match worst.map(|worst| loss_in_all(case, worst)) {
        None => Said::warned(
            "It sells an option that nothing in it covers: the loss has no bound that is known here.",
        ),
        Some(None) => Said::lacks("There is no price to reckon the loss from. Use a limit order."),
        Some(Some(loss)) => Said::passed(format!("It loses at most {}.", money(loss))),
    }
}

/// Whether every sold option has bought ones of the same kind that end no earlier, in number.
fn is_covered(legs: &[LegFact<'_>]) -> bool {
    let parts: Option<Vec<_>> = legs
        .iter()
        .map(|fact| {
            let derivative = fact.contract?.derivative?;
            let right = derivative.option?.right;
            Some((fact.leg.side, right, derivative.expiry, fact.leg.ratio))
        })
        .collect();
    let Some(parts) = parts else {
        return false;
    };
    // From each end backwards, no more is sold than bought among what ends then or later.
    parts.iter().all(|(_, right, from, _)| {
        let count = |side: Side| -> u32 {
            parts
                .iter()
                .filter(|(s, r, end, _)| *s == side && r == right && end >= from)
                .map(|(_, _, _, ratio)| ratio)
                .sum()
        };
        count(Side::Sell) <= count(Side::Buy)
    })
}
