//! How long a valuation takes.

use criterion::{Criterion, criterion_group, criterion_main};
use gatehouse_analytics::options::model::{
    CashDividend, Exercise, Market, Terms, implied_volatility, price, value,
};
use gatehouse_domain::derivative::Right;
use std::hint::black_box;

fn valuations(c: &mut Criterion) {
    let plain = Market::with_yield(180.0, 0.042, 0.005);
    let paying = Market {
        dividends: vec![CashDividend {
            years: 0.07,
            amount: 0.26,
        }],
        ..Market::with_yield(180.0, 0.042, 0.0)
    };
    for (name, exercise, market) in [
        ("european", Exercise::European, &plain),
        ("american", Exercise::American, &plain),
        ("american, cash dividend", Exercise::American, &paying),
    ] {
        let terms = Terms {
            right: Right::Put,
            strike: 185.0,
            exercise,
        };
        let years = 45.0 / 365.0;
        let worth = price(&terms, market, 0.27, years).unwrap_or_default();
        c.bench_function(&format!("price, {name}"), |b| {
            b.iter(|| price(&terms, market, black_box(0.27), years));
        });
        c.bench_function(&format!("greeks, {name}"), |b| {
            b.iter(|| value(&terms, market, black_box(0.27), years));
        });
        c.bench_function(&format!("implied volatility, {name}"), |b| {
            b.iter(|| implied_volatility(&terms, market, black_box(worth), years));
        });
    }
}

criterion_group!(benches, valuations);
criterion_main!(benches);
