//! Positions and profit.

use crate::messages::{Reply, ReqId};
use crate::world::{AccountId, ConId, Position, World};

use super::accounts::{named, too_many, unknown};
use super::bridge;
use super::gateway::Gateway;
use super::session::Session;

/// reqPositions.
pub fn positions(gateway: &mut Gateway, id: u64) {
    if too_many(gateway, id, -1) {
        return;
    }
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    for account in gateway.world.account_ids() {
        for position in gateway.world.positions(&account).unwrap_or_default() {
            if !position.quantity.is_zero()
                && let Some(reply) = position_reply(&gateway.world, &position)
            {
                session.send(&reply);
            }
        }
    }
    session.send(&Reply::PositionEnd);
    session.positions = true;
}

fn position_reply(world: &World, position: &Position) -> Option<Reply> {
    Some(Reply::Position {
        account: position.account.as_str().to_owned(),
        contract: Box::new(bridge::held_contract(world.by_con_id(position.con_id)?)),
        position: position.quantity,
        avg_cost: position.average_cost,
    })
}

/// reqPositionsMulti.
pub fn positions_multi(gateway: &mut Gateway, id: u64, req_id: ReqId, name: &str) {
    let Some(accounts) = named(gateway, name) else {
        return unknown(gateway, id, req_id, name);
    };
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    for account in &accounts {
        for position in gateway.world.positions(account).unwrap_or_default() {
            if !position.quantity.is_zero()
                && let Some(reply) = position_multi_reply(&gateway.world, req_id, &position)
            {
                session.send(&reply);
            }
        }
    }
    session.send(&Reply::PositionMultiEnd { req_id });
    session.positions_multi.insert(req_id, accounts);
}

fn position_multi_reply(world: &World, req_id: ReqId, position: &Position) -> Option<Reply> {
    Some(Reply::PositionMulti {
        req_id,
        account: position.account.as_str().to_owned(),
        model_code: String::new(),
        contract: Box::new(bridge::held_contract(world.by_con_id(position.con_id)?)),
        position: position.quantity,
        avg_cost: position.average_cost,
    })
}

/// reqPnL.
pub fn pnl(gateway: &mut Gateway, id: u64, req_id: ReqId, name: &str) {
    let account = AccountId::new(name);
    if gateway.world.pnl(&account).is_none() {
        return unknown(gateway, id, req_id, name);
    }
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    send_pnl(&gateway.world, session, req_id, &account);
    session.pnl.insert(req_id, account);
}

/// Sends an account's profit.
pub fn send_pnl(world: &World, session: &mut Session, req_id: ReqId, account: &AccountId) {
    if let Some(pnl) = world.pnl(account) {
        session.send(&Reply::Pnl {
            req_id,
            daily: Some(pnl.daily),
            unrealized: Some(pnl.unrealized),
            realized: Some(pnl.realized),
        });
    }
}

/// reqPnLSingle. A position that does not exist answers with nothing known but its size 0.
pub fn pnl_single(gateway: &mut Gateway, id: u64, req_id: ReqId, name: &str, con_id: i32) {
    let account = AccountId::new(name);
    if gateway.world.pnl(&account).is_none() {
        return unknown(gateway, id, req_id, name);
    }
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    let con_id = ConId::new(con_id);
    send_pnl_single(&gateway.world, session, req_id, &account, con_id);
    session.pnl_single.insert(req_id, (account, con_id));
}

/// Sends one position's profit.
pub fn send_pnl_single(
    world: &World,
    session: &mut Session,
    req_id: ReqId,
    account: &AccountId,
    con_id: ConId,
) {
    let pnl = world.pnl_single(account, con_id);
    session.send(&Reply::PnlSingle {
        req_id,
        position: pnl.map(|pnl| pnl.position).unwrap_or_default(),
        daily: pnl.map(|pnl| pnl.daily),
        unrealized: pnl.map(|pnl| pnl.unrealized),
        realized: pnl.map(|pnl| pnl.realized),
        value: pnl.map(|pnl| pnl.value),
    });
}

/// Tells subscribers that a position's size or cost changed.
pub fn position_moved(gateway: &mut Gateway, account: &AccountId, con_id: ConId) {
    let world = &gateway.world;
    let Some(position) = world.position(account, con_id) else {
        return;
    };
    for session in gateway.sessions.values_mut() {
        if session.positions
            && let Some(reply) = position_reply(world, &position)
        {
            session.send(&reply);
        }
        let wanted: Vec<ReqId> = session
            .positions_multi
            .iter()
            .filter(|(_, accounts)| accounts.contains(account))
            .map(|(req_id, _)| *req_id)
            .collect();
        for req_id in wanted {
            if let Some(reply) = position_multi_reply(world, req_id, &position) {
                session.send(&reply);
            }
        }
    }
}

/// Sends every line of an account's portfolio.
pub fn send_portfolio(world: &World, session: &mut Session, account: &AccountId) {
    for position in world.positions(account).unwrap_or_default() {
        if let Some(reply) = portfolio_value(world, &position) {
            session.send(&reply);
        }
    }
}

fn portfolio_value(world: &World, position: &Position) -> Option<Reply> {
    Some(Reply::PortfolioValue {
        contract: Box::new(bridge::held_contract(world.by_con_id(position.con_id)?)),
        position: position.quantity,
        market_price: position.market_price,
        market_value: position.market_value,
        average_cost: position.average_cost,
        unrealized_pnl: position.unrealized_pnl,
        realized_pnl: position.realized_pnl,
        account: position.account.as_str().to_owned(),
    })
}
