//! Sales in a cash account of what was bought with proceeds that have not settled.
//!
//! The broker's settled cash goes down with a purchase on its own day, so that while it is not
//! below zero all purchases are paid for. Deliberately not here: which purchase of several the
//! unsettled proceeds paid for; each of them may be the one.

use super::cash_account::{TAXABLE, trades_in_cash};
use super::{Case, Rule, Said, money, spoken};
use crate::rule::{Changeable, Group, RuleInfo, Scope, Severity, Source};
use crate::sessions;
use crate::verdict::Mend;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Tag;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::draft::Side;
use jiff::civil::date;

const CONSEQUENCE: &str =
    "IBKR looks at the end of the day and can restrict the account to cash up front for 90 days.";

pub(crate) const GOOD_FAITH: Rule = Rule {
    info: RuleInfo {
        id: "cash.good-faith",
        title: "Sold before it was paid for",
        sentence: "A cash account does not sell what it bought before settled cash has paid for it: that is a good-faith violation, or free-riding when there is no cash for it at all. It settles on the business day after its trade.",
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
    ask: good_faith,
};

fn good_faith(case: &Case<'_>) -> Said {
    let Some(account) = case.facts.account else {
        return Said::not_applicable();
    };
    if case.draft.side == Side::Buy || !trades_in_cash(case) {
        return Said::not_applicable();
    }
    let Some(held) = case.facts.position else {
        return Said::lacks("What the account holds is not known yet.");
    };
    if held <= Decimal::ZERO {
        return Said::not_applicable();
    }
    let Some(today) = sessions::trade_day(case.now) else {
        return Said::lacks(
            "Which day this trades on is not known, so neither is what has settled.",
        );
    };
    let mut fresh = Decimal::ZERO;
    let mut settles = None;
    for trade in case.facts.trades {
        if trade.side != Side::Buy
            || trade.contract.con_id != case.draft.con_id
            || *trade.account != case.draft.account
        {
            continue;
        }
        let on = sessions::trade_day(trade.at).and_then(sessions::settles_on);
        if on.is_none_or(|on| on > today) {
            fresh += trade.quantity;
            settles = settles.max(on);
        }
    }
    let symbol = case.facts.instrument.contract.label();
    // What was there before goes first.
    let settled = (held - case.facts.working_sells - fresh).max(Decimal::ZERO);
    let wanted = case.facts.to_fill(case.draft);
    if fresh.is_zero() || wanted <= settled {
        return Said::passed(format!(
            "What it sells of {symbol} has settled, as far as was seen."
        ));
    }
    let (Some(cash), Some(total)) = (
        account.figure(Tag::SettledCash),
        account.figure(Tag::TotalCashValue),
    ) else {
        return Said::lacks("Whether settled cash paid for it is not known yet.");
    };
    if cash >= Decimal::ZERO {
        return Said::passed("Settled cash paid for it.");
    }
    let when = settles.map_or(String::new(), |day| {
        format!(" Sell it from {} on.", day.strftime("%-d %b %Y"))
    });
    let what = match total < Decimal::ZERO {
        true => format!(
            "{} of these {symbol} were bought and there is no cash for them: the account owes {}. \
             Paying for them with what their own sale brings is free-riding.",
            spoken(fresh.min(wanted)),
            money(-total)
        ),
        false => format!(
            "{} of these {symbol} were bought with proceeds that have not settled: settled cash is \
             {}. Selling them before is a good-faith violation.",
            spoken((wanted - settled).min(fresh)),
            money(cash)
        ),
    };
    let said = Said::fails(format!("{what} {CONSEQUENCE}{when}"));
    match settled > Decimal::ZERO && case.facts.changed.is_none() {
        true => said.mended_by(Mend::Quantity {
            value: settled.normalize().to_string(),
        }),
        false => said,
    }
}
