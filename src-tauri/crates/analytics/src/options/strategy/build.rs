//! Legs from a strategy's name, its expiries and strikes.

mod choose;
mod words;

pub use choose::{Rung, sensible_strikes};

use crate::options::leg::{Leg, LegError, LegKind, OptionKind};
use gatehouse_domain::Decimal;
use gatehouse_domain::derivative::{Expiry, Right};
use gatehouse_domain::draft::Side;
use rust_decimal::prelude::ToPrimitive;

/// A strategy that can be asked for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Plan {
    Single,
    CoveredCall,
    CashSecuredPut,
    ProtectivePut,
    Collar,
    Vertical,
    Straddle,
    Strangle,
    Butterfly,
    IronButterfly,
    Condor,
    IronCondor,
    Calendar,
    Diagonal,
    Ratio,
    Box,
}

use Plan::{
    Box as LoanBox, Butterfly, Calendar, CashSecuredPut, Collar, Condor, CoveredCall, Diagonal,
    IronButterfly, IronCondor, ProtectivePut, Ratio, Single, Straddle, Strangle, Vertical,
};

/// All of them, in the order of a menu.
pub const PLANS: [Plan; 16] = [
    Single,
    CoveredCall,
    CashSecuredPut,
    ProtectivePut,
    Collar,
    Vertical,
    Straddle,
    Strangle,
    Butterfly,
    IronButterfly,
    Condor,
    IronCondor,
    Calendar,
    Diagonal,
    Ratio,
    LoanBox,
];

/// The right of a leg: one of both, or the one that is chosen.
#[derive(Clone, Copy)]
enum Of {
    Call,
    Put,
    Chosen,
}

/// One option leg: ratio (negative when sold), strike and expiry by their place in the parameters.
type Pattern = (i8, Of, usize, usize);

/// An option leg whose strike and expiry are named by their place in the parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LegPlace {
    pub side: Side,
    pub ratio: u32,
    /// `None` for the one that is chosen.
    pub right: Option<Right>,
    pub strike: usize,
    pub expiry: usize,
}

impl Plan {
    /// As the page names it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Single => "single",
            CoveredCall => "coveredCall",
            CashSecuredPut => "cashSecuredPut",
            ProtectivePut => "protectivePut",
            Collar => "collar",
            Vertical => "vertical",
            Straddle => "straddle",
            Strangle => "strangle",
            Butterfly => "butterfly",
            IronButterfly => "ironButterfly",
            Condor => "condor",
            IronCondor => "ironCondor",
            Calendar => "calendar",
            Diagonal => "diagonal",
            Ratio => "ratio",
            LoanBox => "box",
        }
    }

    /// The plan of this name.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        PLANS.into_iter().find(|plan| plan.id() == id)
    }

    /// How many strikes it takes.
    #[must_use]
    pub fn strikes(self) -> usize {
        self.offsets().len()
    }

    /// How many expiries it takes: the nearer one first.
    #[must_use]
    pub fn expiries(self) -> usize {
        if matches!(self, Calendar | Diagonal) {
            2
        } else {
            1
        }
    }

    /// Whether its strikes have to rise from one to the next.
    #[must_use]
    pub fn rises(self) -> bool {
        !matches!(self, Vertical | Diagonal | Ratio)
    }

    /// Whether calls or puts are chosen.
    #[must_use]
    pub fn chooses_right(self) -> bool {
        self.pattern()
            .iter()
            .any(|(_, of, _, _)| matches!(of, Of::Chosen))
    }

    /// Whether shares belong to it.
    #[must_use]
    pub fn has_stock(self) -> bool {
        matches!(self, CoveredCall | ProtectivePut | Collar)
    }

    /// Its option legs as places to be filled, when it is bought.
    pub fn places(self) -> impl Iterator<Item = LegPlace> {
        self.pattern()
            .iter()
            .map(|&(ratio, of, strike, expiry)| LegPlace {
                side: if ratio > 0 { Side::Buy } else { Side::Sell },
                ratio: u32::from(ratio.unsigned_abs()),
                right: match of {
                    Of::Call => Some(Right::Call),
                    Of::Put => Some(Right::Put),
                    Of::Chosen => None,
                },
                strike,
                expiry,
            })
    }

    fn pattern(self) -> &'static [Pattern] {
        use Of::{Call, Chosen, Put};
        match self {
            Single => &[(1, Chosen, 0, 0)],
            CoveredCall => &[(-1, Call, 0, 0)],
            CashSecuredPut => &[(-1, Put, 0, 0)],
            ProtectivePut => &[(1, Put, 0, 0)],
            Collar => &[(1, Put, 0, 0), (-1, Call, 1, 0)],
            Vertical => &[(1, Chosen, 0, 0), (-1, Chosen, 1, 0)],
            Straddle => &[(1, Call, 0, 0), (1, Put, 0, 0)],
            Strangle => &[(1, Put, 0, 0), (1, Call, 1, 0)],
            Butterfly => &[(1, Chosen, 0, 0), (-2, Chosen, 1, 0), (1, Chosen, 2, 0)],
            IronButterfly => &[
                (1, Put, 0, 0),
                (-1, Put, 1, 0),
                (-1, Call, 1, 0),
                (1, Call, 2, 0),
            ],
            Condor => &[
                (1, Chosen, 0, 0),
                (-1, Chosen, 1, 0),
                (-1, Chosen, 2, 0),
                (1, Chosen, 3, 0),
            ],
            IronCondor => &[
                (1, Put, 0, 0),
                (-1, Put, 1, 0),
                (-1, Call, 2, 0),
                (1, Call, 3, 0),
            ],
            Calendar => &[(-1, Chosen, 0, 0), (1, Chosen, 0, 1)],
            Diagonal => &[(-1, Chosen, 0, 0), (1, Chosen, 1, 1)],
            Ratio => &[(1, Chosen, 0, 0), (-2, Chosen, 1, 0)],
            LoanBox => &[
                (1, Call, 0, 0),
                (-1, Call, 1, 0),
                (1, Put, 1, 0),
                (-1, Put, 0, 0),
            ],
        }
    }

    /// The deltas that its strikes are chosen by, in hundredths without their sign; a strike
    /// without one lies beyond its neighbour. Nothing for plans around the money.
    fn deltas(self) -> &'static [Option<(Right, i64)>] {
        use Right::{Call, Put};
        match self {
            CoveredCall => &[Some((Call, 30))],
            CashSecuredPut => &[Some((Put, 30))],
            ProtectivePut => &[Some((Put, 25))],
            Collar | Strangle => &[Some((Put, 25)), Some((Call, 25))],
            IronCondor => &[None, Some((Put, 20)), Some((Call, 20)), None],
            _ => &[],
        }
    }

    /// Where its strikes lie around the money, in widths, upward for calls.
    fn offsets(self) -> &'static [i64] {
        match self {
            Single | Straddle | Calendar => &[0],
            CoveredCall => &[1],
            CashSecuredPut | ProtectivePut => &[-1],
            Vertical | Ratio => &[0, 1],
            Diagonal => &[1, 0],
            Collar | Strangle | LoanBox => &[-1, 1],
            Butterfly | IronButterfly => &[-1, 0, 1],
            Condor | IronCondor => &[-2, -1, 1, 2],
        }
    }
}

