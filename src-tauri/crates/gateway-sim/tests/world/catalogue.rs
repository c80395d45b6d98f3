//! What can be found, and what it looks like.

use std::collections::HashSet;

use gatehouse_sim::world::{ContractQuery, SecType};
use rust_decimal::Decimal;

use crate::fixture::*;

#[test]
fn about_sixty_instruments_each_once_and_whole() {
    let world = world();
    let all = world.instruments();
    assert!((55..=70).contains(&all.len()), "{}", all.len());
    let ids: HashSet<_> = all.iter().map(|instrument| instrument.con_id).collect();
    assert_eq!(ids.len(), all.len());
    for instrument in all {
        assert!(!instrument.long_name.is_empty() && !instrument.valid_exchanges.is_empty());
        assert_eq!(
            instrument.valid_exchanges.len(),
            instrument.market_rule_ids.len()
        );
        for rule in &instrument.market_rule_ids {
            assert!(world.market_rule(*rule).is_some(), "{rule}");
        }
        let quote = world.quote(instrument.con_id).expect("a quote");
        match instrument.sec_type {
            SecType::Index => assert!(quote.bid.is_none() && quote.last.is_some()),
            _ => assert!(quote.bid.expect("bid") < quote.ask.expect("ask")),
        }
    }
}

#[test]
fn quotes_stay_on_the_tick_and_uncrossed_for_minutes() {
    let mut world = world();
    for _ in 0..30 {
        pass(&mut world, 10_000);
        for instrument in world
            .instruments()
            .iter()
            .filter(|instrument| instrument.is_tradable())
        {
            let quote = world.quote(instrument.con_id).expect("a quote");
            let (bid, ask) = (quote.bid.expect("bid"), quote.ask.expect("ask"));
            assert!(
                Decimal::ZERO < bid && bid < ask,
                "{} {bid} {ask}",
                instrument.local_symbol
            );
            let rule = world
                .market_rule(instrument.market_rule_ids[0])
                .expect("rule");
            let rung = rule
                .increments
                .iter()
                .rev()
                .find(|rung| bid >= rung.low_edge)
                .expect("rung");
            assert!(
                (bid % rung.increment).is_zero(),
                "{} {bid}",
                instrument.local_symbol
            );
        }
    }
}

#[test]
fn a_search_puts_symbols_before_names() {
    let world = world();
    let symbols = |pattern: &str| -> Vec<String> {
        world
            .search(pattern)
            .iter()
            .map(|instrument| instrument.symbol.clone())
            .collect()
    };
    assert_eq!(symbols("v")[0], "V");
    assert_eq!(symbols("apple"), ["AAPL"]);
    assert!(symbols("energy").contains(&"ET".to_owned()));
    assert!(symbols("goo").starts_with(&["GOOGL".to_owned(), "GOOG".to_owned()]));
    assert!(symbols("zzz").is_empty() && symbols(" ").is_empty());
}

#[test]
fn contracts_resolve_by_what_is_given() {
    let world = world();
    let stock = |symbol: &str, exchange: &str| ContractQuery {
        symbol: Some(symbol.to_owned()),
        sec_type: Some("STK".to_owned()),
        exchange: Some(exchange.to_owned()),
        currency: Some("USD".to_owned()),
        ..ContractQuery::default()
    };
    assert_eq!(world.resolve(&stock("aapl", "SMART"))[0].con_id, AAPL);
    assert!(world.resolve(&stock("AAPL", "SEHK")).is_empty());
    let futures = ContractQuery {
        symbol: Some("ES".to_owned()),
        sec_type: Some("FUT".to_owned()),
        ..ContractQuery::default()
    };
    let months: Vec<&str> = world
        .resolve(&futures)
        .iter()
        .map(|instrument| instrument.local_symbol.as_str())
        .collect();
    assert_eq!(months, ["ESH6", "ESM6"], "in January 2026");
    let euro = ContractQuery {
        local_symbol: Some("EUR.USD".to_owned()),
        ..ContractQuery::default()
    };
    assert_eq!(world.resolve(&euro)[0].con_id, EURUSD);
}

#[test]
fn what_follows_one_index_moves_together() {
    let mut world = world();
    let middle = |world: &gatehouse_sim::world::World, con_id| {
        let quote = world.quote(con_id).expect("a quote");
        (quote.bid.expect("bid") + quote.ask.expect("ask")) / Decimal::TWO
    };
    pass(&mut world, 40_000);
    let (es, mes) = (front(&world, "ES"), front(&world, "MES"));
    assert!((middle(&world, es) - middle(&world, mes)).abs() < dec("3"));
    let index = world.quote(SPX).expect("a quote").last.expect("a level");
    assert!((index / middle(&world, SPY) - dec("10.03")).abs() < dec("0.02"));
}
