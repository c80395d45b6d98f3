//! What is no gateway, or one that misbehaves in the greeting, is named.

use crate::harness::{config, reconciled, sim, start};
use gatehouse_desk::port::broker::{Broker, BrokerError, BrokerEvent, LinkFault, LinkState};
use gatehouse_sim::server::{Faults, Sim, SimConfig};
use gatehouse_sim::world::Scenario;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The fault of a connection to something that says these bytes after the client's greeting
/// and then closes, or stays open.
async fn fault_of(bytes: &[u8], stay: bool) -> LinkFault {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let bytes = bytes.to_vec();
    tokio::spawn(async move {
        let mut held: Vec<TcpStream> = Vec::new();
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut greeting = [0; 12];
            let _ = socket.read_exact(&mut greeting).await;
            let _ = socket.write_all(&bytes).await;
            if stay {
                held.push(socket);
            } else {
                // Reading to the end first: closing with unread bytes would be a reset.
                let _ = socket.shutdown().await;
                let _ = socket.read_to_end(&mut Vec::new()).await;
            }
        }
    });
    let mut config = config(addr);
    if stay {
        config.connect_timeout = Duration::from_millis(500);
    }
    let (_tws, mut events) = start(config);
    assert_eq!(
        events.next().await,
        BrokerEvent::Link(LinkState::Connecting { attempt: 1 })
    );
    events.down().await
}

fn frame(body: &[u8]) -> Vec<u8> {
    let mut frame = u32::try_from(body.len()).unwrap().to_be_bytes().to_vec();
    frame.extend_from_slice(body);
    frame
}

#[tokio::test]
async fn nothing_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    drop(listener);
    let (tws, mut events) = start(config(addr));
    assert_eq!(
        events.down().await,
        LinkFault::Refused {
            address: addr.to_string()
        }
    );
    assert_eq!(tws.search("AAPL").await, Err(BrokerError::NotConnected));
}

#[tokio::test]
async fn it_accepts_and_stays_silent() {
    assert!(matches!(
        fault_of(b"", true).await,
        LinkFault::Silent { .. }
    ));
}

#[tokio::test]
async fn it_says_half_a_frame_and_stays_silent() {
    let half = &frame(b"213\x0020260102")[..6];
    assert!(matches!(
        fault_of(half, true).await,
        LinkFault::Silent { .. }
    ));
}

#[tokio::test]
async fn it_closes_at_once() {
    assert!(matches!(
        fault_of(b"", false).await,
        LinkFault::ClosedInHandshake(_)
    ));
}

#[tokio::test]
async fn it_closes_in_the_middle_of_a_frame() {
    let half = &frame(b"213\x0020260102 15:00:00 UTC\0")[..9];
    assert!(matches!(
        fault_of(half, false).await,
        LinkFault::ClosedInHandshake(_)
    ));
}

#[tokio::test]
async fn it_closes_after_its_greeting() {
    let greeting = frame(b"213\x0020260102 15:00:00 UTC\0");
    assert!(matches!(
        fault_of(&greeting, false).await,
        LinkFault::ClosedInHandshake(_)
    ));
}

#[tokio::test]
async fn it_is_a_web_server() {
    let fault = fault_of(b"HTTP/1.1 400 Bad Request\r\n\r\n", true).await;
    assert!(matches!(fault, LinkFault::Garbled { .. }), "{fault:?}");
}

#[tokio::test]
async fn it_announces_a_frame_of_two_gigabytes() {
    let fault = fault_of(&0x8000_0000_u32.to_be_bytes(), true).await;
    assert!(matches!(fault, LinkFault::Garbled { .. }), "{fault:?}");
}

#[tokio::test]
async fn its_greeting_has_no_version() {
    let fault = fault_of(&frame(b"hello\0there\0"), true).await;
    assert!(matches!(fault, LinkFault::Garbled { .. }), "{fault:?}");
}

#[tokio::test]
async fn it_is_too_old() {
    let fault = fault_of(&frame(b"176\x0020260102 15:00:00 UTC\0"), true).await;
    assert_eq!(
        fault,
        LinkFault::TooOld {
            version: 176,
            needed: 213
        }
    );
}

#[tokio::test]
async fn the_simulated_gateway_can_be_too_old_too() {
    let mut old = SimConfig::new(Scenario::three_accounts(7));
    old.faults.announce_version = Some(178);
    let sim = Sim::start(old).await.unwrap();
    let (_tws, mut events) = start(config(sim.addr()));
    assert!(matches!(
        events.down().await,
        LinkFault::TooOld { version: 178, .. }
    ));
}

#[tokio::test]
async fn another_program_has_the_client_id() {
    let sim = sim().await;
    let (first, _events, _) = reconciled(&sim).await;
    let (_second, mut events) = start(config(sim.addr()));
    assert_eq!(
        events.down().await,
        LinkFault::ClientIdInUse { client_id: 11 }
    );
    // Once the first lets go, the second gets it.
    first.shutdown().await;
    assert_eq!(events.up().await.client_id, 11);
}

#[tokio::test]
async fn a_link_that_breaks_in_the_middle_of_anything_is_lost_and_comes_back() {
    for faults in [
        Faults {
            drop_mid_frame: Some(25),
            ..Faults::default()
        },
        Faults {
            huge_frame: Some(25),
            ..Faults::default()
        },
        Faults {
            garbage: Some(25),
            ..Faults::default()
        },
    ] {
        let sim = sim().await;
        sim.set_faults(faults);
        let (_tws, mut events) = start(config(sim.addr()));
        assert_eq!(events.down().await, LinkFault::Lost, "{faults:?}");
        sim.set_faults(Faults::default());
        events.until(|e| *e == BrokerEvent::Reconciled).await;
    }
}
