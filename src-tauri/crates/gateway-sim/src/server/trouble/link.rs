//! The gateway's own link to the brokerage, and what it says of it to every client.

use crate::messages::{ClientId, Reply};

use super::super::gateway::Gateway;
use super::super::requests;

/// Tells every client that has started.
pub(super) fn announce(gateway: &mut Gateway, code: i32, text: Option<String>) {
    let message = text.unwrap_or_else(|| usual_words(code).to_owned());
    let reply = Reply::Error {
        id: -1,
        code,
        message,
        time_millis: gateway.now(),
    };
    for session in gateway.sessions.values_mut() {
        if session.client_id.is_some() {
            session.send(&reply);
        }
    }
}

fn usual_words(code: i32) -> &'static str {
    match code {
        100 => "Max rate of messages per second has been exceeded:max=50 rec=51",
        1100 => "Connectivity between IBKR and Trader Workstation has been lost.",
        1101 => "Connectivity between IBKR and Trader Workstation has been restored - data lost.",
        1102 => {
            "Connectivity between IBKR and Trader Workstation has been restored - data maintained."
        }
        2103 => "Market data farm connection is broken:usfarm",
        2104 => "Market data farm connection is OK:usfarm",
        2105 => "HMDS data farm connection is broken:ushmds",
        2106 => "HMDS data farm connection is OK:ushmds",
        2107 => "HMDS data farm connection is inactive but should be available upon demand.ushmds",
        2108 => {
            "Market data farm connection is inactive but should be available upon demand.usfarm"
        }
        2110 => {
            "Connectivity between Trader Workstation and server is broken. It will be restored automatically."
        }
        2157 => "Sec-def data farm connection is broken:secdefnj",
        2158 => "Sec-def data farm connection is OK:secdefnj",
        _ => "",
    }
}

pub(super) fn restore(gateway: &mut Gateway, data_lost: bool) {
    gateway.trouble.upstream_down = false;
    if data_lost {
        for session in gateway.sessions.values_mut() {
            session.forget_streams();
        }
    }
    announce(gateway, if data_lost { 1101 } else { 1102 }, None);
    let unheard = std::mem::take(&mut gateway.trouble.unheard);
    gateway.tell(unheard);
    for (id, client, request) in std::mem::take(&mut gateway.trouble.waiting) {
        requests::dispatch(gateway, id, client, request);
    }
}

pub(super) const COMPETING: &str = "No market data during competing live session";

pub(super) fn compete(gateway: &mut Gateway) {
    gateway.trouble.competing = true;
    let lines: Vec<_> = gateway
        .sessions
        .iter_mut()
        .flat_map(|(id, session)| {
            let lines = std::mem::take(&mut session.lines);
            lines.into_keys().map(|req_id| (*id, req_id))
        })
        .collect();
    for (id, req_id) in lines {
        gateway.error(id, req_id, 10197, COMPETING);
    }
}

pub(super) fn disconnect(gateway: &mut Gateway, client: Option<ClientId>) {
    for session in gateway.sessions.values_mut() {
        if client.is_none() || session.client_id == client {
            session.cut_off();
        }
    }
}
