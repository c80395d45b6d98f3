//! Builders for the tests of the other crates: accounts, instruments, quotes, drafts, and a
//! clock that is turned by hand.
//!
//! A dev-dependency only. Deliberately not here: fakes of ports; what needs a gateway is
//! tested against the simulated one.

use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, AccountKind, Tag};
use gatehouse_domain::contract::{Contract, Instrument, PriceIncrement, SecurityKind};
use gatehouse_domain::decimal::{Currency, Price, Quantity};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::id::{AccountId, ConId, IntentId, Symbol};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::{Observed, Source};
use gatehouse_domain::pricing::Pricing;
use gatehouse_domain::quote::{Quote, QuoteField, Tick};
use gatehouse_domain::tif::TimeInForce;
use std::sync::atomic::{AtomicI64, Ordering};

/// The moment at which the tests begin.
pub const START: UnixMillis = UnixMillis(1_790_000_000_000);

/// What a US stock's `orderTypes` lists, as far as Gatehouse looks at it.
pub const STOCK_ORDER_TYPES: &str = "ALGO,AON,COND,DAY,FOK,GTC,GTD,HID,ICE,IOC,LIT,LMT,LOC,MIDPX,MIT,MKT,MOC,MTL,OCA,OPG,PEGMID,REL,STP,STPLMT,TRAIL,TRAILLMT";

/// Reads a number.
///
/// # Panics
/// When it is not one.
#[must_use]
pub fn dec(text: &str) -> Decimal {
    text.parse().expect("a decimal number")
}

/// An account id.
///
/// # Panics
/// When it is not one.
#[must_use]
pub fn account_id(text: &str) -> AccountId {
    AccountId::new(text).expect("an account id")
}

/// An account of this kind with 100,000 of cash, all settled, in USD.
#[must_use]
pub fn account(id: &str, kind: AccountKind) -> Account {
    let mut account = Account::new(account_id(id));
    account.kind = kind;
    account.base = Some(Currency::USD);
    for tag in [
        Tag::NetLiquidation,
        Tag::TotalCashValue,
        Tag::SettledCash,
        Tag::AvailableFunds,
    ] {
        set_figure(&mut account, tag, "100000");
    }
    account
}

/// Sets a figure of an account, seen at [`START`].
pub fn set_figure(account: &mut Account, tag: Tag, value: &str) {
    account
        .figures
        .insert(tag, Observed::live(dec(value), START));
}

/// A US stock on SMART with a tick of 0.01.
///
/// # Panics
/// When the symbol or conId is not one.
#[must_use]
pub fn stock(symbol: &str, con_id: i32) -> Instrument {
    Instrument {
        contract: Contract {
            con_id: ConId::new(con_id).expect("a conId"),
            symbol: Symbol::new(symbol).expect("a symbol"),
            kind: SecurityKind::Stock,
            exchange: "SMART".into(),
            primary_exchange: Some("NASDAQ".into()),
            currency: Currency::USD,
            local_symbol: None,
            multiplier: Decimal::ONE,
            derivative: None,
            legs: Vec::new(),
        },
        long_name: format!("{symbol} Inc"),
        increments: vec![PriceIncrement {
            low_edge: Decimal::ZERO,
            increment: dec("0.01"),
        }],
        size_increment: Some(Decimal::ONE),
        business: gatehouse_domain::contract::Business::default(),
        min_size: Some(Decimal::ONE),
        order_types: STOCK_ORDER_TYPES.split(',').map(str::to_owned).collect(),
        underlying: None,
    }
}

/// Apple.
#[must_use]
pub fn apple() -> Instrument {
    stock("AAPL", 265_598)
}

/// One live tick.
#[must_use]
pub fn tick(con_id: ConId, field: QuoteField, value: &str, at: UnixMillis) -> Tick {
    Tick {
        con_id,
        field,
        value: Some(dec(value)),
        source: Source::Live,
        at,
    }
}

/// A live quote of Apple, seen at this moment.
#[must_use]
pub fn quote(bid: &str, ask: &str, at: UnixMillis) -> Quote {
    let con_id = apple().contract.con_id;
    let mut quote = Quote::default();
    quote.take(&tick(con_id, QuoteField::Bid, bid, at));
    quote.take(&tick(con_id, QuoteField::Ask, ask, at));
    quote
}

/// A limit order for Apple, good for the day.
///
/// # Panics
/// When quantity or price is not above zero.
#[must_use]
pub fn limit(account: &str, side: Side, quantity: &str, price: &str) -> Draft {
    Draft::plain(
        IntentId::new("intent-1").expect("an intent"),
        account_id(account),
        apple().contract.con_id,
        side,
        Quantity::parse(quantity).expect("a quantity"),
        Pricing::Limit {
            price: Price::parse(price).expect("a price"),
        },
        TimeInForce::Day,
    )
}

/// A market order for Apple, good for the day.
#[must_use]
pub fn market(account: &str, side: Side, quantity: &str) -> Draft {
    Draft {
        pricing: Pricing::Market,
        ..limit(account, side, quantity, "1")
    }
}

/// A clock that stands until it is turned.
#[derive(Debug)]
pub struct HandClock(AtomicI64);

impl Default for HandClock {
    fn default() -> Self {
        Self(AtomicI64::new(START.0))
    }
}

impl HandClock {
    /// What it shows.
    #[must_use]
    pub fn now(&self) -> UnixMillis {
        UnixMillis(self.0.load(Ordering::SeqCst))
    }

    /// Turns it forward.
    pub fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}
