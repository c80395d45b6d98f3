//! Account rows in their three forms: summary, updates, and updates for several accounts.

use std::collections::BTreeSet;

use crate::messages::{Reply, ReqId};
use crate::world::{AccountId, FigureRow, World};

use super::gateway::Gateway;
use super::session::{RowSubscription, Session};
use super::{bridge, holdings, trouble};

/// How many account summaries one client may have at a time.
const MAX_SUMMARIES: usize = 2;

/// Which form account rows take on the wire.
#[derive(Clone, Copy)]
enum Form {
    Updates,
    Multi(ReqId),
    Summary(ReqId),
}

fn row_reply(form: Form, account: &AccountId, row: &FigureRow) -> Reply {
    let account = account.as_str().to_owned();
    let (key, value, currency) = (
        row.tag.to_owned(),
        row.value.clone(),
        row.currency.to_owned(),
    );
    match form {
        Form::Updates => Reply::AccountValue {
            key,
            value,
            currency,
            account,
        },
        Form::Multi(req_id) => {
            let model_code = String::new();
            Reply::AccountUpdateMulti {
                req_id,
                account,
                model_code,
                key,
                value,
                currency,
            }
        }
        Form::Summary(req_id) => Reply::AccountSummary {
            req_id,
            account,
            tag: key,
            value,
            currency,
        },
    }
}

/// The rows of `account` that were not sent yet in their present value.
fn fresh_rows(
    world: &World,
    subscription: &mut RowSubscription,
    account: &AccountId,
) -> Vec<FigureRow> {
    if !subscription.accounts.contains(account) {
        return Vec::new();
    }
    let tags = &subscription.tags;
    let figures = world.figures(account).unwrap_or_default();
    let wanted = figures
        .into_iter()
        .filter(|row| tags.as_ref().is_none_or(|tags| tags.contains(row.tag)));
    let ledger = subscription.ledger.as_ref().map(|currency| {
        let rows = world.ledger(account).unwrap_or_default();
        rows.into_iter()
            .filter(move |row| currency.is_empty() || row.currency == currency)
    });
    let mut fresh = Vec::new();
    for row in wanted.chain(ledger.into_iter().flatten()) {
        let key = (account.clone(), row.tag, row.currency);
        if subscription.sent.get(&key) != Some(&row.value) {
            subscription.sent.insert(key, row.value.clone());
            fresh.push(row);
        }
    }
    fresh
}

/// The accounts that a name means: one, or all of them.
pub fn named(gateway: &Gateway, name: &str) -> Option<Vec<AccountId>> {
    let all = gateway.world.account_ids();
    if name.is_empty() || name == "All" {
        return Some(all);
    }
    all.into_iter()
        .find(|account| account.as_str() == name)
        .map(|account| vec![account])
}

/// The most accounts of which an advisor may ask all at once.
const MOST_AT_ONCE: usize = 50;

/// Refuses what is asked about all accounts of a login that has too many of them for that; `true` when it did.
pub fn too_many(gateway: &mut Gateway, id: u64, req_id: ReqId) -> bool {
    let limited =
        trouble::faults(gateway).advisor_limits && gateway.world.account_ids().len() > MOST_AT_ONCE;
    if limited {
        let text = format!(
            "Error validating request.-'bN' : cause - The request is not available for a login with more than {MOST_AT_ONCE} accounts"
        );
        gateway.error(id, req_id, 321, text);
    }
    limited
}

/// Tells a client that there is no such account.
pub fn unknown(gateway: &mut Gateway, id: u64, req_id: ReqId, name: &str) {
    let text = format!("Error validating request.-'bN' : cause - Invalid account code '{name}'.");
    gateway.error(id, req_id, 321, text);
}

/// reqAccountSummary.
pub fn summary(gateway: &mut Gateway, id: u64, req_id: ReqId, group: &str, tags: &str) {
    let Some(accounts) = named(gateway, group) else {
        return unknown(gateway, id, req_id, group);
    };
    if accounts.len() > 1 && too_many(gateway, id, req_id) {
        return;
    }
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    if session.summaries.len() >= MAX_SUMMARIES && !session.summaries.contains_key(&req_id) {
        let text = "Error processing request.-'bX' : cause - Maximum number of account summary requests exceeded";
        return gateway.error(id, req_id, 322, text);
    }
    let mut subscription = RowSubscription {
        accounts,
        ..RowSubscription::default()
    };
    let mut wanted = BTreeSet::new();
    for tag in tags.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        match tag.strip_prefix("$LEDGER") {
            None => {
                wanted.insert(tag.to_owned());
            }
            Some("") => subscription.ledger = Some("BASE".to_owned()),
            Some(":ALL") => subscription.ledger = Some(String::new()),
            Some(currency) => {
                subscription.ledger = Some(currency.trim_start_matches(':').to_owned());
            }
        }
    }
    subscription.tags = Some(wanted);
    let form = Form::Summary(req_id);
    send_rows(&gateway.world, session, &mut subscription, form);
    session.send(&Reply::AccountSummaryEnd { req_id });
    session.summaries.insert(req_id, subscription);
}

