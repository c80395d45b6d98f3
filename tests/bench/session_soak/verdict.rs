//! Whether memory stayed flat and no task was left.

use crate::Failure;
use std::fmt;

/// What was seen of a session.
#[derive(Debug)]
pub struct Look {
    /// Simulated hours until its end.
    pub hours: f64,
    /// The most resident memory of this process in it, in millions of bytes.
    pub rss: f64,
    /// At its end.
    pub tasks: usize,
    /// Held at its end; each has a task.
    pub positions: usize,
    /// Sent until its end.
    pub orders: u32,
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:>5.1} h: {:.1} MB, {} tasks, {} positions, {} orders",
            self.hours, self.rss, self.tasks, self.positions, self.orders
        )
    }
}

/// Thirds: the first only warms up.
const PARTS: usize = 3;
/// How much more memory the last third may need than the second.
const FLAT: f64 = 1.05;

/// An error that says what grew.
pub fn of(looks: &[Look]) -> Result<(), Failure> {
    let part = looks.len() / PARTS;
    let (middle, last) = (&looks[part..2 * part], &looks[2 * part..]);
    let most = |part: &[Look]| part.iter().map(|look| look.rss).fold(0.0, f64::max);
    let (before, after) = (most(middle), most(last));
    let orders = last[last.len() - 1].orders - looks[part].orders;
    eprintln!("  {before:.1} MB, then {after:.1} MB; {orders} orders meanwhile");
    if after > before * FLAT {
        return Err(format!("memory grew from {before:.1} to {after:.1} MB").into());
    }
    let least = |part: &[Look]| part.iter().map(|look| look.tasks - look.positions).min();
    let (before, after) = (least(middle), least(last));
    if after > before {
        return Err(
            format!("tasks beside those of positions grew from {before:?} to {after:?}").into(),
        );
    }
    Ok(())
}
