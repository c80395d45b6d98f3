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
//!
//! Options lend nothing: equity with loan is cash and stock. Their margin is found for each underlying
//! by the rules of [`super::options`].

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::account::{Account, Holding};
use super::catalog::{Catalog, Listing};
use super::currency::Currency;
use super::ids::ConId;
use super::instrument::{Instrument, SecType};
use super::market::Market;
use super::options::{self, Leg, Requirement};
use super::preview::MarginState;
use super::scenario::Capability;

/// One currency's part of an account, in that currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Book {
    pub(super) cash: Decimal,
    pub(super) settled: Decimal,
    pub(super) stock_value: Decimal,
    pub(super) option_value: Decimal,
    pub(super) futures_pnl: Decimal,
    /// Dividends that are owed and not paid yet.
    pub(super) accrued: Decimal,
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
    pub(super) option_value: Decimal,
    pub(super) futures_pnl: Decimal,
    /// Dividends that are owed and not paid yet.
    pub(super) accrued: Decimal,
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
    /// Cash plus positions plus dividends that are owed, to the cent.
    pub(super) fn net_liquidation(&self) -> Decimal {
        self.total_cash + self.stock_value + self.option_value + self.accrued
    }

    /// What can be borrowed against: all but options.
    pub(super) fn equity_with_loan(&self) -> Decimal {
        self.total_cash + self.stock_value
    }

    pub(super) fn available(&self) -> Decimal {
        self.equity_with_loan() - self.initial
    }

    pub(super) fn excess(&self) -> Decimal {
        self.equity_with_loan() - self.maintenance
    }

    pub(super) fn margin_state(&self) -> MarginState {
        MarginState {
            initial: self.initial,
            maintenance: self.maintenance,
            equity_with_loan: self.equity_with_loan(),
        }
    }
}

/// Prices and rates to value at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prices<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) markets: &'a [Market],
    pub(super) options: &'a options::Desk,
    /// Unix ms.
    pub(super) now: i64,
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
    pub(super) fn of(&self, holding: (&ConId, &Holding)) -> Option<(&'a Instrument, Decimal)> {
        // An option that has ended is worth nothing more; its record of the day stays.
        let listing = self.catalog.listing(*holding.0)?;
        let mark = match self.market_of(*holding.0) {
            Some((_, market)) => market.mark(),
            None if listing.instrument.option.is_some() => Decimal::ZERO,
            None => return None,
        };
        Some((listing.instrument, mark))
    }

    /// An instrument with its market at this moment; `None` for an option that has ended.
    pub(super) fn market_of(&self, con_id: ConId) -> Option<(Listing<'a>, Cow<'a, Market>)> {
        let listing = self.catalog.listing(con_id)?;
        let walking = self.market(listing.place)?;
        if listing.instrument.option.is_none() {
            return Some((listing, Cow::Borrowed(walking)));
        }
        let (instrument, class) = self
            .catalog
            .chains()
            .get(con_id, self.catalog.instruments())?;
        let terms = instrument.option.as_ref()?;
        let market = self
            .options
            .market(con_id, terms, class, walking, self.now)?;
        Some((listing, Cow::Owned(market)))
    }

    /// The underlying's price that options on it are judged by.
    pub(super) fn underlying_mark(&self, con_id: ConId) -> Option<Decimal> {
        Some(self.market(self.catalog.position(con_id)?)?.mark())
    }

    /// The margin of the account's options, by currency of the underlying.
    pub(super) fn option_margin(&self, account: &Account) -> Vec<(Currency, Requirement)> {
        let mut by_underlying: BTreeMap<ConId, (Currency, bool, Vec<Leg>)> = BTreeMap::new();
        for (con_id, holding) in account.options() {
            if holding.quantity.is_zero() {
                continue;
            }
            let Some((listing, market)) = self.market_of(*con_id) else {
                continue;
            };
            let Some(terms) = &listing.instrument.option else {
                continue;
            };
            let index = terms.under_sec_type == SecType::Index;
            let entry = by_underlying
                .entry(terms.under_con_id)
                .or_insert_with(|| (listing.instrument.currency, index, Vec::new()));
            entry.2.push(Leg {
                right: terms.right,
                // By the share, so that shares cover it.
                strike: terms.price_of_one(),
                ends_at: terms.ends_at,
                quantity: holding.quantity,
                value: market.mark() * listing.instrument.multiplier,
                multiplier: listing.instrument.multiplier * terms.per_unit,
                european: terms.style == options::Style::European,
            });
        }
        let cash_secured = account.capability != Capability::RegTMargin;
        by_underlying
            .into_iter()
            .filter_map(|(con_id, (currency, index, legs))| {
                let spot = self.underlying_mark(con_id)?;
                let shares = account.quantity_of(con_id);
                Some((
                    currency,
                    options::requirement(&legs, spot, shares, index, cash_secured),
                ))
            })
            .collect()
    }

    /// What every assignment of the account's short puts in this currency would cost.
    pub(super) fn short_puts(&self, account: &Account, currency: Currency) -> Decimal {
        account
            .options()
            .filter(|(_, holding)| holding.quantity < Decimal::ZERO)
            .filter_map(|(con_id, holding)| {
                let instrument = self.catalog.get(*con_id)?;
                let terms = instrument.option.as_ref()?;
                let counts = terms.right == options::Right::Put && instrument.currency == currency;
                counts.then(|| -holding.quantity * terms.strike * instrument.multiplier)
            })
            .sum()
    }

    /// Values the account.
    pub(super) fn value(&self, account: &Account) -> Valuation {
        let mut books: Vec<(Currency, Book)> = Currency::ALL
            .into_iter()
            .map(|currency| {
                let book = Book {
                    cash: account.cash_in(currency),
                    settled: account.settled_in(currency),
                    accrued: account.accrued_in(currency),
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
            } else if instrument.sec_type == SecType::Option {
                book.option_value += value;
                gross += value.abs() * book.rate;
                continue;
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
        for (currency, needs) in self.option_margin(account) {
            let rate = self.rate(currency);
            initial += needs.initial * rate;
            maintenance += needs.maintenance * rate;
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
            option_value: sum(|book| book.option_value),
            futures_pnl: sum(|book| book.futures_pnl),
            accrued: sum(|book| book.accrued),
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
