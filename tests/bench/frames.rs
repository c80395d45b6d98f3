//! Frame times of the page with sixty rows in view, each changed at every beat.

use crate::gateway::{Gateway, Kind};
use crate::window::Window;
use crate::{Failure, sample};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// As high as it takes to show sixty rows below the accounts.
const SIZE: [&str; 2] = ["1280", "2300"];
const ROWS: f64 = 60.0;
/// Reports that count, after one in which the window was still growing.
const REPORTS: usize = 3;

/// Samples `frame_ms` (95th percentile of a frame's time), `gap_ms` (of the time between
/// frames) and `rows` in view, one of each for every report of the page.
pub fn take(app: &Path, python: &Path) -> Result<(), Failure> {
    let gateway = Gateway::start(Kind::Wide)?;
    let window = Window::open_app(app, gateway.port())?;
    window.hears("portfolioPainted")?;
    let resized = Command::new(python)
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/bench/resize_window.py"
        ))
        .arg("Gatehouse")
        .args(SIZE)
        .status()?;
    if !resized.success() {
        return Err("the window could not be made higher".into());
    }
    window.hears("frames")?;
    for _ in 0..REPORTS {
        let (_, line) = window.hears("frames")?;
        let report = line
            .split_once('{')
            .and_then(|(_, rest)| serde_json::from_str::<Value>(&format!("{{{rest}")).ok())
            .ok_or_else(|| format!("not a report: {line}"))?;
        let figure = |name: &str| {
            report[name]
                .as_f64()
                .ok_or_else(|| format!("no {name} in {line}"))
        };
        eprintln!(
            "  {} frames, {} rows in view: a frame took {} ms (median) and {} ms (95 %); {} ms between frames (95 %)",
            figure("count")?,
            figure("rows")?,
            figure("p50")?,
            figure("p95")?,
            figure("gapP95")?
        );
        if figure("rows")? < ROWS {
            return Err(format!("only {} rows are in view", figure("rows")?).into());
        }
        sample::print("frame_ms", figure("p95")?);
        sample::print("gap_ms", figure("gapP95")?);
        sample::print("rows", figure("rows")?);
    }
    Ok(())
}
