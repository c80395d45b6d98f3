//! A simulated IB Gateway that speaks the real TWS wire protocol.

mod amount;
pub mod control;
mod history;
pub mod messages;
pub mod run;
pub mod server;
#[cfg(test)]
mod spoil;
pub mod wire;
pub mod world;
