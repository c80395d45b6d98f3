//! The volatility surface: one smile in standard deviations, one term structure.

use super::super::catalog::Profile;
use super::classes::Class;
use super::pricing::Inputs;

/// Interest a year, continuous.
pub(super) const RATE: f64 = 0.038;
/// Deviations beyond about this many add ever less to the smile.
const SATURATION: f64 = 4.0;

/// Volatility at the money for an option with this many years left.
pub(super) fn at_the_money(profile: &Profile, years: f64) -> f64 {
    let long_run = profile.volatility as f64 / 100.0;
    long_run * (0.98 + 0.10 * (-years / 0.25).exp())
}

/// The volatility that the strike is priced at.
pub(super) fn volatility(
    class: &Class,
    profile: &Profile,
    spot: f64,
    strike: f64,
    years: f64,
) -> f64 {
    let base = at_the_money(profile, years);
    let dividend = dividend(class);
    let forward = spot * ((RATE - dividend) * years).exp();
    let deviations = (strike / forward).ln() / (base * years.sqrt());
    let bounded = deviations / (1.0 + (deviations / SATURATION).powi(2)).sqrt();
    let skew = f64::from(class.skew) / 100.0;
    base * (1.0 - skew * bounded + 0.02 * bounded * bounded).max(0.3)
}

pub(super) fn dividend(class: &Class) -> f64 {
    f64::from(class.dividend) / 10_000.0
}

/// Everything that prices one option of the class.
pub(super) fn inputs(
    class: &Class,
    profile: &Profile,
    call: bool,
    spot: f64,
    strike: f64,
    years: f64,
) -> Inputs {
    Inputs {
        call,
        american: class.style == super::instrument::Style::American,
        spot,
        strike,
        years,
        rate: RATE,
        dividend: dividend(class),
        volatility: volatility(class, profile, spot, strike, years),
    }
}
