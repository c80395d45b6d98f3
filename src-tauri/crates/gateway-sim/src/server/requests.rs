//! What each request does.

use crate::messages::{Contract, Reply, ReqId, Request};
use crate::wire::DecodeError;
use crate::world::ConId;

use super::action::Trigger;
use super::gateway::Gateway;
use super::{accounts, bridge, bulletins, data, holdings, market, options, orders, trouble, words};

/// Serves one message of one client.
pub fn serve(gateway: &mut Gateway, id: u64, request: Result<Request, DecodeError>) {
    let Some(session) = gateway.sessions.get(&id) else {
        return;
    };
    let client = session.client_id;
    let request = match request {
        Ok(request) => request,
        Err(error) => {
            tracing::warn!(%error, ?client, "a message could not be read");
            return gateway.error(id, error.id.unwrap_or(-1), error.code, error.reason);
        }
    };
    if let Some(client) = client.or_else(|| asking(&request)) {
        tracing::info!("client {client} {}", words::words(&request));
    }
    tracing::trace!(?client, ?request, "request");
    match (request, client) {
        (Request::StartApi { client_id, .. }, None) => start(gateway, id, client_id),
        (Request::StartApi { .. }, Some(_)) => {
            gateway.error(id, -1, 507, "Bad message: the API is already started");
        }
        (_, None) => gateway.error(id, -1, 504, "Not connected: START_API comes first"),
        (request, Some(client)) => {
            if let Some(request) = trouble::meet(gateway, id, client, request) {
                dispatch(gateway, id, client, request);
            }
        }
    }
}

/// Who a client says it is.
fn asking(request: &Request) -> Option<i32> {
    match request {
        Request::StartApi { client_id, .. } => Some(*client_id),
        _ => None,
    }
}

fn start(gateway: &mut Gateway, id: u64, client_id: i32) {
    trouble::on(gateway, Trigger::Connect);
    let taken = trouble::faults(gateway).stuck_client_id == Some(client_id)
        || gateway
            .sessions
            .values()
            .any(|other| other.client_id == Some(client_id));
    if taken {
        let text =
            "Unable to connect as the client id is already in use. Retry with a unique client id.";
        gateway.error(id, -1, 326, text);
        if let Some(session) = gateway.sessions.get_mut(&id) {
            session.closing = true;
        }
        return;
    }
    if let Some(session) = gateway.sessions.get_mut(&id) {
        session.client_id = Some(client_id);
    }
    if !trouble::faults(gateway).mute_accounts {
        managed_accounts(gateway, id);
    }
    next_valid_id(gateway, id, client_id);
    for (code, farm) in [
        (2104, "Market data farm connection is OK:usfarm"),
        (2106, "HMDS data farm connection is OK:ushmds"),
        (2158, "Sec-def data farm connection is OK:secdefnj"),
    ] {
        gateway.error(id, -1, code, farm);
    }
    if gateway.trouble.upstream_down {
        let text = "Connectivity between Trader Workstation and server is broken. It will be restored automatically.";
        gateway.error(id, -1, 2110, text);
    }
}

fn managed_accounts(gateway: &mut Gateway, id: u64) {
    let ids = gateway.world.account_ids();
    let names: Vec<_> = ids.iter().map(|account| account.as_str()).collect();
    gateway.send(
        id,
        &Reply::ManagedAccounts {
            accounts: names.join(","),
        },
    );
}

fn next_valid_id(gateway: &mut Gateway, id: u64, client: i32) {
    let used = crate::world::ClientId::new(client);
    let order_id = trouble::faults(gateway)
        .next_valid_id
        .unwrap_or_else(|| gateway.world.next_order_id(used).get());
    gateway.send(id, &Reply::NextValidId { order_id });
}

