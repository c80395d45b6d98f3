//! What an individual retirement account may not do. An account of unknown type is held to
//! the same rules. Foreign currencies are in [`super::foreign`].

use super::cash_account::trades_in_cash;
use super::secured::{bound_cash, bound_words, ends_unknown, leaves_a_debt, writes};
use super::{Case, Rule, Said, money, most_that_fits, over, spoken, worst_case_price};
use crate::rule::{Changeable, Group, RuleInfo, Scope, Source};
use crate::verdict::Mend;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, AccountKind, Tag};
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::draft::Side;

pub(super) const IBKR_ON_IRAS: Source = Source {
    name: "IBKR knowledge base",
    text: "articles 188 and 2187",
};

/// Whether it is an IRA, or may be one.
fn is_strict(account: &Account) -> bool {
    account.kind.is_ira() || account.kind == AccountKind::Unknown
}

/// The account, when it can neither borrow nor sell short: an IRA, or what a person says trades
/// in cash only.
pub(super) fn held_to_ira_rules<'a>(case: &'a Case<'_>) -> Option<&'a Account> {
    case.facts
        .account
        .filter(|account| is_strict(account) || trades_in_cash(case))
}

pub(super) fn who(account: &Account) -> String {
    match account.kind {
        AccountKind::Unknown => "an account of unknown type".to_owned(),
        kind if kind.is_ira() => format!("a {}", kind.words()),
        _ => "a cash account".to_owned(),
    }
}

pub(crate) const NO_SHORT_SALE: Rule = Rule {
    info: RuleInfo {
        id: "ira.no-short-sale",
        title: "No short sale in an IRA",
        sentence: "An IRA can't sell more than it holds, nor what covers an option that it sold. It sells a call that shares cover and a put whose strike settled cash covers. Working orders are counted.",
        version: 2,
        group: Group::AccountType,
        source: IBKR_ON_IRAS,
        scope: Scope::IRA,
        changeable: Changeable::Stricter,
        ..RuleInfo::HOUSE
    },
    ask: no_short_sale,
};

fn no_short_sale(case: &Case<'_>) -> Said {
    let Some(account) = held_to_ira_rules(case) else {
        return Said::not_applicable();
    };
    let contract = &case.facts.instrument.contract;
    // A short future is not a short sale; what it needs is margin, which the broker checks. Who
    // sells a currency spends it, which is looked at as such.
    if case.draft.side != Side::Sell
        || matches!(contract.kind, SecurityKind::Future | SecurityKind::Forex)
    {
        return Said::not_applicable();
    }
    // What a combination sells is covered by its own legs or not at all.
    if contract.kind == SecurityKind::Combo {
        return Said::not_applicable();
    }
    let Some(held) = case.facts.position else {
        return Said::lacks(format!(
            "How many {} the account holds is not known yet. Wait for the positions.",
            contract.symbol
        ));
    };
    let committed = case.facts.working_sells;
    let free = (held + case.facts.to_come - committed).max(Decimal::ZERO);
    let wanted = case.facts.to_fill(case.draft);
    if wanted <= free {
        if let Some(said) = uncovers(case, account, wanted) {
            return said;
        }
        if let Some(said) = leaves_a_debt(case, account, wanted) {
            return said;
        }
        return Said::passed(format!(
            "It holds {}, of which {} are free.",
            spoken(held),
            spoken(free)
        ));
    }
    if let Some(said) = writes(case, account, free, wanted - free) {
        return said;
    }
    let working = if committed.is_zero() {
        String::new()
    } else {
        format!(", and working orders already sell {}", spoken(committed))
    };
    let holds = if held.is_zero() {
        "none".to_owned()
    } else {
        spoken(held)
    };
    let what = format!(
        "{} can't sell short. It holds {holds}{working}.",
        capital(&who(account))
    );
    // Not more than could go without uncovering anything.
    let most = match free > Decimal::ZERO {
        true => spare(case, free),
        false => None,
    };
    match most {
        Some(most) if most > Decimal::ZERO => at_most(&what, most),
        _ => Said::fails(format!(
            "{what} Sell in an account that holds it or may sell short, or buy a put if you expect \
             a fall."
        )),
    }
}

