//! Every rule asked about random orders of many accounts, with everything that can be set of them
//! set: what a ticket waits for while a person types.

use crate::Failure;
use crate::sample;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, AccountKind, Mode, Tag};
use gatehouse_domain::contract::Instrument;
use gatehouse_domain::decimal::{Price, Quantity};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::pricing::Pricing;
use gatehouse_domain::quote::{Quote, QuoteField};
use gatehouse_rules::book::Value;
use gatehouse_rules::facts::{Exposure, Holdings, Open, Sent, Trade};
use gatehouse_rules::{Facts, RuleBook, judge, rules};
use gatehouse_testkit::{START, account, limit, set_figure, stock, tick};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use std::time::Instant;

const ACCOUNTS: u32 = 1_000;
const ORDERS: usize = 10_000;
const INSTRUMENTS: i32 = 100;
/// Trades of the last month and working orders on what is ordered, over all accounts.
const TRADES: usize = 50;
const OPEN: usize = 10;

/// Takes the 99th percentile of the time that all rules take for one order, in microseconds, once
/// a round.
pub fn take(rounds: usize) -> Result<(), Failure> {
    let mut dice = SmallRng::seed_from_u64(6);
    let accounts: Vec<Account> = (0..ACCOUNTS).map(|n| an_account(n, &mut dice)).collect();
    let instruments: Vec<(Instrument, Quote)> =
        (0..INSTRUMENTS).map(|n| quoted(n, &mut dice)).collect();
    let book = everything_set()?;
    for _ in 0..rounds {
        let mut times = Vec::with_capacity(ORDERS);
        for _ in 0..ORDERS {
            let account = &accounts[dice.random_range(0..accounts.len())];
            let instrument = &instruments[dice.random_range(0..instruments.len())];
            times.push(judged(account, &accounts, instrument, &book, &mut dice)?);
        }
        times.sort_by(f64::total_cmp);
        sample::print("judge_p99_us", times[ORDERS * 99 / 100 - 1]);
    }
    Ok(())
}

fn an_account(n: u32, dice: &mut SmallRng) -> Account {
    let kind = match n % 4 {
        0 => AccountKind::Individual,
        1 => AccountKind::RothIra,
        2 => AccountKind::TraditionalIra,
        _ => AccountKind::Joint,
    };
    let mut account = account(&format!("DU{}", 1_000_000 + n), kind);
    for tag in [Tag::DailyPnl, Tag::ExcessLiquidity, Tag::DayTradesRemaining] {
        set_figure(&mut account, tag, &dice.random_range(0..50_000).to_string());
    }
    account
}

fn quoted(n: i32, dice: &mut SmallRng) -> (Instrument, Quote) {
    let instrument = stock(&format!("SYM{n}"), 1_000 + n);
    let price: u32 = dice.random_range(10..500);
    let mut quote = Quote::default();
    for (field, value) in [
        (QuoteField::Bid, format!("{price}.00")),
        (QuoteField::Ask, format!("{price}.02")),
        (QuoteField::Last, format!("{price}.01")),
        (QuoteField::BidSize, "500".to_owned()),
        (QuoteField::AskSize, "400".to_owned()),
        (QuoteField::Volume, "1000000".to_owned()),
        (QuoteField::AverageVolume, "2000000".to_owned()),
    ] {
        quote.take(&tick(instrument.contract.con_id, field, &value, START));
    }
    (instrument, quote)
}

/// Every number set, so that no rule has nothing to do.
fn everything_set() -> Result<RuleBook, Failure> {
    let mut book = RuleBook::default();
    for rule in rules() {
        for param in rule.params.iter().filter(|param| !param.unit.is_words()) {
            let number = param.usual.unwrap_or(Decimal::ONE_HUNDRED);
            book = book.with_number(rule.id, param.key, number)?;
        }
    }
    let groups = (0..10).map(|n| format!("GROUP{n}: SYM{n} SYM{} SYM{}", n + 10, n + 20));
    Ok(book.with_value(
        "limit.group-concentration",
        "groups",
        Value::Words(groups.collect()),
    )?)
}

/// Microseconds for all rules.
fn judged(
    account: &Account,
    accounts: &[Account],
    (instrument, quote): &(Instrument, Quote),
    book: &RuleBook,
    dice: &mut SmallRng,
) -> Result<f64, Failure> {
    let contract = &instrument.contract;
    let side = |dice: &mut SmallRng| match dice.random_bool(0.5) {
        true => Side::Buy,
        false => Side::Sell,
    };
    let draft = Draft {
        account: account.id.clone(),
        con_id: contract.con_id,
        quantity: Quantity::new(Decimal::from(dice.random_range(1..2_000u32)))?,
        pricing: match dice.random_bool(0.3) {
            true => Pricing::Market,
            false => Pricing::Limit {
                price: Price::new(Decimal::from(dice.random_range(5..600u32)))?,
            },
        },
        ..limit("DU1", side(dice), "1", "1")
    };
    let held = Decimal::from(dice.random_range(-50..200i32));
    let worth = held * Decimal::ONE_HUNDRED;
    let holdings = Holdings {
        held: vec![(contract, held)],
        working: (0..OPEN).map(|_| vec![(contract, -Decimal::TEN)]).collect(),
    };
    let trades: Vec<Trade<'_>> = (0..TRADES)
        .map(|_| {
            let whose = &accounts[dice.random_range(0..accounts.len())];
            Trade {
                account: &whose.id,
                kind: whose.kind,
                contract,
                side: side(dice),
                quantity: Decimal::TEN,
                at: START,
                realized: Some(Decimal::from(dice.random_range(-50..50i32))),
            }
        })
        .collect();
    let open: Vec<Open<'_>> = (0..OPEN)
        .map(|_| Open {
            account: &account.id,
            kind: account.kind,
            contract,
            side: side(dice),
            loses: Some(false),
        })
        .collect();
    let by_symbol: Vec<(&str, Option<Decimal>)> =
        vec![(contract.symbol.as_str(), Some(worth.abs()))];
    let facts = Facts {
        mode: Mode::Paper,
        connected: true,
        account: Some(account),
        quote: Some(quote),
        holdings: Some(&holdings),
        position: Some(held),
        working_buys_cost: Some(Decimal::from(dice.random_range(0..50_000u32))),
        ends_elsewhere: Some(Decimal::ZERO),
        spending: Some(Decimal::ZERO),
        exposure: Exposure {
            position: Some(worth),
            symbol: Some(worth.abs()),
            gross: Some(worth.abs()),
            net: Some(worth),
            symbol_over_all: Some(worth.abs()),
            gross_over_all: Some(worth.abs()),
            nlv_over_all: Some(Decimal::from(100_000_000)),
            daily_pnl_over_all: Some(Decimal::ZERO),
            ..Exposure::default()
        },
        sent: Sent {
            usual: Some(Decimal::TEN),
            ..Sent::default()
        },
        high_water: Some(Decimal::from(120_000)),
        average_cost: Some(Decimal::from(dice.random_range(10..500u32))),
        trades: &trades,
        trades_since: Some(START),
        open: &open,
        by_symbol: &by_symbol,
        ..Facts::of(instrument)
    };
    let begun = Instant::now();
    let judgement = judge(&draft, &facts, book, START);
    let took = begun.elapsed();
    std::hint::black_box(judgement);
    Ok(took.as_secs_f64() * 1e6)
}
