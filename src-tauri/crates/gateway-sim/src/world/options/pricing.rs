//! Black and Scholes with a continuous dividend yield: price, greeks and the way back to volatility.

/// What an option's value depends on. Years and volatility above 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Inputs {
    pub(super) call: bool,
    /// Whether it may be exercised before its end; then it is worth at least what that gives.
    pub(super) american: bool,
    pub(super) spot: f64,
    pub(super) strike: f64,
    /// Time left in years.
    pub(super) years: f64,
    /// Continuous interest a year.
    pub(super) rate: f64,
    /// Continuous dividends a year.
    pub(super) dividend: f64,
    /// Volatility a year, 0.2 for 20 %.
    pub(super) volatility: f64,
}

/// Value and sensitivities of one option on one unit of the underlying.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Value {
    pub(super) price: f64,
    pub(super) delta: f64,
    pub(super) gamma: f64,
    /// For one point of volatility (0.01).
    pub(super) vega: f64,
    /// For one calendar day.
    pub(super) theta: f64,
}

/// Days that theta and time to expiry count in a year.
pub(super) const DAYS: f64 = 365.0;
const ROOT_TWO_PI: f64 = 2.506_628_274_631_000_7;
/// Volatilities are looked for between these.
const VOLATILITIES: (f64, f64) = (0.001, 9.0);

impl Inputs {
    pub(super) fn intrinsic(&self) -> f64 {
        let gain = self.spot - self.strike;
        if self.call { gain } else { -gain }.max(0.0)
    }

    fn discounts(&self) -> (f64, f64) {
        (
            (-self.dividend * self.years).exp(),
            (-self.rate * self.years).exp(),
        )
    }

    /// The value if it could not be exercised early.
    pub(super) fn european(&self) -> Value {
        let (carried, discount) = self.discounts();
        let deviation = self.volatility * self.years.sqrt();
        let forward_edge = (self.spot * carried / (self.strike * discount)).ln();
        let up = forward_edge / deviation + deviation / 2.0;
        let down = up - deviation;
        let sign = if self.call { 1.0 } else { -1.0 };
        let (stock, cash) = (
            self.spot * carried * normal(sign * up),
            self.strike * discount * normal(sign * down),
        );
        let slope = density(up);
        let decay = -self.spot * carried * slope * self.volatility / (2.0 * self.years.sqrt());
        Value {
            price: (sign * (stock - cash)).max(0.0),
            delta: sign * carried * normal(sign * up),
            gamma: carried * slope / (self.spot * deviation),
            vega: self.spot * carried * slope * self.years.sqrt() / 100.0,
            theta: (decay + sign * (self.dividend * stock - self.rate * cash)) / DAYS,
        }
    }

    /// The value, early exercise included.
    pub(super) fn value(&self) -> Value {
        let value = self.european();
        let intrinsic = self.intrinsic();
        if !self.american || value.price >= intrinsic {
            return value;
        }
        Value {
            price: intrinsic,
            delta: if self.call { 1.0 } else { -1.0 },
            gamma: 0.0,
            vega: 0.0,
            theta: 0.0,
        }
    }