/// Blocks a sale of what covers an option that the account sold; `None` when it leaves every
/// such option covered.
fn uncovers(case: &Case<'_>, account: &Account, wanted: Decimal) -> Option<Said> {
    let symbol = &case.facts.instrument.contract.symbol;
    let Some(spare) = spare(case, wanted) else {
        return Some(Said::lacks(format!(
            "Whether it covers an option on {symbol} that the account sold is not known: the \
             terms of a position or a working order are missing, or one of \
             them is adjusted or a mini."
        )));
    };
    if spare >= wanted {
        return None;
    }
    let what = format!(
        "{} can't be left with an option that it sold and nothing covers, working orders counted.",
        capital(&who(account))
    );
    Some(match spare > Decimal::ZERO {
        true => at_most(&what, spare),
        false => Said::fails(format!(
            "{what} Buy the sold option back first, or close both as one combination."
        )),
    })
}

/// How many of `wanted` can be sold with every sold option left covered; what can't cover
/// anything, all of them. `None` when it can't be reckoned.
fn spare(case: &Case<'_>, wanted: Decimal) -> Option<Decimal> {
    let contract = &case.facts.instrument.contract;
    if !matches!(contract.kind, SecurityKind::Stock | SecurityKind::Option) {
        return Some(wanted);
    }
    let spare = case
        .facts
        .holdings?
        .spare(contract, wanted, case.facts.to_come)?;
    let step = case.facts.instrument.size_increment;
    let step = step.filter(|step| *step > Decimal::ZERO);
    let step = step.unwrap_or(Decimal::ONE);
    Some(match spare < wanted {
        true => over(spare, step).floor() * step,
        false => spare,
    })
}

pub(super) fn at_most(what: &str, most: Decimal) -> Said {
    Said::fails(format!("{what} Sell {} at most.", spoken(most))).mended_by(Mend::Quantity {
        value: most.normalize().to_string(),
    })
}

pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_uppercase().collect::<String>() + chars.as_str()
    })
}

pub(crate) const NO_BORROWING: Rule = Rule {
    info: RuleInfo {
        id: "ira.no-borrowing",
        title: "No borrowing in an IRA",
        sentence: "A purchase in an IRA is covered by settled cash, with working orders and what sold options may cost at their end counted.",
        version: 2,
        group: Group::AccountType,
        source: IBKR_ON_IRAS,
        scope: Scope::IRA,
        changeable: Changeable::Stricter,
        ..RuleInfo::HOUSE
    },
    ask: no_borrowing,
};

