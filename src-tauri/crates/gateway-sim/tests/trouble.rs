//! Every fault that can be put into the gateway, as a bare socket sees it, the stepped clock, and
//! whose order is whose.

#[path = "trouble/bare.rs"]
mod bare;
#[path = "trouble/blows.rs"]
mod blows;
#[path = "trouble/by_hand.rs"]
mod by_hand;
#[path = "trouble/data.rs"]
mod data;
#[path = "trouble/files.rs"]
mod files;
#[path = "trouble/replay.rs"]
mod replay;
#[path = "trouble/storm.rs"]
mod storm;
