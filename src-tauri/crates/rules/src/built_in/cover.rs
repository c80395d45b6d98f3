//! Whether what is sold short is covered, and whether a combination only gives back what is
//! held.

use super::adjusted::is_one_sold;
use super::{Case, over};
use crate::facts::{Holdings, Lot};
use gatehouse_domain::Decimal;
use gatehouse_domain::combo::worth::{EndKind, EndLeg, worst_worth};
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::derivative::Right;
use gatehouse_domain::id::ConId;
use gatehouse_domain::settlement::SettledAt;
use std::collections::BTreeSet;

/// Whether every sold option has bought ones of the same kind that end no earlier, or for a call
/// shares, in number; and no stock is sold. The amounts are in units of the underlying. An adjusted
/// option covers nothing, and nothing covers it.
pub(super) fn is_covered(lots: &[Lot<'_>]) -> bool {
    stock(lots) >= Decimal::ZERO
        && !is_one_sold(lots)
        && tests(lots).is_some_and(|tests| {
            tests
                .iter()
                .all(|test| test.room(lots) >= Some(Decimal::ZERO))
        })
}

/// What has to be zero or more: from an end backwards, what is bought less what is sold among
/// the options of a kind that end then or later, shares counted for calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Test {
    right: Right,
    from: SettledAt,
}

