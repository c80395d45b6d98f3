//! Scans, news, venues, and what a login has no right to.

use rust_decimal::Decimal;

use crate::messages::{DataReply, DataRequest, DepthExchange, ReqId, ScannerRequest};
use crate::world::{ConId, Instrument, Quote, SecType, days_before};

use super::reply;
use super::times;
use crate::server::bridge;
use crate::server::gateway::Gateway;

const SCANS: [(&str, &str); 6] = [
    ("TOP_PERC_GAIN", "Top % Gainers"),
    ("TOP_PERC_LOSE", "Top % Losers"),
    ("MOST_ACTIVE", "Most Active"),
    ("HOT_BY_VOLUME", "Hot Contracts by Volume"),
    ("HIGH_OPEN_GAP", "Top Close-to-Open % Gainers"),
    ("LOW_OPEN_GAP", "Top Close-to-Open % Losers"),
];
const PROVIDERS: [(&str, &str); 3] = [
    ("BRFG", "Briefing.com General Market Columns"),
    ("BRFUPDN", "Briefing.com Analyst Actions"),
    ("DJNL", "Dow Jones Newsletters"),
];
const VENUES: [(&str, &str); 6] = [
    ("NASDAQ", "Q"),
    ("NYSE", "N"),
    ("ARCA", "P"),
    ("BATS", "Z"),
    ("IEX", "V"),
    ("EDGX", "K"),
];
/// The gateway has this many display groups.
const GROUPS: i32 = 7;

/// Serves what does not stream.
pub fn serve(gateway: &mut Gateway, id: u64, request: DataRequest) {
    match request {
        DataRequest::DepthExchanges => depth_exchanges(gateway, id),
        DataRequest::ScannerParameters => {
            let xml = parameters();
            reply(gateway, id, DataReply::ScannerParameters { xml });
        }
        DataRequest::Scanner(request) => scan(gateway, id, &request),
        DataRequest::NewsProviders => {
            let providers = PROVIDERS
                .iter()
                .map(|(code, name)| ((*code).to_owned(), (*name).to_owned()))
                .collect();
            reply(gateway, id, DataReply::NewsProviders { providers });
        }
        DataRequest::NewsArticle {
            req_id,
            provider,
            article,
        } => news_article(gateway, id, req_id, &provider, &article),
        DataRequest::HistoricalNews {
            req_id,
            con_id,
            providers,
            end,
            total,
            ..
        } => headlines(gateway, id, req_id, con_id, &providers, &end, total),
        DataRequest::WallStreetHorizon { req_id } => {
            let text = "News feed is not allowed.:Wall Street Horizon is not subscribed";
            gateway.error(id, req_id, 10276, text);
        }
        DataRequest::SoftDollarTiers { req_id } => {
            reply(gateway, id, DataReply::SoftDollarTiers { req_id });
        }
        DataRequest::SmartComponents { req_id, .. } => {
            let components = VENUES
                .iter()
                .zip(0..)
                .map(|((venue, letter), bit)| (bit, (*venue).to_owned(), (*letter).to_owned()))
                .collect();
            reply(
                gateway,
                id,
                DataReply::SmartComponents { req_id, components },
            );
        }
        DataRequest::Advisor { req_id } => {
            let text = "Error validating request.-'bA' : cause - FA data operations ignored for non FA customers.";
            gateway.error(id, req_id.unwrap_or(-1), 321, text);
        }
        DataRequest::DisplayGroups { req_id } => {
            let groups: Vec<_> = (1..=GROUPS).map(|group| group.to_string()).collect();
            let groups = groups.join("|");
            reply(gateway, id, DataReply::DisplayGroups { req_id, groups });
        }
        DataRequest::SubscribeToGroup { req_id, group } => {
            if !(1..=GROUPS).contains(&group) {
                let text = format!("Error validating request.-'bD' : cause - no group {group}");
                return gateway.error(id, req_id, 321, text);
            }
            if let Some(session) = gateway.sessions.get_mut(&id) {
                session.data.groups.insert(req_id, group);
            }
            shown(gateway, id, req_id, "none");
        }
        DataRequest::UpdateGroup {
            req_id,
            contract_info,
        } => update_group(gateway, id, req_id, &contract_info),
        DataRequest::Verify => {
            let text = "Error validating request.-'bE' : cause - This login verifies no programs";
            gateway.error(id, -1, 321, text);
        }
        // Answered at once and whole, so that there is nothing to cancel.
        _ => {}
    }
}

fn update_group(gateway: &mut Gateway, id: u64, req_id: ReqId, info: &str) {
    let group = gateway
        .sessions
        .get(&id)
        .and_then(|session| session.data.groups.get(&req_id).copied());
    let Some(group) = group else {
        let text = "Error validating request.-'bD' : cause - not subscribed to a group";
        return gateway.error(id, req_id, 321, text);
    };
    // Everybody who looks at the group sees it.
    let viewers: Vec<_> = gateway
        .sessions
        .iter()
        .flat_map(|(id, session)| {
            let seen = session.data.groups.iter();
            seen.filter(|(_, shown)| **shown == group)
                .map(|(req_id, _)| (*id, *req_id))
        })
        .collect();
    for (id, req_id) in viewers {
        shown(gateway, id, req_id, info);
    }
}

fn shown(gateway: &mut Gateway, id: u64, req_id: ReqId, info: &str) {
    let update = DataReply::DisplayGroupUpdated {
        req_id,
        contract_info: info.to_owned(),
    };
    reply(gateway, id, update);
}

