//! From which version on a gateway says what in protobuf.
//!
//! A client that offers such a version reads both forms of those messages, and
//! only the text form of the others.

use crate::messages::Reply;

/// The first version in which `reply` is protobuf.
pub fn protobuf(reply: &Reply) -> u16 {
    match reply {
        Reply::Execution { .. } | Reply::ExecutionsEnd { .. } => 201,
        Reply::OrderStatus { .. } | Reply::Error { .. } | Reply::OpenOrder { .. } => 203,
        Reply::OpenOrdersEnd
        | Reply::OrderBound { .. }
        | Reply::CompletedOrder { .. }
        | Reply::CompletedOrdersEnd => 204,
        Reply::ContractDetails { .. } | Reply::ContractDetailsEnd { .. } => 205,
        Reply::Tick(_)
        | Reply::TickSnapshotEnd { .. }
        | Reply::MarketDataType { .. }
        | Reply::TickReqParams { .. } => 206,
        Reply::AccountValue { .. }
        | Reply::PortfolioValue { .. }
        | Reply::AccountUpdateTime { .. }
        | Reply::AccountDownloadEnd { .. }
        | Reply::ManagedAccounts { .. }
        | Reply::Position { .. }
        | Reply::PositionEnd
        | Reply::AccountSummary { .. }
        | Reply::AccountSummaryEnd { .. }
        | Reply::PositionMulti { .. }
        | Reply::PositionMultiEnd { .. }
        | Reply::AccountUpdateMulti { .. }
        | Reply::AccountUpdateMultiEnd { .. } => 207,
        Reply::Pnl { .. } | Reply::PnlSingle { .. } => 210,
        Reply::Commission(_) => 211,
        Reply::SecDefOptParam { .. }
        | Reply::SecDefOptParamEnd { .. }
        | Reply::FamilyCodes { .. }
        | Reply::SymbolSamples { .. }
        | Reply::MarketRule { .. }
        | Reply::UserInfo { .. } => 212,
        Reply::NextValidId { .. } | Reply::CurrentTime { .. } | Reply::CurrentTimeMillis { .. } => {
            213
        }
    }
}
