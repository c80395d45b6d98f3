//! The desk's [`Broker`](gatehouse_desk::port::broker::Broker) port over the socket of TWS and
//! IB Gateway, spoken through the `ibapi` crate.
//!
//! [`Tws::start`] gives a handle and the channel on which everything arrives that was not asked
//! for. A supervisor keeps the link: every session is a fresh client, so account ids and order
//! ids are read anew, and each loss or failed try has a name
//! ([`LinkFault`](gatehouse_desk::port::broker::LinkFault)). After a session is up the accounts,
//! positions, orders and executions are told again from the start, ending with `Reconciled`.
//!
//! Floats stop here: the library's `f64` becomes a `Decimal` by its shortest decimal form, an
//! unset sentinel becomes `None`, and an order's figure that a float can't carry is refused.
//!
//! Orders made by hand in TWS are bound only when [`TwsConfig::take_over`] says so and the client
//! id is 0; else an order id below zero is never used.
//!
//! Deliberately not here: any decision about an order, any retry of one, any record of one, and
//! any memory of an order beyond the session.

mod accounts;
mod backoff;
mod bars;
mod broker;
mod chains;
mod config;
mod contract;
mod convert;
mod dividends;
mod faults;
mod feed;
mod lines;
mod lookup;
mod orders;
mod outgoing;
mod pace;
mod positions;
mod session;
mod shared;
mod supervisor;
mod ticks;
mod trade;
mod volatility;
mod wake;
mod what_if;

pub use broker::Tws;
pub use config::{Backoff, Login, TwsConfig};