fn depth_exchanges(gateway: &mut Gateway, id: u64) {
    let described = |exchange: &str, sec_type: &str, service: &str| DepthExchange {
        exchange: exchange.to_owned(),
        sec_type: sec_type.to_owned(),
        listing: String::new(),
        service: service.to_owned(),
        agg_group: 1,
    };
    let mut exchanges: Vec<_> = VENUES
        .iter()
        .map(|(venue, _)| described(venue, "STK", "Deep2"))
        .collect();
    exchanges.push(described("CME", "FUT", "Deep"));
    exchanges.push(described("IDEALPRO", "CASH", "Deep"));
    reply(gateway, id, DataReply::DepthExchanges { exchanges });
}

fn parameters() -> String {
    let scans: String = SCANS
        .iter()
        .map(|(code, name)| {
            format!("<ScanType><displayName>{name}</displayName><scanCode>{code}</scanCode><instruments>STK</instruments></ScanType>")
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ScanParameterResponse><InstrumentList varName=\"instrumentList\"><Instrument><name>US Stocks</name><type>STK</type></Instrument></InstrumentList><LocationTree varName=\"locationTree\"><Location><displayName>US Stocks</displayName><locationCode>STK.US</locationCode><instruments>STK</instruments></Location></LocationTree><ScanTypeList varName=\"scanTypeList\">{scans}</ScanTypeList></ScanParameterResponse>"
    )
}

fn scan(gateway: &mut Gateway, id: u64, request: &ScannerRequest) {
    let req_id = request.req_id;
    if request.instrument != "STK" || !request.location.starts_with("STK.") {
        let text = "Historical Market Data Service error message:Scanner subscription is not available for this instrument";
        return gateway.error(id, req_id, 162, text);
    }
    let world = &gateway.world;
    let mut found: Vec<(Decimal, &Instrument)> = world
        .instruments()
        .iter()
        .filter(|one| one.sec_type == SecType::Stock)
        .filter_map(|one| {
            let quote = world.quote(one.con_id)?;
            let last = quote.last?;
            let fits = request.above_price.is_none_or(|least| last >= least)
                && request.below_price.is_none_or(|most| last <= most);
            fits.then_some(())?;
            Some((rank(&quote, &request.scan_code)?, one))
        })
        .collect();
    if found.is_empty() && !SCANS.iter().any(|(code, _)| *code == request.scan_code) {
        let text = "Historical Market Data Service error message:Invalid scan code";
        return gateway.error(id, req_id, 162, text);
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.0));
    let count = request.rows.map_or(50, |rows| rows.clamp(0, 50));
    let rows = found
        .into_iter()
        .take(usize::try_from(count).unwrap_or(50))
        .map(|(_, one)| (bridge::contract(one), one.trading_class.clone()))
        .collect();
    reply(gateway, id, DataReply::Scanner { req_id, rows });
}

/// What the scan sorts by, the highest first.
fn rank(quote: &Quote, code: &str) -> Option<Decimal> {
    let close = quote.prev_close.filter(|close| !close.is_zero())?;
    let change = |price: Decimal| (price - close) / close;
    match code {
        "TOP_PERC_GAIN" => Some(change(quote.last?)),
        "TOP_PERC_LOSE" => Some(-change(quote.last?)),
        "MOST_ACTIVE" | "HOT_BY_VOLUME" => quote.volume,
        "HIGH_OPEN_GAP" => Some(change(quote.open?)),
        "LOW_OPEN_GAP" => Some(-change(quote.open?)),
        _ => None,
    }
}

/// One headline of each provider for each of the last days.
fn headlines(
    gateway: &mut Gateway,
    id: u64,
    req_id: ReqId,
    con_id: i32,
    providers: &str,
    end: &str,
    total: i32,
) {
    let Some(name) = gateway
        .world
        .by_con_id(ConId::new(con_id))
        .map(|one| one.long_name.clone())
    else {
        let text = "No security definition has been found for the request";
        return gateway.error(id, req_id, 200, text);
    };
    let end = times::moment(end).unwrap_or_else(|| gateway.world.now());
    let wanted: Vec<_> = PROVIDERS
        .iter()
        .filter(|(code, _)| providers.split('+').any(|one| one == *code))
        .collect();
    if wanted.is_empty() {
        let text = "Error validating request.-'cF' : cause - no such news provider";
        return gateway.error(id, req_id, 321, text);
    }
    let mut left = total.clamp(0, 300);
    let has_more = left < 30 * i32::try_from(wanted.len()).unwrap_or(1);
    'days: for day in 1..=30 {
        let at = days_before(end, day) + 9 * 3_600_000;
        let date = times::dashed(at);
        let date = date.split('-').next().unwrap_or_default();
        for (code, _) in &wanted {
            if left == 0 {
                break 'days;
            }
            left -= 1;
            let headline = DataReply::Headline {
                req_id,
                time: times::spaced(at),
                provider: (*code).to_owned(),
                article: format!("{code}${con_id}-{date}"),
                headline: format!("{name}: simulated news of {date}"),
            };
            reply(gateway, id, headline);
        }
    }
    reply(gateway, id, DataReply::HeadlinesEnd { req_id, has_more });
}

fn news_article(gateway: &mut Gateway, id: u64, req_id: ReqId, provider: &str, article: &str) {
    let known = PROVIDERS.iter().any(|(code, _)| *code == provider)
        && article
            .strip_prefix(provider)
            .is_some_and(|rest| rest.starts_with('$'));
    if !known {
        let text = "Failed to request news article:No data available";
        return gateway.error(id, req_id, 10172, text);
    }
    let text = format!(
        "This is the simulated article {article}. Nothing in it happened, and no price moved because of it."
    );
    reply(gateway, id, DataReply::NewsArticle { req_id, text });
}
