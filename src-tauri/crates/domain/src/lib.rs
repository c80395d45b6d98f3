//! The terms of the field: money, accounts, contracts, orders, positions, quotes.
//!
//! Everything here is a plain value. There is no I/O, no async and no clock: a time is
//! always an argument. A value that is not known is `None` or an `Unknown` variant, never
//! zero, and every observed figure carries when and from where it was seen.
//!
//! Deliberately not here: what may be traded (`gatehouse-rules`), what happens next
//! (`gatehouse-desk`), and how any of it looks on a wire or a screen.

pub mod account;
pub mod algo;
pub mod bar;
pub mod chain;
pub mod combo;
pub mod condition;
pub mod contract;
pub mod decimal;
pub mod derivative;
pub mod draft;
pub mod exits;
pub mod handling;
pub mod id;
pub mod instant;
pub mod observed;
pub mod order;
pub mod order_type;
pub mod position;
pub mod pricing;
pub mod quote;
pub mod restart;
pub mod secret;
pub mod settlement;
pub mod tif;
pub mod wanted;
pub mod what_if;

pub use rust_decimal::Decimal;
