//! Every way to make one kind of strategy of what is left, the best first.

use super::{Candidate, Held, made_of};
use crate::options::leg::{LegKind, OptionKind};
use crate::options::strategy::Strategy;
use gatehouse_domain::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A kind of strategy, as it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    FourStrikes,
    ThreeStrikes,
    Collars,
    WithStock,
    Ratios,
    Verticals,
    InTime,
    Volatility,
}

/// In this order.
pub(super) const KINDS: &[Kind] = &[
    Kind::FourStrikes,
    Kind::ThreeStrikes,
    Kind::Collars,
    Kind::WithStock,
    Kind::Ratios,
    Kind::Verticals,
    Kind::InTime,
    Kind::Volatility,
];

/// More options of one expiry than these are not searched for strategies of three or four
/// strikes, whose number grows with the fourth power.
const MOST_SEARCHED: usize = 40;

pub(super) fn candidates(
    kind: Kind,
    held: &[Held],
    left: &[Decimal],
    together: &[usize],
) -> Vec<Candidate> {
    let search = Search {
        held,
        left,
        stock: together
            .iter()
            .copied()
            .find(|&index| held[index].kind == LegKind::Stock && left[index] > Decimal::ZERO),
        options: together
            .iter()
            .filter_map(|&index| match held[index].kind {
                LegKind::Option(option) if !left[index].is_zero() => Some((index, option)),
                _ => None,
            })
            .collect(),
    };
    let mut found = search.of(kind);
    found.sort_by_cached_key(|candidate| search.rank(candidate));
    found
}

type Position = (usize, OptionKind);
type Take<'a> = dyn FnMut(&[(usize, u32)]) + 'a;

struct Search<'a> {
    held: &'a [Held],
    left: &'a [Decimal],
    stock: Option<usize>,
    options: Vec<Position>,
}