impl Test {
    /// `None` when a lot's terms are not known.
    fn room(self, lots: &[Lot<'_>]) -> Option<Decimal> {
        lots.iter()
            .map(|(contract, amount)| {
                if contract.kind == SecurityKind::Stock {
                    return Some(match self.right {
                        Right::Call => *amount,
                        Right::Put => Decimal::ZERO,
                    });
                }
                let derivative = contract.derivative?;
                let counts = derivative.option?.right == self.right
                    && SettledAt::of(contract)? >= self.from
                    && !contract.is_adjusted();
                Some(if counts { *amount } else { Decimal::ZERO })
            })
            .sum()
    }
}

/// Whether a lot is of options that are on shares by their number.
fn is_plain_option((contract, _): &&Lot<'_>) -> bool {
    contract.kind != SecurityKind::Stock && !contract.is_adjusted()
}

/// One for each kind and end there is; `None` when a lot is neither stock nor a known option.
fn tests(lots: &[Lot<'_>]) -> Option<Vec<Test>> {
    lots.iter()
        .filter(is_plain_option)
        .map(|(contract, _)| {
            let derivative = contract.derivative?;
            Some(Test {
                right: derivative.option?.right,
                from: SettledAt::of(contract)?,
            })
        })
        .collect()
}

fn stock(lots: &[Lot<'_>]) -> Decimal {
    lots.iter()
        .filter(|(contract, _)| contract.kind == SecurityKind::Stock)
        .map(|(_, amount)| amount)
        .sum()
}

/// Whether what is still to fill of a combination only gives back what is held.
pub(super) fn only_gives_back(case: &Case<'_>) -> bool {
    let Some(holdings) = case.facts.holdings else {
        return false;
    };
    let count = case.facts.to_fill(case.draft);
    let moves: Option<Vec<Lot<'_>>> = case
        .facts
        .legs
        .iter()
        .map(|fact| {
            let amount = Decimal::from(fact.leg.ratio) * fact.leg.side.sign() * count;
            Some((fact.contract?, amount))
        })
        .collect();
    moves.is_some_and(|moves| holdings.only_gives_back(&moves))
}

impl<'a> Holdings<'a> {
    /// Whether every one of these moves only makes a holding smaller, working orders counted,
    /// and what is left is covered and can end no worse than what is there now.
    #[must_use]
    pub fn only_gives_back(&self, moves: &[Lot<'a>]) -> bool {
        let gives_back = moves.iter().all(|(contract, amount)| {
            let held = held(&self.held, contract.con_id);
            let before = same_way(self, contract.con_id, *amount);
            held * *amount < Decimal::ZERO && held.abs() >= (*amount + before).abs()
        });
        gives_back && leaves_no_worse(self, moves) == Some(true)
    }

    /// How many of `wanted` can be sold before a sold option loses what covers it, working
    /// orders and `to_come` more of the same counted; zero when it lacks cover already. `None`
    /// when a part can't be reckoned, as what an adjusted option takes that was sold.
    #[must_use]
    pub fn spare(
        &self,
        contract: &'a Contract,
        wanted: Decimal,
        to_come: Decimal,
    ) -> Option<Decimal> {
        if contract.is_adjusted() {
            return Some(wanted);
        }
        if self.owes_an_adjusted(&[]) {
            return None;
        }
        let mut there = self.held.clone();
        there.push((contract, to_come));
        let there = units(&there);
        let one: [Lot<'_>; 1] = [(contract, contract.multiplier)];
        let mut spare = wanted;
        for test in self.tests(&there)? {
            let each = test.room(&one)?;
            if each > Decimal::ZERO {
                let room = test.room(&there)? + self.taken(&|lots| test.room(lots))?;
                spare = spare.min(over(room, each).max(Decimal::ZERO));
            }
        }
        Some(spare)
    }

    /// How many more calls of this kind the shares cover, once so many of those that are held are
    /// sold: every call that is sold already has its bought ones or its shares, working orders
    /// counted. `None` when a part can't be reckoned.
    pub(super) fn calls_with_shares(
        &self,
        contract: &'a Contract,
        closed: Decimal,
    ) -> Option<Decimal> {
        if contract.is_adjusted() || self.owes_an_adjusted(&[]) {
            return None;
        }
        let mut there = self.held.clone();
        there.push((contract, -closed));
        let there = units(&there);
        let mut room = stock(&there) + self.taken(&|lots| Some(stock(lots)))?;
        for test in self.tests(&there)? {
            if test.right == Right::Call {
                room = room.min(test.room(&there)? + self.taken(&|lots| test.room(lots))?);
            }
        }
        (contract.multiplier > Decimal::ZERO)
            .then(|| over(room, contract.multiplier).floor().max(Decimal::ZERO))
    }

    /// What the end may cost at worst, in the underlying's currency, once these moves are made and
    /// every working sale of an option has filled; what working combinations may cost is not in
    /// it. `None` when it has no bound or can't be reckoned.
    #[must_use]
    pub fn end_cost(&self, moves: &[Lot<'a>]) -> Option<Decimal> {
        if self.owes_an_adjusted(moves) {
            return None;
        }
        let singly: Vec<Lot<'a>> = self
            .working
            .iter()
            .filter(|lots| lots.len() == 1)
            .flatten()
            .filter(|(_, amount)| *amount < Decimal::ZERO)
            .copied()
            .collect();
        let lots = units(&[self.held.as_slice(), &singly, moves].concat());
        let shares = stock(&lots).max(Decimal::ZERO);
        Some(-worst_end(&lots, shares)??.min(Decimal::ZERO))
    }

    /// The tests of these lots and of what working orders trade.
    fn tests(&self, lots: &[Lot<'_>]) -> Option<Vec<Test>> {
        let working = self.working.iter().flatten();
        let all: Vec<Lot<'_>> = lots.iter().chain(working).copied().collect();
        tests(&all)
    }

    /// What working orders take away of a room. One may fill or not: it counts where it takes
    /// cover away, never where it adds.
    fn taken(&self, room: &dyn Fn(&[Lot<'_>]) -> Option<Decimal>) -> Option<Decimal> {
        self.working
            .iter()
            .map(|lots| Some(room(&units(lots))?.min(Decimal::ZERO)))
            .sum()
    }
}

fn held(held: &[Lot<'_>], con_id: ConId) -> Decimal {
    held.iter()
        .filter(|(contract, _)| contract.con_id == con_id)
        .map(|(_, amount)| amount)
        .sum()
}

/// What working orders trade of it on the same side as `amount`.
fn same_way(holdings: &Holdings<'_>, con_id: ConId, amount: Decimal) -> Decimal {
    holdings
        .working
        .iter()
        .flatten()
        .filter(|(contract, other)| contract.con_id == con_id && *other * amount > Decimal::ZERO)
        .map(|(_, other)| other)
        .sum()
}

/// Contracts in units of the underlying.
fn units<'a>(lots: &[Lot<'a>]) -> Vec<Lot<'a>> {
    lots.iter()
        .map(|(contract, amount)| (*contract, *amount * contract.multiplier))
        .collect()
}

/// What options, with so many shares, can be worth at worst at an end: at the last one, and at each
/// earlier one without what has ended by then, because that secures nothing that ends later. The
/// inner `None` has no bound; the outer one can't be reckoned.
fn worst_end(lots: &[Lot<'_>], shares: Decimal) -> Option<Option<Decimal>> {
    // One that is held and was adjusted is worth nothing or more.
    let options: Vec<(SettledAt, EndLeg)> = lots
        .iter()
        .filter(is_plain_option)
        .map(|(contract, amount)| {
            let leg = EndLeg::of(contract, *amount)?;
            Some((SettledAt::of(contract)?, leg))
        })
        .collect::<Option<_>>()?;
    let shares = EndLeg {
        amount: shares,
        kind: EndKind::Stock,
    };
    let ends: BTreeSet<SettledAt> = options.iter().map(|(end, _)| *end).collect();
    if ends.is_empty() {
        return Some(worst_worth(&[shares]));
    }
    let mut worst = ends.into_iter().map(|from| {
        let later = options.iter().filter(|(end, _)| *end >= from);
        let legs: Vec<EndLeg> = later.map(|(_, leg)| *leg).chain([shares]).collect();
        worst_worth(&legs)
    });
    Some(worst.try_fold(Decimal::MAX, |least, worst| Some(least.min(worst?))))
}

/// `None` when a part of it can't be reckoned.
fn leaves_no_worse<'a>(holdings: &Holdings<'a>, moves: &[Lot<'a>]) -> Option<bool> {
    if holdings.owes_an_adjusted(moves) {
        return None;
    }
    let before = units(&holdings.held);
    let after = [before.clone(), units(moves)].concat();
    let shares = |lots: &[Lot<'_>]| Some(stock(lots));
    let mut covered = stock(&after) + holdings.taken(&shares)? >= Decimal::ZERO;
    for test in holdings.tests(&after)? {
        let room = |lots: &[Lot<'_>]| test.room(lots);
        covered &= test.room(&after)? + holdings.taken(&room)? >= Decimal::ZERO;
    }
    let worst = |lots: &[Lot<'_>]| worst_end(lots, stock(lots));
    let no_worse = match (worst(&before)?, worst(&after)?) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(before), Some(after)) => after >= before,
    };
    Some(covered && no_worse)
}