/// Serves one request of a client that has started.
pub fn dispatch(gateway: &mut Gateway, id: u64, client: i32, request: Request) {
    match request {
        Request::StartApi { .. } => {}
        Request::MarketData {
            req_id,
            contract,
            snapshot,
            regulatory_snapshot,
            generic_ticks,
        } => {
            market::subscribe(
                gateway,
                id,
                req_id,
                &contract,
                &generic_ticks,
                snapshot || regulatory_snapshot,
            );
        }
        Request::MarketDataType { kind } => market_data_type(gateway, id, kind),
        Request::PlaceOrder {
            order_id,
            contract,
            order,
        } => {
            orders::place(gateway, id, client, order_id, &contract, &order);
        }
        Request::CancelOrder { order_id } => orders::cancel(gateway, id, client, order_id),
        Request::GlobalCancel => orders::global_cancel(gateway),
        Request::OpenOrders => orders::own_open_orders(gateway, id, client),
        Request::AllOpenOrders => orders::open_orders(gateway, id, None),
        Request::AutoOpenOrders { bind } => orders::auto_bind(gateway, id, client, bind),
        Request::CompletedOrders { api_only } => orders::completed_orders(gateway, id, api_only),
        Request::Executions { req_id, filter } => orders::executions(gateway, id, req_id, &filter),
        Request::Ids => next_valid_id(gateway, id, client),
        Request::ManagedAccounts => managed_accounts(gateway, id),
        Request::AccountUpdates { subscribe, account } => {
            accounts::updates(gateway, id, subscribe, &account);
        }
        // A login without an advisor has no models: nothing is held in one.
        Request::PositionsMulti {
            req_id, model_code, ..
        } if !model_code.is_empty() => {
            gateway.send(id, &Reply::PositionMultiEnd { req_id });
        }
        Request::AccountUpdatesMulti {
            req_id, model_code, ..
        } if !model_code.is_empty() => {
            gateway.send(id, &Reply::AccountUpdateMultiEnd { req_id });
        }
        Request::AccountUpdatesMulti {
            req_id,
            account,
            ledger_and_nlv,
            ..
        } => {
            accounts::updates_multi(gateway, id, req_id, &account, ledger_and_nlv);
        }
        Request::AccountSummary {
            req_id,
            group,
            tags,
        } => {
            accounts::summary(gateway, id, req_id, &group, &tags);
        }
        Request::Positions => holdings::positions(gateway, id),
        Request::PositionsMulti {
            req_id, account, ..
        } => {
            holdings::positions_multi(gateway, id, req_id, &account);
        }
        Request::Pnl {
            req_id, account, ..
        } => holdings::pnl(gateway, id, req_id, &account),
        Request::PnlSingle {
            req_id,
            account,
            con_id,
            ..
        } => {
            holdings::pnl_single(gateway, id, req_id, &account, con_id);
        }
        Request::ContractDetails { req_id, contract } => {
            contract_details(gateway, id, req_id, &contract)
        }
        Request::MatchingSymbols { req_id, pattern } => {
            matching_symbols(gateway, id, req_id, &pattern)
        }
        Request::MarketRule { rule_id } => market_rule(gateway, id, rule_id),
        Request::SecDefOptParams {
            req_id,
            exchange,
            con_id,
            ..
        } => options::chains(gateway, id, req_id, ConId::new(con_id), &exchange),
        Request::CalculateImpliedVolatility {
            req_id,
            contract,
            option_price,
            under_price,
        } => options::implied_volatility(gateway, id, req_id, &contract, option_price, under_price),
        Request::CalculateOptionPrice {
            req_id,
            contract,
            volatility,
            under_price,
        } => options::price(gateway, id, req_id, &contract, volatility, under_price),
        // Answered at once and whole.
        Request::CancelCalculation { .. } => {}
        Request::ExerciseOptions {
            req_id,
            contract,
            action,
            quantity,
            account,
            force,
        } => {
            let wanted = options::Exercise {
                action,
                quantity,
                account: &account,
                force,
            };
            options::exercise(gateway, id, req_id, &contract, &wanted);
        }
        Request::Data(request) => data::serve(gateway, id, request),
        Request::CurrentTime => {
            let seconds = gateway.now().div_euclid(1000);
            gateway.send(id, &Reply::CurrentTime { seconds });
        }
        Request::CurrentTimeMillis => {
            let millis = gateway.now();
            gateway.send(id, &Reply::CurrentTimeMillis { millis });
        }
        Request::FamilyCodes => {
            let accounts = gateway.world.account_ids();
            let codes = accounts
                .iter()
                .map(|account| (account.as_str().to_owned(), String::new()));
            let codes = codes.collect();
            gateway.send(id, &Reply::FamilyCodes { codes });
        }
        Request::UserInfo { req_id } => {
            gateway.send(
                id,
                &Reply::UserInfo {
                    req_id,
                    white_branding_id: String::new(),
                },
            );
        }
        Request::SetServerLogLevel { level } => {
            tracing::debug!(client, level, "log level asked for")
        }
        Request::NewsBulletins { all } => bulletins::subscribe(gateway, id, all),
        Request::CancelNewsBulletins => bulletins::unsubscribe(gateway, id),
        Request::Unsupported { msg_id, req_id } => {
            let text = format!("This simulated gateway does not serve message {msg_id}");
            gateway.error(id, req_id.unwrap_or(-1), 506, text);
        }
        cancel => end_subscription(gateway, id, &cancel),
    }
}

