//! Finds, probes and diagnoses gateways: what the connection wizard knows.
//!
//! - [`find`]: which TWS and IB Gateway are installed and running, what their settings say and
//!   which ports listen. The folders are an argument, so that a test can build any computer.
//! - [`check`]: a list of [`Step`](check::Step)s from "something listens" to "market data
//!   flows". A step whose ground failed is not run.
//! - [`fault`]: what can be wrong, each told apart and with words of its own: what it is, what
//!   it means and what to click.
//! - [`ibc`]: IBC, through which a gateway is started and stopped: its settings file, its script.
//! - [`report`]: the list as text for somebody who helps, without account ids.
//!
//! A *target* is a host and port on this computer: Gatehouse connects nowhere else. A *ground*
//! is the step that another one stands on.
//!
//! Deliberately not here: orders. Nothing in this crate makes one, not even as a what-if, which
//! goes the desk's road like every other; see [`Step::WhatIf`](check::Step::WhatIf). Nor any
//! setting that is kept, and any change of a gateway's own settings.

pub mod check;
pub mod fault;
pub mod find;
pub mod hide;
pub mod host;
pub mod ibc;
pub mod probe;
pub mod program;
pub mod report;
