//! The state as the page is shown it.

use super::{Desk, codes, words};
use crate::effect::OrderNo;
use crate::view::{
    AccountView, ExecutionView, Figure, FindingView, HouseholdView, InstrumentView,
    JournalHeadView, OrderStateView, OrderView, QuoteView, VerdictView,
};
use gatehouse_analytics::sum;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, Tag};
use gatehouse_domain::contract::{Contract, Instrument, SecurityKind};
use gatehouse_domain::decimal::{Currency, Price};
use gatehouse_domain::id::ConId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Observed;
use gatehouse_domain::order::{OrderState, Origin};
use gatehouse_domain::position::PositionKey;
use gatehouse_domain::quote::QuoteField;
use gatehouse_rules::{Outcome, Verdict};

/// How long an order that has ended stays in the list.
const SHOWN_FOR_MILLIS: i64 = 24 * 3600 * 1000;

/// `account:conId`.
pub(super) fn position_key(key: &PositionKey) -> String {
    format!("{}:{}", key.account, key.con_id)
}

/// What the page names an order by.
pub(super) fn order_key(no: OrderNo) -> String {
    format!("o{}", no.0)
}

pub(super) fn order_no(key: &str) -> Option<OrderNo> {
    key.strip_prefix('o')?.parse().ok().map(OrderNo)
}

pub(super) fn instrument_view(contract: &Contract, known: Option<&Instrument>) -> InstrumentView {
    let tick = known.and_then(|i| {
        let step = i.increments.last().map(|s| s.increment);
        step.filter(|s| !s.is_zero())
    });
    let option = contract.derivative.and_then(|d| d.option);
    InstrumentView {
        con_id: contract.con_id.get(),
        symbol: contract.symbol.to_string(),
        label: contract.label(),
        name: known.map(|i| i.long_name.clone()),
        kind: contract.kind,
        exchange: contract
            .primary_exchange
            .clone()
            .unwrap_or_else(|| contract.exchange.clone()),
        currency: contract.currency.to_string(),
        multiplier: contract.multiplier,
        tick,
        size_step: known.and_then(|i| i.size_increment),
        price_decimals: price_decimals(contract, tick),
        expiry: contract.derivative.map(|d| d.expiry.wire()),
        strike: option.map(|terms| terms.strike.get()),
        right: option.map(|terms| terms.right),
        adjusted: contract.is_adjusted(),
    }
}

fn price_decimals(contract: &Contract, tick: Option<Decimal>) -> u8 {
    match tick {
        Some(tick) => u8::try_from(tick.normalize().scale())
            .unwrap_or(2)
            .clamp(2, 8),
        None if contract.kind == SecurityKind::Forex => 5,
        None => 2,
    }
}

impl Desk {
    pub(super) fn account_view(&self, account: &Account) -> AccountView {
        let label = self.label_of(&account.id);
        let figure = |tag: Tag| Figure::from(account.figures.get(&tag).copied());
        AccountView {
            id: account.id.to_string(),
            kind: account.kind,
            kind_words: account.kind.words().to_owned(),
            kind_text: account.kind_text.clone(),
            told_kind: account.told_kind(),
            said_kind: account.said_kind,
            nickname: label
                .map(|label| label.nickname.clone())
                .filter(|name| !name.is_empty()),
            colour: label.and_then(|label| label.colour),
            paper: gatehouse_domain::account::Mode::of([&account.id])
                == gatehouse_domain::account::Mode::Paper,
            currency: account.base.map(|c| c.to_string()),
            net_liquidation: figure(Tag::NetLiquidation),
            total_cash: figure(Tag::TotalCashValue),
            settled_cash: figure(Tag::SettledCash),
            buying_power: figure(Tag::BuyingPower),
            available_funds: figure(Tag::AvailableFunds),
            excess_liquidity: figure(Tag::ExcessLiquidity),
            equity_with_loan: figure(Tag::EquityWithLoanValue),
            gross_position_value: figure(Tag::GrossPositionValue),
            initial_margin: figure(Tag::InitMarginReq),
            maintenance_margin: figure(Tag::MaintMarginReq),
            daily_pnl: figure(Tag::DailyPnl),
            unrealized_pnl: figure(Tag::UnrealizedPnl),
            realized_pnl: figure(Tag::RealizedPnl),
            day_trades_remaining: figure(Tag::DayTradesRemaining),
        }
    }

