//! The engine: one writer, `process(event) -> effects`, and the ports it speaks through.
//!
//! [`engine::Desk`] owns the whole state: link, accounts, positions, quotes, orders, previews.
//! It is a pure function of state and event with the time passed in; everything that touches
//! the world is an [`effect::Effect`] that [`runtime`] carries out through a port
//! ([`port::Broker`], [`port::Store`], [`port::Clock`]). The effects that may cost money wait
//! inside [`effect::Effect::Commit`] until their record is on disk.
//!
//! [`view`] is what a page is told: a snapshot, then numbered deltas. Deliberately not here:
//! any socket, database, window, or rule.

pub mod effect;
pub mod engine;
pub mod error;
pub mod port;
pub mod record;
pub mod runtime;
pub mod view;
