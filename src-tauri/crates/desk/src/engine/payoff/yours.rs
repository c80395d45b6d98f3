//! Implied volatilities that the person supposes of single options: read as they are typed, put
//! before the market's, and said in words beside them, so that the two are never taken for each
//! other. They are in no order, no what-if and no quote.

use super::super::words;
use super::bad;
use crate::error::ApiError;
use crate::view::PayoffLegInput;
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::id::ConId;
use std::collections::BTreeMap;

/// In percent: what is below stands for no market, what is above for a slip of the hand.
const LEAST: Decimal = Decimal::from_parts(1, 0, 0, false, 1);
const MOST: Decimal = Decimal::from_parts(500, 0, 0, false, 0);

/// Of each option, as a share. It is the option's, so what is held of it follows too.
pub(super) struct Volatilities(BTreeMap<ConId, Decimal>);

/// One of them beside the market's.
pub(super) struct Yours {
    label: String,
    share: Decimal,
    market: Option<Decimal>,
}

/// A leg that no market prices, and what the model makes of the person's figure.
pub(super) struct Priced {
    pub(super) label: String,
    pub(super) price: Decimal,
}

impl Volatilities {
    pub(super) fn read<'a>(
        legs: impl Iterator<Item = (&'a PayoffLegInput, &'a &'a Contract)>,
    ) -> Result<Self, ApiError> {
        let mut all = BTreeMap::new();
        for (leg, contract) in legs {
            let typed = leg.volatility.trim();
            if typed.is_empty() {
                continue;
            }
            let label = contract.label();
            if contract.kind != SecurityKind::Option {
                let why = format!("{label} is no option: it has no implied volatility.");
                return Err(bad(why));
            }
            let percent = typed.parse::<Decimal>().ok();
            let percent = percent.filter(|percent| (LEAST..=MOST).contains(percent));
            let percent = percent.ok_or_else(|| {
                bad(format!(
                    "{typed:?} is no implied volatility of {label}. Type a percentage from {LEAST} to {MOST}, or nothing for the market's."
                ))
            })?;
            let share = percent / Decimal::ONE_HUNDRED;
            if all
                .insert(contract.con_id, share)
                .is_some_and(|had| had != share)
            {
                return Err(bad(format!("{label} has two implied volatilities.")));
            }
        }
        Ok(Self(all))
    }

    pub(super) fn of(&self, con_id: ConId) -> Option<Decimal> {
        self.0.get(&con_id).copied()
    }

    /// Each beside its option's name and the market's volatility.
    pub(super) fn beside(
        &self,
        market: impl Fn(ConId) -> Option<(String, Option<Decimal>)>,
    ) -> Vec<Yours> {
        let beside = |(con_id, share): (&ConId, &Decimal)| {
            let (label, market) = market(*con_id)?;
            Some(Yours {
                label,
                share: *share,
                market,
            })
        };
        self.0.iter().filter_map(beside).collect()
    }
}

/// What stands on the person's figures; `None` when nothing does.
pub(super) fn words(yours: &[Yours], priced: &[Priced], shift: Decimal) -> Option<String> {
    if yours.is_empty() {
        return None;
    }
    let each: Vec<String> = yours
        .iter()
        .map(|one| {
            let market = match one.market {
                Some(market) => format!("its market's is {}", percent(market)),
                None => "its market tells none".to_owned(),
            };
            format!("{} {} ({market})", one.label, percent(one.share))
        })
        .collect();
    let mut says = format!(
        "By your implied volatility, not the market's: {}.",
        each.join(", ")
    );
    if !shift.is_zero() {
        says += " The points of the volatility slider are added to yours too.";
    }
    for Priced { label, price } in priced {
        says += &format!(
            " {label} has no price by its market: it is taken at {}, what the model makes of your figure, and so the most, the least and the breakevens are no more exact than that.",
            words::price(*price)
        );
    }
    Some(says)
}

fn percent(share: Decimal) -> String {
    let percent = (share * Decimal::ONE_HUNDRED).round_dp(1);
    format!("{} %", words::number(percent))
}
