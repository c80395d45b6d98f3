//! An account's books: cash, positions and today's record, and how a fill is entered in them.
//!
//! The model, where it is simpler than a brokerage:
//! - A purchase lowers settled cash at once; a sale's proceeds settle on a later simulated day
//!   (every day counts, there are no holidays). Pairs and futures settle at once.
//! - Opening commissions are part of a position's cost, closing ones lower what is realized.
//! - A future moves no cash until it is closed; its open profit counts as cash.
//! - A currency trade moves cash and leaves no position behind.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::commission;
use super::currency::Currency;
use super::dividend::Accrual;
use super::ids::{AccountId, ConId};
use super::instrument::{Instrument, SecType};
use super::options::OptionTerms;
use super::order::Side;
use super::permission::Permissions;
use super::scenario::{Capability, OpeningAccount};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Account {
    pub(super) id: AccountId,
    pub(super) account_type: String,
    pub(super) capability: Capability,
    pub(super) permissions: Permissions,
    pub(super) cash: BTreeMap<Currency, Decimal>,
    pub(super) unsettled: Vec<Unsettled>,
    /// Dividends between their ex-date and their pay date.
    #[serde(default)]
    pub(super) accrued: Vec<Accrual>,
    pub(super) holdings: BTreeMap<ConId, Holding>,
    /// Equity with loan value at the day's start, in the base currency.
    pub(super) previous_equity: Decimal,
}

/// Proceeds that settle on a later day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Unsettled {
    pub(super) currency: Currency,
    pub(super) amount: Decimal,
    /// The simulated day on which they settle.
    pub(super) day: i64,
}

/// A position; money in the instrument's currency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Holding {
    pub(super) quantity: Decimal,
    /// Cost of the whole position, negative when short.
    pub(super) cost: Decimal,
    /// Realized today, net of commission.
    pub(super) realized_today: Decimal,
    /// Cash that today's fills moved.
    pub(super) flow_today: Decimal,
    /// What it contributed to net liquidation at the day's start.
    pub(super) worth_at_open: Decimal,
}

/// A fill as the books need it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Booking<'a> {
    pub(super) instrument: &'a Instrument,
    pub(super) side: Side,
    pub(super) quantity: Decimal,
    pub(super) price: Decimal,
    pub(super) commission: Decimal,
    /// The simulated day.
    pub(super) day: i64,
}

impl Account {
    pub(super) fn open(opening: &OpeningAccount, day: i64) -> Self {
        let mut account = Self {
            id: opening.id.clone(),
            account_type: opening.account_type.clone(),
            capability: opening.capability,
            permissions: opening.permissions,
            cash: BTreeMap::new(),
            unsettled: opening
                .unsettled
                .iter()
                .map(|(currency, amount)| Unsettled {
                    currency: *currency,
                    amount: *amount,
                    day: day + 1,
                })
                .collect(),
            accrued: Vec::new(),
            holdings: BTreeMap::new(),
            previous_equity: Decimal::ZERO,
        };
        for (currency, amount) in &opening.cash {
            account.move_cash(*currency, *amount);
        }
        account
    }

    pub(super) fn cash_in(&self, currency: Currency) -> Decimal {
        self.cash.get(&currency).copied().unwrap_or_default()
    }

    pub(super) fn settled_in(&self, currency: Currency) -> Decimal {
        let waiting: Decimal = self
            .unsettled
            .iter()
            .filter(|sum| sum.currency == currency)
            .map(|sum| sum.amount)
            .sum();
        self.cash_in(currency) - waiting
    }

    pub(super) fn quantity_of(&self, con_id: ConId) -> Decimal {
        self.holdings
            .get(&con_id)
            .map_or(Decimal::ZERO, |holding| holding.quantity)
    }

    /// Holdings of options.
    pub(super) fn options(&self) -> impl Iterator<Item = (&ConId, &Holding)> {
        self.holdings.range(super::options::NUMBERS)
    }

    /// Enters a fill. Returns what it realized, net of commission; `None` when it closed nothing.
    pub(super) fn book(&mut self, fill: &Booking<'_>) -> Option<Decimal> {
        let instrument = fill.instrument;
        let signed = fill.side.signed(fill.quantity);
        if let Some(base) = instrument.pair_base {
            self.move_cash(base, signed);
            self.move_cash(instrument.currency, -signed * fill.price);
            self.move_cash(commission::currency(instrument), -fill.commission);
            return None;
        }
        let holding = self.holdings.entry(instrument.con_id).or_default();
        let (realized, closed) = holding.trade(fill, signed);
        let value = signed * fill.price * instrument.multiplier;
        let flow = match instrument.sec_type {
            SecType::Future => realized,
            _ => -value - fill.commission,
        };
        holding.flow_today += flow;
        self.move_cash(instrument.currency, flow);
        if fill.side == Side::Sell && instrument.settlement_days > 0 {
            self.unsettled.push(Unsettled {
                currency: instrument.currency,
                amount: flow,
                day: fill.day + instrument.settlement_days,
            });
        }
        closed.then_some(realized)
    }