    pub(super) fn household_view(&self) -> HouseholdView {
        let accounts: Vec<&Account> = self
            .account_order
            .iter()
            .filter_map(|id| self.accounts.get(id))
            .collect();
        let mut bases = accounts.iter().map(|a| a.base);
        let first = bases.next().flatten();
        let common = first.filter(|base| bases.all(|b| b == Some(*base)));
        // Sums over different currencies say nothing.
        let total = |tag: Tag| {
            common.map_or(Figure::UNKNOWN, |_| {
                sum(accounts.iter().map(|a| a.figures.get(&tag).copied())).into()
            })
        };
        HouseholdView {
            currency: common.map(|c| c.to_string()),
            net_liquidation: total(Tag::NetLiquidation),
            total_cash: total(Tag::TotalCashValue),
            settled_cash: total(Tag::SettledCash),
            buying_power: total(Tag::BuyingPower),
            excess_liquidity: total(Tag::ExcessLiquidity),
            initial_margin: total(Tag::InitMarginReq),
            maintenance_margin: total(Tag::MaintMarginReq),
            daily_pnl: total(Tag::DailyPnl),
            unrealized_pnl: total(Tag::UnrealizedPnl),
        }
    }

    pub(super) fn mark(&self, con_id: ConId) -> Option<Observed<Decimal>> {
        self.quotes.get(&con_id).and_then(|quote| quote.mark())
    }

    pub(super) fn quote_view(&self, con_id: ConId) -> QuoteView {
        let quote = self.quotes.get(&con_id);
        let figure = |field: QuoteField| Figure::from(quote.and_then(|q| q.get(field)));
        let greeks = self.greeks_view(con_id);
        QuoteView {
            con_id: con_id.get(),
            bid: figure(QuoteField::Bid),
            ask: figure(QuoteField::Ask),
            last: figure(QuoteField::Last),
            bid_size: figure(QuoteField::BidSize),
            ask_size: figure(QuoteField::AskSize),
            close: figure(QuoteField::Close),
            high: figure(QuoteField::High),
            low: figure(QuoteField::Low),
            volume: figure(QuoteField::Volume),
            open_interest: figure(QuoteField::OpenInterest),
            implied_volatility: figure(QuoteField::ImpliedVolatility),
            historical_volatility: figure(QuoteField::HistoricalVolatility),
            model: self.modelled_view(con_id, greeks.as_ref()),
            greeks,
            refused: self.quote_refusals.get(&con_id).map(|r| r.says(self.mode)),
        }
    }

    pub(super) fn journal_view(&self) -> JournalHeadView {
        JournalHeadView {
            seq: self.journal.seq,
            hash: self.journal.hash.clone(),
            fault: self
                .journal_unread
                .clone()
                .or_else(|| self.journal_fault.clone()),
        }
    }

    /// Whether anything is known of a link at all now.
    pub(super) fn is_connected(&self) -> bool {
        self.link.is_up()
    }

    pub(super) fn is_shown(&self, no: OrderNo, now: UnixMillis) -> bool {
        let order = self.orders.get(no);
        !order.state.is_final() || now.0 - order.updated.0 < SHOWN_FOR_MILLIS
    }

    /// Orders of other clients can't be cancelled by id from here; ours can while they work.
    pub(super) fn can_cancel(&self, no: OrderNo) -> bool {
        self.is_ours(no) && self.orders.get(no).state.can_cancel()
    }

    /// Made here under the client id of this session, or by a program that used the same, or
    /// taken over: the gateway lets this session cancel it.
    pub(super) fn is_ours(&self, no: OrderNo) -> bool {
        let entry = self.orders.entry(no);
        match &entry.order.origin {
            Origin::Gatehouse(_) => self.client_before(no).is_none(),
            // What was made by hand and not taken over has no id that a cancel could name.
            Origin::Elsewhere { client_id: Some(0) } => {
                self.link.client_id == Some(0) && entry.order.order_id.is_some()
            }
            Origin::Elsewhere { client_id } => {
                client_id.is_some() && *client_id == self.link.client_id
            }
        }
    }

