//! Faults before the login, each made with a real socket.

use crate::plan::{checked, gateway, only_failure, plan, server, some};
use gatehouse_setup::check::Step;
use gatehouse_setup::fault::{Fault, FaultView, Place};
use gatehouse_setup::{host, probe};
use gatehouse_sim::server::Faults;
use std::net::{Ipv6Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket};

async fn named(address: SocketAddr) -> (Step, FaultView) {
    let checked = checked(&plan(address)).await;
    let (step, fault) = only_failure(&checked);
    (step, fault.clone())
}

/// A port at which nothing listens.
async fn closed() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap()
}

#[tokio::test]
async fn nothing_listens() {
    let (step, fault) = named(closed().await).await;
    assert_eq!((step, fault.name.as_str()), (Step::Port, "nothingListens"));
    assert!(fault.remedies.iter().any(|r| r.place == Place::Tws
        && r.path == ["File", "Global Configuration…", "API", "Settings"]
        && r.does.contains("Enable ActiveX and Socket Clients")));
}

#[tokio::test]
async fn another_port_at_which_something_listens_is_named() {
    let other = server(|_| std::future::pending()).await;
    let mut plan = plan(closed().await);
    plan.ports = vec![other.port()];
    let checked = checked(&plan).await;
    let (_, fault) = only_failure(&checked);
    assert_eq!(fault.name, "nothingListens");
    assert!(
        fault.says.contains(&other.port().to_string()),
        "{}",
        fault.says
    );
}

#[tokio::test]
async fn a_web_server_that_answers_at_once_or_only_to_a_browser() {
    let quick = server(|mut stream| async move {
        some(&mut stream).await;
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    })
    .await;
    // Waits for the end of a line, which the greeting does not have.
    let patient = server(|mut stream| async move {
        let mut all = Vec::new();
        while !all.ends_with(b"\r\n\r\n") {
            let bytes = some(&mut stream).await;
            if bytes.is_empty() {
                return;
            }
            all.extend(bytes);
        }
        let _ = stream.write_all(b"HTTP/1.0 404 Not Found\r\n\r\n").await;
    })
    .await;
    for address in [quick, patient] {
        let (step, fault) = named(address).await;
        assert_eq!(fault.name, "http");
        assert!(fault.says.contains("web server"));
        assert!(matches!(step, Step::Api | Step::Handshake));
    }
}

#[tokio::test]
async fn something_encrypted_that_says_so_or_closes() {
    let alert = server(|mut stream| async move {
        some(&mut stream).await;
        let _ = stream.write_all(b"\x15\x03\x01\x00\x02\x02\x46").await;
    })
    .await;
    // Closes at what is not its greeting.
    let strict = server(|mut stream| async move {
        if some(&mut stream).await.starts_with(&[0x16, 0x03, 0x01]) {
            let _ = stream.write_all(b"\x15\x03\x03\x00\x02\x02\x28").await;
        }
    })
    .await;
    for address in [alert, strict] {
        assert_eq!(named(address).await.1.name, "tls");
    }
}

#[tokio::test]
async fn a_remote_shell_and_a_protocol_that_nobody_knows() {
    let shell = server(|mut stream| async move {
        let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.6\r\n").await;
        some(&mut stream).await;
    })
    .await;
    assert_eq!(named(shell).await.1.name, "ssh");
    let mail = server(|mut stream| async move {
        let _ = stream.write_all(b"220 mail.example ESMTP\r\n").await;
        some(&mut stream).await;
    })
    .await;
    let (step, fault) = named(mail).await;
    assert_eq!((step, fault.name.as_str()), (Step::Api, "otherProtocol"));
    assert!(fault.says.contains("220 mail.example"), "{}", fault.says);
}

#[tokio::test]
async fn accepted_and_closed_as_from_an_address_that_is_not_trusted() {
    let sim = gateway(Faults {
        close_on_accept: true,
        ..Faults::default()
    })
    .await;
    let (step, fault) = named(sim.addr()).await;
    assert_eq!(
        (step, fault.name.as_str()),
        (Step::Handshake, "closedAtOnce")
    );
    assert!(fault.remedies[0].does.contains("Trusted IPs"));
    assert!(fault.remedies[0].does.contains("Never 0.0.0.0/0"));
}

#[tokio::test]
async fn silence_in_the_handshake() {
    let sim = gateway(Faults {
        silent_handshake: true,
        ..Faults::default()
    })
    .await;
    let (step, fault) = named(sim.addr()).await;
    assert_eq!(
        (step, fault.name.as_str()),
        (Step::Handshake, "silentHandshake")
    );
    assert!(fault.means.contains("Accept incoming connection?"));
}

#[tokio::test]
async fn a_version_that_is_too_old() {
    let sim = gateway(Faults {
        announce_version: Some(176),
        ..Faults::default()
    })
    .await;
    let (step, fault) = named(sim.addr()).await;
    assert_eq!((step, fault.name.as_str()), (Step::Version, "tooOld"));
    assert!(fault.says.contains("176") && fault.says.contains("213"));
}

