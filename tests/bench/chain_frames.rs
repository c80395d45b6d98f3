//! Frame times of an option chain whose figures in view change at every beat.

use crate::gateway::{Gateway, Kind};
use crate::window::Window;
use crate::{Failure, sample};
use std::path::Path;
use std::time::{Duration, Instant};

/// As high as it takes to show forty strikes below the underlying and the expiries.
pub const SIZE: [&str; 2] = ["1280", "1600"];
/// Forty strikes, calls and puts, five columns.
const FIGURES: u32 = 400;
/// Reports that count.
const REPORTS: usize = 3;
/// All lines are opened at fifty messages a second, and the page reports each ten seconds.
const FILLED: Duration = Duration::from_secs(120);

/// Samples `frame_ms` and `bare_ms` (95th percentile of a frame's time, of the chain and of a
/// plain copy whose text changes as often), `gap_ms`, and `changes_per_s` of the chain's own
/// text, one of each for every report of the page.
pub fn take(app: &Path, python: &Path) -> Result<(), Failure> {
    let gateway = Gateway::start(Kind::Restless)?;
    let window = Window::open_screen(app, gateway.port(), "options")?;
    window.hears("portfolioPainted")?;
    window.resize(python, SIZE)?;
    let begun = Instant::now();
    let mut reports = 0;
    while reports < REPORTS {
        let frames = window.frames()?;
        eprintln!(
            "  {} frames, {} figures in view, {:.0} changes a second: a frame took {} ms (median) and {} ms (95 %), with plain rows {} ms (95 %); {} ms between frames (95 %)",
            frames.count,
            frames.figures,
            frames.changes_per_s,
            frames.p50,
            frames.p95,
            frames.bare_p95.unwrap_or(f64::NAN),
            frames.gap_p95
        );
        if frames.figures < FIGURES {
            if begun.elapsed() > FILLED {
                return Err(format!("only {} figures are in view", frames.figures).into());
            }
            continue;
        }
        let bare = frames.bare_p95.ok_or("nothing was measured beside it")?;
        sample::print("frame_ms", frames.p95);
        sample::print("bare_ms", bare);
        sample::print("gap_ms", frames.gap_p95);
        sample::print("changes_per_s", frames.changes_per_s);
        reports += 1;
    }
    Ok(())
}
