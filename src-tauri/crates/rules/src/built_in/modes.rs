//! Whether there is trading at all: stopped, read-only, paper only, closing only.

use super::closing::{Closing, closing};
use super::{Rule, Said, spoken};
use crate::rule::{Changeable, Group, RuleInfo};
use crate::verdict::Mend;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Mode;

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
