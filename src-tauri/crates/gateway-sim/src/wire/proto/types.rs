//! The protocol's messages: field numbers and types as the gateway has them.

mod accounts;
mod contracts;
mod data;
mod market;
mod options;
mod orders;
mod session;

use prost::Message;

pub use accounts::*;
pub use contracts::*;
pub use data::*;
pub use market::*;
pub use options::*;
pub use orders::*;
pub use session::*;

/// A message without fields, such as the end markers that belong to no request.
#[derive(Clone, PartialEq, Message)]
pub struct Nothing {}

/// A message whose only field is a request id: cancels and end markers.
#[derive(Clone, PartialEq, Message)]
pub struct OnlyReqId {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
}