impl Search<'_> {
    fn of(&self, kind: Kind) -> Vec<Candidate> {
        match kind {
            Kind::FourStrikes => self.sets(&[1, 1, 1, 1], &|named| {
                matches!(
                    named,
                    Strategy::Condor { .. }
                        | Strategy::IronButterfly { .. }
                        | Strategy::IronCondor { .. }
                        | Strategy::Box { .. }
                )
            }),
            Kind::ThreeStrikes => self.sets(&[1, 2, 1], &|named| {
                matches!(named, Strategy::Butterfly { .. })
            }),
            Kind::Collars => self
                .pairs(|_, _| true)
                .filter_map(|(a, b)| self.covered(&[a, b]))
                .collect(),
            Kind::WithStock => self
                .options
                .iter()
                .filter_map(|one| self.covered(&[*one]))
                .collect(),
            Kind::Ratios => self.ratios(),
            Kind::Verticals => self.two(|a, b| a.expiry == b.expiry && a.right == b.right),
            Kind::InTime => self.two(|a, b| a.expiry != b.expiry && a.right == b.right),
            Kind::Volatility => self.two(|a, b| a.expiry == b.expiry && a.right != b.right),
        }
    }

    fn pairs<'b>(
        &'b self,
        fit: impl Fn(&OptionKind, &OptionKind) -> bool + 'b,
    ) -> impl Iterator<Item = (Position, Position)> + 'b {
        self.options.iter().enumerate().flat_map({
            let fit = std::rc::Rc::new(fit);
            move |(at, a)| {
                let fit = fit.clone();
                self.options[at + 1..]
                    .iter()
                    .filter(move |b| fit(&a.1, &b.1))
                    .map(move |b| (*a, *b))
            }
        })
    }

    fn two(&self, fit: impl Fn(&OptionKind, &OptionKind) -> bool) -> Vec<Candidate> {
        self.pairs(fit)
            .filter_map(|(a, b)| self.named(&[(a.0, 1), (b.0, 1)]))
            .collect()
    }

    /// Sets of one expiry, by strike, in these ratios.
    fn sets(&self, ratios: &[u32], wanted: &dyn Fn(&Strategy) -> bool) -> Vec<Candidate> {
        let mut found = Vec::new();
        for month in self.options.chunk_by(|a, b| a.1.expiry == b.1.expiry) {
            if month.len() > MOST_SEARCHED {
                continue;
            }
            let mut chosen = Vec::with_capacity(ratios.len());
            self.choose(month, ratios, &mut chosen, &mut |parts| {
                found.extend(self.named(parts).filter(|one| wanted(&one.strategy)));
            });
        }
        found
    }

    fn choose(
        &self,
        from: &[Position],
        ratios: &[u32],
        chosen: &mut Vec<(usize, u32)>,
        take: &mut Take<'_>,
    ) {
        let Some((ratio, rest)) = ratios.split_first() else {
            // Whatever has three or four strikes and a name sells as many as it buys.
            let net: i64 = chosen
                .iter()
                .map(|(index, ratio)| {
                    let sign = if self.left[*index].is_sign_negative() {
                        -1
                    } else {
                        1
                    };
                    sign * i64::from(*ratio)
                })
                .sum();
            if net == 0 {
                take(chosen);
            }
            return;
        };
        for (at, (index, _)) in from.iter().enumerate() {
            chosen.push((*index, *ratio));
            self.choose(&from[at + 1..], rest, chosen, take);
            chosen.pop();
        }
    }

    fn named(&self, parts: &[(usize, u32)]) -> Option<Candidate> {
        let strategy = made_of(parts, self.held, self.left)?;
        let same_size = parts
            .windows(2)
            .all(|two| self.held[two[0].0].multiplier == self.held[two[1].0].multiplier);
        let sure = same_size && !matches!(strategy, Strategy::Custom { .. });
        sure.then(|| Candidate {
            strategy,
            parts: parts
                .iter()
                .map(|(index, ratio)| (*index, Decimal::from(*ratio)))
                .collect(),
        })
    }

    /// Options with the stock for as many units.
    fn covered(&self, options: &[Position]) -> Option<Candidate> {
        let stock = self.stock?;
        let units = self.held[options.first()?.0].multiplier;
        let shares = units
            .to_u32()
            .filter(|shares| Decimal::from(*shares) == units)?;
        let parts: Vec<(usize, u32)> = [(stock, shares)]
            .into_iter()
            .chain(options.iter().map(|(index, _)| (*index, 1)))
            .collect();
        let strategy = made_of(&parts, self.held, self.left)?;
        let sure = !matches!(strategy, Strategy::Custom { .. });
        sure.then(|| Candidate {
            strategy,
            parts: parts
                .iter()
                .map(|(index, ratio)| (*index, Decimal::from(*ratio)))
                .collect(),
        })
    }

    /// A right of an expiry in which just two positions are left, in a small ratio.
    fn ratios(&self) -> Vec<Candidate> {
        let alone = |a: &Position, b: &Position| {
            let of_both = |one: &&Position| one.1.expiry == a.1.expiry && one.1.right == a.1.right;
            a.1.right == b.1.right
                && a.1.expiry == b.1.expiry
                && self.options.iter().filter(of_both).count() == 2
        };
        self.pairs(|_, _| true)
            .filter(|(a, b)| alone(a, b))
            .filter_map(|(a, b)| {
                let (first, second) = (self.left[a.0].abs(), self.left[b.0].abs());
                let (low, high) = (first.min(second), first.max(second));
                [(1_u32, 2_u32), (1, 3), (2, 3)]
                    .into_iter()
                    .find(|(few, many)| low * Decimal::from(*many) == high * Decimal::from(*few))
                    .and_then(|(few, many)| {
                        let (of_a, of_b) = if first < second {
                            (few, many)
                        } else {
                            (many, few)
                        };
                        self.named(&[(a.0, of_a), (b.0, of_b)])
                    })
            })
            .collect()
    }

    /// What comes first: equal numbers, one expiry, equal wings, narrow strikes, and then the
    /// order in which the positions lie.
    fn rank(&self, candidate: &Candidate) -> (bool, bool, bool, Decimal, Vec<usize>) {
        let sizes: Vec<Decimal> = candidate
            .parts
            .iter()
            .map(|(index, ratio)| self.left[*index].abs() / ratio)
            .collect();
        let options: Vec<OptionKind> = candidate
            .parts
            .iter()
            .filter_map(|(index, _)| match self.held[*index].kind {
                LegKind::Stock => None,
                LegKind::Option(option) => Some(option),
            })
            .collect();
        let strikes = options.iter().map(|option| option.strike);
        let span = strikes.clone().max().unwrap_or_default() - strikes.min().unwrap_or_default();
        let broken = matches!(
            candidate.strategy,
            Strategy::Butterfly { even: false, .. }
                | Strategy::Condor { even: false, .. }
                | Strategy::IronButterfly { even: false, .. }
                | Strategy::IronCondor { even: false, .. }
        );
        let places = candidate
            .parts
            .iter()
            .filter_map(|(index, _)| self.options.iter().position(|one| one.0 == *index))
            .collect();
        (
            sizes.windows(2).any(|two| two[0] != two[1]),
            options.windows(2).any(|two| two[0].expiry != two[1].expiry),
            broken,
            span,
            places,
        )
    }
}
