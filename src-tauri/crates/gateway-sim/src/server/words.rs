//! What a client does, in words, for whoever watches.

use crate::messages::{Contract, Order, Request};

/// A sentence without its subject: `asks for the positions`.
pub fn words(request: &Request) -> String {
    match request {
        Request::StartApi { client_id, .. } => format!("starts the API as client {client_id}"),
        Request::MarketData {
            contract, snapshot, ..
        } => {
            let what = if *snapshot { "a snapshot" } else { "quotes" };
            format!("asks for {what} of {}", named(contract))
        }
        Request::CancelMarketData { req_id } => format!("ends the quotes of request {req_id}"),
        Request::MarketDataType { kind } => {
            let kind = match kind {
                1 => "live",
                2 => "frozen",
                3 => "delayed",
                4 => "delayed and frozen",
                _ => "an unknown kind of",
            };
            format!("wants {kind} market data")
        }
        Request::PlaceOrder {
            order_id,
            contract,
            order,
        } => placing(*order_id, contract, order),
        Request::CancelOrder { order_id } => format!("cancels order {order_id}"),
        Request::GlobalCancel => "cancels every order".to_owned(),
        Request::OpenOrders => "asks for its open orders".to_owned(),
        Request::AllOpenOrders => "asks for everybody's open orders".to_owned(),
        Request::AutoOpenOrders { .. } => "wants to be told of orders made by hand".to_owned(),
        Request::CompletedOrders { .. } => "asks for the completed orders".to_owned(),
        Request::Executions { .. } => "asks for the executions".to_owned(),
        Request::Ids => "asks for the next order id".to_owned(),
        Request::ManagedAccounts => "asks which accounts there are".to_owned(),
        Request::AccountUpdates {
            subscribe: false, ..
        } => "ends the account updates".to_owned(),
        Request::AccountUpdates { account, .. } => {
            format!("asks for account updates of {}", or_all(account))
        }
        Request::AccountUpdatesMulti { account, .. } => {
            format!("asks for account updates of {}", or_all(account))
        }
        Request::AccountSummary { group, tags, .. } => {
            format!("asks for a summary of {}: {tags}", or_all(group))
        }
        Request::Positions => "asks for the positions".to_owned(),
        Request::PositionsMulti { account, .. } => {
            format!("asks for the positions of {}", or_all(account))
        }
        Request::Pnl { account, .. } => format!("asks for the profit of {account}"),
        Request::PnlSingle {
            account, con_id, ..
        } => format!("asks for the profit of {account} in contract {con_id}"),
        Request::ContractDetails { contract, .. } => {
            format!("asks for the details of {}", named(contract))
        }
        Request::MatchingSymbols { pattern, .. } => format!("searches for '{pattern}'"),
        Request::MarketRule { rule_id } => format!("asks for market rule {rule_id}"),
        Request::CurrentTime | Request::CurrentTimeMillis => "asks for the time".to_owned(),
        Request::Unsupported { msg_id, .. } => {
            format!("sends message {msg_id}, which is not served")
        }
        // The name of the request says it well enough.
        other => {
            let text = format!("{other:?}");
            let name = text.split([' ', '{', '(']).next().unwrap_or_default();
            format!("sends {name}")
        }
    }
}

fn placing(order_id: i32, contract: &Contract, order: &Order) -> String {
    let verb = if order.what_if {
        "asks what would happen with"
    } else {
        "places"
    };
    let quantity = order.total_quantity.unwrap_or_default().normalize();
    let price = order
        .lmt_price
        .map(|price| format!(" {}", price.normalize()))
        .unwrap_or_default();
    let account = if order.account.is_empty() {
        String::new()
    } else {
        format!(" for {}", order.account)
    };
    format!(
        "{verb} order {order_id}: {} {quantity} {} {}{price} {}{account}",
        order.action,
        named(contract),
        order.order_type,
        order.tif
    )
}

fn named(contract: &Contract) -> String {
    let name = [&contract.local_symbol, &contract.symbol]
        .into_iter()
        .find(|name| !name.is_empty());
    match name {
        Some(name) => format!("{name} {}", contract.sec_type)
            .trim_end()
            .to_owned(),
        None => format!("contract {}", contract.con_id),
    }
}

fn or_all(account: &str) -> &str {
    if account.is_empty() {
        "all accounts"
    } else {
        account
    }
}
