//! A binomial lattice after Leisen and Reimer, whose error falls with the square of its steps.
//! Takes early exercise and cash dividends.
//!
//! With cash dividends the lattice is that of the price without their present value, which is
//! added again where exercise is considered (the escrowed model).

use super::{CashDividend, Exercise, Market, Terms};
use gatehouse_domain::derivative::Right;

/// The steps of a valuation in everyday use; odd, as the method needs. More with dividends in
/// cash, because exercise falls on their days.
pub(super) fn steps(market: &Market, years: f64) -> usize {
    if market.has_cash(years) { 151 } else { 101 }
}

/// Below this deviation over an option's life its outcome counts as certain.
pub(super) const LEAST_DEVIATION: f64 = 1e-6;

/// The value by this many steps; made odd when they are even. Years and volatility above zero.
#[must_use]
pub fn price(terms: &Terms, market: &Market, volatility: f64, years: f64, steps: usize) -> f64 {
    Lattice::new(terms, market, volatility, years, steps).map_or_else(
        || super::certain(terms, market, years),
        |lattice| lattice.fold(0)[0],
    )
}

/// A value and its first two slopes by the underlying's price.
pub(super) struct Shape {
    pub(super) price: f64,
    pub(super) delta: f64,
    pub(super) gamma: f64,
}

/// The value with its slopes; `None` when the outcome is as good as certain. The lattice begins
/// two steps before now, so that now it knows the value at three prices, the middle one today's.
pub(super) fn shape(terms: &Terms, market: &Market, volatility: f64, years: f64) -> Option<Shape> {
    let lattice = Lattice::new(terms, market, volatility, years, steps(market, years))?;
    let [low, price, high] = lattice.fold(2)[..] else {
        return None;
    };
    let (above, below) = (
        lattice.start * (lattice.rise / lattice.fall - 1.0),
        lattice.start * (1.0 - lattice.fall / lattice.rise),
    );
    let (rising, falling) = ((high - price) / above, (price - low) / below);
    Some(Shape {
        price,
        delta: (rising * below + falling * above) / (above + below),
        gamma: 2.0 * (rising - falling) / (above + below),
    })
}

struct Lattice<'a> {
    terms: &'a Terms,
    rate: f64,
    dividends: Vec<&'a CashDividend>,
    /// The price without the dividends' present value.
    start: f64,
    steps: usize,
    step: f64,
    rise: f64,
    fall: f64,
    weigh_up: f64,
    weigh_down: f64,
}

impl<'a> Lattice<'a> {
    fn new(
        terms: &'a Terms,
        market: &'a Market,
        volatility: f64,
        years: f64,
        steps: usize,
    ) -> Option<Self> {
        let steps = steps.max(3) | 1;
        let count = steps as f64;
        let step = years / count;
        let carry = market.cost_of_carry();
        let deviation = volatility * years.sqrt();
        let start = market.price - market.cash_value(years);
        let distance = ((start / terms.strike).ln() + carry * years) / deviation;
        let chance = peizer_pratt(distance - deviation / 2.0, count);
        let with_stock = peizer_pratt(distance + deviation / 2.0, count);
        let growth = (carry * step).exp();
        let rise = growth * with_stock / chance;
        let fall = growth * (1.0 - with_stock) / (1.0 - chance);
        let discount = (-market.rate * step).exp();
        let sound = rise.is_normal() && fall.is_normal() && rise > fall;
        sound.then(|| Self {
            terms,
            rate: market.rate,
            dividends: market.within(years).collect(),
            start,
            steps,
            step,
            rise,
            fall,
            weigh_up: discount * chance,
            weigh_down: discount * (1.0 - chance),
        })
    }

    /// The values now, by rising price, when the lattice begins so many steps earlier (an even
    /// number, or none).
    fn fold(&self, earlier: usize) -> Vec<f64> {
        let sign = match self.terms.right {
            Right::Call => 1.0,
            Right::Put => -1.0,
        };
        let american = self.terms.exercise == Exercise::American;
        let (spread, back) = (self.rise / self.fall, 1.0 / self.fall);
        let nodes = self.steps + earlier + 1;
        // So far down that the middle of the first row is today's price.
        let lowest =
            self.start * self.fall.powf(self.steps as f64) * spread.powf(-(earlier as f64) / 2.0);
        let mut prices: Vec<f64> = (0..nodes)
            .scan(lowest, |at, _| {
                let here = *at;
                *at *= spread;
                Some(here)
            })
            .collect();
        let strike_at = |level: usize| {
            let to_come = if american {
                self.to_come(level as f64 * self.step - sign * self.step / 2.0)
            } else {
                0.0
            };
            sign * (self.terms.strike - to_come)
        };
        let last = strike_at(self.steps);
        let mut values: Vec<f64> = prices
            .iter()
            .map(|at| (sign * at - last).max(0.0))
            .collect();
        let mut next = values.clone();
        for level in (0..self.steps).rev() {
            let strike = if american {
                strike_at(level)
            } else {
                f64::INFINITY
            };
            let count = level + earlier + 1;
            let rows = next[..count]
                .iter_mut()
                .zip(&mut prices[..count])
                .zip(values[..count].iter().zip(&values[1..=count]));
            for ((next, price), (down, up)) in rows {
                *price *= back;
                let held = self.weigh_up * up + self.weigh_down * down;
                let exercised = sign * *price - strike;
                // Not `max`, which is slower here.
                *next = if held > exercised { held } else { exercised };
            }
            std::mem::swap(&mut values, &mut next);
        }
        values.truncate(earlier + 1);
        values
    }

    /// What the dividends after this moment are worth at it. A call is exercised just before a
    /// dividend and a put just after it, which lies between two levels: the nearer one stands
    /// for it, so that the moment that is asked for is half a step aside.
    fn to_come(&self, now: f64) -> f64 {
        self.dividends
            .iter()
            .filter(|dividend| dividend.years > now)
            .map(|dividend| dividend.amount * (-self.rate * (dividend.years - now)).exp())
            .sum()
    }
}

/// Peizer and Pratt's second inversion: the chance that makes a binomial of `count` meet the
/// normal distribution.
fn peizer_pratt(x: f64, count: f64) -> f64 {
    let scaled = x / (count + 1.0 / 3.0 + 0.1 / (count + 1.0));
    let inside = 1.0 - (-scaled * scaled * (count + 1.0 / 6.0)).exp();
    0.5 + 0.5_f64.copysign(x) * inside.sqrt()
}
