//! Faults of the network itself, in a network of the test's own.
//!
//! The test starts itself once more behind `unshare`, where nothing of the computer's network is to
//! be seen and routes can be set. Where the system allows no such thing the test says that it was
//! skipped, and why.

use crate::plan::{checked, only_failure, plan};
use gatehouse_setup::check::Step;
use std::process::Command;

/// What the inner run checks: `host=fault`.
const INSIDE: &str = "GATEHOUSE_TEST_NETWORK";

/// Runs [`the_inner_run`] in a network that these commands of a shell have set up.
fn in_a_network(set_up: &str, host: &str, fault: &str) {
    let tried = Command::new("unshare")
        .args(["-c", "--keep-caps", "-n", "sh", "-c", set_up])
        .output();
    let refused = match tried {
        Err(error) => Some(error.to_string()),
        Ok(output) if output.status.success() => None,
        Ok(output) => Some(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    };
    if let Some(why) = refused {
        eprintln!("SKIPPED: {fault} is not made here, as this system gives no network: {why}");
        return;
    }
    let again = std::env::current_exe().expect("this test is a file");
    let inner = Command::new("unshare")
        .args(["-c", "--keep-caps", "-n", "sh", "-c"])
        .arg(format!(
            "{set_up} && exec \"$0\" --exact networks::the_inner_run --nocapture"
        ))
        .arg(again)
        .env(INSIDE, format!("{host}={fault}"))
        .output()
        .expect("it was started before");
    let said = String::from_utf8_lossy(&inner.stdout);
    assert!(
        inner.status.success() && said.contains(&format!("found {fault} at {host}")),
        "{said}\n{}",
        String::from_utf8_lossy(&inner.stderr)
    );
}

/// Does something only when it is started by one of the others.
#[tokio::test]
async fn the_inner_run() {
    let Ok(wanted) = std::env::var(INSIDE) else {
        return;
    };
    let (host, name) = wanted.split_once('=').expect("host and fault");
    let address = std::net::SocketAddr::new(host.parse().expect("an address"), 4002);
    let checked = checked(&plan(address)).await;
    let (step, fault) = only_failure(&checked);
    assert_eq!((step, fault.name.as_str()), (Step::Port, name), "{fault:?}");
    assert!(!fault.means.is_empty() && !fault.remedies.is_empty());
    println!("found {name} at {host}: {}", fault.says);
}

#[test]
fn no_route_to_the_address() {
    let set_up = "ip link set lo up && ip route add unreachable 127.9.9.9/32 table local";
    in_a_network(set_up, "127.9.9.9", "noRoute");
}

/// What is sent into a device that was taken down is dropped, as by a firewall that says nothing.
#[test]
fn a_network_that_swallows_everything() {
    let set_up = "ip link set lo up && ip link set lo down";
    in_a_network(set_up, "127.0.0.1", "timedOut");
}