    pub(super) fn order_view(&self, no: OrderNo) -> OrderView {
        let order = self.orders.get(no);
        let contract = &order.terms.contract;
        let commission = order.commission();
        // Without a common currency there is no sum.
        let realized = commission.and_then(|_| {
            let parts = order.executions.values().filter_map(|e| e.realized_pnl);
            parts.reduce(|a, b| a + b)
        });
        OrderView {
            key: order_key(no),
            intent: self.intent_of(no).map(|intent| intent.to_string()),
            made_elsewhere: self.made_elsewhere(no),
            family: self.orders.family_view(no),
            account: order.terms.account.to_string(),
            instrument: instrument_view(contract, self.instruments.get(&contract.con_id)),
            side: order.terms.side,
            quantity: order.terms.quantity.get(),
            order_type: order.terms.order_type.clone(),
            limit_price: order.terms.pricing.and_then(|p| p.limit()).map(Price::get),
            stop_price: order
                .terms
                .pricing
                .and_then(|p| p.trigger())
                .map(Price::get),
            tif: order.terms.tif.map(|tif| tif.choice()),
            how: words::how_long(&order.terms),
            state: state_view(&order.state, order.filled()),
            says: words::order_state(order),
            filled: order.filled(),
            remaining: order.remaining(),
            average_price: order.average_price(),
            commission: commission.map(|(amount, _, _)| amount),
            commission_currency: commission
                .map(|(_, currency, _): (_, Currency, _)| currency.to_string()),
            commission_pending: order.executions.values().any(|e| e.commission.is_none()),
            realized_pnl: realized,
            executions: order
                .executions
                .values()
                .map(|e| ExecutionView {
                    exec_id: e.exec_id.to_string(),
                    at: e.at.into(),
                    quantity: e.quantity.get(),
                    price: e.price,
                    commission: e.commission.map(|(amount, _)| amount),
                    commission_currency: e.commission.map(|(_, currency)| currency.to_string()),
                    realized_pnl: e.realized_pnl,
                    liquidity: e.liquidity,
                })
                .collect(),
            notes: order.notes.iter().map(codes::note_view).collect(),
            trouble: codes::trouble_view(
                order,
                self.instruments.get(&contract.con_id),
                self.sellable(order),
            ),
            since: order.since.into(),
            updated: order.updated.into(),
            can_change: self.can_change(no),
            can_cancel: self.can_cancel(no),
            perm_id: order.perm_id.map(|id| id.to_string()),
        }
    }
}

fn state_view(state: &OrderState, filled: Decimal) -> OrderStateView {
    match state {
        OrderState::Sent => OrderStateView::Sent,
        OrderState::Held => OrderStateView::Held,
        OrderState::Working if filled.is_zero() => OrderStateView::Working,
        OrderState::Working => OrderStateView::PartlyFilled,
        OrderState::Cancelling => OrderStateView::Cancelling,
        OrderState::Filled => OrderStateView::Filled,
        OrderState::Cancelled => OrderStateView::Cancelled,
        OrderState::Rejected { .. } => OrderStateView::Rejected,
        OrderState::Inactive => OrderStateView::Inactive,
        OrderState::Unknown => OrderStateView::Unknown,
        OrderState::NotAtBroker => OrderStateView::NotAtBroker,
    }
}

pub(super) fn verdict_view(verdict: &Verdict) -> VerdictView {
    let rank = |outcome: Outcome| match outcome {
        Outcome::Blocked => 0,
        Outcome::LacksFact => 1,
        Outcome::OverrideNeeded => 2,
        Outcome::Warned => 3,
        Outcome::Informed => 4,
        Outcome::Passed => 5,
        Outcome::NotApplicable => 6,
    };
    let mut findings: Vec<_> = verdict
        .findings()
        .iter()
        .filter(|f| f.outcome != Outcome::NotApplicable)
        .collect();
    findings.sort_by_key(|f| rank(f.outcome));
    VerdictView {
        clear: verdict.is_clear(),
        findings: findings
            .into_iter()
            .map(|f| FindingView {
                rule: f.rule.id().to_owned(),
                title: f.rule.title().to_owned(),
                sentence: f.rule.sentence().to_owned(),
                source: f.rule.source(),
                from: f.rule.from().map(|day| day.to_string()),
                blocks: f.blocks(),
                needs_reason: f.needs_reason(),
                outcome: f.outcome,
                says: f.says.clone(),
                mend: f.mend.clone(),
            })
            .collect(),
    }
}