/// What a plan is made with.
#[derive(Debug, Clone, Copy)]
pub struct Parameters<'a> {
    /// For plans of one right.
    pub right: Right,
    /// `Sell` turns every leg round.
    pub side: Side,
    /// The nearer first.
    pub expiries: &'a [Expiry],
    /// In the plan's order.
    pub strikes: &'a [Decimal],
    /// Units of the underlying in one contract.
    pub multiplier: Decimal,
}

/// Why no legs come of it. The sentence says what to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// Too few or too many strikes.
    #[error("It takes {0} strikes.")]
    Strikes(usize),
    /// Too few or too many expiries.
    #[error("It takes {0} expiries.")]
    Expiries(usize),
    /// Strikes that do not rise.
    #[error("The strikes have to rise from one to the next.")]
    NotRising,
    /// Two strikes that are one.
    #[error("The two strikes are the same.")]
    SameStrike,
    /// The second expiry is not the later one.
    #[error("The second expiry has to be later than the first.")]
    NotLater,
    /// A strike or multiplier that is none, or shares that are no whole number.
    #[error("{0}")]
    Leg(#[from] LegError),
}

/// The legs of a plan, the stock first where there is one. They have no entry prices.
///
/// # Errors
/// What is wrong with the parameters.
pub fn legs(plan: Plan, with: &Parameters<'_>) -> Result<Vec<Leg>, BuildError> {
    if with.strikes.len() != plan.strikes() {
        return Err(BuildError::Strikes(plan.strikes()));
    }
    if with.expiries.len() != plan.expiries() {
        return Err(BuildError::Expiries(plan.expiries()));
    }
    if plan.rises() && !with.strikes.windows(2).all(|pair| pair[0] < pair[1]) {
        return Err(BuildError::NotRising);
    }
    if !plan.rises() && with.strikes.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(BuildError::SameStrike);
    }
    if !with.expiries.windows(2).all(|pair| pair[0] < pair[1]) {
        return Err(BuildError::NotLater);
    }
    let mut legs = Vec::with_capacity(4);
    if plan.has_stock() {
        let whole = Some(with.multiplier).filter(|units| units.fract().is_zero());
        let shares = whole.and_then(|units| units.to_u32());
        let shares = shares.ok_or(LegError::Multiplier)?;
        legs.push(Leg::new(
            LegKind::Stock,
            with.side,
            shares,
            Decimal::ONE,
            None,
        )?);
    }
    for place in plan.places() {
        let kind = LegKind::Option(OptionKind {
            right: place.right.unwrap_or(with.right),
            strike: with.strikes[place.strike],
            expiry: with.expiries[place.expiry],
        });
        let side = match with.side {
            Side::Buy => place.side,
            Side::Sell => place.side.opposite(),
        };
        legs.push(Leg::new(kind, side, place.ratio, with.multiplier, None)?);
    }
    Ok(legs)
}