    /// The volatility at which the option is worth `price`; `None` when there is none.
    pub(super) fn implied(&self, price: f64) -> Option<f64> {
        let at = |volatility: f64| {
            Self {
                volatility,
                ..*self
            }
            .european()
            .price
        };
        let (mut low, mut high) = VOLATILITIES;
        if !price.is_finite() || price <= at(low) || price >= at(high) {
            return None;
        }
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            if at(middle) < price {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some((low + high) / 2.0)
    }
}

fn density(x: f64) -> f64 {
    (-x * x / 2.0).exp() / ROOT_TWO_PI
}

/// The standard normal distribution, by Hart's rational approximation (double precision).
fn normal(x: f64) -> f64 {
    const ABOVE: [f64; 7] = [
        3.526_249_659_989_11e-2,
        0.700_383_064_443_688,
        6.373_962_203_531_65,
        33.912_866_078_383,
        112.079_291_497_871,
        221.213_596_169_931,
        220.206_867_912_376,
    ];
    const BELOW: [f64; 8] = [
        8.838_834_764_831_84e-2,
        1.755_667_163_182_64,
        16.064_177_579_207,
        86.780_732_202_946_1,
        296.564_248_779_674,
        637.333_633_378_831,
        793.826_512_519_948,
        440.413_735_824_752,
    ];
    let size = x.abs();
    let polynomial = |terms: &[f64]| terms.iter().fold(0.0, |sum, term| sum * size + term);
    let tail = if size > 37.0 {
        0.0
    } else if size < 7.071_067_811_865_47 {
        (-size * size / 2.0).exp() * polynomial(&ABOVE) / polynomial(&BELOW)
    } else {
        let fraction = (1..=4)
            .rev()
            .fold(size + 0.65, |below, n| size + f64::from(n) / below);
        (-size * size / 2.0).exp() / fraction / ROOT_TWO_PI
    };
    if x > 0.0 { 1.0 - tail } else { tail }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(call: bool, strike: f64) -> Inputs {
        Inputs {
            call,
            american: false,
            spot: 100.0,
            strike,
            years: 0.5,
            rate: 0.04,
            dividend: 0.01,
            volatility: 0.25,
        }
    }

    #[test]
    fn the_normal_distribution_has_its_known_values() {
        for (x, known) in [
            (0.0, 0.5),
            (1.0, 0.841_344_746_068_543),
            (-1.96, 0.024_997_895_148_220_4),
        ] {
            assert!((normal(x) - known).abs() < 1e-12, "{x}");
        }
        assert!((normal(-8.0) - 6.220_960_574_271_785e-16).abs() < 1e-20);
    }

    #[test]
    fn greeks_are_the_slopes_of_the_price() {
        for call in [true, false] {
            for strike in [70.0, 95.0, 100.0, 140.0] {
                let base = inputs(call, strike);
                let value = base.european();
                let price = |change: fn(&mut Inputs, f64), by: f64| {
                    let mut moved = base;
                    change(&mut moved, by);
                    moved.european().price
                };
                let slope = |change: fn(&mut Inputs, f64), by: f64| {
                    (price(change, by) - price(change, -by)) / (2.0 * by)
                };
                let delta = slope(|i, by| i.spot += by, 0.01);
                let bend = (price(|i, by| i.spot += by, 0.01) - 2.0 * value.price
                    + price(|i, by| i.spot += by, -0.01))
                    / 0.0001;
                let vega = slope(|i, by| i.volatility += by, 1e-4) / 100.0;
                let theta = -slope(|i, by| i.years += by, 1e-5) / DAYS;
                for (name, one, other) in [
                    ("delta", value.delta, delta),
                    ("vega", value.vega, vega),
                    ("theta", value.theta, theta),
                ] {
                    assert!(
                        (one - other).abs() < 1e-6,
                        "{name} {call} {strike}: {one} {other}"
                    );
                }
                assert!(
                    (value.gamma - bend).abs() < 1e-4,
                    "gamma {} {bend}",
                    value.gamma
                );
            }
        }
    }

    #[test]
    fn a_call_less_a_put_is_the_forward() {
        for strike in [50.0, 100.0, 180.0] {
            let (call, put) = (inputs(true, strike), inputs(false, strike));
            let (carried, discount) = call.discounts();
            let forward = 100.0 * carried - strike * discount;
            assert!((call.european().price - put.european().price - forward).abs() < 1e-9);
        }
    }

    #[test]
    fn volatility_is_found_again_from_the_price() {
        for call in [true, false] {
            for strike in [80.0, 100.0, 130.0] {
                let one = inputs(call, strike);
                let found = one.implied(one.european().price).expect("a volatility");
                assert!((found - 0.25).abs() < 1e-9, "{found}");
            }
        }
        assert_eq!(
            inputs(true, 80.0).implied(1.0),
            None,
            "below what it is worth at no volatility"
        );
        assert_eq!(inputs(true, 80.0).implied(f64::NAN), None);
    }
}
