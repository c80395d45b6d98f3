//! The client's side of the protobuf messages, for tests: writes requests and reads replies.

mod data;
mod replies;
mod requests;

pub use replies::read;
pub use requests::write;
