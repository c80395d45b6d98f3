//! What an option's market says of its volatility, and the greeks that follow.

use crate::options::assumed::Assumed;
use crate::options::day_count::{End, Settlement, years_between};
use crate::options::leg::OptionKind;
use crate::options::model::{Exercise, Terms, Valuation, implied_volatility, value};
use crate::options::payoff::dated::LegModel;
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::settlement::{Settles, settlement_day};
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

/// An option's end, and what its market tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionMarket {
    /// When it ends.
    pub end: UnixMillis,
    /// When it may be exercised.
    pub exercise: Exercise,
    /// A year's volatility that the person supposes, as a share: goes before the market's.
    pub supposed: Option<Decimal>,
    /// A year's volatility by the broker's model, as a share.
    pub volatility: Option<Decimal>,
    /// Halfway between bid and offer.
    pub middle: Option<Decimal>,
}

/// The greeks of a position or of one option, by the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Greeks {
    /// A year's volatility that was used, as a share; `None` for several legs.
    pub volatility: Option<Decimal>,
    /// What it is worth.
    pub price: Option<Decimal>,
    /// In units of the underlying.
    pub delta: Option<Decimal>,
    /// The delta's change for one unit of money more.
    pub gamma: Option<Decimal>,
    /// For a day.
    pub theta: Option<Decimal>,
    /// For a point of volatility.
    pub vega: Option<Decimal>,
    /// For a percent of the rate.
    pub rho: Option<Decimal>,
}

impl OptionMarket {
    /// What a US option on this underlying is: those on an index are European, but for those on
    /// the S&P 100 under OEX. Nothing is told yet. `None` for what is no option, ends on no day,
    /// or delivers nobody knows what.
    #[must_use]
    pub fn of(contract: &Contract, underlying: &Contract) -> Option<Self> {
        let derivative = contract.derivative?;
        derivative.option?;
        if contract.is_adjusted() {
            return None;
        }
        let class = contract.option_class().unwrap_or(contract.symbol.as_str());
        Some(Self {
            end: end_of(class, derivative.expiry)?,
            exercise: match underlying.kind {
                SecurityKind::Index if contract.symbol.as_str() != "OEX" => Exercise::European,
                _ => Exercise::American,
            },
            supposed: None,
            volatility: None,
            middle: None,
        })
    }

    /// The model of an option: the volatility that is supposed, else the broker's, else the one
    /// that its price stands for at this spot.
    pub(super) fn model(
        &self,
        option: OptionKind,
        spot: Option<Decimal>,
        assumed: &Assumed,
        now: UnixMillis,
    ) -> Option<LegModel> {
        let told = self.supposed.or(self.volatility);
        let told = told.and_then(|v| v.to_f64());
        let volatility = told.filter(|v| *v > 0.0).or_else(|| {
            let market = assumed.market(spot?.to_f64()?, now);
            let middle = self.middle?.to_f64()?;
            let years = years_between(now, self.end);
            implied_volatility(&self.terms(option)?, &market, middle, years).ok()
        })?;
        Some(LegModel {
            end: self.end,
            exercise: self.exercise,
            volatility,
        })
    }

    /// The greeks of one unit of an option; `None` when its market does not tell them.
    #[must_use]
    pub fn greeks(
        &self,
        option: OptionKind,
        spot: Decimal,
        assumed: &Assumed,
        now: UnixMillis,
    ) -> Option<Greeks> {
        let model = self.model(option, Some(spot), assumed, now)?;
        let market = assumed.market(spot.to_f64()?, now);
        let years = years_between(now, self.end);
        let worth = value(&self.terms(option)?, &market, model.volatility, years).ok()?;
        Some(Greeks {
            volatility: decimal(model.volatility, 6),
            price: decimal(worth.price, 4),
            delta: decimal(worth.delta, 6),
            gamma: decimal(worth.gamma, 6),
            theta: decimal(worth.theta, 6),
            vega: decimal(worth.vega, 6),
            rho: decimal(worth.rho, 6),
        })
    }

    fn terms(&self, option: OptionKind) -> Option<Terms> {
        Some(Terms {
            right: option.right,
            strike: option.strike.to_f64()?,
            exercise: self.exercise,
        })
    }
}

impl Greeks {
    /// Those of several legs together: in units of the underlying and in money.
    pub(super) fn of(net: &Valuation) -> Self {
        Self {
            volatility: None,
            price: decimal(net.price, 2),
            delta: decimal(net.delta, 4),
            gamma: decimal(net.gamma, 4),
            theta: decimal(net.theta, 2),
            vega: decimal(net.vega, 2),
            rho: decimal(net.rho, 2),
        }
    }
}

/// When the US options of a trading class end whose last day of trading is this.
#[must_use]
pub fn end_of(class: &str, last: Expiry) -> Option<UnixMillis> {
    let settlement = match Settles::of(class) {
        Settles::Morning => Settlement::Morning,
        Settles::Afternoon => Settlement::Afternoon { early: false },
    };
    Some(End::in_new_york(settlement_day(class, last), settlement)?.at())
}

/// When trading of shares ends on a day, as it usually does.
#[must_use]
pub fn close_of(day: Expiry) -> Option<UnixMillis> {
    let close = Settlement::Afternoon { early: false };
    Some(End::in_new_york(day, close)?.at())
}

/// Percent as a share.
pub(super) fn share(percent: Decimal) -> f64 {
    percent.to_f64().unwrap_or(f64::NAN) / 100.0
}

pub(in crate::options) fn decimal(value: f64, places: u32) -> Option<Decimal> {
    Decimal::from_f64(value).map(|d| d.round_dp(places))
}
