//! Which strikes a series has: close together near the price at the scenario's start, wider further out.

use super::classes::{Class, Unit};
use super::expiries::Kind;
use super::number::STRIKES;

/// A band of strikes: as far from the price as this fraction, this many units apart.
type Band = (f64, i32);

/// Strikes in the class's unit, lowest first, for an underlying that opened at `base`.
pub(super) fn strikes(class: &Class, base: f64, kind: Kind) -> Vec<i32> {
    let unit = class.unit.size();
    let centre = base / unit;
    let mut found: Vec<i32> = Vec::new();
    for (reach, step) in bands(class, base, kind) {
        let lowest = ((centre * (1.0 - reach)).max(1.0) / f64::from(step)).ceil() as i32 * step;
        let highest = ((centre * (1.0 + reach)) / f64::from(step)).floor() as i32 * step;
        let mut strike = lowest.max(step);
        while strike <= highest.min(STRIKES - 1) {
            found.push(strike);
            strike += step;
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn bands(class: &Class, base: f64, kind: Kind) -> Vec<Band> {
    let far: f64 = match kind {
        Kind::Daily => 0.12,
        Kind::Weekly => 0.25,
        Kind::Monthly | Kind::Quarterly => 0.45,
        Kind::Leaps => 0.65,
    };
    // Units apart near the price, further out, at the ends.
    let (near, wide, ends) = match class.unit {
        Unit::Five => (1, 5, 20),
        Unit::Half => match base {
            b if b < 25.0 => (1, 2, 2),
            b if class.is_tight(b) => (2, 10, 10),
            b if b < 100.0 => (2, 5, 10),
            b if b < 500.0 => (5, 10, 20),
            _ => (10, 20, 40),
        },
    };
    match kind {
        Kind::Daily | Kind::Weekly => vec![(far.min(0.12), near), (far, wide)],
        Kind::Monthly | Kind::Quarterly => vec![(0.15, near), (0.30, wide), (far, ends)],
        Kind::Leaps => vec![(0.10, near.max(wide / 2)), (0.40, wide), (far, ends)],
    }
}

impl Class {
    /// Funds have strikes a dollar apart at any price.
    fn is_tight(&self, base: f64) -> bool {
        self.ticks == super::classes::Ticks::Cent && base >= 25.0
    }
}
