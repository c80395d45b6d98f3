//! Whether an order can be thought of at all: link, mode, account, intent.

use super::{Rule, Said};
use crate::rule::{Changeable, Group, RuleInfo, Severity, Source};
use gatehouse_domain::account::{AccountKind, Mode};
use gatehouse_domain::order::{OrderState, Origin};

pub(crate) const LIVE_IS_ARMED: Rule = Rule {
    info: RuleInfo {
        id: "mode.live-armed",
        title: "Live orders are turned on",
        sentence: "On a live login orders are off until a person turns them on, for a time.",
        group: Group::Modes,
        ..RuleInfo::HOUSE
    },
    ask: |case| match (case.facts.mode, case.facts.armed_until) {
        (Mode::Paper, _) => Said::passed("The account ids of this login are paper accounts'."),
        (Mode::Live, Some(until)) if case.now < until => {
            Said::passed("Live orders were turned on by a person, and the time is not over.")
        }
        (Mode::Live, _) => Said::fails(
            "This login trades real money and live orders are off. Turn them on with the LIVE button \
             at the top, or log in to a paper account.",
        ),
        (Mode::Unknown, _) => Said::lacks(
            "Whether this login is paper or live is not known yet. Wait for the accounts.",
        ),
    },
};

pub(crate) const LINK: Rule = Rule {
    info: RuleInfo {
        id: "link.up",
        title: "The link stands",
        sentence: "Orders are judged only on figures that are being kept up to date.",
        ..RuleInfo::HOUSE
    },
    ask: |case| {
        if case.facts.connected {
            Said::passed("The gateway is connected and its figures are complete.")
        } else {
            Said::fails(
                "There is no complete link to the gateway, so the figures are stale. Wait until it \
                 is back.",
            )
        }
    },
};

pub(crate) const ACCOUNT_OF_THE_LOGIN: Rule = Rule {
    info: RuleInfo {
        id: "account.of-the-login",
        title: "The account belongs to this login",
        sentence: "Orders go only to accounts that the gateway named for this login.",
        source: Source {
            name: "IBKR",
            text: "TWS API, managedAccounts",
        },
        ..RuleInfo::HOUSE
    },
    ask: |case| {
        if case.facts.account.is_some() {
            Said::passed(format!("{} belongs to this login.", case.draft.account))
        } else {
            Said::fails(format!(
                "This login has no account {}. Choose one of its accounts.",
                case.draft.account
            ))
        }
    },
};

pub(crate) const ACCOUNT_TYPE: Rule = Rule {
    info: RuleInfo {
        id: "account.type-known",
        title: "The account type is known",
        sentence: "An account of unknown type gets the strictest rules.",
        group: Group::AccountType,
        severity: Some(Severity::Warn),
        changeable: Changeable::Stricter,
        ..RuleInfo::HOUSE
    },
    ask: |case| match case.facts.account {
        None => Said::not_applicable(),
        Some(account) if account.kind == AccountKind::Unknown => Said::fails(format!(
            "The type of {} is not known ({}), so it gets the strictest rules: those of an IRA.",
            account.id,
            account
                .kind_text
                .as_deref()
                .map_or("the broker has not told it".to_owned(), |text| format!(
                    "the broker says {text:?}"
                ))
        )),
        Some(account) => Said::passed(format!("{} is {}.", account.id, article(account.kind))),
    },
};

fn article(kind: AccountKind) -> String {
    let words = kind.words();
    let an = words.starts_with(['A', 'E', 'I', 'O', 'U']);
    format!("{} {words} account", if an { "an" } else { "a" })
}

pub(crate) const RECKONABLE: Rule = Rule {
    info: RuleInfo {
        id: "figures.reckonable",
        title: "Figures that can be reckoned with",
        sentence: "No price, quantity or figure of the account is so large that nothing can be reckoned with it.",
        ..RuleInfo::HOUSE
    },
    ask: |_| Said::passed("All figures can be reckoned with."),
};

pub(crate) const ONCE: Rule = Rule {
    info: RuleInfo {
        id: "intent.once",
        title: "Sent once",
        sentence: "One ticket makes one order, whatever happens in between.",
        ..RuleInfo::HOUSE
    },
    ask: |case| {
        // A change bears the ticket's id of its own; what is changed bears the order's.
        if case.facts.intent_already_sent {
            Said::fails(
                "This ticket's order was sent already. See it in Orders; start a new ticket for \
                 another one.",
            )
        } else {
            Said::passed("This ticket's order has not been sent.")
        }
    },
};

pub(crate) const CHANGE: Rule = Rule {
    info: RuleInfo {
        id: "change.of-a-working-order",
        title: "Only a working order is changed",
        sentence: "A change keeps account, instrument, side and legs, and leaves at least what has filled.",
        source: Source {
            name: "IBKR",
            text: "TWS API, modifying an order",
        },
        ..RuleInfo::HOUSE
    },
    ask: |case| {
        let Some(wanted) = &case.draft.changes else {
            return Said::not_applicable();
        };
        let Some(order) = case.facts.changed else {
            return Said::fails(format!(
                "The order that is to be changed ({wanted}) is not among the orders made here."
            ));
        };
        let terms = &order.terms;
        if !matches!(order.state, OrderState::Held | OrderState::Working) {
            return Said::fails(
                "The order is not working any more, or its state is not known, so it can't be \
                 changed.",
            );
        }
        if terms.account != case.draft.account
            || terms.contract.con_id != case.draft.con_id
            || terms.side != case.draft.side
        {
            return Said::fails(
                "A change keeps account, instrument and side. Cancel the order and make a new one.",
            );
        }
        if terms.contract.legs != case.draft.legs {
            return Said::fails(
                "A change keeps the legs of a combination as they are. Cancel the order and make a \
                 new one.",
            );
        }
        if case.draft.exits.is_some() {
            return Said::fails(
                "A bracket can't be attached to an order that is working already. Change its exits \
                 one by one, or cancel it and make a new one.",
            );
        }
        if case.draft.quantity.get() <= order.filled() {
            return Said::fails(format!(
                "{} have filled already. Cancel the order to stop it there.",
                super::spoken(order.filled())
            ));
        }
        if matches!(order.origin, Origin::Elsewhere { .. }) {
            return Said::passed(
                "It changes an order that was made in TWS. What was set there beside price, \
                 quantity and time in force stays as it is.",
            );
        }
        Said::passed("It changes a working order of yours.")
    },
};
