//! Memory of the window while a long option chain is scrolled up and down.

use crate::gateway::{Gateway, Kind};
use crate::window::Window;
use crate::{Failure, chain_frames, processes, sample};
use std::path::Path;
use std::time::{Duration, Instant};

/// What is warmed up: caches, compiled scripts, a first round of collecting garbage.
const WARM: Duration = Duration::from_secs(60);
/// Memory is measured over this long at both ends; what garbage lies about for a moment is none.
const ENDS: Duration = Duration::from_secs(20);

/// Samples `growth_mb`: how much more of the window's memory (all its processes, shared pages in
/// shares) is in use after so many seconds of scrolling than after the warm-up, each the least of
/// a while, in millions of bytes; and `frame_ms`, the 95th percentile of each scroll's frames.
pub fn take(app: &Path, python: &Path, seconds: u64) -> Result<(), Failure> {
    let gateway = Gateway::start(Kind::Quick)?;
    let window = Window::open_screen(app, gateway.port(), "options-scroll")?;
    window.hears("portfolioPainted")?;
    window.resize(python, chain_frames::SIZE)?;
    window.frames()?;
    scroll(&window, WARM)?;
    let before = scroll(&window, ENDS)?;
    scroll(&window, Duration::from_secs(seconds))?;
    let after = scroll(&window, ENDS)?;
    eprintln!("  after the warm-up {before:.1} MB, after {seconds} s more {after:.1} MB");
    sample::print("growth_mb", after - before);
    Ok(())
}

/// Lets it scroll for so long; the least memory meanwhile.
fn scroll(window: &Window, long: Duration) -> Result<f64, Failure> {
    let begun = Instant::now();
    let mut least = f64::INFINITY;
    while begun.elapsed() < long {
        let frames = window.frames()?;
        sample::print("frame_ms", frames.p95);
        least = least.min(in_use(window)?);
    }
    Ok(least)
}

fn in_use(window: &Window) -> Result<f64, Failure> {
    let mut all = 0.0;
    for pid in window.processes()? {
        let (_, shares) = processes::memory(pid)?;
        all += shares / 1e6;
    }
    Ok(all)
}
