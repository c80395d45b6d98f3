//! An instrument as it travels on the wire.

use rust_decimal::Decimal;

/// An instrument, complete in answers and arbitrarily partial in requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contract {
    /// IBKR's instrument number; 0 when the client did not say.
    pub con_id: i32,
    pub symbol: String,
    /// `STK`, `OPT`, `FUT`, `CASH`, `IND`, `BAG`…
    pub sec_type: String,
    /// `YYYYMM` or `YYYYMMDD`.
    pub last_trade_date: String,
    pub strike: Option<Decimal>,
    /// `C`, `P`, or empty.
    pub right: String,
    /// Empty for instruments without one.
    pub multiplier: String,
    pub exchange: String,
    pub primary_exchange: String,
    pub currency: String,
    pub local_symbol: String,
    pub trading_class: String,
    pub sec_id_type: String,
    pub sec_id: String,
    /// Only in symbol samples: the company's name.
    pub description: String,
    pub issuer_id: String,
    pub include_expired: bool,
    pub combo_legs: Vec<ComboLeg>,
}

/// One leg of a combination.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComboLeg {
    pub con_id: i32,
    pub ratio: i32,
    /// `BUY` or `SELL`.
    pub action: String,
    pub exchange: String,
    pub open_close: i32,
    pub short_sale_slot: i32,
    pub designated_location: String,
    pub exempt_code: i32,
}

/// The full definition of one instrument, the answer to reqContractDetails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContractDetails {
    pub contract: Contract,
    pub market_name: String,
    pub min_tick: Decimal,
    /// Comma-separated.
    pub order_types: String,
    /// Comma-separated.
    pub valid_exchanges: String,
    pub price_magnifier: i32,
    pub under_con_id: i32,
    pub long_name: String,
    pub contract_month: String,
    pub industry: String,
    pub category: String,
    pub subcategory: String,
    pub time_zone_id: String,
    /// `YYYYMMDD:HHMM-YYYYMMDD:HHMM;YYYYMMDD:CLOSED`.
    pub trading_hours: String,
    pub liquid_hours: String,
    pub under_symbol: String,
    pub under_sec_type: String,
    /// One id for each of `valid_exchanges`, comma-separated.
    pub market_rule_ids: String,
    pub real_expiration_date: String,
    pub stock_type: String,
    pub agg_group: i32,
    pub min_size: Decimal,
    pub size_increment: Decimal,
    pub suggested_size_increment: Decimal,
}
