//! What listens on this computer, and who it is.

use crate::fault::Fault;
use crate::probe;
use crate::program::{Program, USUAL_PORTS};
use futures::future::join_all;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

/// Everything is on this computer.
const PATIENCE: Duration = Duration::from_millis(800);

/// Who listens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum PortIs {
    /// A TWS API of this version.
    TwsApi { version: i32 },
    /// It accepts and closes at once.
    Closes,
    /// It accepts and says nothing.
    Silent,
    /// A web server.
    Http,
    /// Something encrypted.
    Tls,
    /// Anything else.
    Other,
}

/// A port at which something listens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PortSeen {
    /// The port.
    pub port: u16,
    /// The host to give for it: `127.0.0.1`, or `::1` where only that one listens.
    pub host: String,
    /// Who listens.
    pub is: PortIs,
    /// Whose port that usually is, when it is one of the usual ones.
    pub usually: Option<Program>,
}

/// Asks who listens at each of the usual ports and at these. What does not listen is left out.
pub async fn look_at(more: &[u16]) -> Vec<PortSeen> {
    let ports: BTreeSet<u16> = USUAL_PORTS.iter().chain(more).copied().collect();
    let seen = join_all(ports.into_iter().filter(|port| *port != 0).map(look)).await;
    seen.into_iter().flatten().collect()
}

/// Those of the ports at which something listens; nothing is sent there.
pub async fn listening(ports: &[u16]) -> Vec<u16> {
    let ports: BTreeSet<u16> = ports.iter().copied().collect();
    let seen = join_all(ports.into_iter().map(|port| async move {
        let opened = probe::open(&both(port), PATIENCE).await;
        opened.is_ok().then_some(port)
    }))
    .await;
    seen.into_iter().flatten().collect()
}

fn both(port: u16) -> [SocketAddr; 2] {
    [
        SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        SocketAddr::from((Ipv6Addr::LOCALHOST, port)),
    ]
}

async fn look(port: u16) -> Option<PortSeen> {
    let (address, stream) = probe::open(&both(port), PATIENCE).await.ok()?;
    let is = match probe::greet(address, stream, PATIENCE).await {
        Ok(greeting) => PortIs::TwsApi {
            version: greeting.version,
        },
        Err(Fault::HandshakeRefused { .. }) => PortIs::TwsApi { version: 0 },
        Err(Fault::ClosedAtOnce { .. }) => PortIs::Closes,
        Err(Fault::SilentHandshake { .. }) => PortIs::Silent,
        Err(Fault::Http { .. }) => PortIs::Http,
        Err(Fault::Tls { .. }) => PortIs::Tls,
        Err(_) => PortIs::Other,
    };
    Some(PortSeen {
        port,
        host: address.ip().to_string(),
        is,
        usually: Program::usual_at(port).map(|(program, _)| program),
    })
}
