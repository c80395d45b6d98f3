//! What an instrument is: everything that a contract-details answer needs.

use rust_decimal::Decimal;

use super::calendar;
use super::currency::Currency;
use super::ids::ConId;
use super::options::OptionTerms;

/// The kinds of instrument in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SecType {
    /// Stocks, ETFs and partnership units.
    Stock,
    /// A computed index; quoted, never traded.
    Index,
    /// A future of one month.
    Future,
    /// A currency pair.
    Cash,
    /// An option on a stock, a fund or the index.
    Option,
}

impl SecType {
    /// The wire's code: `STK`, `IND`, `FUT`, `CASH`, `OPT`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stock => "STK",
            Self::Index => "IND",
            Self::Future => "FUT",
            Self::Cash => "CASH",
            Self::Option => "OPT",
        }
    }
}

/// One rung of a price ladder: from `low_edge` upward prices are multiples of `increment`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceIncrement {
    /// Lowest price of the rung, in the instrument's currency.
    pub low_edge: Decimal,
    /// The tick on this rung.
    pub increment: Decimal,
}

/// What the answer to a market-rule request holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarketRule {
    /// The rule's number.
    pub id: i32,
    /// Rungs, lowest first.
    pub increments: Vec<PriceIncrement>,
}

/// The future's own terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FutureTerms {
    /// Last trading day, `YYYYMMDD`.
    pub last_trade_date: String,
    /// Contract month, `YYYYMM`.
    pub contract_month: String,
    /// conId of the underlying (real where known, otherwise the catalogue's own).
    pub under_con_id: ConId,
    /// Initial margin for one contract, in the instrument's currency.
    pub initial_margin: Decimal,
    /// Maintenance margin for one contract, in the instrument's currency.
    pub maintenance_margin: Decimal,
}

/// One instrument of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// IBKR's number where it is publicly known, otherwise one of the catalogue's own range.
    pub con_id: ConId,
    /// `AAPL`, `ES`, `EUR` (for EUR.USD).
    pub symbol: String,
    /// `AAPL`, `ESZ6`, `EUR.USD`.
    pub local_symbol: String,
    /// `NMS`, `ES`, `EUR.USD`.
    pub trading_class: String,
    /// Kind.
    pub sec_type: SecType,
    /// Currency of its prices.
    pub currency: Currency,
    /// For a pair, the currency that is bought and sold; `None` otherwise.
    pub pair_base: Option<Currency>,
    /// Name in words.
    pub long_name: String,
    /// `COMMON`, `ETF`, `MLP`, … ; empty for other kinds than stocks.
    pub stock_type: &'static str,
    /// Industry, category and subcategory as contract details give them; may be empty.
    pub industry: &'static str,
    /// Category below the industry; may be empty.
    pub category: &'static str,
    /// A partnership whose income is UBTI: not for IRAs.
    pub is_mlp: bool,
    /// The exchange that a contract without one is given: `SMART`, `CME`, `IDEALPRO`, `SEHK`, `CBOE`.
    pub exchange: &'static str,
    /// Listing exchange; empty for pairs.
    pub primary_exchange: &'static str,
    /// All exchanges, in the order of [`Instrument::market_rule_ids`].
    pub valid_exchanges: Vec<&'static str>,
    /// One market-rule id for each valid exchange.
    pub market_rule_ids: Vec<i32>,
    /// The smallest tick on any rung.
    pub min_tick: Decimal,
    /// Worth of one whole point for one contract; 1 for stocks and pairs.
    pub multiplier: Decimal,
    /// Terms of a future; `None` for all else.
    pub future: Option<FutureTerms>,
    /// Terms of an option; `None` for all else.
    pub option: Option<OptionTerms>,
    /// Smallest order size.
    pub min_size: Decimal,
    /// Sizes are multiples of this (the board lot in Hong Kong).
    pub size_increment: Decimal,
    /// The size that a ticket proposes to step by.
    pub suggested_size_increment: Decimal,
    /// Comma list as contract details carry it.
    pub order_types: &'static str,
    /// IANA name, such as `US/Eastern`.
    pub time_zone: &'static str,
    /// Days from trade to settlement of a sale's proceeds.
    pub settlement_days: i64,
}

impl Instrument {
    /// Whether orders for it can exist at all.
    pub fn is_tradable(&self) -> bool {
        self.sec_type != SecType::Index
    }

    /// Trading and liquid hours for six days from `now` (unix ms), as contract details carry them.
    /// The world is always open, and so these say.
    pub fn hours(&self, now: i64) -> String {
        let mut date = calendar::utc_date(now);
        let mut days = Vec::with_capacity(6);
        for _ in 0..6 {
            let day = calendar::compact(date);
            days.push(format!("{day}:0000-{day}:2359"));
            date = date.tomorrow().unwrap_or(date);
        }
        days.join(";")
    }
}
