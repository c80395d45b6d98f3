//! The wizard's brain against real sockets, the simulated gateway and made-up computers.

mod circumstances;
mod finding;
mod good;
mod greeting;
mod login;
mod networks;
mod plan;
mod report;
