//! Market data beyond level one: history, streams, depth, scans, news.

mod bars;
mod depth;
mod figure;
mod growing;
mod reference;
mod series;
mod slots;
mod survey;
mod ticks;
mod times;
mod volatility;

use std::collections::BTreeMap;

use crate::messages::{Contract, DataReply, DataRequest, Reply, ReqId};
use crate::world::{ConId, QuoteChange};

use super::gateway::Gateway;
use super::market;
use super::session::Session;

pub use series::trades;
pub use volatility::now as historical_volatility;

/// What one client subscribed to here.
#[derive(Debug, Default)]
pub struct DataLines {
    bars: BTreeMap<ReqId, growing::Growing>,
    real_time: BTreeMap<ReqId, growing::RealTime>,
    by_tick: BTreeMap<ReqId, ticks::Stream>,
    depth: BTreeMap<ReqId, depth::Book>,
    /// Display groups and what they show.
    groups: BTreeMap<ReqId, i32>,
}

/// Serves one request.
pub fn serve(gateway: &mut Gateway, id: u64, request: DataRequest) {
    match request {
        DataRequest::Bars(request) => bars::request(gateway, id, &request),
        DataRequest::HeadTimestamp {
            req_id,
            contract,
            what_to_show,
            format_date,
        } => survey::head(gateway, id, req_id, &contract, &what_to_show, format_date),
        DataRequest::Histogram {
            req_id,
            contract,
            period,
        } => survey::histogram(gateway, id, req_id, &contract, &period),
        DataRequest::RealTimeBars {
            req_id,
            contract,
            what_to_show,
        } => growing::real_time(gateway, id, req_id, &contract, &what_to_show),
        DataRequest::HistoricalTicks(request) => ticks::historical(gateway, id, &request),
        DataRequest::TickByTick {
            req_id,
            contract,
            kind,
            count,
        } => ticks::stream(gateway, id, req_id, &contract, &kind, count),
        DataRequest::Depth {
            req_id,
            contract,
            rows,
            smart,
        } => depth::request(gateway, id, req_id, &contract, rows, smart),
        DataRequest::CancelBars { .. }
        | DataRequest::CancelRealTimeBars { .. }
        | DataRequest::CancelTickByTick { .. }
        | DataRequest::CancelDepth { .. }
        | DataRequest::UnsubscribeFromGroup { .. } => {
            let session = gateway.sessions.get_mut(&id);
            if let Some((req_id, code, text)) = session.and_then(|one| cancel(one, &request)) {
                gateway.error(id, req_id, code, text);
            }
        }
        other => reference::serve(gateway, id, other),
    }
}

/// Cancels; one that fits nothing is not an error, except for depth: then what to answer.
fn cancel(session: &mut Session, request: &DataRequest) -> Option<(ReqId, i32, String)> {
    match request {
        DataRequest::CancelBars { req_id } => {
            session.data.bars.remove(req_id);
        }
        DataRequest::CancelRealTimeBars { req_id } => {
            session.data.real_time.remove(req_id);
        }
        DataRequest::CancelTickByTick { req_id } => {
            session.data.by_tick.remove(req_id);
        }
        DataRequest::CancelDepth { req_id } => {
            let known = session.data.depth.remove(req_id).is_some();
            let text = format!("Can't find the subscribed market depth with tickerId:{req_id}");
            return (!known).then_some((*req_id, 310, text));
        }
        DataRequest::UnsubscribeFromGroup { req_id } => {
            session.data.groups.remove(req_id);
        }
        _ => {}
    }
    None
}

/// Puts a move onto the tape and tells whoever follows every tick.
pub fn note(gateway: &mut Gateway, con_id: ConId, changed: QuoteChange) {
    gateway.history.note(&gateway.world, con_id);
    if !gateway.trouble.upstream_down {
        ticks::note(gateway, con_id, changed);
    }
}

/// Sends what has grown or moved since the last time.
pub fn send(gateway: &mut Gateway) {
    growing::send(gateway);
    depth::send(gateway);
}

fn reply(gateway: &mut Gateway, id: u64, reply: DataReply) {
    gateway.send(id, &Reply::Data(reply));
}

/// The one instrument meant, or the client is told why there is none.
fn instrument(gateway: &mut Gateway, id: u64, req_id: ReqId, contract: &Contract) -> Option<ConId> {
    match market::resolve_one(gateway, contract) {
        Ok(con_id) => Some(con_id),
        Err(reason) => {
            gateway.error(id, req_id, 200, reason);
            None
        }
    }
}
