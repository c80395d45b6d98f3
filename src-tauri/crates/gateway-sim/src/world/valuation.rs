//! What an account is worth and what margin it needs, at given prices.
//!
//! The one place where either is computed: figures, profit, the acceptance of orders and the
//! what-if all read from here, which is why a preview and its outcome agree.
//!
//! Margin, in the manner of Reg T: long stock 50 % initial and 25 % maintenance; short stock 50 %
//! and 30 % of its value, the proceeds being in cash already (150 % and 130 % of it in all);
//! futures by the contract. In an IRA or a cash account long stock needs 100 % initial, which makes
//! "no borrowing" and "available funds not below zero" the same thing, and futures need twice the
//! ordinary margin. In a margin account a balance in a currency other than the base, long or short,
//! needs 2.5 % of it, so that currency trades cannot be had without margin.

use rust_decimal::Decimal;

use super::account::{Account, Holding};
use super::catalog::Catalog;
use super::currency::Currency;
use super::instrument::{Instrument, SecType};
use super::market::Market;
use super::preview::MarginState;
use super::scenario::Capability;

/// One currency's part of an account, in that currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Book {
    pub(super) cash: Decimal,
    pub(super) settled: Decimal,
    pub(super) stock_value: Decimal,
    pub(super) futures_pnl: Decimal,
    pub(super) unrealized: Decimal,
    pub(super) realized: Decimal,
    pub(super) daily: Decimal,
    /// Worth of one unit in the base currency.
    pub(super) rate: Decimal,
}

impl Book {
    /// Cash with the open profit of futures, as IBKR counts it.
    pub(super) fn cash_balance(&self) -> Decimal {
        self.cash + self.futures_pnl
    }
}

/// An account at given prices. Totals are in the base currency, rounded to cents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Valuation {
    pub(super) books: Vec<(Currency, Book)>,
    pub(super) total_cash: Decimal,
    pub(super) settled_cash: Decimal,
    pub(super) stock_value: Decimal,
    pub(super) futures_pnl: Decimal,
    pub(super) gross: Decimal,
    pub(super) unrealized: Decimal,
    pub(super) realized: Decimal,
    pub(super) daily: Decimal,
    pub(super) initial: Decimal,
    pub(super) maintenance: Decimal,
    /// Reg T's 50 % of all stock, whatever the account's kind.
    pub(super) reg_t: Decimal,
}

impl Valuation {
    /// Cash plus positions, to the cent.
    pub(super) fn net_liquidation(&self) -> Decimal {
        self.total_cash + self.stock_value
    }

    pub(super) fn available(&self) -> Decimal {
        self.net_liquidation() - self.initial
    }

    pub(super) fn excess(&self) -> Decimal {
        self.net_liquidation() - self.maintenance
    }

    pub(super) fn margin_state(&self) -> MarginState {
        MarginState {
            initial: self.initial,
            maintenance: self.maintenance,
            equity_with_loan: self.net_liquidation(),
        }
    }
}

/// Prices and rates to value at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prices<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) markets: &'a [Market],
}

impl<'a> Prices<'a> {
    /// Worth of one unit of the currency in dollars, to ten decimals.
    pub(super) fn rate(&self, currency: Currency) -> Decimal {
        let Some((at, inverse)) = self.catalog.rate_source(currency) else {
            return Decimal::ONE;
        };
        let mark = self.markets.get(at).map_or(Decimal::ONE, Market::mark);
        if inverse {
            Decimal::ONE
                .checked_div(mark)
                .unwrap_or(Decimal::ONE)
                .round_dp(10)
        } else {
            mark
        }
    }

