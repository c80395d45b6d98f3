//! Figures that leave as one of the wire's marks for "there is no number", whatever the world says.
//!
//! Deliberately not here: quantities, ids and times. Without them a message has no sense, and a
//! gateway that leaves them out is the fuzzers' business.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::messages::{OptionComputation, Order, OrderState, Reply, Tick, TickValue};
use crate::wire::Mark;

/// The mark, and which figures are sent so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each figure by its name, in files and on the control port"
)]
pub struct Unset {
    /// What is sent in place of the number.
    pub r#as: Mark,
    /// Every amount of an account, in any of the three ways to ask for them.
    #[serde(default)]
    pub account_values: bool,
    /// An account's daily, unrealized and realized P&L.
    #[serde(default)]
    pub account_profit: bool,
    /// A position's daily, unrealized and realized P&L and its value.
    #[serde(default)]
    pub position_profit: bool,
    /// What a position has cost on average.
    #[serde(default)]
    pub average_cost: bool,
    /// The prices of open and completed orders, and what they filled at on average.
    #[serde(default)]
    pub order_prices: bool,
    /// A preview's margins and equity.
    #[serde(default)]
    pub margins: bool,
    /// A preview's commission and its range.
    #[serde(default)]
    pub commissions: bool,
    /// A fill's commission and what it realized.
    #[serde(default)]
    pub fill_reports: bool,
    /// Every tick that is a price.
    #[serde(default)]
    pub prices: bool,
    /// Every tick that is a size: volume and open interest, too.
    #[serde(default)]
    pub sizes: bool,
    /// What is computed of options, and volatilities.
    #[serde(default)]
    pub greeks: bool,
}

impl Unset {
    /// No figure yet.
    #[must_use]
    pub const fn nothing(r#as: Mark) -> Self {
        Self {
            r#as,
            account_values: false,
            account_profit: false,
            position_profit: false,
            average_cost: false,
            order_prices: false,
            margins: false,
            commissions: false,
            fill_reports: false,
            prices: false,
            sizes: false,
            greeks: false,
        }
    }

    /// `reply` as it is to be sent.
    pub(super) fn applied(self, reply: &Reply) -> Reply {
        let mut reply = reply.clone();
        let mark = self.r#as.stand_in();
        match &mut reply {
            Reply::AccountValue { value, .. }
            | Reply::AccountUpdateMulti { value, .. }
            | Reply::AccountSummary { value, .. }
                if self.account_values && value.parse::<Decimal>().is_ok() =>
            {
                self.r#as.text().clone_into(value);
            }
            Reply::Pnl {
                daily,
                unrealized,
                realized,
                ..
            } => all(self.account_profit, mark, [daily, unrealized, realized]),
            Reply::PnlSingle {
                daily,
                unrealized,
                realized,
                value,
                ..
            } => all(
                self.position_profit,
                mark,
                [daily, unrealized, realized, value],
            ),
            Reply::PortfolioValue {
                market_price,
                market_value,
                average_cost,
                unrealized_pnl,
                realized_pnl,
                ..
            } => {
                every(self.average_cost, mark, [average_cost]);
                let told = [market_price, market_value, unrealized_pnl, realized_pnl];
                every(self.position_profit, mark, told);
            }
            Reply::Position { avg_cost, .. } | Reply::PositionMulti { avg_cost, .. } => {
                every(self.average_cost, mark, [avg_cost]);
            }
            Reply::OrderStatus {
                avg_fill_price,
                last_fill_price,
                ..
            } => every(self.order_prices, mark, [avg_fill_price, last_fill_price]),
            Reply::OpenOrder { order, state, .. } | Reply::CompletedOrder { order, state, .. } => {
                self.prices_of(order, mark);
                self.preview(state, mark);
            }
            Reply::Commission(report) => {
                every(self.fill_reports, mark, [&mut report.commission]);
                all(self.fill_reports, mark, [&mut report.realized_pnl]);
            }
            Reply::Tick(tick) => self.tick(tick, mark),
            _ => {}
        }
        reply
    }

    fn prices_of(self, order: &mut Order, mark: Decimal) {
        let prices = [
            &mut order.lmt_price,
            &mut order.aux_price,
            &mut order.trail_stop_price,
            &mut order.trailing_percent,
            &mut order.lmt_price_offset,
        ];
        all(self.order_prices, mark, prices);
    }

    fn preview(self, state: &mut OrderState, mark: Decimal) {
        let margins = [
            &mut state.init_margin_before,
            &mut state.maint_margin_before,
            &mut state.equity_with_loan_before,
            &mut state.init_margin_change,
            &mut state.maint_margin_change,
            &mut state.equity_with_loan_change,
            &mut state.init_margin_after,
            &mut state.maint_margin_after,
            &mut state.equity_with_loan_after,
        ];
        all(self.margins, mark, margins);
        let commissions = [
            &mut state.commission,
            &mut state.min_commission,
            &mut state.max_commission,
        ];
        all(self.commissions, mark, commissions);
    }

    fn tick(self, tick: &mut Tick, mark: Decimal) {
        match &mut tick.value {
            TickValue::Price { price, size, .. } => {
                every(self.prices, mark, [price]);
                all(self.sizes && size.is_some(), mark, [size]);
            }
            TickValue::Size(size) => every(self.sizes, mark, [size]),
            TickValue::Generic(value) => every(self.greeks, mark, [value]),
            TickValue::Computation(told) => {
                let OptionComputation {
                    implied_volatility,
                    delta,
                    price,
                    pv_dividend,
                    gamma,
                    vega,
                    theta,
                    underlying,
                } = &mut **told;
                let told = [
                    implied_volatility,
                    delta,
                    price,
                    pv_dividend,
                    gamma,
                    vega,
                    theta,
                    underlying,
                ];
                all(self.greeks, mark, told);
            }
            TickValue::Text(_) => {}
        }
    }
}

fn every<const N: usize>(chosen: bool, mark: Decimal, figures: [&mut Decimal; N]) {
    if chosen {
        figures.into_iter().for_each(|figure| *figure = mark);
    }
}

fn all<const N: usize>(chosen: bool, mark: Decimal, figures: [&mut Option<Decimal>; N]) {
    if chosen {
        figures.into_iter().for_each(|figure| *figure = Some(mark));
    }
}