#[tokio::test]
async fn a_greeting_that_the_gateway_refuses_in_its_own_words() {
    let refusing = server(|mut stream| async move {
        some(&mut stream).await;
        let text = b"4\x002\x00-1\x00503\x00The TWS is out of date\x00";
        let _ = stream.write_all(&(text.len() as u32).to_be_bytes()).await;
        let _ = stream.write_all(text).await;
    })
    .await;
    let (step, fault) = named(refusing).await;
    assert_eq!(
        (step, fault.name.as_str()),
        (Step::Handshake, "handshakeRefused")
    );
    assert!(fault.says.contains("The TWS is out of date"));
}

#[tokio::test]
async fn a_host_that_is_not_this_computer_or_nothing_at_all() {
    for (host, name) in [
        ("192.0.2.7", "notThisComputer"),
        ("0.0.0.0", "notThisComputer"),
        ("no-such-host.invalid", "nameUnknown"),
        ("", "nameUnknown"),
    ] {
        let mut plan = plan(closed().await);
        plan.host = host.to_owned();
        let checked = checked(&plan).await;
        let (step, fault) = only_failure(&checked);
        assert_eq!((step, fault.name.as_str()), (Step::Port, name), "{host}");
        assert!(!fault.means.is_empty() && fault.remedies[0].does.contains("127.0.0.1"));
    }
}

#[tokio::test]
async fn a_name_that_stands_for_this_computer_is_fine() {
    let sim = gateway(Faults::default()).await;
    let mut plan = plan(sim.addr());
    plan.host = "localhost".to_owned();
    assert!(checked(&plan).await.usable);
}

#[tokio::test]
async fn it_listens_at_the_other_kind_of_address_only() {
    let Ok(six) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).await else {
        // No IPv6 on this computer: the fault can't happen here.
        return;
    };
    let port = six.local_addr().unwrap().port();
    let (step, fault) = named(SocketAddr::from(([127, 0, 0, 1], port))).await;
    assert_eq!((step, fault.name.as_str()), (Step::Port, "otherFamily"));
    assert!(fault.remedies[0].does.contains("::1"), "{fault:?}");

    let four = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = four.local_addr().unwrap().port();
    let (_, fault) = named(SocketAddr::from((Ipv6Addr::LOCALHOST, port))).await;
    assert_eq!(fault.name, "otherFamily");
    assert!(fault.remedies[0].does.contains("127.0.0.1"), "{fault:?}");
}

#[tokio::test]
async fn it_listens_at_another_address_of_the_same_kind() {
    let sim = gateway(Faults::default()).await;
    let (_, fault) = named(SocketAddr::from(([127, 0, 1, 1], sim.addr().port()))).await;
    assert_eq!(fault.name, "otherFamily");
    assert!(!fault.means.contains("IPv6"), "{}", fault.means);
    assert!(fault.remedies[0].does.contains("127.0.0.1"), "{fault:?}");
}

/// A listener whose queue is full: further connections are neither accepted nor refused, as
/// behind a firewall that drops them.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn neither_accepted_nor_refused() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut held = Vec::new();
    while let Ok(Ok(stream)) = tokio::time::timeout(
        Duration::from_millis(300),
        tokio::net::TcpStream::connect(address),
    )
    .await
    {
        held.push(stream);
    }
    let (step, fault) = named(address).await;
    assert_eq!((step, fault.name.as_str()), (Step::Port, "timedOut"));
    assert!(fault.means.contains("firewall"));
}

#[tokio::test]
async fn no_way_to_the_address_is_told_apart_from_nothing_listens() {
    // A documentation address has a way to it or none, depending on the computer; the words of
    // the fault are the same wherever it happens.
    let fault = FaultView::from(&Fault::NoRoute {
        address: "[::1]:4002".to_owned(),
        why: "Network is unreachable".to_owned(),
    });
    assert!(fault.says.contains("no way"), "{}", fault.says);
    assert!(fault.remedies[0].does.contains("127.0.0.1"));
    let found = host::target("::1", 4002, Ok(vec!["::1".parse().unwrap()])).unwrap();
    let opened = probe::open(&found.addresses, Duration::from_millis(500)).await;
    if let Err(fault) = opened {
        assert!(matches!(
            fault,
            Fault::NoRoute { .. } | Fault::NothingListens { .. } | Fault::OtherFamily { .. }
        ));
    }
}

#[tokio::test]
async fn the_probe_takes_no_client_id() {
    let sim = gateway(Faults::default()).await;
    let stream = tokio::net::TcpStream::connect(sim.addr()).await.unwrap();
    let greeting = probe::greet(sim.addr(), stream, Duration::from_secs(2))
        .await
        .unwrap();
    assert_eq!(greeting.version, 226);
    // What follows the greeting on a line of its own is nothing.
    let mut raw = tokio::net::TcpStream::connect(sim.addr()).await.unwrap();
    raw.write_all(b"API\0\0\0\0\x09v100..226").await.unwrap();
    let mut head = [0; 4];
    raw.read_exact(&mut head).await.unwrap();
}
