//! Currencies in accounts that may not owe any: they are bought before they are spent.
//!
//! Deliberately not here: whether the gateway takes another currency in this account at all, and
//! interest.

use super::ira::{IBKR_ON_IRAS, capital, commission_allowance, held_to_ira_rules, who};
use super::{Case, Rule, Said, money, worst_case_price};
use crate::rule::{Changeable, Group, RuleInfo, Scope, Severity};
use crate::verdict::Mend;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Account;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::draft::Side;

/// What is exchanged beyond what is missing, for a price that moves meanwhile.
const CUSHION: Decimal = Decimal::from_parts(102, 0, 0, false, 2);

/// Which currency of a pair is named first: the earlier one. Those that are not listed follow.
const FIRST: [&str; 7] = ["EUR", "GBP", "AUD", "NZD", "USD", "CAD", "CHF"];

pub(crate) const NO_FOREIGN_DEBIT: Rule = Rule {
    info: RuleInfo {
        id: "ira.no-foreign-debit",
        title: "No foreign-currency debit in an IRA",
        sentence: "In an IRA a foreign currency is bought before it is spent, and so is the base currency where others are held, with working orders counted.",
        version: 3,
        group: Group::AccountType,
        source: IBKR_ON_IRAS,
        scope: Scope::IRA,
        changeable: Changeable::Stricter,
        ..RuleInfo::HOUSE
    },
    ask: no_foreign_debit,
};

/// The currency that the order spends, when it spends any.
fn spent(case: &Case<'_>) -> Option<Currency> {
    let contract = &case.facts.instrument.contract;
    // Selling EUR.USD spends EUR; buying it, or anything else, spends what it is priced in.
    match (contract.kind, case.draft.side) {
        (SecurityKind::Future, _) => None,
        (SecurityKind::Forex, Side::Sell) => Currency::parse(contract.symbol.as_str()),
        (_, Side::Buy) => Some(contract.currency),
        (_, Side::Sell) => None,
    }
}

fn no_foreign_debit(case: &Case<'_>) -> Said {
    let Some(account) = held_to_ira_rules(case) else {
        return Said::not_applicable();
    };
    let Some(spent) = spent(case) else {
        return Said::not_applicable();
    };
    let base = match account.base {
        None => return Said::lacks("The account's base currency is not known yet."),
        // All cash is of the base currency where no other is listed.
        Some(base) if base == spent && account.cash.keys().all(|held| *held == base) => {
            return Said::passed(format!("It spends {base}, the account's base currency."));
        }
        Some(base) => base,
    };
    let Some(cost) = cost(case) else {
        return Said::lacks(format!(
            "There is no price to reckon how much {spent} this spends from. Use a limit order."
        ));
    };
    let Some(held) = account.cash_in(spent) else {
        return Said::lacks(format!(
            "How much {spent} the account holds is not known yet. Wait for its figures."
        ));
    };
    let Some(committed) = case.facts.spending else {
        return Said::lacks(format!(
            "How much {spent} the account's working orders may spend is not known. Cancel those \
             that have no price, or wait."
        ));
    };
    let free = held - committed;
    if cost <= free {
        return Said::passed(format!(
            "It spends {} of {} {spent}.",
            money(cost),
            money(free)
        ));
    }
    let from = match base == spent {
        true => "another currency that it has".to_owned(),
        false => base.to_string(),
    };
    let said = Said::fails(format!(
        "{} can't owe {spent}. This spends up to {} {spent}, and it has {}{}. Exchange {from} for \
         {spent} first.",
        capital(&who(account)),
        money(cost),
        money(free.max(Decimal::ZERO)),
        match committed.is_zero() {
            true => "",
            false => " that no working order spends",
        }
    ));
    if base == spent {
        return said;
    }
    match exchange(account, base, spent, cost - free.max(Decimal::ZERO)) {
        Some(mend) => said.mended_by(mend),
        None => said,
    }
}

/// What the order spends, in the currency that it spends, commission included.
fn cost(case: &Case<'_>) -> Option<Decimal> {
    let contract = &case.facts.instrument.contract;
    let count = case.facts.to_fill(case.draft);
    if case.draft.side == Side::Sell {
        return Some(count);
    }
    let price = worst_case_price(case.draft, case.facts.quote, case.book)?;
    let value = price.checked_mul(contract.multiplier)?.checked_mul(count)?;
    Some(value + commission_allowance(case, value))
}

/// The order that brings so much of a currency: in the pair as it is quoted, in whole units.
/// `None` while what one is worth is not known.
fn exchange(account: &Account, base: Currency, wanted: Currency, amount: Decimal) -> Option<Mend> {
    let place = |currency: Currency| {
        let at = FIRST.iter().position(|first| *first == currency.as_str());
        (at.unwrap_or(FIRST.len()), currency)
    };
    let amount = amount.checked_mul(CUSHION)?;
    let (pair, side, quantity) = match place(wanted) < place(base) {
        true => (format!("{wanted}.{base}"), Side::Buy, amount),
        false => (
            format!("{base}.{wanted}"),
            Side::Sell,
            amount.checked_mul(account.rate(wanted)?)?,
        ),
    };
    Some(Mend::Exchange {
        pair,
        side,
        quantity: quantity.ceil().to_string(),
    })
}

pub(crate) const WITHDRAWALS: Rule = Rule {
    info: RuleInfo {
        id: "ira.withdrawals",
        title: "Withdrawals from an IRA",
        sentence: "An IRA pays out in USD only: what it takes in in another currency is exchanged before it can be withdrawn.",
        group: Group::AccountType,
        source: IBKR_ON_IRAS,
        scope: Scope::IRA,
        severity: Some(Severity::Inform),
        changeable: Changeable::Freely,
        ..RuleInfo::HOUSE
    },
    ask: |case| {
        if case
            .facts
            .account
            .is_none_or(|account| !account.kind.is_ira())
        {
            return Said::not_applicable();
        }
        let contract = &case.facts.instrument.contract;
        // Buying EUR.USD brings EUR; selling it, or anything else, what it is priced in.
        let brought = match (contract.kind, case.draft.side) {
            (SecurityKind::Forex, Side::Buy) => contract.symbol.as_str(),
            (_, Side::Sell) => contract.currency.as_str(),
            (_, Side::Buy) => return Said::not_applicable(),
        };
        if brought == Currency::USD.as_str() {
            return Said::not_applicable();
        }
        Said::fails(format!(
            "This brings {brought}. An IRA pays out in USD only, so it is exchanged before a \
             withdrawal."
        ))
    },
};
