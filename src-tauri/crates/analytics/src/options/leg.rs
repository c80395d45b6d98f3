//! A leg: something bought or sold, so many for one strategy, at a price that may be known.

use gatehouse_domain::Decimal;
use gatehouse_domain::contract::{Contract, SecurityKind};
use gatehouse_domain::derivative::{Expiry, Right};
use gatehouse_domain::draft::Side;
use rust_decimal::prelude::ToPrimitive;

/// Prices and quantities that any leg may have; beyond them sums could overflow.
const MOST: i64 = 1_000_000_000;
/// Digits after the point, for the same reason.
const DIGITS: u32 = 9;

/// An option of a strategy: what is the same for every leg is not said here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OptionKind {
    /// Call or put.
    pub right: Right,
    /// The strike.
    pub strike: Decimal,
    /// The last day.
    pub expiry: Expiry,
}

/// What a leg is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LegKind {
    /// The underlying itself.
    Stock,
    /// An option on it.
    Option(OptionKind),
}

impl LegKind {
    /// What a contract is as a leg: an index stands for what it is of. `None` for anything but
    /// an option whose terms are known, a stock or an index; what an adjusted option delivers is
    /// not.
    #[must_use]
    pub fn of(contract: &Contract) -> Option<Self> {
        match contract.kind {
            SecurityKind::Stock | SecurityKind::Index => Some(Self::Stock),
            SecurityKind::Option if !contract.is_adjusted() => {
                let derivative = contract.derivative?;
                let terms = derivative.option?;
                Some(Self::Option(OptionKind {
                    right: terms.right,
                    strike: terms.strike.get(),
                    expiry: derivative.expiry,
                }))
            }
            _ => None,
        }
    }
}

/// Why something is no leg. The sentence says what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LegError {
    /// A ratio of zero, or too large.
    #[error("A ratio has to be above zero.")]
    Ratio,
    /// A multiplier that is zero or below, or too large.
    #[error("A multiplier has to be above zero.")]
    Multiplier,
    /// A strike that is zero or below, or too large.
    #[error("A strike has to be above zero.")]
    Strike,
    /// An entry price that is too large, or has too many digits.
    #[error("An entry price has to be a price.")]
    Entry,
}

/// One leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Leg {
    kind: LegKind,
    side: Side,
    ratio: u32,
    multiplier: Decimal,
    entry: Option<Decimal>,
}

impl Leg {
    /// A leg of `ratio` contracts (or shares) with this many units of the underlying in each:
    /// 100 for most options, 1 for a share. `entry` is the price of one unit, as quoted; for
    /// what is held it is the average cost divided by the multiplier.
    ///
    /// # Errors
    /// When a figure is not above zero, or beyond what can be reckoned with exactly.
    pub fn new(
        kind: LegKind,
        side: Side,
        ratio: u32,
        multiplier: Decimal,
        entry: Option<Decimal>,
    ) -> Result<Self, LegError> {
        let most = Decimal::from(MOST);
        let fits = |value: Decimal| value.abs() <= most && value.normalize().scale() <= DIGITS;
        let above_zero = |value: Decimal| value > Decimal::ZERO && fits(value);
        if ratio == 0 || Decimal::from(ratio) > most {
            return Err(LegError::Ratio);
        }
        if !above_zero(multiplier) {
            return Err(LegError::Multiplier);
        }
        if let LegKind::Option(option) = kind
            && !above_zero(option.strike)
        {
            return Err(LegError::Strike);
        }
        // An average cost carries more digits than any price.
        let entry = entry.map(|price| price.round_dp(DIGITS));
        if !entry.is_none_or(fits) {
            return Err(LegError::Entry);
        }
        Ok(Self {
            kind,
            side,
            ratio,
            multiplier: multiplier.normalize(),
            entry,
        })
    }

    /// A position as a leg, at its average cost, which IBKR tells of a whole contract. `None`
    /// when it is nothing, of no whole number, or can't be a leg.
    #[must_use]
    pub fn held(contract: &Contract, quantity: Decimal, cost: Option<Decimal>) -> Option<Self> {
        let count = quantity.abs().to_u32()?;
        if Decimal::from(count) != quantity.abs() {
            return None;
        }
        let side = match quantity > Decimal::ZERO {
            true => Side::Buy,
            false => Side::Sell,
        };
        let entry = match cost {
            Some(cost) => Some(cost.checked_div(contract.multiplier)?),
            None => None,
        };
        Self::new(
            LegKind::of(contract)?,
            side,
            count,
            contract.multiplier,
            entry,
        )
        .ok()
    }

    /// What it is of.
    #[must_use]
    pub fn kind(&self) -> LegKind {
        self.kind
    }

    /// The option, if it is one.
    #[must_use]
    pub fn option(&self) -> Option<OptionKind> {
        match self.kind {
            LegKind::Stock => None,
            LegKind::Option(option) => Some(option),
        }
    }

    /// Bought or sold.
    #[must_use]
    pub fn side(&self) -> Side {
        self.side
    }

    /// How many contracts or shares.
    #[must_use]
    pub fn ratio(&self) -> u32 {
        self.ratio
    }

    /// Units of the underlying in each.
    #[must_use]
    pub fn multiplier(&self) -> Decimal {
        self.multiplier
    }

    /// What one unit cost or brought, when known.
    #[must_use]
    pub fn entry(&self) -> Option<Decimal> {
        self.entry
    }

    /// Units of the underlying, negative when sold.
    #[must_use]
    pub fn units(&self) -> Decimal {
        Decimal::from(self.ratio) * self.multiplier * self.side.sign()
    }

    /// The same with the other side.
    #[must_use]
    pub fn turned(self) -> Self {
        Self {
            side: self.side.opposite(),
            ..self
        }
    }

    /// The same at this entry price, or at none.
    ///
    /// # Errors
    /// When it is no price.
    pub fn at(self, entry: Option<Decimal>) -> Result<Self, LegError> {
        Self::new(self.kind, self.side, self.ratio, self.multiplier, entry)
    }
}
