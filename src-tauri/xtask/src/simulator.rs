//! The simulated gateway as a process.

use std::io::{BufRead, BufReader};
use std::process::Child;
use std::sync::mpsc;
use std::time::Duration;

use crate::failure::Failure;
use crate::program::{Program, end};
use crate::tree::Tree;

/// Seed of the market for every run, so that two runs see the same prices.
const SEED: &str = "7";

/// A running simulated gateway; ends when dropped.
#[derive(Debug)]
pub struct Simulator {
    child: Child,
    port: u16,
}

impl Simulator {
    /// Starts the debug build on a free loopback port and waits until it says which.
    pub fn start(tree: &Tree, how: &[&str]) -> Result<Self, Failure> {
        let mut child = Program::new(tree.debug_program("gatehouse-sim"))
            .args(["--port", "0", "--seed", SEED])
            .args(how)
            .start()?;
        let (tell, told) = mpsc::channel();
        if let Some(output) = child.stdout.take() {
            std::thread::spawn(move || {
                // Reads to the end, or the simulator would stop on a full pipe.
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    if let Some(port) = loopback_port(&line) {
                        let _ = tell.send(port);
                    }
                }
            });
        }
        match told.recv_timeout(Duration::from_secs(20)) {
            Ok(port) => Ok(Self { child, port }),
            Err(_) => {
                end(&mut child);
                Err(Failure::new(
                    "gatehouse-sim did not print the address it listens on within 20 s",
                ))
            }
        }
    }

    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// The port in a line that names a loopback address.
fn loopback_port(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("127.0.0.1:")?;
    let digits: &str = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok().filter(|port| *port != 0)
}

#[cfg(test)]
mod tests {
    use super::loopback_port;

    #[test]
    fn the_port_is_read_from_the_line_that_names_the_address() {
        assert_eq!(
            loopback_port("listening on 127.0.0.1:40123, seed 7"),
            Some(40123)
        );
        assert_eq!(loopback_port("listening on 127.0.0.1:0"), None);
        assert_eq!(loopback_port("three accounts"), None);
    }
}
