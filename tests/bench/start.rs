//! From process start to the first portfolio painted, beside a window with nothing in it.

use crate::gateway::{Gateway, Kind};
use crate::window::Window;
use crate::{Failure, sample};
use std::path::Path;

/// Samples `app_ms` and `bare_ms`.
pub fn take(app: &Path, bare: &Path, rounds: usize) -> Result<(), Failure> {
    let gateway = Gateway::start(Kind::Ordinary)?;
    sample::in_turn(
        rounds,
        |counts| {
            let window = Window::open_app(app, gateway.port())?;
            note(counts, "app_ms", &window, "portfolioPainted")
        },
        |counts| {
            let window = Window::open(bare, &[])?;
            note(counts, "bare_ms", &window, "painted")
        },
    )
}

fn note(counts: bool, name: &str, window: &Window, what: &str) -> Result<(), Failure> {
    let (at, _) = window.hears(what)?;
    if counts {
        sample::print(name, sample::ms(at));
    }
    Ok(())
}
