//! From which version on a gateway says what in protobuf.
//!
//! A client that offers such a version reads both forms of those messages, and
//! only the text form of the others.

use crate::messages::{DataReply, Reply};

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
        Reply::NewsBulletin { .. } => 209,
        Reply::Pnl { .. } | Reply::PnlSingle { .. } => 210,
        Reply::Commission(_) => 211,
        Reply::SecDefOptParam { .. }
        | Reply::SecDefOptParamEnd { .. }
        | Reply::FamilyCodes { .. }
        | Reply::SymbolSamples { .. }
        | Reply::MarketRule { .. }
        | Reply::UserInfo { .. } => 212,
        Reply::Data(reply) => data(reply),
        Reply::NextValidId { .. } | Reply::CurrentTime { .. } | Reply::CurrentTimeMillis { .. } => {
            213
        }
    }
}

fn data(reply: &DataReply) -> u16 {
    match reply {
        DataReply::Depth { .. } => 206,
        DataReply::Bars { .. }
        | DataReply::BarsEnd { .. }
        | DataReply::BarUpdate { .. }
        | DataReply::RealTimeBar { .. }
        | DataReply::HeadTimestamp { .. }
        | DataReply::Histogram { .. }
        | DataReply::HistoricalTicks { .. }
        | DataReply::TickByTick { .. } => 208,
        DataReply::NewsArticle { .. }
        | DataReply::NewsProviders { .. }
        | DataReply::Headline { .. }
        | DataReply::HeadlinesEnd { .. } => 209,
        DataReply::ScannerParameters { .. } | DataReply::Scanner { .. } => 210,
        DataReply::Schedule { .. } => 211,
        DataReply::SoftDollarTiers { .. } | DataReply::SmartComponents { .. } => 212,
        DataReply::DisplayGroups { .. }
        | DataReply::DisplayGroupUpdated { .. }
        | DataReply::DepthExchanges { .. } => 213,
    }
}
