//! Bulletins: short news from exchanges and the brokerage to everybody who asked for them.

use crate::messages::Reply;

use super::gateway::Gateway;

/// One bulletin.
#[derive(Clone, Debug)]
pub struct Bulletin {
    /// 1 news, 2 an exchange is no longer available, 3 it is again.
    pub kind: i32,
    pub text: String,
    pub exchange: String,
}

fn reply(place: usize, bulletin: &Bulletin) -> Reply {
    Reply::NewsBulletin {
        // A run has no two billion bulletins.
        id: i32::try_from(place + 1).unwrap_or(i32::MAX),
        kind: bulletin.kind,
        text: bulletin.text.clone(),
        exchange: bulletin.exchange.clone(),
    }
}

/// reqNewsBulletins; `all` asks for those that there have been too.
pub fn subscribe(gateway: &mut Gateway, id: u64, all: bool) {
    let Some(session) = gateway.sessions.get_mut(&id) else {
        return;
    };
    session.bulletins = true;
    if all {
        for (place, bulletin) in gateway.bulletins.iter().enumerate() {
            session.send(&reply(place, bulletin));
        }
    }
}

/// cancelNewsBulletins.
pub fn unsubscribe(gateway: &mut Gateway, id: u64) {
    if let Some(session) = gateway.sessions.get_mut(&id) {
        session.bulletins = false;
    }
}

/// Tells everybody who wants to know.
pub fn publish(gateway: &mut Gateway, bulletin: Bulletin) {
    let told = reply(gateway.bulletins.len(), &bulletin);
    gateway.bulletins.push(bulletin);
    for session in gateway.sessions.values_mut() {
        if session.bulletins {
            session.send(&told);
        }
    }
}
