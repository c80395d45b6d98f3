//! From what a person typed as a host to addresses of this computer.

use crate::fault::Fault;
use std::io;
use std::net::{IpAddr, SocketAddr};

/// Where a gateway is to be found. All addresses are this computer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// As typed.
    pub host: String,
    /// The socket port.
    pub port: u16,
    /// What the host stands for, in the order in which it is tried.
    pub addresses: Vec<SocketAddr>,
}

impl Target {
    /// Host and port, for words.
    #[must_use]
    pub fn words(&self) -> String {
        if self.host.contains(':') && !self.host.starts_with('[') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

/// Asks the system what a name stands for; an address stands for itself.
///
/// # Errors
/// What the system says of a name that it does not know.
pub async fn look_up(host: &str) -> io::Result<Vec<IpAddr>> {
    let bare = host.trim().trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse() {
        return Ok(vec![address]);
    }
    let found = tokio::net::lookup_host((bare, 0)).await?;
    Ok(found.map(|address| address.ip()).collect())
}

/// The target, when the host stands for this computer and nothing else.
///
/// # Errors
/// [`Fault::NameUnknown`] or [`Fault::NotThisComputer`].
pub fn target(host: &str, port: u16, found: io::Result<Vec<IpAddr>>) -> Result<Target, Fault> {
    let host = host.trim().to_owned();
    let found = match found {
        Ok(found) if !found.is_empty() && !host.is_empty() => found,
        Ok(_) => {
            return Err(Fault::NameUnknown {
                host,
                why: "no address was found".to_owned(),
            });
        }
        Err(error) => {
            return Err(Fault::NameUnknown {
                host,
                why: error.to_string(),
            });
        }
    };
    if let Some(other) = found.iter().find(|address| !address.is_loopback()) {
        return Err(Fault::NotThisComputer {
            host,
            address: other.to_string(),
        });
    }
    let mut addresses: Vec<SocketAddr> = Vec::new();
    for ip in found {
        let address = SocketAddr::new(ip, port);
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    // TWS listens on IPv4 unless it was told otherwise.
    addresses.sort_by_key(SocketAddr::is_ipv6);
    Ok(Target {
        host,
        port,
        addresses,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_name_that_stands_for_this_computer_is_fine_and_ipv4_is_tried_first() {
        let found = target("localhost", 4002, Ok(vec![ip("::1"), ip("127.0.0.1")])).unwrap();
        assert_eq!(found.addresses.len(), 2);
        assert!(found.addresses[0].is_ipv4());
        assert_eq!(found.words(), "localhost:4002");
        let six = target("::1", 4001, Ok(vec![ip("::1")])).unwrap();
        assert_eq!(six.words(), "[::1]:4001");
    }

    #[test]
    fn any_address_that_is_not_this_computers_is_refused() {
        for (host, found) in [
            ("192.168.1.7", vec![ip("192.168.1.7")]),
            ("0.0.0.0", vec![ip("0.0.0.0")]),
            ("mixed", vec![ip("127.0.0.1"), ip("10.0.0.2")]),
        ] {
            let fault = target(host, 4002, Ok(found)).unwrap_err();
            assert!(matches!(fault, Fault::NotThisComputer { .. }), "{fault:?}");
        }
    }

    #[test]
    fn a_name_that_nobody_knows_is_told_as_such() {
        let error = io::Error::other("Name or service not known");
        let fault = target("gatewy", 4002, Err(error)).unwrap_err();
        assert!(matches!(fault, Fault::NameUnknown { host, .. } if host == "gatewy"));
        assert!(matches!(
            target("", 4002, Ok(vec![ip("127.0.0.1")])),
            Err(Fault::NameUnknown { .. })
        ));
    }

    #[tokio::test]
    async fn an_address_is_not_looked_up() {
        assert_eq!(look_up("127.0.0.1").await.unwrap(), [ip("127.0.0.1")]);
        assert_eq!(look_up("[::1]").await.unwrap(), [ip("::1")]);
    }
}
