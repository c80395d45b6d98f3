//! The normal distribution.

use implied_vol::{DefaultSpecialFn, SpecialFn};
use std::f64::consts::TAU;

/// The density.
pub(in crate::options) fn density(x: f64) -> f64 {
    (-0.5 * x * x).exp() / TAU.sqrt()
}

/// The chance of at most `x`.
pub(in crate::options) fn below(x: f64) -> f64 {
    DefaultSpecialFn::norm_cdf(x)
}

/// What a chance is the chance of being below.
pub(in crate::options) fn quantile(chance: f64) -> f64 {
    DefaultSpecialFn::inverse_norm_cdf(chance)
}
