//! A simulated IB Gateway that speaks the real TWS wire protocol.

pub mod control;
pub mod messages;
pub mod run;
pub mod server;
pub mod wire;
pub mod world;
