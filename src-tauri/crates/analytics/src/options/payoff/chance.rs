//! How likely prices and profits are, when the price's logarithm moves at random with one
//! volatility (a model). The drift is the rate less the yield: what the options' own prices
//! stand for, not what anybody expects of the stock.

use crate::options::model::normal;

/// The prices of a later moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lognormal {
    price: f64,
    /// The mean move of the logarithm by then.
    drift: f64,
    /// Its deviation, above zero.
    deviation: f64,
}

/// A profit by price: straight between its points, flat below the first of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    points: Vec<(f64, f64)>,
    last_slope: f64,
}

impl Lognormal {
    /// From today's price, a volatility a year, the years, and the growth a year (rate less
    /// yield). `None` without a price, time or volatility above zero.
    #[must_use]
    pub fn new(price: f64, volatility: f64, years: f64, growth: f64) -> Option<Self> {
        let deviation = volatility * years.sqrt();
        let drift = (growth - volatility * volatility / 2.0) * years;
        let sound = price > 0.0
            && price.is_finite()
            && volatility > 0.0
            && deviation.is_normal()
            && drift.is_finite();
        sound.then_some(Self {
            price,
            drift,
            deviation,
        })
    }

    /// The mean price.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.price * (self.drift + self.deviation * self.deviation / 2.0).exp()
    }

    /// The chance to end at or below a price.
    #[must_use]
    pub fn below(&self, price: f64) -> f64 {
        normal::below(self.standard(price))
    }

    /// The chance to end above a price: in the money, for a call of that strike.
    #[must_use]
    pub fn above(&self, price: f64) -> f64 {
        normal::below(-self.standard(price))
    }

    /// The chance to reach a price at any time until then.
    #[must_use]
    pub fn touches(&self, price: f64) -> f64 {
        if price <= 0.0 {
            return 0.0;
        }
        let away = (price / self.price).ln();
        if away == 0.0 {
            return 1.0;
        }
        let (away, drift) = (away.abs(), self.drift * away.signum());
        let direct = normal::below((drift - away) / self.deviation);
        let mirrored = normal::below((-away - drift) / self.deviation);
        let weight = (2.0 * drift * away / (self.deviation * self.deviation)).exp();
        let back = if mirrored == 0.0 {
            0.0
        } else {
            weight * mirrored
        };
        (direct + back).clamp(0.0, 1.0)
    }

    /// The price below which the outcome lies with this chance, within 0 and 1.
    #[must_use]
    pub fn quantile(&self, chance: f64) -> Option<f64> {
        let within = chance > 0.0 && chance < 1.0;
        within.then(|| self.price_at(normal::quantile(chance)))
    }

    /// The prices so many deviations below and above the middle.
    #[must_use]
    pub fn band(&self, deviations: f64) -> (f64, f64) {
        (self.price_at(-deviations), self.price_at(deviations))
    }

    /// One deviation in money, as chains write it: price × volatility × √years.
    #[must_use]
    pub fn one_sigma(&self) -> f64 {
        self.price * self.deviation
    }

    /// Evenly spread prices for a curve, from so many deviations below to as many above.
    #[must_use]
    pub fn spread(&self, deviations: f64, count: usize) -> Vec<f64> {
        let last = count.saturating_sub(1).max(1) as f64;
        (0..count)
            .map(|n| self.price_at(deviations * (2.0 * n as f64 / last - 1.0)))
            .collect()
    }

    /// The chance that a profit is above zero.
    #[must_use]
    pub fn chance_of_profit(&self, lines: &Lines) -> f64 {
        lines
            .pieces()
            .map(|piece| {
                let zero = piece.start - piece.profit / piece.slope;
                let (from, to) = if piece.slope == 0.0 {
                    if piece.profit <= 0.0 {
                        return 0.0;
                    }
                    (piece.start, piece.end)
                } else if piece.slope > 0.0 {
                    (zero.clamp(piece.start, piece.end), piece.end)
                } else {
                    (piece.start, zero.clamp(piece.start, piece.end))
                };
                self.between(from, to)
            })
            .sum::<f64>()
            .clamp(0.0, 1.0)
    }

    /// The mean profit.
    #[must_use]
    pub fn expected_profit(&self, lines: &Lines) -> f64 {
        lines
            .pieces()
            .map(|piece| {
                let level = piece.profit - piece.slope * piece.start;
                // A slope of zero times an end that is infinite is no number.
                let sloped = if piece.slope == 0.0 {
                    0.0
                } else {
                    piece.slope * self.mean_between(piece.start, piece.end)
                };
                sloped + level * self.between(piece.start, piece.end)
            })
            .sum()
    }

    fn between(&self, from: f64, to: f64) -> f64 {
        (self.below(to) - self.below(from)).max(0.0)
    }

    /// The mean of the price where it lies between, and zero elsewhere.
    fn mean_between(&self, from: f64, to: f64) -> f64 {
        let below = |price: f64| normal::below(self.standard(price) - self.deviation);
        self.mean() * (below(to) - below(from))
    }

    fn standard(&self, price: f64) -> f64 {
        if price <= 0.0 {
            return f64::NEG_INFINITY;
        }
        ((price / self.price).ln() - self.drift) / self.deviation
    }

    fn price_at(&self, deviations: f64) -> f64 {
        self.price * (self.drift + self.deviation * deviations).exp()
    }
}

struct Piece {
    start: f64,
    end: f64,
    profit: f64,
    slope: f64,
}

impl Lines {
    /// Through these points, by rising price, and on with this slope. `None` when there are none,
    /// they do not rise, or something is not a number.
    #[must_use]
    pub fn new(points: Vec<(f64, f64)>, last_slope: f64) -> Option<Self> {
        let numbers = points
            .iter()
            .all(|(price, profit)| price.is_finite() && *price >= 0.0 && profit.is_finite());
        let rises = points.windows(2).all(|two| two[0].0 < two[1].0);
        let sound = !points.is_empty() && numbers && rises && last_slope.is_finite();
        sound.then_some(Self { points, last_slope })
    }

    /// The points.
    #[must_use]
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    fn pieces(&self) -> impl Iterator<Item = Piece> + '_ {
        let before = self.points.first().map(|&(start, profit)| Piece {
            start: 0.0,
            end: start,
            profit,
            slope: 0.0,
        });
        let inner = self.points.windows(2).map(|two| Piece {
            start: two[0].0,
            end: two[1].0,
            profit: two[0].1,
            slope: (two[1].1 - two[0].1) / (two[1].0 - two[0].0),
        });
        let after = self.points.last().map(|&(start, profit)| Piece {
            start,
            end: f64::INFINITY,
            profit,
            slope: self.last_slope,
        });
        before.into_iter().chain(inner).chain(after)
    }
}

#[cfg(test)]
mod tests;
