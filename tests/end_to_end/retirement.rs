//! A Roth IRA at the gateway: what the rules let through never makes it borrow or sell short.

#[path = "retirement/books.rs"]
mod books;
#[path = "retirement/futures.rs"]
mod futures;
#[path = "retirement/walk.rs"]
mod walk;

use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_domain::Decimal;
use gatehouse_e2e::{House, HouseOptions, Page};
use gatehouse_rules::RuleBook;
use gatehouse_sim::server::SimConfig;
use gatehouse_sim::world::{
    AccountId, Capability, Currency, OpeningAccount, OpeningPosition, Permissions, Scenario,
};

/// The only account.
const ROTH: &str = "DU4000002";

/// A house with one Roth IRA that the gateway holds to this, with so much cash, of which so much is
/// not settled.
async fn roth_house(
    capability: Capability,
    (cash, unsettled): (i64, i64),
    positions: Vec<OpeningPosition>,
    book: RuleBook,
) -> House {
    let account = OpeningAccount {
        id: AccountId::new(ROTH.to_owned()),
        account_type: "IRA-ROTH NEW".to_owned(),
        capability,
        permissions: Permissions::ALL,
        cash: vec![(Currency::Usd, Decimal::from(cash))],
        unsettled: vec![(Currency::Usd, Decimal::from(unsettled))],
        positions,
    };
    let scenario = Scenario::of(7, vec![account]).starting_at(SystemClock.now().0);
    let mut house = House::new(HouseOptions {
        sim: SimConfig::new(scenario),
        book,
        ..HouseOptions::default()
    })
    .await;
    house.until("the link is up", Page::is_up).await;
    house
}