/// Strikes to begin with: around the strike nearest to the price, `width` rungs apart, downward
/// for puts where a plan has a direction. `None` when the ladder ends before; it has to rise.
#[must_use]
pub fn strikes_around(
    plan: Plan,
    right: Right,
    ladder: &[Decimal],
    price: Decimal,
    width: usize,
) -> Option<Vec<Decimal>> {
    let (middle, _) = ladder
        .iter()
        .enumerate()
        .min_by_key(|(_, strike)| (**strike - price).abs())?;
    let mirrored = right == Right::Put && !plan.rises();
    let (middle, width) = (i64::try_from(middle).ok()?, i64::try_from(width).ok()?);
    plan.offsets()
        .iter()
        .map(|offset| {
            let offset = if mirrored { -offset } else { *offset };
            let rung = middle.checked_add(offset.checked_mul(width)?)?;
            ladder.get(usize::try_from(rung).ok()?).copied()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::recognise;
    use super::*;

    fn expiries() -> [Expiry; 2] {
        [(2026, 12, 18), (2027, 1, 15)].map(|(y, m, d)| Expiry::new(y, m, d).unwrap())
    }

    fn ladder() -> Vec<Decimal> {
        (30..=42).map(|n| Decimal::from(n * 5)).collect()
    }

    fn built(plan: Plan, right: Right, side: Side) -> Vec<Leg> {
        let strikes = strikes_around(plan, right, &ladder(), Decimal::from(181), 2).unwrap();
        let parameters = Parameters {
            right,
            side,
            expiries: &expiries()[..plan.expiries()],
            strikes: &strikes,
            multiplier: Decimal::ONE_HUNDRED,
        };
        legs(plan, &parameters).unwrap()
    }

    #[test]
    fn what_is_built_by_name_is_recognised_by_it() {
        for (plan, name) in [
            (Single, "Long call"),
            (CoveredCall, "Covered call"),
            (CashSecuredPut, "Cash-secured put"),
            (ProtectivePut, "Protective put"),
            (Collar, "Collar"),
            (Vertical, "Bull call spread"),
            (Straddle, "Long straddle"),
            (Strangle, "Long strangle"),
            (Butterfly, "Long call butterfly"),
            (IronButterfly, "Iron butterfly"),
            (Condor, "Long call condor"),
            (IronCondor, "Iron condor"),
            (Calendar, "Long call calendar"),
            (Diagonal, "Long call diagonal"),
            (Ratio, "Call ratio spread, 1 bought against 2 sold"),
            (LoanBox, "Long box"),
        ] {
            let cash = (plan == CashSecuredPut).then(|| Decimal::from(100_000));
            let made = built(plan, Right::Call, Side::Buy);
            assert_eq!(recognise(&made, cash).to_string(), name);
            assert_eq!(Plan::of_id(plan.id()), Some(plan));
            assert_eq!(plan.strike_labels().len(), plan.strikes());
        }
        let bear = built(Vertical, Right::Put, Side::Buy);
        assert_eq!(recognise(&bear, None).to_string(), "Bear put spread");
        let short = built(IronCondor, Right::Call, Side::Sell);
        assert_eq!(recognise(&short, None).to_string(), "Reverse iron condor");
    }

    #[test]
    fn a_ladder_that_ends_too_soon_gives_no_strikes() {
        let ladder = ladder();
        let of = |price: i64, width| {
            strikes_around(IronCondor, Right::Call, &ladder, price.into(), width)
        };
        assert!(of(180, 3).is_some());
        assert_eq!(of(180, 4), None);
        assert_eq!(of(150, 1), None);
        assert_eq!(
            strikes_around(Single, Right::Put, &[], Decimal::TEN, 1),
            None
        );
    }

    #[test]
    fn parameters_that_do_not_fit_are_refused_in_words() {
        let expiries = expiries();
        let strikes: Vec<Decimal> = [180, 170, 190].map(Decimal::from).to_vec();
        let of = |plan, strikes: &[Decimal], expiries: &[Expiry], multiplier| {
            let parameters = Parameters {
                right: Right::Call,
                side: Side::Buy,
                expiries,
                strikes,
                multiplier,
            };
            legs(plan, &parameters).unwrap_err()
        };
        let (one, two, hundred) = (&expiries[..1], &expiries[..], Decimal::ONE_HUNDRED);
        assert_eq!(of(Butterfly, &strikes, one, hundred), BuildError::NotRising);
        assert_eq!(of(Vertical, &strikes, one, hundred), BuildError::Strikes(2));
        assert_eq!(
            of(Straddle, &strikes[..1], two, hundred),
            BuildError::Expiries(1)
        );
        let turned = [expiries[1], expiries[0]];
        assert_eq!(
            of(Calendar, &strikes[..1], &turned, hundred),
            BuildError::NotLater
        );
        let same = [strikes[0], strikes[0]];
        assert_eq!(of(Vertical, &same, one, hundred), BuildError::SameStrike);
        let half = Decimal::new(5, 1);
        assert_eq!(
            of(CoveredCall, &strikes[..1], one, half),
            BuildError::Leg(LegError::Multiplier)
        );
    }
}