fn no_borrowing(case: &Case<'_>) -> Said {
    let Some(account) = held_to_ira_rules(case) else {
        return Said::not_applicable();
    };
    let contract = &case.facts.instrument.contract;
    // A future costs margin, not its price; the broker's what-if says how much.
    if contract.kind == SecurityKind::Future {
        return Said::not_applicable();
    }
    let exchanged = sells_base(case, account);
    // What a combination that brings money may cost at its end has a rule of its own.
    if case.draft.side == Side::Sell && exchanged.is_none() {
        return match &case.draft.exits {
            None => Said::not_applicable(),
            // Buying back what was just sold needs cash that has not settled.
            Some(_) => Said::fails(format!(
                "{} can't buy back with the unsettled proceeds of the sale. Take the bracket off.",
                capital(&who(account))
            )),
        };
    }
    let Some(cash) = free_cash(account) else {
        return Said::lacks("The account's settled cash is not known yet. Wait for its figures.");
    };
    // One unit of the base currency costs one.
    let price = exchanged.or_else(|| worst_case_price(case.draft, case.facts.quote, case.book));
    let Some(price) = price else {
        return Said::lacks(format!(
            "There is no price of {} to reckon the cost from. Use a limit order.",
            contract.symbol
        ));
    };
    let rate = exchanged.or_else(|| account.rate(contract.currency));
    let Some(rate) = rate else {
        return Said::lacks(format!(
            "The value of {} in the account's base currency is not known.",
            contract.currency
        ));
    };
    let Some(committed) = case.facts.working_buys_cost else {
        return Said::lacks(
            "What the account's working buy orders may cost is not known. Cancel those that have \
             no price, or wait.",
        );
    };
    let to_fill = case.facts.to_fill(case.draft);
    let ends = [Decimal::ZERO, to_fill].map(|moved| bound_cash(case, moved));
    let unit = price * contract.multiplier * rate;
    let value = unit * to_fill;
    let cost = value + commission_allowance(case, value);
    let [Some(before), Some(after)] = ends else {
        return ends_unknown(case, account, cost, (cash, committed), ends[1]);
    };
    if cost + after <= before && cost <= cash - committed {
        return Said::passed(format!(
            "Costs {} and sets {} free that a sold option binds.",
            money(cost),
            money(before - after)
        ));
    }
    let free = cash - committed - before;
    if cost <= cash - committed - after {
        return Said::passed(format!(
            "Costs {} of {} settled and free.",
            money(cost),
            money(cash - committed - after)
        ));
    }
    // Commission comes on top, so a little less than the cash divided by the price.
    let most = most_that_fits(case, free - commission_allowance(case, value), unit);
    let what = format!(
        "{} can't borrow. This costs up to {}, and {} of settled cash is free{}.",
        capital(&who(account)),
        money(cost),
        money(free.max(Decimal::ZERO)),
        bound_words(committed, before)
    );
    if most > Decimal::ZERO {
        Said::fails(format!("{what} Buy {} at most.", spoken(most))).mended_by(Mend::Quantity {
            value: most.normalize().to_string(),
        })
    } else {
        Said::fails(format!(
            "{what} Free some cash first, or buy in another account."
        ))
    }
}

/// What a unit costs of an order that sells the account's base currency for another one; `None`
/// for any other order.
fn sells_base(case: &Case<'_>, account: &Account) -> Option<Decimal> {
    let contract = &case.facts.instrument.contract;
    let is_base = account
        .base
        .is_some_and(|base| base.as_str() == contract.symbol.as_str());
    let sells = contract.kind == SecurityKind::Forex && case.draft.side == Side::Sell;
    (sells && is_base).then_some(Decimal::ONE)
}

/// What to keep back for the commission: IBKR's fixed rates for US stocks and options, for a
/// combination those of its legs, and 0.2 % and two units of the base currency for everything
/// else, which is above its tariffs.
pub(super) fn commission_allowance(case: &Case<'_>, value: Decimal) -> Decimal {
    let contract = &case.facts.instrument.contract;
    let quantity = case.draft.quantity.get();
    let fixed = |kind: SecurityKind, quantity: Decimal| match kind {
        SecurityKind::Stock => Some((quantity * Decimal::new(5, 3)).max(Decimal::ONE)),
        SecurityKind::Option => Some((quantity * Decimal::new(65, 2)).max(Decimal::ONE)),
        _ => None,
    };
    let known = match (contract.kind, contract.currency) {
        (SecurityKind::Combo, Currency::USD) => case
            .facts
            .legs
            .iter()
            .map(|fact| {
                fixed(
                    fact.contract?.kind,
                    quantity * Decimal::from(fact.leg.ratio),
                )
            })
            .sum(),
        (kind, Currency::USD) => fixed(kind, quantity),
        _ => None,
    };
    known.unwrap_or(value * Decimal::new(2, 3) + Decimal::TWO)
}

/// Settled cash, and never more than the cash that there is in all; in a cash account that is no
/// IRA also what has not settled, which has a warning of its own.
pub(super) fn free_cash(account: &Account) -> Option<Decimal> {
    let total = account.figure(Tag::TotalCashValue)?;
    if !is_strict(account) {
        return Some(total);
    }
    let settled = account.figure(Tag::SettledCash)?;
    Some(settled.min(total))
}
