//! What exercise and assignment do in a retirement account, where shares can't be short and
//! cash can't be owed: what would make them so is liquidated.

use super::{Facts, OptionLeg, SOON, Style};
use crate::engine::words;
use crate::view::{StrategyWarningView, Tone, WarningKind};
use gatehouse_domain::Decimal;
use gatehouse_domain::decimal::{Currency, product};
use gatehouse_domain::derivative::Right;

const ON_IRAS: &str = "IBKR knowledge base, articles 188 and 2187";

/// The account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Retirement {
    /// How many of the underlying it holds; `None` when that is not known.
    pub(super) shares: Option<Decimal>,
    /// In the base currency.
    pub(super) settled: Option<Decimal>,
    pub(super) base: Option<Currency>,
    /// What one unit of the strategy's currency is worth in the base currency.
    pub(super) rate: Option<Decimal>,
    /// What all short puts of the account could cost together, in the base currency.
    pub(super) all_puts: Option<Decimal>,
}

impl Retirement {
    pub(super) fn warnings(&self, facts: &Facts) -> Vec<StrategyWarningView> {
        if facts.style != Style::Shares {
            return Vec::new();
        }
        let legs = facts.legs.iter().filter(|leg| leg.days >= 0);
        legs.filter_map(|leg| {
            let short = leg.quantity < Decimal::ZERO;
            let inside = facts.price().map(|spot| leg.inside(spot) > Decimal::ZERO);
            // A short option can be assigned on any day; a long one is exercised by itself only
            // at its end, in the money.
            if !short && (leg.days > SOON || inside == Some(false)) {
                return None;
            }
            let near = leg.days <= SOON || inside != Some(false);
            let (lacks, mut says) = match leg.buys() {
                true => self.buying(facts, leg, short),
                false => self.selling(facts, leg, short),
            };
            let against = facts.against(leg).filter(|_| short && lacks);
            if let Some(long) = against {
                says.push_str(&format!(
                    " The {} beside it can be exercised against it on the day of the assignment.",
                    long.name()
                ));
            }
            let tone = match (lacks, near && against.is_none()) {
                (true, true) => Tone::Alarm,
                (true, false) => Tone::Warning,
                (false, _) => Tone::Quiet,
            };
            let title = match lacks {
                true => "IRA: not covered",
                false => "IRA",
            };
            let kind = WarningKind::Retirement;
            Some(facts.warning(kind, tone, title.to_owned(), says, ON_IRAS))
        })
        .collect()
    }

    /// A short put that is assigned, or a long call that is exercised: shares for cash.
    fn buying(&self, facts: &Facts, leg: &OptionLeg, short: bool) -> (bool, String) {
        let cash = leg.cash();
        let mut says = format!(
            "{}: {} {} are bought for {} {} of settled cash.",
            when(leg, short),
            words::number(leg.units().abs()),
            facts.symbol,
            words::money(cash),
            facts.currency
        );
        let need = self.rate.and_then(|rate| product(&[cash, rate]));
        let (Some(need), Some(settled), Some(base)) = (need, self.settled, self.base) else {
            says.push_str(
                " Whether the account has it is not known; what it can't pay for is liquidated.",
            );
            return (true, says);
        };
        let has = words::money(settled);
        if need > settled {
            says.push_str(&format!(
                " It has {has} {base}: what it can't pay for is liquidated. {}",
                to_do(short)
            ));
            return (true, says);
        }
        let together = self.all_puts.unwrap_or(Decimal::MAX);
        if short && leg.right == Right::Put && together > settled {
            let together = self
                .all_puts
                .map_or("an amount that is not known".to_owned(), |sum| {
                    format!("{} {base}", words::money(sum))
                });
            says.push_str(&format!(
                " It has {has} {base}, but all its short puts together need {together}: what it can't pay for is liquidated. {}",
                to_do(short)
            ));
            return (true, says);
        }
        says.push_str(&format!(" It has {has} {base}."));
        (false, says)
    }

    /// A short call that is assigned, or a long put that is exercised: shares away.
    fn selling(&self, facts: &Facts, leg: &OptionLeg, short: bool) -> (bool, String) {
        let units = leg.units().abs();
        let mut says = format!(
            "{}: {} {} are sold at {}.",
            when(leg, short),
            words::number(units),
            facts.symbol,
            words::price(leg.strike)
        );
        match self.shares {
            Some(held) if held >= units => {
                says.push_str(&format!(" The account holds {}.", words::number(held)));
                (false, says)
            }
            Some(held) => {
                says.push_str(&format!(
                    " The account holds {} and can't be short of shares: the position is liquidated. {}",
                    words::number(held),
                    to_do(short)
                ));
                (true, says)
            }
            None => {
                says.push_str(
                    " How many the account holds is not known; it can't be short of shares.",
                );
                (true, says)
            }
        }
    }
}

fn when(leg: &OptionLeg, short: bool) -> String {
    match short {
        true => format!("If the {} is assigned", leg.name()),
        false => format!(
            "If the {} is in the money at its end on {} it is exercised",
            leg.name(),
            leg.expiry
        ),
    }
}

fn to_do(short: bool) -> &'static str {
    match short {
        true => "Buy it back in time.",
        false => "Sell it before its last day ends.",
    }
}
