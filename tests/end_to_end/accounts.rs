//! Accounts and positions as the gateway has them.

use gatehouse_domain::Decimal;
use gatehouse_domain::account::Mode;
use gatehouse_e2e::{House, Page};

fn all_told(page: &Page) -> bool {
    page.is_up()
        && page.accounts.values().all(|a| {
            a.net_liquidation.value.is_some()
                && a.settled_cash.value.is_some()
                && a.daily_pnl.value.is_some()
                && a.unrealized_pnl.value.is_some()
                && a.buying_power.value.is_some()
        })
        && page.positions.values().all(|p| {
            p.value.value.is_some() && p.daily_pnl.value.is_some() && p.price.value.is_some()
        })
}

#[tokio::test(flavor = "multi_thread")]
async fn three_accounts_of_three_kinds_with_every_figure() {
    let mut house = House::ready().await;
    house.until("every figure is told", all_told).await;
    let page = &house.page;
    assert_eq!(page.accounts.len(), 3);
    for kind in ["Individual", "Roth IRA", "Company"] {
        let account = page.account_of(kind).expect(kind);
        assert!(account.paper);
        assert_eq!(account.currency.as_deref(), Some("USD"));
    }
    let link = page.link.as_ref().expect("a link");
    assert_eq!(link.mode, Mode::Paper);
    assert!(link.simulated && !link.read_only);
    assert_eq!(page.gaps, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_those_of_the_gateway_and_move_with_the_market() {
    let mut house = House::ready().await;
    house.until("every figure is told", all_told).await;
    let first: Vec<Option<Decimal>> = house
        .page
        .accounts
        .values()
        .map(|a| a.net_liquidation.value)
        .collect();
    house
        .until("a net liquidation value moves", |page| {
            page.accounts
                .values()
                .map(|a| a.net_liquidation.value)
                .ne(first.iter().copied())
        })
        .await;
    // Quantities and average costs do not move by themselves: compare them one by one.
    for position in house.page.positions.values() {
        let (account, con_id) = (position.account.clone(), position.instrument.con_id);
        let there = house
            .sim
            .with_world(move |world| {
                let account = gatehouse_sim::world::AccountId::new(account);
                let con_id = gatehouse_sim::world::ConId::new(con_id);
                world.position(&account, con_id).map(|p| p.quantity)
            })
            .await
            .expect("the gateway runs");
        assert_eq!(position.quantity.value, there, "{}", position.key);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn positions_are_merged_over_accounts_and_add_up() {
    let mut house = House::ready().await;
    house.until("every figure is told", all_told).await;
    let page = &house.page;
    assert!(page.merged.values().any(|m| m.accounts.len() > 1));
    for merged in page.merged.values() {
        let sum: Decimal = page
            .positions
            .values()
            .filter(|p| p.instrument.con_id == merged.instrument.con_id)
            .filter_map(|p| p.quantity.value)
            .sum();
        assert_eq!(
            merged.quantity.value,
            Some(sum),
            "{}",
            merged.instrument.symbol
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_position_says_that_its_value_and_profit_are_in_the_base_currency() {
    let mut house = House::ready().await;
    house.until("every figure is told", all_told).await;
    let foreign: Vec<_> = house
        .page
        .positions
        .values()
        .filter(|p| p.instrument.currency != "USD")
        .collect();
    assert!(!foreign.is_empty(), "the accounts hold something abroad");
    for position in foreign {
        assert_eq!(position.value_currency.as_deref(), Some("USD"));
        assert_eq!(position.pnl_currency.as_deref(), Some("USD"));
        let (price, quantity) = (position.price.value, position.quantity.value);
        let there = price.expect("a price") * quantity.expect("a quantity");
        let told = position.value.value.expect("a value");
        // A Hong Kong dollar is about an eighth of a US dollar.
        assert!(
            told * Decimal::from(7) < there && there < told * Decimal::from(9),
            "{told} USD for {there} {}",
            position.instrument.currency
        );
    }
}
