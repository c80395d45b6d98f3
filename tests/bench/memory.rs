//! Resident memory of the window's processes while the data moves.

use crate::gateway::{Gateway, Kind};
use crate::window::Window;
use crate::{Failure, processes, sample};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// How long the window is looked at before it is measured, and between two looks.
const A_WHILE: Duration = Duration::from_secs(10);
const LOOKS: usize = 2;

/// Samples `app_mb` and `total_mb`, in millions of bytes. The total is a plain sum: pages that
/// processes share are counted for each of them.
pub fn take(app: &Path) -> Result<(), Failure> {
    let gateway = Gateway::start(Kind::Ordinary)?;
    let window = Window::open_app(app, gateway.port())?;
    window.hears("portfolioPainted")?;
    for _ in 0..LOOKS {
        thread::sleep(A_WHILE);
        let (mut total, mut shares) = (0.0, 0.0);
        for (place, pid) in window.processes()?.into_iter().enumerate() {
            let (resident, share) = processes::memory(pid)?;
            eprintln!(
                "  {:<16} {:>6.1} MB resident, {:>6.1} MB by shares",
                processes::name(pid),
                resident / 1e6,
                share / 1e6
            );
            if place == 0 {
                sample::print("app_mb", resident / 1e6);
            }
            total += resident;
            shares += share;
        }
        eprintln!(
            "  {:<16} {:>6.1} MB resident, {:>6.1} MB by shares",
            "together",
            total / 1e6,
            shares / 1e6
        );
        sample::print("total_mb", total / 1e6);
    }
    Ok(())
}
