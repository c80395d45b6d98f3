//! Rebalancing, case by case and by properties.

#[path = "rebalance/world.rs"]
mod world;

#[path = "rebalance/cases.rs"]
mod cases;
#[path = "rebalance/properties.rs"]
mod properties;
