//! The first steps, by hand and byte by byte: the port, and the greeting of the TWS API.
//!
//! The client library hides what it is told before the greeting is complete, and that is where
//! most connections go wrong.

mod answer;

pub use answer::{Answer, Greeting};

use crate::fault::Fault;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The first version that speaks as Gatehouse's client does.
pub const NEEDED: i32 = 213;
/// The newest that is offered.
const NEWEST: i32 = 226;
/// The oldest that is offered, so that an old gateway says which one it is.
const OLDEST: i32 = 100;
/// No greeting is longer.
const LONGEST: usize = 4096;

/// Connects to the first of the addresses that accepts.
///
/// # Errors
/// The fault at the first address, or [`Fault::OtherFamily`] when only the other kind of
/// loopback address would do.
pub async fn open(
    addresses: &[SocketAddr],
    patience: Duration,
) -> Result<(SocketAddr, TcpStream), Fault> {
    let mut first = None;
    for address in addresses {
        match timeout(patience, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                // Latency only; it works without.
                let _ = stream.set_nodelay(true);
                return Ok((*address, stream));
            }
            Ok(Err(error)) => first = first.or(Some(unopened(*address, &error))),
            Err(_) => {
                first = first.or(Some(Fault::TimedOut {
                    address: address.to_string(),
                }));
            }
        }
    }
    let asked = addresses.first().copied();
    if let (Some(Fault::NothingListens { .. } | Fault::NoRoute { .. }), Some(asked)) =
        (&first, asked)
    {
        for other in others(asked).filter(|other| !addresses.contains(other)) {
            if let Ok(Ok(_)) = timeout(patience, TcpStream::connect(other)).await {
                return Err(Fault::OtherFamily {
                    asked: asked.to_string(),
                    listens: other.to_string(),
                });
            }
        }
    }
    Err(first.unwrap_or(Fault::NameUnknown {
        host: String::new(),
        why: "no address".to_owned(),
    }))
}

/// The same port at both kinds of `localhost`.
fn others(address: SocketAddr) -> impl Iterator<Item = SocketAddr> {
    let port = address.port();
    [
        SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        SocketAddr::from((Ipv6Addr::LOCALHOST, port)),
    ]
    .into_iter()
}

/// Why a connection was not made.
fn unopened(address: SocketAddr, error: &io::Error) -> Fault {
    let address = address.to_string();
    match error.kind() {
        ErrorKind::ConnectionRefused => Fault::NothingListens {
            address,
            elsewhere: Vec::new(),
        },
        ErrorKind::TimedOut => Fault::TimedOut { address },
        ErrorKind::NetworkUnreachable
        | ErrorKind::HostUnreachable
        | ErrorKind::AddrNotAvailable => Fault::NoRoute {
            address,
            why: error.to_string(),
        },
        // Accepted, and away before the system had told.
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => {
            Fault::ClosedAtOnce { address }
        }
        _ => Fault::Other {
            text: format!("connecting to {address}: {error}"),
        },
    }
}

/// Greets, and says what answers. Nothing follows the greeting: no client id is taken.
///
/// # Errors
/// What answers instead of a TWS API.
pub async fn greet(
    address: SocketAddr,
    mut stream: TcpStream,
    patience: Duration,
) -> Result<Greeting, Fault> {
    let offer = format!("v{OLDEST}..{NEWEST}");
    let mut bytes = b"API\0".to_vec();
    bytes.extend(u32::try_from(offer.len()).unwrap_or(0).to_be_bytes());
    bytes.extend(offer.as_bytes());
    // Whoever closed already may have said something first.
    let _ = stream.write_all(&bytes).await;
    let words = address.to_string();
    match timeout(patience, read_answer(&mut stream)).await {
        Ok(Answer::Greeting(greeting)) => Ok(greeting),
        Ok(Answer::Refusal(text)) => Err(Fault::HandshakeRefused {
            address: words,
            text,
        }),
        Ok(Answer::Http) => Err(Fault::Http { address: words }),
        Ok(Answer::Tls) => Err(Fault::Tls { address: words }),
        Ok(Answer::Ssh) => Err(Fault::Ssh { address: words }),
        Ok(Answer::Other(begins)) => Err(Fault::OtherProtocol {
            address: words,
            begins,
        }),
        Ok(Answer::Nothing) => Err(second_look(address, patience)
            .await
            .unwrap_or(Fault::ClosedAtOnce { address: words })),
        Ok(Answer::Unfinished) | Err(_) => {
            drop(stream);
            Err(second_look(address, patience)
                .await
                .unwrap_or(Fault::SilentHandshake { address: words }))
        }
    }
}

async fn read_answer(stream: &mut TcpStream) -> Answer {
    let mut buffer = Vec::with_capacity(256);
    loop {
        match stream.read_buf(&mut buffer).await {
            Ok(0) | Err(_) => return answer::ended(&buffer),
            Ok(_) if buffer.len() > LONGEST => return answer::ended(&buffer),
            Ok(_) => match answer::read(&buffer) {
                Answer::Unfinished => {}
                answer => return answer,
            },
        }
    }
}

/// Asks as a web browser would: some servers stay silent or close at a greeting that they don't
/// know. A TWS API says nothing to it.
async fn second_look(address: SocketAddr, patience: Duration) -> Option<Fault> {
    let patience = patience.min(Duration::from_millis(700));
    let questions: [Question; 2] = [
        (b"GET / HTTP/1.0\r\n\r\n", |address| Fault::Http { address }),
        (CLIENT_HELLO, |address| Fault::Tls { address }),
    ];
    for (question, fault) in questions {
        let asking = async {
            let mut stream = TcpStream::connect(address).await.ok()?;
            stream.write_all(question).await.ok()?;
            Some(read_answer(&mut stream).await)
        };
        let wanted = fault(address.to_string());
        match timeout(patience, asking).await.ok().flatten() {
            Some(Answer::Http) if matches!(wanted, Fault::Http { .. }) => return Some(wanted),
            // A web server that wants encryption says so to both.
            Some(Answer::Tls) => {
                return Some(Fault::Tls {
                    address: address.to_string(),
                });
            }
            _ => {}
        }
    }
    None
}

/// What is asked, and what an answer to it means.
type Question = (&'static [u8], fn(String) -> Fault);

/// The shortest greeting of TLS 1.2 that a server answers, if only with an alert.
const CLIENT_HELLO: &[u8] = &[
    0x16, 0x03, 0x01, 0x00, 0x2d, // record: handshake, 45 bytes
    0x01, 0x00, 0x00, 0x29, 0x03, 0x03, // client hello, 41 bytes, TLS 1.2
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, // random
    16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,   // random
    0x00, // no session
    0x00, 0x02, 0xc0, 0x2f, // one cipher suite
    0x01, 0x00, // no compression
];
