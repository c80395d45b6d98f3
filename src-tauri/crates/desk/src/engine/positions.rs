//! Positions as the page is shown them, with the currency of every figure.
//!
//! Price and average cost are in the contract's currency. The broker's P&L stream tells value
//! and P&L in the account's base currency, so the two may differ; they are never mixed in a sum.

use super::Desk;
use super::views::{instrument_view, position_key};
use crate::view::{MergedPositionView, PositionView};
use gatehouse_analytics::{Lot, Part, average_cost, sum};
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::Contract;
use gatehouse_domain::decimal::{Currency, product};
use gatehouse_domain::id::ConId;
use gatehouse_domain::observed::{Observed, Source};
use gatehouse_domain::position::Position;

/// A figure and what it is in; `None` while the broker has not told the base currency.
#[derive(Debug, Clone, Copy)]
pub(super) struct Money {
    pub(super) figure: Part,
    pub(super) currency: Option<Currency>,
}

impl Desk {
    fn base_of(&self, position: &Position) -> Option<Currency> {
        self.accounts.get(&position.account)?.base
    }

    /// The broker's value in the account's base currency. When it has not told one: quantity ×
    /// price, changed into the base currency if its rate is known, else in the contract's.
    pub(super) fn value(&self, position: &Position) -> Money {
        let base = self.base_of(position);
        if position.value.is_some() {
            return Money {
                figure: position.value,
                currency: base,
            };
        }
        let contract = &position.contract;
        let rate = base.and_then(|base| self.rate(position, base));
        let here = self.mark(contract.con_id).and_then(|mark| {
            let factors = [mark.value, position.quantity.value, contract.multiplier];
            Some(Observed {
                value: product(&factors)?,
                at: mark.at.min(position.quantity.at),
                source: Source::Model,
            })
        });
        let figure = match (here, rate) {
            (Some(here), Some(rate)) => product(&[here.value, rate.value]).map(|value| Observed {
                value,
                at: here.at.min(rate.at),
                source: Source::Model,
            }),
            (here, _) => here,
        };
        Money {
            figure,
            currency: if rate.is_some() {
                base
            } else {
                Some(contract.currency)
            },
        }
    }

    /// What one unit of the contract's currency is worth in the base currency.
    fn rate(&self, position: &Position, base: Currency) -> Option<Observed<Decimal>> {
        let currency = position.contract.currency;
        if currency == base {
            return Some(Observed::live(Decimal::ONE, position.quantity.at));
        }
        let account = self.accounts.get(&position.account)?;
        account.exchange_rates.get(&currency).copied()
    }

    pub(super) fn position_view(&self, position: &Position) -> PositionView {
        let contract = &position.contract;
        let value = self.value(position);
        PositionView {
            key: position_key(&position.key()),
            account: position.account.to_string(),
            instrument: instrument_view(contract, self.instruments.get(&contract.con_id)),
            quantity: position.quantity.into(),
            average_cost: per_unit(position.average_cost, contract),
            price: self.mark(contract.con_id).into(),
            value: value.figure.into(),
            value_currency: words_of(value.currency),
            unrealized_pnl: position.unrealized_pnl.into(),
            daily_pnl: position.daily_pnl.into(),
            pnl_currency: words_of(self.base_of(position)),
        }
    }

    pub(super) fn merged_view(&self, con_id: ConId) -> Option<MergedPositionView> {
        let held: Vec<&Position> = self
            .positions
            .values()
            .filter(|p| p.contract.con_id == con_id)
            .collect();
        let contract = &held.first()?.contract;
        let lots: Vec<Lot> = held
            .iter()
            .map(|p| Lot {
                quantity: p.quantity.value,
                average_cost: p.average_cost,
            })
            .collect();
        let value = total(held.iter().map(|p| self.value(p)));
        let pnl = |figure: fn(&Position) -> Part| {
            total(held.iter().map(|p| Money {
                figure: figure(p),
                currency: self.base_of(p),
            }))
        };
        let unrealized = pnl(|p| p.unrealized_pnl);
        Some(MergedPositionView {
            instrument: instrument_view(contract, self.instruments.get(&con_id)),
            accounts: held.iter().map(|p| p.account.to_string()).collect(),
            quantity: sum(held.iter().map(|p| Some(p.quantity))).into(),
            average_cost: per_unit(average_cost(&lots), contract),
            price: self.mark(con_id).into(),
            value: value.figure.into(),
            value_currency: words_of(value.currency),
            unrealized_pnl: unrealized.figure.into(),
            daily_pnl: pnl(|p| p.daily_pnl).figure.into(),
            pnl_currency: words_of(unrealized.currency),
        })
    }
}

/// A sum over one currency. Over several, or over one that is not known beside others, there is
/// none.
fn total(parts: impl Iterator<Item = Money>) -> Money {
    let parts: Vec<Money> = parts.collect();
    let first = parts.first().and_then(|part| part.currency);
    if parts.len() > 1 && (first.is_none() || parts.iter().any(|part| part.currency != first)) {
        return Money {
            figure: None,
            currency: None,
        };
    }
    Money {
        figure: sum(parts.iter().map(|part| part.figure)),
        currency: first,
    }
}

fn words_of(currency: Option<Currency>) -> Option<String> {
    currency.map(|currency| currency.to_string())
}

/// IBKR's average cost of a contract with a multiplier is for the whole contract.
fn per_unit(average_cost: Option<Decimal>, contract: &Contract) -> Option<Decimal> {
    let cost = average_cost?;
    if contract.multiplier.is_zero() || contract.multiplier == Decimal::ONE {
        return Some(cost);
    }
    cost.checked_div(contract.multiplier)
}
