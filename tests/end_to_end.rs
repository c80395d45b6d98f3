//! The desk against the simulated gateway over TCP.
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "cents read as prices: 272_02 is 272.02"
)]

#[path = "end_to_end/accounts.rs"]
mod accounts;
#[path = "end_to_end/adjusted.rs"]
mod adjusted;
#[path = "end_to_end/blotter.rs"]
mod blotter;
#[path = "end_to_end/brackets.rs"]
mod brackets;
#[path = "end_to_end/chains.rs"]
mod chains;
#[path = "end_to_end/changes.rs"]
mod changes;
#[path = "end_to_end/combos.rs"]
mod combos;
#[path = "end_to_end/faults.rs"]
mod faults;
#[path = "end_to_end/industries.rs"]
mod industries;
#[path = "end_to_end/journal.rs"]
mod journal;
#[path = "end_to_end/live.rs"]
mod live;
#[path = "end_to_end/lives.rs"]
mod lives;
#[path = "end_to_end/night.rs"]
mod night;
#[path = "end_to_end/orders.rs"]
mod orders;
#[path = "end_to_end/retirement.rs"]
mod retirement;
#[path = "end_to_end/sentinels.rs"]
mod sentinels;
#[path = "end_to_end/sessions.rs"]
mod sessions;
#[path = "end_to_end/sizing.rs"]
mod sizing;
#[path = "end_to_end/strangers.rs"]
mod strangers;
#[path = "end_to_end/table.rs"]
mod table;
#[path = "end_to_end/taken_over.rs"]
mod taken_over;
#[path = "end_to_end/walls.rs"]
mod walls;
