//! Futures in an IRA.

use super::closing::{Closing, closing};
use super::ira::IBKR_ON_IRAS;
use super::{Case, Rule, Said, money};
use crate::rule::{Changeable, Group, RuleInfo, Scope, Severity};
use gatehouse_domain::account::Tag;
use gatehouse_domain::contract::SecurityKind;

pub(crate) const FUTURES: Rule = Rule {
    info: RuleInfo {
        id: "ira.futures-margin",
        title: "Futures in an IRA",
        sentence: "A future in an IRA takes about twice the ordinary margin; only the broker's what-if tells how much.",
        group: Group::AccountType,
        source: IBKR_ON_IRAS,
        scope: Scope {
            securities: &[SecurityKind::Future],
            ..Scope::IRA
        },
        severity: Some(Severity::Warn),
        changeable: Changeable::Stricter,
        ..RuleInfo::HOUSE
    },
    ask: futures,
};

fn futures(case: &Case<'_>) -> Said {
    if closing(case) == Closing::Closes {
        return Said::passed("It only makes a position smaller.");
    }
    let available = case
        .facts
        .account
        .and_then(|account| account.figure(Tag::AvailableFunds));
    // The margin is not known before the what-if, and nothing here stands for it.
    Said::lacks(match available {
        Some(available) => format!(
            "In an IRA it takes about twice the ordinary margin, which is not known here. {} is \
             available; the preview says what the order takes.",
            money(available)
        ),
        None => "In an IRA it takes about twice the ordinary margin, which is not known here, and \
                 the available funds are not known either."
            .to_owned(),
    })
}
