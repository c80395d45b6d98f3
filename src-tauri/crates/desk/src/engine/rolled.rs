//! A roll of held options: their legs are closed and opened again on a later day, in one order.
//!
//! Deliberately not here: which of a strategy's options are rolled, which is asked for, and strikes
//! other than the nearest, which a person changes leg by leg.

use super::Desk;
use super::named::{Listed, bad, class_of, found, not_listed};
use crate::error::ApiError;
use crate::view::{HeldPart, PlannedView};
use gatehouse_analytics::options::leg::{Leg, LegKind, OptionKind};
use gatehouse_analytics::options::strategy::{MOST_OPTION_LEGS, roll};
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::Instrument;
use gatehouse_domain::derivative::Right;
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::position::PositionKey;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeMap;

/// A held option, and where it goes.
struct Rolled<'a> {
    from: &'a Instrument,
    held: OptionKind,
    quantity: Decimal,
    to: OptionKind,
}

impl Desk {
    pub(super) fn roll(
        &self,
        account: &str,
        held: &[HeldPart],
        expiry: &str,
    ) -> Result<PlannedView, ApiError> {
        if held.is_empty() || held.len() * 2 > MOST_OPTION_LEGS {
            return Err(bad(format!(
                "A roll takes one to {} options.",
                MOST_OPTION_LEGS / 2
            )));
        }
        let id =
            AccountId::new(account).map_err(|_| bad(format!("There is no account {account}.")))?;
        let first = self.looked_up(held.first().map_or(0, |part| part.con_id))?;
        let class = class_of(first);
        let underlying = self.underlying_of.get(&first.contract.con_id);
        let underlying = underlying.ok_or_else(not_listed)?;
        let later = self.listed(underlying.get(), class, expiry)?;
        let mut all = Vec::new();
        for part in held {
            let from = self.looked_up(part.con_id)?;
            let same = self.underlying_of.get(&from.contract.con_id) == Some(underlying);
            if !same || class_of(from) != class {
                return Err(bad("All options of a roll are of one class.".to_owned()));
            }
            all.push(self.rolled(&id, part, from, &later)?);
        }
        apart(&all)?;
        let units = all.iter().try_fold(0, |units, one| {
            let count = one.quantity.abs().to_u32()?;
            (Decimal::from(count) == one.quantity.abs()).then_some(divisor(units, count))
        });
        let units = units
            .map(Decimal::from)
            .ok_or_else(|| bad("Options are rolled in whole numbers.".to_owned()))?;
        let legs: Option<Vec<Leg>> = all
            .iter()
            .map(|one| Leg::held(&one.from.contract, one.quantity / units, None))
            .collect();
        let legs = legs.ok_or_else(not_listed)?;
        let to: Vec<OptionKind> = all.iter().map(|one| one.to).collect();
        let legs = roll::legs(&legs, &to).map_err(|why| bad(why.to_string()))?;
        let mut listed: Vec<Listed<'_>> = all
            .iter()
            .map(|one| Listed {
                expiry: one.held.expiry,
                options: BTreeMap::from([(
                    (one.held.strike, one.held.right == Right::Call),
                    one.from,
                )]),
            })
            .collect();
        listed.push(later);
        Ok(PlannedView {
            legs: found(&legs.unwrap_or_default(), None, &listed)?,
            quantity: Some(units),
        })
    }

    fn rolled<'a>(
        &self,
        account: &AccountId,
        part: &HeldPart,
        from: &'a Instrument,
        later: &Listed<'_>,
    ) -> Result<Rolled<'a>, ApiError> {
        let label = from.contract.label();
        let Some(LegKind::Option(held)) = LegKind::of(&from.contract) else {
            let why = match from.contract.is_adjusted() {
                true => format!(
                    ": it {}, and what it delivers is not known",
                    from.contract.adjusted_words()
                ),
                false => String::new(),
            };
            return Err(bad(format!(
                "{label} is no option that can be rolled{why}."
            )));
        };
        let has = |con_id: ConId| {
            let key = PositionKey {
                account: account.clone(),
                con_id,
            };
            let position = self.positions.get(&key);
            position.map_or(Decimal::ZERO, |position| position.quantity.value)
        };
        let holds = has(from.contract.con_id);
        let quantity = part.quantity;
        let turned = quantity.is_sign_positive() != holds.is_sign_positive();
        if quantity.is_zero() || turned || quantity.abs() > holds.abs() {
            let count = super::words::number(quantity);
            return Err(bad(format!("{account} holds no {count} {label}.")));
        }
        if later.expiry <= held.expiry {
            return Err(bad("A roll goes to a later day.".to_owned()));
        }
        let is_call = held.right == Right::Call;
        let nearest = later
            .options
            .iter()
            .filter(|((_, call), _)| *call == is_call)
            .min_by_key(|((strike, _), _)| (*strike - held.strike).abs());
        let ((strike, _), target) = nearest.ok_or_else(not_listed)?;
        let there = has(target.contract.con_id);
        if !there.is_zero() && there.is_sign_positive() != quantity.is_sign_positive() {
            return Err(bad(format!(
                "{account} holds {} {}: to roll there would close that instead of opening anything. Choose another expiry.",
                super::words::number(there),
                target.contract.label()
            )));
        }
        Ok(Rolled {
            from,
            held,
            quantity,
            to: OptionKind {
                strike: *strike,
                expiry: later.expiry,
                ..held
            },
        })
    }
}

/// Strikes that were apart have to stay so, or a spread would be none any more.
fn apart(all: &[Rolled<'_>]) -> Result<(), ApiError> {
    for (n, one) in all.iter().enumerate() {
        let same = all[..n].iter().find(|other| {
            other.held.right == one.held.right
                && other.held.strike != one.held.strike
                && other.to.strike == one.to.strike
        });
        if same.is_some() {
            return Err(bad(format!(
                "The strikes of that expiry are too far apart: two of the legs would come to {}. Choose another expiry.",
                super::words::price(one.to.strike)
            )));
        }
    }
    Ok(())
}

fn divisor(a: u32, b: u32) -> u32 {
    match b {
        0 => a,
        b => divisor(b, a % b),
    }
}
