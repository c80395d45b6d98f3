//! Options: what they are worth, what they can come to, and what several of them make together.
//!
//! Two kinds of number, never mixed. What holds at expiry (profit, breakevens, the most and the
//! least) is exact and `Decimal`. Everything before it comes from a *model* and is `f64`; whoever
//! shows it marks it as such ([`Source::Model`](gatehouse_domain::observed::Source)).
//!
//! Deliberately not here: where prices, rates and dividends come from; margin; orders.

pub mod assumed;
pub mod day_count;
pub mod expected_move;
pub mod leg;
pub mod model;
pub mod payoff;
pub mod picture;
pub mod prospects;
pub mod strategy;
pub mod volatility_rank;
