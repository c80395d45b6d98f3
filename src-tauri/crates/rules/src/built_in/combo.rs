//! What a combination can lose, and who may have it.

use super::cover::{is_covered, only_gives_back};
use super::ira::{IBKR_ON_IRAS, capital, free_cash, held_to_ira_rules, who};
use super::secured::{ENDS_UNKNOWN, bound_cash};
use super::{Case, Rule, Said, money, worst_case_price};
use crate::facts::Lot;
use crate::rule::{Changeable, Group, RuleInfo};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Account;
use gatehouse_domain::combo::weight;
use gatehouse_domain::combo::worth::{EndLeg, worst_worth};

pub(crate) const KNOWN_LOSS: Rule = Rule {
    info: RuleInfo {
        id: "combo.known-loss",
        title: "The loss of a combination is known",
        sentence: "In an IRA what a combination sells is covered by what it buys, and settled cash bears the worst; or it only gives back what is held.",
        group: Group::AccountType,
        source: IBKR_ON_IRAS,
        changeable: Changeable::Stricter,
        ..RuleInfo::HOUSE
    },
    ask: known_loss,
};

fn known_loss(case: &Case<'_>) -> Said {
    let legs = case.facts.legs;
    if legs.is_empty() {
        return Said::not_applicable();
    }
    let whole = case.facts.instrument.contract.multiplier;
    let lots: Option<Vec<Lot<'_>>> = legs
        .iter()
        .map(|fact| {
            let contract = fact.contract?;
            let weight = weight(fact.leg, contract, whole)?;
            Some((contract, weight * fact.leg.side.sign()))
        })
        .collect();
    let ends = lots.and_then(|lots| {
        let ends = lots.iter().map(|(c, amount)| EndLeg::of(c, *amount));
        Some((ends.collect::<Option<Vec<EndLeg>>>()?, is_covered(&lots)))
    });
    let Some((ends, covered)) = ends else {
        return Said::lacks("A leg's strike and expiry are not known. Choose it again.");
    };
    let loss = worst_worth(&ends).filter(|_| covered);
    match held_to_ira_rules(case) {
        Some(_) if only_gives_back(case) => {
            Said::passed("It only gives back what the account holds, and leaves nothing uncovered.")
        }
        Some(account) => in_an_ira(case, account, loss),
        None => elsewhere(case, loss),
    }
}

/// The loss at the worst, in the contract's currency: of what is still to fill with its price
/// paid or received, and of what a changed order has filled what its end may still cost.
fn loss_in_all(case: &Case<'_>, worst: Decimal) -> Option<Decimal> {
    let price = worst_case_price(case.draft, case.facts.quote, case.book)?;
    let paid = price * case.draft.side.sign();
    let to_fill = case.facts.to_fill(case.draft);
    let filled = case.draft.quantity.get() - to_fill;
    let units = (paid - worst) * to_fill + (-worst).max(Decimal::ZERO) * filled;
    Some(units * case.facts.instrument.contract.multiplier)
}

fn in_an_ira(case: &Case<'_>, account: &Account, worst: Option<Decimal>) -> Said {
    let Some(worst) = worst else {
        return Said::fails(format!(
            "{} can't sell what nothing covers: neither a leg that it buys nor, to give it back, \
             what it holds. Buy an option of the same kind that ends no earlier, or for a call \
             the shares.",
            capital(&who(account))
        ));
    };
    let contract = &case.facts.instrument.contract;
    if account.base != Some(contract.currency) {
        return Said::fails(format!(
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
    let bound = bound_cash(case, Decimal::ZERO);
    let free = cash - committed - bound.unwrap_or_default();
    if loss <= free {
        // What is bound can only make it less.
        if bound.is_none() {
            return Said::lacks(ENDS_UNKNOWN);
        }
        return Said::passed(format!(
            "It loses at most {} of {} settled and free.",
            money(loss),
            money(free)
        ));
    }
    Said::fails(format!(
        "It can lose {}, and {} of settled cash is free. Order fewer, or free some cash first.",
        money(loss),
        money(free.max(Decimal::ZERO))
    ))
}

fn elsewhere(case: &Case<'_>, worst: Option<Decimal>) -> Said {
    match worst.map(|worst| loss_in_all(case, worst)) {
        None => Said::warned(
            "It sells what nothing in it covers: the loss has no bound that is known here.",
        ),
        Some(None) => Said::lacks("There is no price to reckon the loss from. Use a limit order."),
        Some(Some(loss)) => Said::passed(format!("It loses at most {}.", money(loss))),
    }
}