fn send_rows(world: &World, session: &mut Session, subscription: &mut RowSubscription, form: Form) {
    for account in subscription.accounts.clone() {
        for row in fresh_rows(world, subscription, &account) {
            session.send(&row_reply(form, &account, &row));
        }
    }
}

/// reqAccountUpdates: one account at a time for each client; blank means the first.
pub fn updates(gateway: &mut Gateway, id: u64, subscribe: bool, name: &str) {
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    if !subscribe {
        session.account_updates = None;
        return;
    }
    let Some(account) = named(gateway, name).and_then(|accounts| accounts.into_iter().next())
    else {
        return unknown(gateway, id, -1, name);
    };
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    let mut subscription = RowSubscription {
        accounts: vec![account.clone()],
        ledger: Some(String::new()),
        ..RowSubscription::default()
    };
    send_rows(&gateway.world, session, &mut subscription, Form::Updates);
    holdings::send_portfolio(&gateway.world, session, &account);
    session.send(&Reply::AccountUpdateTime {
        time: bridge::clock_time(gateway.world.now()),
    });
    session.send(&Reply::AccountDownloadEnd {
        account: account.as_str().to_owned(),
    });
    session.account_updates = Some(subscription);
}

/// reqAccountUpdatesMulti.
pub fn updates_multi(
    gateway: &mut Gateway,
    id: u64,
    req_id: ReqId,
    name: &str,
    ledger_and_nlv: bool,
) {
    let Some(accounts) = named(gateway, name) else {
        return unknown(gateway, id, req_id, name);
    };
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    let mut subscription = RowSubscription {
        accounts,
        tags: ledger_and_nlv.then(|| BTreeSet::from(["NetLiquidation".to_owned()])),
        ledger: Some(String::new()),
        ..RowSubscription::default()
    };
    send_rows(
        &gateway.world,
        session,
        &mut subscription,
        Form::Multi(req_id),
    );
    session.send(&Reply::AccountUpdateMultiEnd { req_id });
    session.account_multi.insert(req_id, subscription);
}

/// Sends subscribers what changed in an account. The simulated gateway does so
/// about once a second and at once after a fill, oftener than the real one.
pub fn refresh(gateway: &mut Gateway, account: &AccountId) {
    let world = &gateway.world;
    for session in gateway.sessions.values_mut() {
        if !session.has_room_for_quotes() {
            continue;
        }
        let mut summaries = std::mem::take(&mut session.summaries);
        for (req_id, subscription) in &mut summaries {
            for row in fresh_rows(world, subscription, account) {
                session.send(&row_reply(Form::Summary(*req_id), account, &row));
            }
        }
        session.summaries = summaries;
        let mut multi = std::mem::take(&mut session.account_multi);
        for (req_id, subscription) in &mut multi {
            for row in fresh_rows(world, subscription, account) {
                session.send(&row_reply(Form::Multi(*req_id), account, &row));
            }
        }
        session.account_multi = multi;
        if let Some(mut subscription) = session.account_updates.take() {
            if subscription.accounts.contains(account) {
                for row in fresh_rows(world, &mut subscription, account) {
                    session.send(&row_reply(Form::Updates, account, &row));
                }
                holdings::send_portfolio(world, session, account);
                session.send(&Reply::AccountUpdateTime {
                    time: bridge::clock_time(world.now()),
                });
            }
            session.account_updates = Some(subscription);
        }
        for (req_id, wanted) in session.pnl.clone() {
            if wanted == *account {
                holdings::send_pnl(world, session, req_id, account);
            }
        }
        for (req_id, (wanted, con_id)) in session.pnl_single.clone() {
            if wanted == *account {
                holdings::send_pnl_single(world, session, req_id, account, con_id);
            }
        }
    }
}
