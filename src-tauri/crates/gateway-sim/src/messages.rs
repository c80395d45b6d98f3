//! What a client asks and what the gateway answers, without any wire format.
//!
//! The server and the codecs meet here: codecs turn frames into [`Request`]s
//! and [`Reply`]s into frames, the server does everything else. Terms are the
//! API's own (`permId`, `whatIf`, `conId`, TIF). Missing stays missing: a field
//! that the client left unset is `None` or an empty string, never a number.
//!
//! Deliberately not here: any rule about what a field must hold (the server
//! and the world judge that) and any default filled in on a client's behalf.

mod contract;
mod data;
mod order;
mod reply;
mod request;

pub use contract::{ComboLeg, Contract, ContractDetails};
pub use data::{
    Bar, BarsRequest, DataReply, DataRequest, DepthExchange, DepthRow, ScannerRequest, TapeKind,
    TapeTick, TicksRequest,
};
pub use order::{CommissionReport, ConditionTest, Execution, Order, OrderCondition, OrderState};
pub use reply::{OptionComputation, Reply, Tick, TickValue};
pub use request::{ExecutionFilter, Request};

/// A client id as the client chose it in START_API.
pub type ClientId = i32;
/// A request id (ticker id) as the client chose it.
pub type ReqId = i32;
/// An order id, unique for one client only.
pub type OrderId = i32;
