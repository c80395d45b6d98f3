//! The adapter against the simulated gateway, and against things that are no gateway.

mod faults;
mod harness;
mod limits;
mod orders;
mod quotes;
mod search;
mod session;
mod upstream;
