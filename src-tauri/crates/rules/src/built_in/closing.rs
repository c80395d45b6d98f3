//! Whether an order only makes a position smaller.

use super::Case;
use super::cover::only_gives_back;
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::Side;

/// What an order does to a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closing {
    /// It makes it smaller, working orders counted.
    Closes,
    /// It opens one, or more than so many of it would.
    Opens { most: Decimal },
    /// The position is not known.
    Unknown,
}

pub(crate) fn closing(case: &Case<'_>) -> Closing {
    let facts = case.facts;
    // What a bracket opens again after the entry closed something.
    if case.draft.exits.is_some() {
        return Closing::Opens {
            most: Decimal::ZERO,
        };
    }
    if !case.draft.legs.is_empty() {
        return match (facts.holdings, only_gives_back(case)) {
            (None, _) => Closing::Unknown,
            (Some(_), true) => Closing::Closes,
            (Some(_), false) => Closing::Opens {
                most: Decimal::ZERO,
            },
        };
    }
    let Some(held) = facts.position else {
        return Closing::Unknown;
    };
    let (there, committed) = match case.draft.side {
        Side::Sell => (held, facts.working_sells),
        Side::Buy => (-held, facts.working_buys),
    };
    // What an attached order's entry may still bring is what that order is there to close.
    let free = (there.max(Decimal::ZERO) + facts.to_come - committed).max(Decimal::ZERO);
    if facts.to_fill(case.draft) <= free {
        Closing::Closes
    } else {
        Closing::Opens { most: free }
    }
}
