//! What legs can come to.
//!
//! - [`expiry`]: the profit when all of them end together. Exact, in `Decimal`.
//! - [`dated`]: the profit on any date, also with several expiries. A model, in `f64`.
//! - [`chance`]: how likely prices and profits are when the price moves at random. A model.
//! - [`option`]: the figures of one option.
//!
//! Deliberately not here: margin, commissions (other than in the entry prices that are given),
//! dividends that held stock pays on the way, and assignment before the end.

pub mod chance;
pub mod dated;
pub mod expiry;
pub mod option;
