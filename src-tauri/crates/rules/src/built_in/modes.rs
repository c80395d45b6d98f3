//! Whether there is trading at all: stopped, of an unexpected login, read-only, paper only,
//! closing only.

use super::closing::{Closing, closing};
use super::{Rule, Said, spoken};
use crate::rule::{Changeable, Group, RuleInfo};
use crate::verdict::Mend;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Expects, Mode};

pub(crate) const STOPPED: Rule = Rule {
    info: RuleInfo {
        id: "mode.stopped",
        title: "Trading is not stopped",
        sentence: "After trading was stopped no order goes out until a person lifts that.",
        group: Group::Modes,
        ..RuleInfo::HOUSE
    },
    ask: |case| {
        if case.facts.stopped {
            Said::fails(
                "Trading was stopped by a person and stays so until a person lifts it. Working \
                 orders can still be cancelled.",
            )
        } else {
            Said::passed("Nobody stopped trading.")
        }
    },
};

pub(crate) const EXPECTED: Rule = Rule {
    info: RuleInfo {
        id: "mode.expected-login",
        title: "The login is the expected one",
        sentence: "A connection profile that expects paper or live lets no order out on the other until a person goes on deliberately.",
        group: Group::Modes,
        ..RuleInfo::HOUSE
    },
    ask: |case| match case.facts.unexpected {
        None => Said::passed("The login is one that the connection profile expects."),
        Some(Expects::Paper) => Said::fails(
            "The connection profile expects a paper login, and this one trades real money. Decide \
             that at the top of the window first.",
        ),
        Some(_) => Said::fails(
            "The connection profile expects a live login, and this one is something else. Decide \
             that at the top of the window first.",
        ),
    },
};

pub(crate) const PROFILE_READ_ONLY: Rule = Rule {
    info: RuleInfo {
        id: "mode.profile-read-only",
        title: "The profile is not read-only",
        sentence: "Under a read-only connection profile no order goes out or is changed.",
        group: Group::Modes,
        ..RuleInfo::HOUSE
    },
    ask: |case| {
        if case.facts.profile_read_only {
            Said::fails(
                "This connection profile is read-only, so no order goes out. Working orders can be \
                 cancelled. Change the profile in Settings, or connect with another one, to trade.",
            )
        } else {
            Said::passed("The connection profile lets orders out.")
        }
    },
};

/// A mode that a person chooses: off as shipped.
const MODE: RuleInfo = RuleInfo {
    group: Group::Modes,
    severity: None,
    changeable: Changeable::Freely,
    ..RuleInfo::LIMIT
};

pub(crate) const READ_ONLY: Rule = Rule {
    info: RuleInfo {
        id: "mode.read-only",
        title: "Read-only",
        sentence: "When on, no order goes out. Off until you turn it on.",
        ..MODE
    },
    ask: |_| {
        Said::fails("You turned read-only on, so no order goes out. Turn it off in Rules to trade.")
    },
};

pub(crate) const PAPER_ONLY: Rule = Rule {
    info: RuleInfo {
        id: "mode.paper-only",
        title: "Paper only",
        sentence: "When on, no order goes out on a live login. Off until you turn it on.",
        ..MODE
    },
    ask: |case| match case.facts.mode {
        Mode::Paper => Said::passed("The account ids of this login are paper accounts'."),
        Mode::Live => Said::fails(
            "You turned paper only on, and this login trades real money. Log in to a paper account, \
             or turn it off in Rules.",
        ),
        Mode::Unknown => Said::lacks(
            "Whether this login is paper or live is not known yet. Wait for the accounts.",
        ),
    },
};

pub(crate) const CLOSING_ONLY: Rule = Rule {
    info: RuleInfo {
        id: "mode.closing-only",
        title: "Closing only",
        sentence: "When on, orders may only make positions smaller, working orders counted. Off until you turn it on.",
        ..MODE
    },
    ask: |case| {
        let label = case.facts.instrument.contract.label();
        match closing(case) {
            Closing::Closes => Said::passed("It only makes a position smaller."),
            Closing::Unknown => Said::lacks(format!(
                "How many {label} the account holds is not known yet. Wait for the positions."
            )),
            Closing::Opens { most } if most > Decimal::ZERO => Said::fails(format!(
                "You turned closing only on. This closes {} {label} at most; the rest would open a \
                 position.",
                spoken(most)
            ))
            .mended_by(Mend::Quantity {
                value: most.normalize().to_string(),
            }),
            Closing::Opens { .. } => Said::fails(
                "You turned closing only on, and this opens a position. Turn it off in Rules to do \
                 that.",
            ),
        }
    },
};
