//! Options on stocks, funds and the index.
//!
//! Nothing of a chain is stored: which expiries and strikes exist follows from the scenario's start and
//! the underlying's opening price, a contract's number from its terms ([`number`]), and every price from
//! the underlying's market, the time and one volatility surface ([`surface`]). What is kept in the world
//! is what clients did: quotes set by hand, displayed size that was taken, exercises waived.
//!
//! Deliberately simple: one flat interest rate, a dividend yield in place of dates, American options
//! worth at least what exercising gives.

mod board;
mod chain;
mod classes;
mod expiries;
mod instrument;
mod ladder;
mod lifecycle;
mod margin;
mod number;
mod past;
mod pricing;
mod surface;
mod view;

pub(super) use board::Desk;
pub(super) use chain::Chains;

pub(super) use margin::{Leg, Requirement, requirement};
pub(super) use number::ALL as NUMBERS;
pub(super) use past::{past, sides};

pub(super) use classes::yields;
pub(super) use expiries::open_day;

pub use chain::OptionChain;
pub use instrument::{OptionTerms, Right, Settlement, Style};
pub use lifecycle::ExerciseAction;
pub(super) use view::{
    activity, few, futures_open, on_underlying, plenty, price_at, view, volatility_at,
};

pub use view::{Computation, OptionActivity, OptionView, UnderlyingActivity};
