//! Futures and options on futures in an IRA: what the broker says that they take of margin.
//!
//! The broker asks an IRA for about twice the margin of a margin account, and its what-if is of
//! the very account, so its figure has that in it already and is not doubled again. A person who
//! wants more room sets `times`.

use super::closing::{Closing, closing};
use super::ira::{IBKR_ON_IRAS, capital, free_cash, who};
use super::secured::{ENDS_UNKNOWN, bound_cash, bound_words};
use super::{Case, Rule, Said, money, most_that_fits, over, spoken};
use crate::rule::{Changeable, Group, ParamInfo, RuleInfo, Scope, Severity, Unit, number};
use crate::verdict::Mend;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, Tag};
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Observed;
use gatehouse_domain::what_if::WhatIf;

pub(crate) const FUTURES: Rule = Rule {
    info: RuleInfo {
        id: "ira.futures-margin",
        title: "Futures in an IRA",
        sentence: "A future or an option on one takes about twice the ordinary margin in an IRA. What the broker's what-if says that it takes is covered by available funds and by settled cash, working orders counted.",
        version: 2,
        group: Group::AccountType,
        source: IBKR_ON_IRAS,
        scope: Scope {
            securities: &[SecurityKind::Future, SecurityKind::FutureOption],
            ..Scope::IRA
        },
        severity: Some(Severity::Block),
        changeable: Changeable::Stricter,
        params: &[ParamInfo::least(
            "times",
            "How many times the what-if's margin, which is the IRA's already, is covered",
            Unit::Times,
            Some(number(1, 0)),
        )],
        ..RuleInfo::HOUSE
    },
    ask: futures,
};

fn futures(case: &Case<'_>) -> Said {
    let Some(account) = case.facts.account else {
        return Said::lacks("The account's figures are not known.");
    };
    if closing(case) == Closing::Closes {
        return Said::passed("It only makes a position smaller.");
    }
    let cash = match free(case, account) {
        Ok(cash) => cash,
        Err(said) => return said,
    };
    let Some(what_if) = case.facts.what_if else {
        return Said::informed(format!(
            "In an IRA it takes about twice the ordinary margin. The preview asks the broker how \
             much; {} of settled cash is free for it.",
            money(cash.free.max(Decimal::ZERO))
        ));
    };
    let Some(said) = Answer::read(&what_if, account) else {
        return Said::lacks(
            "The broker's what-if did not tell what margin it takes, which in an IRA is about \
             twice the ordinary one. Preview it again, or trade it in a margin account.",
        );
    };
    weighed(case, account, &said, &cash)
}

/// What the broker's answer says of the margin.
struct Answer {
    /// What the order takes more, as it was told.
    takes: Decimal,
    /// What is available before it.
    available: Decimal,
    at: UnixMillis,
}

impl Answer {
    fn read(answer: &Observed<&WhatIf>, account: &Account) -> Option<Self> {
        let WhatIf {
            initial_margin: margin,
            equity_with_loan: equity,
            ..
        } = answer.value;
        let available = equity.before? - margin.before?;
        // The account's own figure may be of another moment; the lower one counts.
        let told = account.figure(Tag::AvailableFunds).unwrap_or(available);
        Some(Self {
            takes: margin.after? - margin.before?,
            available: available.min(told),
            at: answer.at,
        })
    }
}

/// The cash that nothing binds.
struct Cash {
    free: Decimal,
    /// Of that, before what binds it.
    settled: Decimal,
    bound: String,
    at: Option<UnixMillis>,
}

fn free(case: &Case<'_>, account: &Account) -> Result<Cash, Said> {
    let Some(settled) = free_cash(account) else {
        return Err(Said::lacks(
            "The account's settled cash is not known yet. Wait for its figures.",
        ));
    };
    let Some(committed) = case.facts.working_buys_cost else {
        return Err(Said::lacks(
            "What the account's working buy orders may cost is not known. Cancel those that have \
             no price, or wait.",
        ));
    };
    let Some(bound) = bound_cash(case, Decimal::ZERO) else {
        return Err(Said::lacks(ENDS_UNKNOWN));
    };
    let seen = account.figures.get(&Tag::SettledCash);
    Ok(Cash {
        free: settled - committed - bound,
        settled,
        bound: bound_words(committed, bound),
        at: seen.map(|seen| seen.at),
    })
}

fn weighed(case: &Case<'_>, account: &Account, said: &Answer, cash: &Cash) -> Said {
    let Some(working) = case.facts.working_margin else {
        return Said::lacks(
            "What margin the account's working orders on futures take is not known: one of them \
             was not previewed here. Wait until it has filled, or cancel it.",
        );
    };
    let times = case.number("times").unwrap_or(Decimal::ONE);
    let takes = said.takes.max(Decimal::ZERO) * times;
    let room = said.available.min(cash.free) - working;
    let figures = format!(
        "By the broker's what-if, {} old, it takes {} more initial margin{}; the IRA's higher rate \
         is in that figure. {} is available by the same answer, and {} of {} settled cash is \
         free{}{}{}.",
        age(case.now, said.at),
        money(said.takes),
        match times == Decimal::ONE {
            true => String::new(),
            false => format!(", of which you want {} times covered", spoken(times)),
        },
        money(said.available),
        money(cash.free.max(Decimal::ZERO)),
        money(cash.settled),
        cash.bound,
        match working.is_zero() {
            true => String::new(),
            false => format!(
                "; working orders on futures take {} of both",
                money(working)
            ),
        },
        cash.at
            .map(|at| format!(" (a figure {} old)", age(case.now, at)))
            .unwrap_or_default(),
    );
    if takes <= room {
        return Said::passed(figures);
    }
    let what = format!(
        "{} can't borrow for margin: {} is needed and {} is free. {figures}",
        capital(&who(account)),
        money(takes),
        money(room.max(Decimal::ZERO))
    );
    let each = over(takes, case.facts.to_fill(case.draft).max(Decimal::ONE));
    let most = most_that_fits(case, room, each);
    match most > Decimal::ZERO {
        true => Said::fails(format!("{what} {} at most fits.", spoken(most))).mended_by(
            Mend::Quantity {
                value: most.normalize().to_string(),
            },
        ),
        false => Said::fails(format!(
            "{what} Free some cash first, or trade it in a margin account."
        )),
    }
}

/// How old a figure is, in words.
fn age(now: UnixMillis, at: UnixMillis) -> String {
    let seconds = now.since(at).as_secs();
    match seconds {
        0..=119 => format!("{seconds} s"),
        _ => format!("{} min", seconds / 60),
    }
}
