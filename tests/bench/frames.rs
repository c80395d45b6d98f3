//! Frame times of the page with sixty rows in view, each changed at every beat.

use crate::gateway::{Gateway, Kind};
use crate::window::Window;
use crate::{Failure, sample};
use std::path::Path;

/// As high as it takes to show sixty rows below the accounts.
const SIZE: [&str; 2] = ["1280", "2300"];
const ROWS: u32 = 60;
/// Reports that count, after one in which the window was still growing.
const REPORTS: usize = 3;

/// Samples `frame_ms` (95th percentile of a frame's time), `gap_ms` (of the time between
/// frames) and `rows` in view, one of each for every report of the page.
pub fn take(app: &Path, python: &Path) -> Result<(), Failure> {
    let gateway = Gateway::start(Kind::Wide)?;
    let window = Window::open_app(app, gateway.port())?;
    window.hears("portfolioPainted")?;
    window.resize(python, SIZE)?;
    window.frames()?;
    for _ in 0..REPORTS {
        let frames = window.frames()?;
        eprintln!(
            "  {} frames, {} rows in view: a frame took {} ms (median) and {} ms (95 %); {} ms between frames (95 %)",
            frames.count, frames.rows, frames.p50, frames.p95, frames.gap_p95
        );
        if frames.rows < ROWS {
            return Err(format!("only {} rows are in view", frames.rows).into());
        }
        sample::print("frame_ms", frames.p95);
        sample::print("gap_ms", frames.gap_p95);
        sample::print("rows", f64::from(frames.rows));
    }
    Ok(())
}
