//! The third-party client, as its users run it.

use crate::Failure;
use crate::gateway::Gateway;
use std::path::Path;
use std::process::Command;

/// Ticks a second from the request to the end of the flood.
pub fn rate(gateway: &Gateway, python: &Path, ticks: u64) -> Result<f64, Failure> {
    let output = Command::new(python)
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/bench/ib_async_ticks.py"
        ))
        .args([gateway.port().to_string(), ticks.to_string()])
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().map_err(|_| {
        let told = String::from_utf8_lossy(&output.stderr);
        format!("ib_async was not measured: {}", told.trim()).into()
    })
}
