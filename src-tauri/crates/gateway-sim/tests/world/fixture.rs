//! A world to test in, and short words for what is done to it.

use gatehouse_sim::world::{
    AccountId, ClientId, ConId, ContractQuery, Instrument, OrderId, OrderKind, OrderRequest,
    OrderTerms, Reject, Scenario, Side, Tif, World, WorldEvent,
};
use rust_decimal::Decimal;

pub const AAPL: ConId = ConId::new(265_598);
pub const SPY: ConId = ConId::new(756_733);
pub const TENCENT: ConId = ConId::new(152_791_428);
pub const EURUSD: ConId = ConId::new(12_087_792);
pub const SPX: ConId = ConId::new(416_904);
pub const CLIENT: ClientId = ClientId::new(7);

pub const INDIVIDUAL: &str = "DU4000001";
pub const ROTH: &str = "DU4000002";
pub const LLC: &str = "DU4000003";
pub const ACCOUNTS: [&str; 3] = [INDIVIDUAL, ROTH, LLC];

pub fn world() -> World {
    World::new(&Scenario::three_accounts(1))
}

/// A world in which no price moves unless a test moves it.
pub fn still_world() -> World {
    let mut world = world();
    let all: Vec<ConId> = world
        .instruments()
        .iter()
        .map(|instrument| instrument.con_id)
        .collect();
    for con_id in all {
        assert!(world.freeze(con_id));
    }
    world
}

pub fn dec(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

pub fn account(id: &str) -> AccountId {
    AccountId::new(id)
}

pub fn find<'a>(world: &'a World, local_symbol: &str) -> &'a Instrument {
    let query = ContractQuery {
        local_symbol: Some(local_symbol.to_owned()),
        ..ContractQuery::default()
    };
    world
        .resolve(&query)
        .into_iter()
        .next()
        .expect("an instrument of this name")
}

/// The nearest month of a future.
pub fn front(world: &World, symbol: &str) -> ConId {
    let query = ContractQuery {
        symbol: Some(symbol.to_owned()),
        sec_type: Some("FUT".to_owned()),
        ..ContractQuery::default()
    };
    world
        .resolve(&query)
        .into_iter()
        .next()
        .expect("a future")
        .con_id
}

pub fn order(
    account: &str,
    side: Side,
    quantity: i64,
    con_id: ConId,
    kind: OrderKind,
) -> OrderRequest {
    OrderRequest {
        account: account.to_owned(),
        con_id,
        exchange: String::new(),
        side,
        quantity: Decimal::from(quantity),
        kind,
        tif: Tif::Day,
        outside_rth: false,
        order_ref: "ref-1".to_owned(),
        transmit: true,
        terms: OrderTerms::default(),
    }
}

pub fn buy(account: &str, quantity: i64, con_id: ConId) -> OrderRequest {
    order(account, Side::Buy, quantity, con_id, OrderKind::Market)
}

pub fn sell(account: &str, quantity: i64, con_id: ConId) -> OrderRequest {
    order(account, Side::Sell, quantity, con_id, OrderKind::Market)
}

pub fn limit(request: OrderRequest, price: &str) -> OrderRequest {
    OrderRequest {
        kind: OrderKind::Limit(dec(price)),
        ..request
    }
}

pub fn place(world: &mut World, id: i32, request: OrderRequest) -> Result<Vec<WorldEvent>, Reject> {
    world.place(CLIENT, OrderId::new(id), request, world.now())
}

pub fn refusal(world: &mut World, request: OrderRequest) -> (i32, String) {
    let before = serde_json::to_string(world).expect("serializes");
    let reject = place(world, 1, request).expect_err("the order is refused");
    assert_eq!(
        before,
        serde_json::to_string(world).expect("serializes"),
        "a refusal changes nothing"
    );
    (reject.code(), reject.text().to_owned())
}

/// Moves the world on by so many milliseconds.
pub fn pass(world: &mut World, milliseconds: i64) -> Vec<WorldEvent> {
    world.advance(world.now() + milliseconds)
}

/// Moves the world on until no order works, for at most a minute of its time.
pub fn until_idle(world: &mut World) -> Vec<WorldEvent> {
    let mut events = Vec::new();
    for _ in 0..240 {
        if world.open_orders().is_empty() {
            break;
        }
        events.extend(pass(world, 250));
    }
    events
}

/// One of the account's figures as a number.
pub fn figure(world: &World, id: &str, tag: &str) -> Decimal {
    let rows = world.figures(&account(id)).expect("an account");
    let row = rows
        .iter()
        .find(|row| row.tag == tag)
        .expect("a figure of this tag");
    row.value.parse().expect("a number")
}

/// One of the account's lines by currency.
pub fn ledger(world: &World, id: &str, currency: &str, tag: &str) -> Decimal {
    let rows = world.ledger(&account(id)).expect("an account");
    let row = rows
        .iter()
        .find(|row| row.tag == tag && row.currency == currency)
        .expect("a line");
    row.value.parse().expect("a number")
}
