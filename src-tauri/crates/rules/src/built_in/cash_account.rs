//! What an account that trades in cash only may not do, once a person says that it is one; the
//! broker's figures don't tell it for sure.
//!
//! Deliberately not here: the sale of what was bought with unsettled proceeds, which is in
//! [`super::good_faith`].

use super::foreign::NO_FOREIGN_DEBIT;
use super::ira::{NO_BORROWING, NO_SHORT_SALE, commission_allowance};
use super::worth::worth;
use super::{Case, Rule, Said, money};
use crate::rule::{Changeable, Group, ParamInfo, RuleInfo, Scope, Severity, Source, Unit};
use gatehouse_domain::account::{AccountKind, Tag};
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::draft::Side;
use jiff::civil::date;

pub(super) const TAXABLE: Scope = Scope {
    accounts: &[
        AccountKind::Individual,
        AccountKind::Joint,
        AccountKind::Entity,
        AccountKind::Trust,
    ],
    ..Scope::ALL
};

const REG_T: Source = Source {
    name: "Federal Reserve",
    text: "Regulation T, 12 CFR 220.8",
};

/// Whether a person said that the account trades in cash only.
pub(super) fn trades_in_cash(case: &Case<'_>) -> bool {
    case.page
        .words(&CASH_NO_BORROWING.info, "trades_on")
        .contains(&"cash")
}

pub(crate) const CASH_NO_BORROWING: Rule = Rule {
    info: RuleInfo {
        id: "cash.no-borrowing",
        title: "No borrowing in a cash account",
        sentence: "A purchase in a cash account is covered by cash, with working orders, sold options and a cushion for market orders counted. Off until you say which account trades in cash only.",
        group: Group::AccountType,
        source: REG_T,
        scope: TAXABLE,
        changeable: Changeable::Stricter,
        params: &[ParamInfo::words(
            "trades_on",
            "The account trades on",
            Unit::Choice,
            &["margin", "cash"],
        )],
        ..RuleInfo::HOUSE
    },
    ask: NO_BORROWING.ask,
};

pub(crate) const CASH_NO_SHORT_SALE: Rule = Rule {
    info: RuleInfo {
        id: "cash.no-short-sale",
        title: "No short sale in a cash account",
        sentence: "A cash account can't sell more than it holds; it sells a call that shares cover and a put whose strike cash covers.",
        group: Group::AccountType,
        source: REG_T,
        scope: TAXABLE,
        changeable: Changeable::Stricter,
        ..RuleInfo::HOUSE
    },
    ask: NO_SHORT_SALE.ask,
};

pub(crate) const CASH_NO_FOREIGN_DEBIT: Rule = Rule {
    info: RuleInfo {
        id: "cash.no-foreign-debit",
        title: "No foreign-currency debit in a cash account",
        sentence: "In a cash account a foreign currency is bought before it is spent.",
        group: Group::AccountType,
        source: REG_T,
        scope: TAXABLE,
        changeable: Changeable::Stricter,
        ..RuleInfo::HOUSE
    },
    ask: NO_FOREIGN_DEBIT.ask,
};

pub(crate) const UNSETTLED: Rule = Rule {
    info: RuleInfo {
        id: "cash.unsettled-proceeds",
        title: "Bought with unsettled proceeds",
        sentence: "What a cash account buys with proceeds that have not settled must not be sold before they settle, on the business day after their trade.",
        group: Group::AccountType,
        source: Source {
            name: "Federal Reserve and SEC",
            text: "Regulation T, 12 CFR 220.8; Rule 15c6-1, T+1",
        },
        from: Some(date(2024, 5, 28)),
        scope: Scope {
            securities: &[SecurityKind::Stock, SecurityKind::Option],
            ..TAXABLE
        },
        severity: Some(Severity::Warn),
        changeable: Changeable::Stricter,
        ..RuleInfo::HOUSE
    },
    ask: unsettled,
};

fn unsettled(case: &Case<'_>) -> Said {
    if case.draft.side == Side::Sell || !trades_in_cash(case) {
        return Said::not_applicable();
    }
    let worth = match worth(case) {
        Ok(worth) => worth,
        Err(said) => return said,
    };
    let (Some(settled), Some(committed)) = (
        worth.account.figure(Tag::SettledCash),
        case.facts.working_buys_cost,
    ) else {
        return Said::lacks("The account's settled cash is not known yet.");
    };
    let value = worth.each * case.facts.to_fill(case.draft);
    let cost = value + commission_allowance(case, value);
    if cost <= settled - committed {
        return Said::passed("Settled cash pays for it.");
    }
    Said::fails(format!(
        "It costs up to {}, and {} of settled cash is free: the rest are proceeds that have not \
         settled. Sold before they settle, on the business day after their trade, it is a \
         good-faith violation; never paid, it is free-riding. Either can restrict the account for \
         90 days.",
        money(cost),
        money((settled - committed).max(gatehouse_domain::Decimal::ZERO))
    ))
}
