//! A whole house for end-to-end tests and benchmarks: the simulated gateway, the adapter, the
//! desk, the journal, and a page that keeps what it is told. All of it is production code but
//! the page. And, without any of that but the desk, the lives of orders by the dice.

mod house;
pub mod lives;
mod page;

pub use house::{House, HouseOptions, limit, market, move_in};
pub use page::Page;
