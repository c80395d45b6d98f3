//! What settled cash is bound to by options that an account sold, and which options it may sell
//! singly: calls that shares cover, puts whose strike settled cash covers.
//!
//! Deliberately not here: spreads, which go as combinations.

use super::adjusted::cannot_open;
use super::closing::{Closing, closing};
use super::ira::{at_most, capital, commission_allowance, free_cash, who};
use super::{Case, Said, money, spoken};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Account;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::derivative::Right;

/// What a rule says that can't tell how much cash is bound.
pub(super) const ENDS_UNKNOWN: &str = "What the options that the account sold may cost at their \
     end is not known: the terms of a position or of a working order are missing, one of them is \
     adjusted or a mini, or nothing covers one of them.";

/// What the ends of sold options may cost at worst, over all underlyings and in the account's base
/// currency, once so many more of the draft's instrument are held. `None` when it is not known.
pub(super) fn bound_cash(case: &Case<'_>, moved: Decimal) -> Option<Decimal> {
    let contract = &case.facts.instrument.contract;
    let elsewhere = case.facts.ends_elsewhere?;
    let cost = match contract.kind {
        SecurityKind::Stock | SecurityKind::Option => {
            case.facts.holdings?.end_cost(&[(contract, moved)])?
        }
        SecurityKind::Combo => case
            .facts
            .holdings
            .map_or(Some(Decimal::ZERO), |holdings| holdings.end_cost(&[]))?,
        _ => Decimal::ZERO,
    };
    if cost.is_zero() {
        return Some(elsewhere);
    }
    Some(elsewhere + cost * case.facts.account?.rate(contract.currency)?)
}

/// What keeps cash from being free, as the end of a sentence.
pub(super) fn bound_words(committed: Decimal, bound: Decimal) -> String {
    match (committed.is_zero(), bound.is_zero()) {
        (true, true) => String::new(),
        (false, true) => format!(" after working orders for {}", money(committed)),
        (true, false) => format!(" after {} that sold options bind", money(bound)),
        (false, false) => format!(
            " after working orders for {} and {} that sold options bind",
            money(committed),
            money(bound)
        ),
    }
}

/// Judges a purchase in an account of which it is not known what its sold options bind of its free
/// settled cash, less what working orders commit of it. One that leaves what is known, in `after`, or that only buys back what was sold, is no
/// matter of that.
pub(super) fn ends_unknown(
    case: &Case<'_>,
    account: &Account,
    cost: Decimal,
    (cash, committed): (Decimal, Decimal),
    after: Option<Decimal>,
) -> Said {
    let free = cash - committed;
    if cost > free {
        return Said::fails(format!(
            "{} can't borrow. This costs up to {}, and at most {} of settled cash is free{}. Free \
             some cash first, or buy in another account.",
            capital(&who(account)),
            money(cost),
            money(free.max(Decimal::ZERO)),
            bound_words(committed, Decimal::ZERO)
        ));
    }
    if after.is_some_and(|after| cost <= free - after) || closing(case) == Closing::Closes {
        return Said::passed(format!(
            "It buys back what was sold: costs {} of {} settled and free.",
            money(cost),
            money(free)
        ));
    }
    Said::lacks(ENDS_UNKNOWN)
}

/// Blocks a sale of what is held that would let the end of what is left cost more than there is.
pub(super) fn leaves_a_debt(case: &Case<'_>, account: &Account, wanted: Decimal) -> Option<Said> {
    let (before, after) = (bound_cash(case, Decimal::ZERO), bound_cash(case, -wanted));
    let after = match (before, after) {
        (Some(before), Some(after)) if after > before => after,
        // A sale that leaves a call without cover is stopped before this.
        _ => return None,
    };
    let (Some(cash), Some(committed)) = (free_cash(account), case.facts.working_buys_cost) else {
        return Some(Said::lacks(
            "The account's free settled cash is not known yet.",
        ));
    };
    (after > cash - committed).then(|| {
        Said::fails(format!(
            "What it holds then may cost {} at its end, and {} of settled cash is free{}. Close \
             both as one combination.",
            money(after),
            money((cash - committed).max(Decimal::ZERO)),
            bound_words(committed, Decimal::ZERO)
        ))
    })
}

/// Judges an option of which more is sold than is held: `close` of those there are and `open` of
/// new ones. `None` for what can't be sold short in any way.
pub(super) fn writes(
    case: &Case<'_>,
    account: &Account,
    close: Decimal,
    open: Decimal,
) -> Option<Said> {
    let contract = &case.facts.instrument.contract;
    if contract.kind != SecurityKind::Option {
        return None;
    }
    let Some(terms) = contract.derivative.and_then(|terms| terms.option) else {
        return Some(Said::lacks("The option's strike and expiry are not known."));
    };
    if contract.is_adjusted() {
        return Some(cannot_open(contract, account, close));
    }
    let Some(holdings) = case.facts.holdings else {
        return Some(Said::lacks(format!(
            "What the account has of {} and its options is not known.",
            contract.symbol
        )));
    };
    match terms.right {
        Right::Call => {
            let Some(most) = holdings.calls_with_shares(contract, close) else {
                return Some(Said::lacks(ENDS_UNKNOWN));
            };
            if open <= most {
                return Some(Said::passed(format!(
                    "Shares that are free cover {} of these calls.",
                    spoken(most)
                )));
            }
            let what = format!(
                "{} can't sell a call that no shares cover, working orders and other sold calls \
                 counted: {} shares each.",
                capital(&who(account)),
                spoken(contract.multiplier)
            );
            (most > Decimal::ZERO).then(|| at_most(&what, close + most))
        }
        Right::Put => Some(put(case, account, close, open, terms.strike.get())),
    }
}

fn put(case: &Case<'_>, account: &Account, close: Decimal, open: Decimal, strike: Decimal) -> Said {
    let contract = &case.facts.instrument.contract;
    if account.base != Some(contract.currency) {
        return Said::fails(format!(
            "{} can't owe {}: the strike of this put is paid in that currency.",
            capital(&who(account)),
            contract.currency
        ));
    }
    let (Some(cash), Some(committed)) = (free_cash(account), case.facts.working_buys_cost) else {
        return Said::lacks("The account's free settled cash is not known yet.");
    };
    let Some(bound) = bound_cash(case, -close) else {
        return Said::lacks(ENDS_UNKNOWN);
    };
    let each = strike * contract.multiplier;
    let free = cash - committed - bound - commission_allowance(case, each * open);
    if each * open <= free {
        return Said::passed(format!(
            "Assigned, it costs {}, and {} of settled cash is free for it.",
            money(each * open),
            money(free)
        ));
    }
    let what = format!(
        "{} sells a put only with settled cash for its strike. Assigned, this costs {}, and {} is \
         free{}.",
        capital(&who(account)),
        money(each * open),
        money(free.max(Decimal::ZERO)),
        bound_words(committed, bound)
    );
    let most = close + super::most_that_fits(case, free, each);
    match most > Decimal::ZERO {
        true => at_most(&what, most),
        false => Said::fails(format!(
            "{what} Free some cash first, or choose a lower strike."
        )),
    }
}
