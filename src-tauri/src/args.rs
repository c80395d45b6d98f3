//! The command line. Every option can be given as an environment variable too.

use crate::program::Measured;
use clap::Parser;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// A desktop for people who hold accounts at Interactive Brokers.
#[derive(Debug, Clone, Parser)]
#[command(name = "gatehouse", version)]
pub(crate) struct Args {
    /// Start the embedded simulated gateway and connect to it. No account is needed.
    #[arg(long)]
    pub demo: bool,

    /// Connect with this profile, by its name [default: the one that the settings connect
    /// automatically]
    #[arg(
        long,
        value_name = "NAME",
        env = "GATEHOUSE_PROFILE",
        conflicts_with = "demo"
    )]
    pub profile: Option<String>,

    /// Where TWS or IB Gateway listens, on this computer: a port, or 127.0.0.1:PORT [default: the
    /// profile's]
    #[arg(long, value_name = "ADDRESS", env = "GATEHOUSE_GATEWAY", value_parser = parse_gateway)]
    pub gateway: Option<SocketAddr>,

    /// The API client id; no two programs at one gateway may share it [default: the profile's]
    #[arg(long, value_name = "N", env = "GATEHOUSE_CLIENT_ID",
          value_parser = clap::value_parser!(i32).range(0..=999_999))]
    pub client_id: Option<i32>,

    /// Say that the gateway is a simulated one, as gatehouse-sim is
    #[arg(long, env = "GATEHOUSE_SIMULATED")]
    pub simulated: bool,

    /// Where the journal is kept [default: the system's folder for application data]
    #[arg(long, value_name = "FOLDER", env = "GATEHOUSE_DATA_DIR")]
    pub data_dir: Option<PathBuf>,

    /// The seed of the demo's market: the same seed gives the same prices
    #[arg(long, value_name = "N", default_value_t = 7)]
    pub seed: u64,

    /// Print on standard output when the page reports its first portfolio and how long frames of
    /// this screen take
    #[arg(long, hide = true, env = "GATEHOUSE_REPORT")]
    pub report: Option<Measured>,
}

/// Only this computer: the API's traffic is neither encrypted nor authenticated.
fn parse_gateway(text: &str) -> Result<SocketAddr, String> {
    if let Ok(port) = text.parse::<u16>() {
        return Ok(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port));
    }
    let named = text.replacen("localhost:", "127.0.0.1:", 1);
    let address: SocketAddr = named
        .parse()
        .map_err(|_| "give a port, such as 4002, or 127.0.0.1:4002".to_owned())?;
    if !address.ip().is_loopback() {
        return Err(
            "Gatehouse connects only to this computer: what the gateway sends is not encrypted"
                .to_owned(),
        );
    }
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_alone_is_on_this_computer() {
        assert_eq!(parse_gateway("7497").unwrap().to_string(), "127.0.0.1:7497");
        assert_eq!(
            parse_gateway("localhost:4001").unwrap().to_string(),
            "127.0.0.1:4001"
        );
    }

    #[test]
    fn an_address_on_another_computer_is_refused() {
        assert!(
            parse_gateway("192.0.2.1:4002")
                .unwrap_err()
                .contains("only to this computer")
        );
        assert!(parse_gateway("gateway").is_err());
    }
}
