//! What a person feels of the window: how soon it shows the portfolio, how much memory it takes
//! and how smoothly it moves. All in the real window of the release build.

use std::path::Path;

use super::samples::Samples;
use super::{Bench, Figure, Ground, SAMPLER};
use crate::display::VirtualDisplay;
use crate::failure::Failure;
use crate::program::Program;
use crate::setup::{Need, python};

/// A measurement that takes longer than this hangs.
const SECONDS: u32 = 5 * 60;
/// As the window opens.
const USUAL: (u32, u32) = (1280, 800);
/// High enough for sixty rows.
const TALL: (u32, u32) = (1280, 2400);

pub const START: Bench = Bench {
    name: "start",
    keys: &["start_to_portfolio_ms", "start_vs_bare_window_ratio"],
    needs: &[Need::WindowLibraries, Need::Page, Need::WindowDriver],
    run: start,
};

pub const MEMORY: Bench = Bench {
    name: "memory",
    keys: &["app_rss_mb", "total_rss_mb"],
    needs: &[Need::WindowLibraries, Need::Page, Need::WindowDriver],
    run: memory,
};

pub const FRAMES: Bench = Bench {
    name: "frames",
    keys: &["frame_p95_ms"],
    needs: &[
        Need::WindowLibraries,
        Need::Page,
        Need::WindowDriver,
        Need::ThirdParty,
    ],
    run: frames,
};

pub const BLOTTER: Bench = Bench {
    name: "blotter",
    keys: &["blotter_frame_p95_ms", "blotter_vs_bare_rows_ratio"],
    needs: &[Need::WindowLibraries, Need::Page, Need::WindowDriver],
    run: blotter,
};

pub const CHAIN: Bench = Bench {
    name: "chain-frames",
    keys: &["chain_frame_p95_ms", "chain_vs_bare_rows_ratio"],
    needs: FRAMES.needs,
    run: chain,
};

pub const CHAIN_SCROLL: Bench = Bench {
    name: "chain-scroll",
    keys: &["chain_scroll_growth_mb"],
    needs: FRAMES.needs,
    run: chain_scroll,
};

fn start(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let bare = ground.bare_window()?;
    let samples = on_screen(ground, USUAL, |program| {
        program.arg("start").arg("--bare").arg(&bare)
    })?;
    Ok(vec![
        Figure {
            key: "start_to_portfolio_ms",
            value: samples.median("app_ms")?,
        },
        Figure {
            key: "start_vs_bare_window_ratio",
            value: samples.ratio("app_ms", "bare_ms")?,
        },
    ])
}

fn memory(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let samples = on_screen(ground, USUAL, |program| program.arg("memory"))?;
    Ok(vec![
        Figure {
            key: "app_rss_mb",
            value: samples.median("app_mb")?,
        },
        Figure {
            key: "total_rss_mb",
            value: samples.median("total_mb")?,
        },
    ])
}

/// A frame's time is how long it keeps the page busy, from its start until it is drawn: on a
/// screen of 60 Hz the frames themselves are never less than 16.7 ms apart.
fn frames(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let samples = resized(ground, "frames")?;
    Ok(vec![Figure {
        key: "frame_p95_ms",
        value: samples.median("frame_ms")?,
    }])
}

/// The yardstick is the same rows as plain elements, scrolled in the same window in turn.
fn blotter(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let samples = on_screen(ground, USUAL, |program| program.arg("blotter"))?;
    Ok(vec![
        Figure {
            key: "blotter_frame_p95_ms",
            value: samples.median("frame_ms")?,
        },
        Figure {
            key: "blotter_vs_bare_rows_ratio",
            value: samples.ratio("frame_ms", "bare_ms")?,
        },
    ])
}

/// The yardstick is the same rows as plain elements, whose text changes as often in the same
/// window in turn.
fn chain(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let samples = resized(ground, "chain-frames")?;
    samples.median("changes_per_s")?;
    Ok(vec![
        Figure {
            key: "chain_frame_p95_ms",
            value: samples.median("frame_ms")?,
        },
        Figure {
            key: "chain_vs_bare_rows_ratio",
            value: samples.ratio("frame_ms", "bare_ms")?,
        },
    ])
}

fn chain_scroll(ground: &Ground) -> Result<Vec<Figure>, Failure> {
    let samples = resized(ground, "chain-scroll")?;
    samples.median("frame_ms")?;
    Ok(vec![Figure {
        key: "chain_scroll_growth_mb",
        value: samples.median("growth_mb")?,
    }])
}

/// A measure that makes its window as high as it needs it.
fn resized(ground: &Ground, measure: &str) -> Result<Samples, Failure> {
    let python = python::interpreter(ground.tree());
    on_screen(ground, TALL, |program| {
        program.arg(measure).arg("--python").arg(python)
    })
}

fn on_screen(
    ground: &Ground,
    size: (u32, u32),
    measure: impl FnOnce(Program) -> Program,
) -> Result<Samples, Failure> {
    if !cfg!(target_os = "linux") {
        return Err(Failure::new(
            "the window is measured on a virtual screen, which exists on Linux only",
        ));
    }
    let app = ground.release_program("gatehouse")?;
    let sampler = ground.release_program(SAMPLER)?;
    let display = VirtualDisplay::sized(size)?;
    let program = display.wrap(Path::new(&sampler), SECONDS);
    Samples::taken_by(measure(program).arg("--app").arg(app))
}
