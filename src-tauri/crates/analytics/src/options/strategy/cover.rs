//! The strategies in what an account holds: every unit in exactly one of them.
//!
//! Kinds of strategy are looked for one after the other, those of many legs first, then what
//! covers a short option, then the rest; within a kind, legs held in equal numbers come first,
//! then the narrower strikes. The same holdings give the same groups in whatever order they are
//! told. It is a reading, not what the broker's margin is made of.

mod candidates;

use super::{Strategy, recognise};
use crate::options::leg::{Leg, LegKind};
use candidates::{KINDS, candidates};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::Side;

/// One position, as it is grouped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What tells underlyings apart: symbol and currency, or the underlying's conId.
    pub underlying: String,
    /// Stock or option.
    pub kind: LegKind,
    /// How many; negative when short.
    pub quantity: Decimal,
    /// Units of the underlying in each.
    pub multiplier: Decimal,
}

/// A part of a position that belongs to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// The position, by its place in what was given.
    pub position: usize,
    /// How much of it; negative when short.
    pub quantity: Decimal,
}

/// A strategy that is held, so many times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What it is.
    pub strategy: Strategy,
    /// How many times; above zero. Not whole only for stock and for options held in parts.
    pub count: Decimal,
    /// Of which positions, the nearest expiry and lowest strike first, stock before options.
    pub uses: Vec<Use>,
}

/// Groups the positions of one account. Positions of zero are left out.
#[must_use]
pub fn group(held: &[Held]) -> Vec<Group> {
    let mut order: Vec<usize> = (0..held.len()).collect();
    order.sort_by_cached_key(|&index| {
        let one = &held[index];
        let option = match one.kind {
            LegKind::Stock => None,
            LegKind::Option(option) => Some((option.expiry, option.strike, option.right.letter())),
        };
        (one.underlying.clone(), option, one.multiplier, one.quantity)
    });
    let mut left: Vec<Decimal> = held.iter().map(|one| one.quantity).collect();
    let mut groups = Vec::new();
    for together in order.chunk_by(|a, b| held[*a].underlying == held[*b].underlying) {
        for kind in KINDS {
            for candidate in candidates(*kind, held, &left, together) {
                take(&candidate, &mut left, &mut groups);
            }
        }
        groups.extend(
            together
                .iter()
                .filter_map(|&index| alone(index, held, &left)),
        );
    }
    groups
}

/// A way to put positions together: each with how many of it make one.
struct Candidate {
    strategy: Strategy,
    parts: Vec<(usize, Decimal)>,
}

fn take(candidate: &Candidate, left: &mut [Decimal], groups: &mut Vec<Group>) {
    let count = candidate
        .parts
        .iter()
        .map(|(index, ratio)| (left[*index].abs() / ratio).floor())
        .min()
        .unwrap_or_default();
    if count <= Decimal::ZERO {
        return;
    }
    let uses = candidate
        .parts
        .iter()
        .map(|(index, ratio)| {
            let sign = if left[*index].is_sign_negative() {
                Side::Sell.sign()
            } else {
                Side::Buy.sign()
            };
            let quantity = ratio * count * sign;
            left[*index] -= quantity;
            Use {
                position: *index,
                quantity,
            }
        })
        .collect();
    groups.push(Group {
        strategy: candidate.strategy,
        count,
        uses,
    });
}

fn alone(index: usize, held: &[Held], left: &[Decimal]) -> Option<Group> {
    let quantity = left[index];
    let side = side_of(quantity)?;
    let strategy = match held[index].kind {
        LegKind::Stock => Strategy::Stock { side },
        LegKind::Option(option) => Strategy::Single {
            right: option.right,
            side,
        },
    };
    Some(Group {
        strategy,
        count: quantity.abs(),
        uses: vec![Use {
            position: index,
            quantity,
        }],
    })
}

fn side_of(quantity: Decimal) -> Option<Side> {
    if quantity.is_zero() {
        None
    } else if quantity.is_sign_negative() {
        Some(Side::Sell)
    } else {
        Some(Side::Buy)
    }
}

/// What positions make when so many of each are taken.
fn made_of(parts: &[(usize, u32)], held: &[Held], left: &[Decimal]) -> Option<Strategy> {
    let legs: Vec<Leg> = parts
        .iter()
        .map(|(index, ratio)| {
            let one = &held[*index];
            Leg::new(
                one.kind,
                side_of(left[*index])?,
                *ratio,
                one.multiplier,
                None,
            )
            .ok()
        })
        .collect::<Option<_>>()?;
    Some(recognise(&legs, None))
}

#[cfg(test)]
mod tests;
