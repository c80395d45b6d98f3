//! Price ladders. Ids 26, 67, 109 and 110 are those that IBKR uses for US stocks, equity index futures and options;
//! the others are the catalogue's own.

use rust_decimal::Decimal;

use super::super::instrument::{MarketRule, PriceIncrement};

pub(super) const US_STOCK: i32 = 26;
pub(super) const QUARTER: i32 = 67;
pub(super) const CENT_FUTURE: i32 = 32;
pub(super) const PAIR: i32 = 239;
pub(super) const YEN_PAIR: i32 = 240;
pub(super) const HONG_KONG: i32 = 1986;
/// Options: a cent below 3 and five above; five cents below 3 and ten above.
pub(super) const PENNY_OPTION: i32 = 109;
pub(super) const NICKEL_OPTION: i32 = 110;

/// Rungs of (low edge, increment) in millionths, lowest first.
pub(super) fn ladder(id: i32) -> &'static [(i64, i64)] {
    match id {
        QUARTER => &[(0, 250_000)],
        PAIR => &[(0, 50)],
        YEN_PAIR => &[(0, 5_000)],
        PENNY_OPTION => &[(0, 10_000), (3_000_000, 50_000)],
        NICKEL_OPTION => &[(0, 50_000), (3_000_000, 100_000)],
        // The exchange's spread table as far as the listed shares may wander.
        HONG_KONG => &[
            (0, 1_000),
            (250_000, 5_000),
            (10_000_000, 10_000),
            (20_000_000, 20_000),
            (50_000_000, 50_000),
            (100_000_000, 100_000),
            (200_000_000, 200_000),
            (500_000_000, 500_000),
            (1_000_000_000, 1_000_000),
        ],
        _ => &[(0, 10_000)],
    }
}

pub(super) fn all() -> Vec<MarketRule> {
    [
        US_STOCK,
        CENT_FUTURE,
        QUARTER,
        PENNY_OPTION,
        NICKEL_OPTION,
        PAIR,
        YEN_PAIR,
        HONG_KONG,
    ]
    .into_iter()
    .map(|id| MarketRule {
        id,
        increments: ladder(id)
            .iter()
            .map(|(low_edge, increment)| PriceIncrement {
                low_edge: micros(*low_edge),
                increment: micros(*increment),
            })
            .collect(),
    })
    .collect()
}

pub(super) fn smallest_tick(id: i32) -> Decimal {
    micros(
        ladder(id)
            .iter()
            .map(|(_, increment)| *increment)
            .min()
            .unwrap_or(10_000),
    )
}

fn micros(value: i64) -> Decimal {
    Decimal::new(value, 6).normalize()
}