    /// Exercises `contracts` of an option on a stock (negative: is assigned on them). The shares change
    /// hands at the strike; what the option cost becomes part of theirs.
    pub(super) fn exercise(
        &mut self,
        option: &Instrument,
        terms: &OptionTerms,
        stock: &Instrument,
        contracts: Decimal,
        day: i64,
    ) {
        let Some(holding) = self.holdings.get_mut(&option.con_id) else {
            return;
        };
        let premium = if holding.quantity == contracts {
            holding.cost
        } else {
            let share = holding.cost * contracts;
            share
                .checked_div(holding.quantity)
                .unwrap_or_default()
                .round_dp(8)
        };
        holding.quantity -= contracts;
        holding.cost -= premium;
        let shares = terms.shares(option.multiplier, contracts);
        let side = if shares > Decimal::ZERO {
            Side::Buy
        } else {
            Side::Sell
        };
        self.book(&Booking {
            instrument: stock,
            side,
            quantity: shares.abs(),
            price: terms.price_of_one() + premium.checked_div(shares).unwrap_or_default(),
            commission: Decimal::ZERO,
            day,
        });
        // The premium moved its cash when the option was traded.
        self.move_cash(stock.currency, premium);
        if let Some(held) = self.holdings.get_mut(&stock.con_id) {
            held.flow_today += premium;
        }
        if side == Side::Sell
            && let Some(proceeds) = self.unsettled.last_mut()
        {
            proceeds.amount += premium;
        }
    }

    /// Settles what is due on this day or before.
    pub(super) fn settle(&mut self, day: i64) {
        self.unsettled.retain(|sum| sum.day > day);
    }

    /// Dividends that are owed in this currency, to the account or by it.
    pub(super) fn accrued_in(&self, currency: Currency) -> Decimal {
        self.accrued
            .iter()
            .filter(|sum| sum.currency == currency)
            .map(|sum| sum.amount)
            .sum()
    }

    /// Dividends that are due on this day or before become cash.
    pub(super) fn receive_dividends(&mut self, day: i64) {
        let (due, later) = std::mem::take(&mut self.accrued)
            .into_iter()
            .partition(|sum| sum.pay_day <= day);
        self.accrued = later;
        let due: Vec<Accrual> = due;
        for sum in due {
            self.move_cash(sum.currency, sum.amount);
        }
    }

    fn move_cash(&mut self, currency: Currency, amount: Decimal) {
        *self.cash.entry(currency).or_default() += amount;
    }
}

impl Holding {
    /// Changes quantity and cost; returns what was realized and whether anything was closed.
    fn trade(&mut self, fill: &Booking<'_>, signed: Decimal) -> (Decimal, bool) {
        let held = self.quantity;
        let opposes = !held.is_zero() && held.is_sign_negative() != signed.is_sign_negative();
        let closing = if opposes {
            held.abs().min(fill.quantity)
        } else {
            Decimal::ZERO
        };
        let opening = fill.quantity - closing;
        let unit = fill.price * fill.instrument.multiplier;

        let closing_fee = if opening.is_zero() {
            fill.commission
        } else {
            (fill.commission * closing / fill.quantity).round_dp(8)
        };
        let cost_removed = if closing == held.abs() {
            if closing.is_zero() {
                Decimal::ZERO
            } else {
                self.cost
            }
        } else {
            (self.cost * closing / held.abs()).round_dp(8)
        };
        let direction = fill.side.signed(Decimal::ONE);
        let realized = if opposes {
            -direction * closing * unit - cost_removed - closing_fee
        } else {
            Decimal::ZERO
        };

        self.quantity = held + signed;
        self.cost += direction * opening * unit - cost_removed;
        if !opening.is_zero() {
            self.cost += fill.commission - closing_fee;
        }
        self.realized_today += realized;
        (realized, opposes)
    }

    /// Cost of one unit (times the multiplier for futures); 0 when closed.
    pub(super) fn average_cost(&self) -> Decimal {
        self.cost.checked_div(self.quantity).unwrap_or_default()
    }
}
