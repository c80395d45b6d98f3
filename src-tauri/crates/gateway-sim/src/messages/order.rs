//! Orders, their state and their fills as they travel on the wire.

use rust_decimal::Decimal;

use super::{ClientId, OrderId};

/// An order as a client sends it and as the gateway shows it.
///
/// Only the fields that the simulated exchange acts on or hands back; the
/// codecs read past the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    pub order_id: OrderId,
    pub client_id: ClientId,
    /// The gateway's own number; 0 until it has given one.
    pub perm_id: i64,
    pub parent_id: OrderId,
    /// `BUY` or `SELL`.
    pub action: String,
    /// `None` when the client left it unset.
    pub total_quantity: Option<Decimal>,
    /// `MKT`, `LMT`, `STP`…
    pub order_type: String,
    pub lmt_price: Option<Decimal>,
    pub aux_price: Option<Decimal>,
    /// `DAY`, `GTC`…; empty means DAY.
    pub tif: String,
    pub account: String,
    pub outside_rth: bool,
    pub hidden: bool,
    pub all_or_none: bool,
    pub oca_group: String,
    pub oca_type: i32,
    pub order_ref: String,
    /// `false`: keep the order back until it is sent again with `true`.
    pub transmit: bool,
    /// `true`: only a preview of margin and commission is wanted.
    pub what_if: bool,
    pub good_after_time: String,
    pub good_till_date: String,
    pub model_code: String,
    pub open_close: String,
    pub min_qty: Option<i32>,
    pub display_size: Option<i32>,
    pub trail_stop_price: Option<Decimal>,
    pub trailing_percent: Option<Decimal>,
    pub cash_qty: Option<Decimal>,
    pub algo_strategy: String,
    pub algo_params: Vec<(String, String)>,
    /// Which prices fire a stop: 0 the instrument's own way, 1 double bid/ask, 2 last…
    pub trigger_method: i32,
    /// Of a relative order, the fraction by which it improves on its reference.
    pub percent_offset: Option<Decimal>,
    /// Between the stop and the limit of a trailing limit order.
    pub lmt_price_offset: Option<Decimal>,
    pub discretionary_amt: Option<Decimal>,
    pub mid_offset_at_whole: Option<Decimal>,
    pub mid_offset_at_half: Option<Decimal>,
    /// 1 shares held at the clearing broker, 2 elsewhere.
    pub short_sale_slot: i32,
    pub designated_location: String,
    /// `true`: the parent's cancel reaches this order even when the parent has filled in part.
    pub auto_cancel_parent: bool,
    pub conditions: Vec<OrderCondition>,
    /// `true`: the conditions cancel the order; `false`: they let it work.
    pub conditions_cancel: bool,
    /// `true`: the conditions are also looked at outside regular hours.
    pub conditions_ignore_rth: bool,
    /// A price for each combination leg; empty when the client named none.
    pub leg_prices: Vec<Option<Decimal>>,
    /// How a combination is routed, such as `NonGuaranteed` `1`.
    pub combo_routing: Vec<(String, String)>,
    /// Completed orders only.
    pub filled_quantity: Option<Decimal>,
    /// Completed orders only; 0 without a parent.
    pub parent_perm_id: i64,
}

/// One condition of an order, and how it is joined to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderCondition {
    /// Joined to the next by "and"; otherwise by "or".
    pub and: bool,
    pub test: ConditionTest,
}

/// What a condition looks at. `is_more` asks for "at least", otherwise "at most".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConditionTest {
    Price {
        is_more: bool,
        price: Decimal,
        con_id: i32,
        exchange: String,
        trigger_method: i32,
    },
    /// `YYYYMMDD HH:MM:SS ZONE`.
    Time { is_more: bool, time: String },
    /// Percent of cushion.
    Margin { is_more: bool, percent: i32 },
    /// A trade in the symbol.
    Execution {
        sec_type: String,
        exchange: String,
        symbol: String,
    },
    Volume {
        is_more: bool,
        volume: i32,
        con_id: i32,
        exchange: String,
    },
    PercentChange {
        is_more: bool,
        percent: Decimal,
        con_id: i32,
        exchange: String,
    },
}

impl ConditionTest {
    /// The protocol's number of the kind.
    pub fn kind(&self) -> i32 {
        match self {
            Self::Price { .. } => 1,
            Self::Time { .. } => 3,
            Self::Margin { .. } => 4,
            Self::Execution { .. } => 5,
            Self::Volume { .. } => 6,
            Self::PercentChange { .. } => 7,
        }
    }
}

/// What the gateway says about an order besides its fields: its status, and
/// in a preview margin, equity and commission in the account's base currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderState {
    pub status: String,
    pub init_margin_before: Option<Decimal>,
    pub maint_margin_before: Option<Decimal>,
    pub equity_with_loan_before: Option<Decimal>,
    pub init_margin_change: Option<Decimal>,
    pub maint_margin_change: Option<Decimal>,
    pub equity_with_loan_change: Option<Decimal>,
    pub init_margin_after: Option<Decimal>,
    pub maint_margin_after: Option<Decimal>,
    pub equity_with_loan_after: Option<Decimal>,
    pub commission: Option<Decimal>,
    pub min_commission: Option<Decimal>,
    pub max_commission: Option<Decimal>,
    pub commission_currency: String,
    pub margin_currency: String,
    pub warning_text: String,
    pub reject_reason: String,
    /// Completed orders only.
    pub completed_time: String,
    /// Completed orders only.
    pub completed_status: String,
}

/// One fill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Execution {
    pub exec_id: String,
    pub order_id: OrderId,
    pub client_id: ClientId,
    pub perm_id: i64,
    /// `YYYYMMDD HH:MM:SS ZONE`.
    pub time: String,
    pub account: String,
    pub exchange: String,
    /// `BOT` or `SLD`.
    pub side: String,
    pub shares: Decimal,
    pub price: Decimal,
    pub cum_qty: Decimal,
    pub avg_price: Decimal,
    pub order_ref: String,
    pub model_code: String,
    /// 1 added, 2 removed liquidity.
    pub last_liquidity: i32,
}

/// The commission of one fill; comes on its own after the fill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommissionReport {
    pub exec_id: String,
    pub commission: Decimal,
    pub currency: String,
    /// `None` when the fill opened a position.
    pub realized_pnl: Option<Decimal>,
}