/// The cancels of subscriptions; one that does not exist is not an error.
fn end_subscription(gateway: &mut Gateway, id: u64, request: &Request) {
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    match request {
        Request::CancelMarketData { req_id } => {
            session.lines.remove(req_id);
            session.snapshots.remove(req_id);
        }
        Request::CancelAccountSummary { req_id } => {
            session.summaries.remove(req_id);
        }
        Request::CancelAccountUpdatesMulti { req_id } => {
            session.account_multi.remove(req_id);
        }
        Request::CancelPositions => session.positions = false,
        Request::CancelPositionsMulti { req_id } => {
            session.positions_multi.remove(req_id);
        }
        Request::CancelPnl { req_id } => {
            session.pnl.remove(req_id);
        }
        Request::CancelPnlSingle { req_id } => {
            session.pnl_single.remove(req_id);
        }
        // Answered at once and whole: by the time a cancel comes there is nothing to stop.
        _ => {}
    }
}

fn market_data_type(gateway: &mut Gateway, id: u64, kind: i32) {
    if !(1..=4).contains(&kind) {
        let text =
            format!("Error validating request.-'bM' : cause - invalid market data type {kind}");
        return gateway.error(id, -1, 321, text);
    }
    if let Some(session) = gateway.sessions.get_mut(&id) {
        session.data_type = kind;
    }
}

fn contract_details(gateway: &mut Gateway, id: u64, req_id: ReqId, contract: &Contract) {
    let now = gateway.now();
    let found = if contract.sec_id.is_empty() {
        gateway.world.resolve(&bridge::query(contract))
    } else {
        Vec::new()
    };
    if found.is_empty() {
        let text = "No security definition has been found for the request";
        return gateway.error(id, req_id, 200, text);
    }
    let replies: Vec<_> = found
        .into_iter()
        .map(|instrument| {
            let mut details = bridge::details(instrument, &contract.exchange, now);
            if let Some((trading, liquid)) = gateway.world.hours(instrument) {
                details.trading_hours = trading;
                details.liquid_hours = liquid;
            }
            Reply::ContractDetails {
                req_id,
                details: Box::new(details),
            }
        })
        .collect();
    for reply in replies {
        gateway.send(id, &reply);
    }
    gateway.send(id, &Reply::ContractDetailsEnd { req_id });
}

fn matching_symbols(gateway: &mut Gateway, id: u64, req_id: ReqId, pattern: &str) {
    let found = gateway.world.search(pattern);
    let samples = found
        .into_iter()
        .take(16)
        .map(|one| (bridge::sample(one), Vec::new()))
        .collect();
    gateway.send(id, &Reply::SymbolSamples { req_id, samples });
}

fn market_rule(gateway: &mut Gateway, id: u64, rule_id: i32) {
    let Some(rule) = gateway.world.market_rule(rule_id) else {
        let text =
            format!("Error validating request.-'bV' : cause - unknown market rule {rule_id}");
        return gateway.error(id, -1, 321, text);
    };
    let increments = rule
        .increments
        .iter()
        .map(|rung| (rung.low_edge, rung.increment))
        .collect();
    gateway.send(
        id,
        &Reply::MarketRule {
            rule_id,
            increments,
        },
    );
}
