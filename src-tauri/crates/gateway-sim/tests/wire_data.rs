//! Market data beyond level one and the limits on asking for it, as a bare socket sees them.

#[path = "data/bare.rs"]
mod bare;
#[path = "data/bars.rs"]
mod bars;
#[path = "data/figures.rs"]
mod figures;
#[path = "data/hours.rs"]
mod hours;
#[path = "data/options.rs"]
mod options;
#[path = "data/pacing.rs"]
mod pacing;