    pub(super) fn market(&self, at: usize) -> Option<&'a Market> {
        self.markets.get(at)
    }

    /// A holding with its instrument and the price it is marked at.
    pub(super) fn of(
        &self,
        holding: (&super::ids::ConId, &Holding),
    ) -> Option<(&'a Instrument, Decimal)> {
        let at = self.catalog.position(*holding.0)?;
        Some((self.catalog.instruments().get(at)?, self.market(at)?.mark()))
    }

    /// Values the account.
    pub(super) fn value(&self, account: &Account) -> Valuation {
        let mut books: Vec<(Currency, Book)> = Currency::ALL
            .into_iter()
            .map(|currency| {
                let book = Book {
                    cash: account.cash_in(currency),
                    settled: account.settled_in(currency),
                    rate: self.rate(currency),
                    ..Book::default()
                };
                (currency, book)
            })
            .collect();
        let (mut gross, mut initial, mut maintenance, mut reg_t) =
            (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        for holding in &account.holdings {
            let Some((instrument, mark)) = self.of(holding) else {
                continue;
            };
            let holding = holding.1;
            let Some((_, book)) = books
                .iter_mut()
                .find(|(currency, _)| *currency == instrument.currency)
            else {
                continue;
            };
            let value = market_value(instrument, holding.quantity, mark);
            book.realized += holding.realized_today;
            book.unrealized += value - holding.cost;
            book.daily += daily(instrument, holding, mark);
            if instrument.sec_type == SecType::Future {
                book.futures_pnl += value - holding.cost;
            } else {
                book.stock_value += value;
                gross += value.abs() * book.rate;
                reg_t += value.abs() * book.rate * Decimal::new(5, 1);
            }
            let (needs_initial, needs_maintenance) =
                margin(account.capability, instrument, holding.quantity, value);
            initial += needs_initial * book.rate;
            maintenance += needs_maintenance * book.rate;
        }
        if account.capability == Capability::RegTMargin {
            for (_, book) in books
                .iter()
                .filter(|(currency, _)| *currency != Currency::Usd)
            {
                let haircut = book.cash.abs() * book.rate * Decimal::new(25, 3);
                initial += haircut;
                maintenance += haircut;
            }
        }
        let sum = |part: fn(&Book) -> Decimal| {
            cents(books.iter().map(|(_, book)| part(book) * book.rate).sum())
        };
        Valuation {
            total_cash: sum(Book::cash_balance),
            settled_cash: sum(|book| book.settled),
            stock_value: sum(|book| book.stock_value),
            futures_pnl: sum(|book| book.futures_pnl),
            unrealized: sum(|book| book.unrealized),
            realized: sum(|book| book.realized),
            daily: sum(|book| book.daily),
            gross: cents(gross),
            initial: cents(initial),
            maintenance: cents(maintenance),
            reg_t: cents(reg_t),
            books,
        }
    }
}

/// Units times price times multiplier, to the cent.
pub(super) fn market_value(instrument: &Instrument, quantity: Decimal, mark: Decimal) -> Decimal {
    cents(quantity * mark * instrument.multiplier)
}

/// What a holding adds to net liquidation: its value, or a future's open profit.
pub(super) fn worth(instrument: &Instrument, holding: &Holding, mark: Decimal) -> Decimal {
    let value = market_value(instrument, holding.quantity, mark);
    if instrument.sec_type == SecType::Future {
        value - holding.cost
    } else {
        value
    }
}

/// Today's profit of a holding, realized and not, net of commissions.
pub(super) fn daily(instrument: &Instrument, holding: &Holding, mark: Decimal) -> Decimal {
    worth(instrument, holding, mark) + holding.flow_today - holding.worth_at_open
}

/// Initial and maintenance margin of a position, in the instrument's currency.
fn margin(
    capability: Capability,
    instrument: &Instrument,
    quantity: Decimal,
    value: Decimal,
) -> (Decimal, Decimal) {
    let margin_account = capability == Capability::RegTMargin;
    if let Some(terms) = &instrument.future {
        let times = if margin_account {
            Decimal::ONE
        } else {
            Decimal::TWO
        };
        return (
            quantity.abs() * terms.initial_margin * times,
            quantity.abs() * terms.maintenance_margin * times,
        );
    }
    let size = value.abs();
    let (initial, maintenance) = match (value.is_sign_negative(), capability) {
        (true, _) => (50, 30),
        (false, Capability::RegTMargin) => (50, 25),
        (false, Capability::LimitedMargin) => (100, 25),
        (false, Capability::Cash) => (100, 100),
    };
    (
        size * Decimal::new(initial, 2),
        size * Decimal::new(maintenance, 2),
    )
}

/// Rounded to cents, halves away from zero.
pub(super) fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}
