//! The simulated world, walked through its public door.

#[path = "world/accounts.rs"]
mod accounts;
#[path = "world/adjusted.rs"]
mod adjusted;
#[path = "world/catalogue.rs"]
mod catalogue;
#[path = "world/everything.rs"]
mod everything;
#[path = "world/exchange.rs"]
mod exchange;
#[path = "world/fixture.rs"]
mod fixture;
#[path = "world/flow.rs"]
mod flow;
#[path = "world/happenings.rs"]
mod happenings;
#[path = "world/options.rs"]
mod options;
#[path = "world/orders.rs"]
mod orders;
#[path = "world/permissions.rs"]
mod permissions;
#[path = "world/promises.rs"]
mod promises;
#[path = "world/refusals.rs"]
mod refusals;
#[path = "world/repeatability.rs"]
mod repeatability;
