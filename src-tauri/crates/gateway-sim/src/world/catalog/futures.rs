//! Futures: the two nearest months of each product. Margins are plausible figures of the year 2025, for one contract.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::calendar;
use super::super::currency::Currency;
use super::super::ids::ConId;
use super::super::instrument::{FutureTerms, Instrument, SecType};
use super::{FUTURE_IDS, OWN_IDS, Profile, QQQ, SPY, cadence, rules};

#[derive(Clone, Copy, PartialEq)]
enum Cycle {
    /// March, June, September, December; ends on the third Friday.
    Quarterly,
    /// Every month; ends in the month before.
    Crude,
}

struct Product {
    symbol: &'static str,
    name: &'static str,
    exchange: &'static str,
    time_zone: &'static str,
    cycle: Cycle,
    multiplier: i64,
    rule: i32,
    /// Price of the near month, in millionths.
    price: i64,
    /// How much dearer the next month is.
    carry: i64,
    volatility: i64,
    size: i64,
    initial: i64,
    maintenance: i64,
}

const PRODUCTS: [Product; 4] = [
    Product {
        symbol: "ES",
        name: "E-mini S&P 500",
        exchange: "CME",
        time_zone: "US/Central",
        cycle: Cycle::Quarterly,
        multiplier: 50,
        rule: rules::QUARTER,
        price: 6_915_250_000,
        carry: 57_750_000,
        volatility: 15,
        size: 40,
        initial: 23_100,
        maintenance: 21_000,
    },
    Product {
        symbol: "MES",
        name: "Micro E-Mini S&P 500 Stock Price Index",
        exchange: "CME",
        time_zone: "US/Central",
        cycle: Cycle::Quarterly,
        multiplier: 5,
        rule: rules::QUARTER,
        price: 6_915_250_000,
        carry: 57_750_000,
        volatility: 15,
        size: 60,
        initial: 2_310,
        maintenance: 2_100,
    },
    Product {
        symbol: "NQ",
        name: "E-mini NASDAQ 100",
        exchange: "CME",
        time_zone: "US/Central",
        cycle: Cycle::Quarterly,
        multiplier: 20,
        rule: rules::QUARTER,
        price: 25_310_500_000,
        carry: 228_000_000,
        volatility: 20,
        size: 8,
        initial: 34_100,
        maintenance: 31_000,
    },
    Product {
        symbol: "CL",
        name: "Light Sweet Crude Oil",
        exchange: "NYMEX",
        time_zone: "US/Eastern",
        cycle: Cycle::Crude,
        multiplier: 1_000,
        rule: rules::CENT_FUTURE,
        price: 65_200_000,
        carry: -180_000,
        volatility: 34,
        size: 12,
        initial: 6_600,
        maintenance: 6_000,
    },
];

pub(super) fn list(start: i64) -> impl Iterator<Item = (Instrument, Profile)> {
    let today = calendar::utc_date(start);
    PRODUCTS.iter().zip(0..).flat_map(move |(product, number)| {
        months(product.cycle, today)
            .into_iter()
            .zip(0..)
            .map(move |((month, last_day), nth)| listed(product, number, month, last_day, nth))
    })
}

/// The two nearest months that have more than eight days left, with their last trading days.
fn months(cycle: Cycle, today: Date) -> Vec<(Date, Date)> {
    let horizon = today.saturating_add(jiff::Span::new().days(8));
    let mut month = today.first_of_month();
    let mut found = Vec::with_capacity(2);
    // Fifteen months ahead always hold two of either cycle.
    for _ in 0..15 {
        let last_day = match cycle {
            Cycle::Quarterly if month.month() % 3 != 0 => None,
            Cycle::Quarterly => Some(calendar::third_friday(month)),
            Cycle::Crude => Some(calendar::crude_last_day(month)),
        };
        if let Some(last_day) = last_day.filter(|day| *day > horizon) {
            found.push((month, last_day));
        }
        if found.len() == 2 {
            break;
        }
        month = calendar::next_month(month);
    }
    found
}

fn listed(
    product: &Product,
    number: i32,
    month: Date,
    last_day: Date,
    nth: i64,
) -> (Instrument, Profile) {
    let year = i32::from(month.year());
    let con_id =
        FUTURE_IDS + number * 100_000 + year.rem_euclid(100) * 100 + i32::from(month.month());
    let instrument = Instrument {
        con_id: ConId::new(con_id),
        symbol: product.symbol.to_owned(),
        local_symbol: format!(
            "{}{}{}",
            product.symbol,
            calendar::month_letter(month),
            year.rem_euclid(10)
        ),
        trading_class: product.symbol.to_owned(),
        sec_type: SecType::Future,
        currency: Currency::Usd,
        pair_base: None,
        long_name: product.name.to_owned(),
        stock_type: "",
        industry: "",
        category: "",
        is_mlp: false,
        exchange: product.exchange,
        primary_exchange: product.exchange,
        valid_exchanges: vec![product.exchange],
        market_rule_ids: vec![product.rule],
        min_tick: rules::smallest_tick(product.rule),
        multiplier: Decimal::from(product.multiplier),
        future: Some(FutureTerms {
            last_trade_date: calendar::compact(last_day),
            contract_month: format!("{year:04}{:02}", month.month()),
            under_con_id: ConId::new(OWN_IDS + 60 + number),
            initial_margin: Decimal::from(product.initial),
            maintenance_margin: Decimal::from(product.maintenance),
        }),
        option: None,
        min_size: Decimal::ONE,
        size_increment: Decimal::ONE,
        suggested_size_increment: Decimal::ONE,
        order_types: "ACTIVETIM,AD,ADJUST,ALERT,ALGO,ALLOC,COND,DAY,DEACT,GAT,GTC,GTD,ICE,IOC,LIT,LMT,MIT,MKT,MTL,OCA,OUTSIDERTH,SCALE,STP,STPLMT,TRAIL,TRAILLMT,WHATIF",
        time_zone: product.time_zone,
        settlement_days: 0,
    };
    let profile = Profile {
        base: product.price + product.carry * nth,
        ladder: rules::ladder(product.rule).to_vec(),
        volatility: product.volatility,
        size: product.size,
        size_step: 1,
        cadence: cadence(SecType::Future),
        two_sided: true,
        prints_volume: true,
        leader: match product.symbol {
            "ES" | "MES" => Some(SPY),
            "NQ" => Some(QQQ),
            _ => None,
        },
    };
    (instrument, profile)
}
