//! What the rules may know when they judge.

use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, AccountKind, Expects, Mode};
use gatehouse_domain::contract::{ComboLeg, Contract, Instrument};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::id::AccountId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Observed;
use gatehouse_domain::order::Order;
use gatehouse_domain::quote::Quote;
use gatehouse_domain::what_if::WhatIf;

/// A leg of a combination.
#[derive(Debug, Clone, Copy)]
pub struct LegFact<'a> {
    /// The leg.
    pub leg: &'a ComboLeg,
    /// What it is; `None` when it is not known.
    pub contract: Option<&'a Contract>,
}

/// An amount of a contract, below zero when it is sold or held short.
pub type Lot<'a> = (&'a Contract, Decimal);

/// What an account has of an underlying and its options, for a rule to say whether a combination
/// only gives back what is held, and whether a sale takes a sold option's cover away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holdings<'a> {
    /// What is held.
    pub held: Vec<Lot<'a>>,
    /// What each working order would bring with all that is left of it, without the one that
    /// the draft changes. Orders attached to an entry count as in `working_sells`.
    pub working: Vec<Vec<Lot<'a>>>,
}

/// What is held, by its value in the account's base currency. Each is `None` while a part of it
/// is not known; what is over all accounts also when they have no common base currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exposure {
    /// The account's position in what is traded; below zero when short.
    pub position: Option<Decimal>,
    /// All that the account holds on the symbol, long and short added.
    pub symbol: Option<Decimal>,
    /// The account's positions, long and short added.
    pub gross: Option<Decimal>,
    /// The account's positions, long less short.
    pub net: Option<Decimal>,
    /// As `symbol`, over all accounts.
    pub symbol_over_all: Option<Decimal>,
    /// As `gross`, over all accounts.
    pub gross_over_all: Option<Decimal>,
    /// The net liquidation value of all accounts.
    pub nlv_over_all: Option<Decimal>,
    /// The day's profit and loss of all accounts.
    pub daily_pnl_over_all: Option<Decimal>,
    /// The profit or loss of the account's position in what is traded against its cost, as the
    /// broker tells it.
    pub unrealized: Option<Decimal>,
}

/// The orders that went out from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sent {
    /// From the account in the last minute.
    pub minute: u32,
    /// From the account in the last 24 hours.
    pub day: u32,
    /// From all accounts in the last minute.
    pub minute_over_all: u32,
    /// From all accounts in the last 24 hours.
    pub day_over_all: u32,
    /// When the newest one of the same account, instrument, side and quantity went out.
    pub alike: Option<UnixMillis>,
    /// The median quantity of orders in this kind of instrument; `None` while there are fewer
    /// than five.
    pub usual: Option<Decimal>,
}

/// A trade that was seen: an execution of a stock or an option in any account, wherever its order
/// was made.
#[derive(Debug, Clone, Copy)]
pub struct Trade<'a> {
    /// In which account.
    pub account: &'a AccountId,
    /// What kind of account that is.
    pub kind: AccountKind,
    /// What was traded.
    pub contract: &'a Contract,
    /// Bought or sold.
    pub side: Side,
    /// How many.
    pub quantity: Decimal,
    /// When it was seen.
    pub at: UnixMillis,
    /// The profit or loss that it realized, once the broker has told it.
    pub realized: Option<Decimal>,
}

/// What is held in one industry: stocks and options by value, long and short added, and what working
/// purchases may still cost. A sum is `None` while a part of it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InIndustry<'a> {
    /// In the broker's words; `None` for what it did not tell the industry of.
    pub industry: Option<&'a str>,
    /// In the account, in its base currency.
    pub here: Option<Decimal>,
    /// In all accounts; `None` also when they have no common base currency.
    pub over_all: Option<Decimal>,
}

/// An order of any account that may still fill.
#[derive(Debug, Clone, Copy)]
pub struct Open<'a> {
    /// In which account.
    pub account: &'a AccountId,
    /// What kind of account that is.
    pub kind: AccountKind,
    /// What it trades.
    pub contract: &'a Contract,
    /// Which way.
    pub side: Side,
    /// Whether it sells what is held for less than that cost on average; `None` when that is not
    /// known.
    pub loses: Option<bool>,
}

/// The state of the world as the rules see it. A fact that is not known is `None`; no rule
/// may take it for harmless.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Paper, live or not known, by the ids of the login.
    pub mode: Mode,
    /// Until when a person armed live orders; `None` while they are off.
    pub armed_until: Option<UnixMillis>,
    /// A person stopped all trading and nobody has lifted that.
    pub stopped: bool,
    /// The person connects with a profile under which no order goes out.
    pub profile_read_only: bool,
    /// What the profile expects, when the login is something else and the person has not decided
    /// to go on.
    pub unexpected: Option<Expects>,
    /// Whether the broker can be reached now.
    pub connected: bool,
    /// The draft's account; `None` when the login does not have it.
    pub account: Option<&'a Account>,
    /// What is traded.
    pub instrument: &'a Instrument,
    /// Its quote.
    pub quote: Option<&'a Quote>,
    /// The broker refuses live prices of it for want of a subscription, so delayed ones may be
    /// had.
    pub could_be_delayed: bool,
    /// The legs of a combination.
    pub legs: &'a [LegFact<'a>],
    /// What the account has of the underlying of a stock, an option or a combination; `None` for
    /// anything else, before the positions came, and when a working order can't be reckoned.
    pub holdings: Option<&'a Holdings<'a>>,
    /// How many the account holds, negative when short; `None` before the positions came.
    pub position: Option<Decimal>,
    /// How many of it working sell orders of the account may still sell, without the one that
    /// the draft changes and, when that is attached to an entry, its sibling. The orders attached
    /// to an entry count once, and only as far as the entry has filled.
    pub working_sells: Decimal,
    /// How many of it working buy orders of the account may still buy, counted in the same way.
    pub working_buys: Decimal,
    /// What the account's working buy orders may still cost at worst, in its base currency,
    /// over all instruments, without the one that the draft changes; `None` when one of them can't be priced.
    pub working_buys_cost: Option<Decimal>,
    /// What the ends of options on other underlyings may cost at worst, in the account's base
    /// currency: of those that the account sold and of those that its working orders would sell.
    /// `None` when one of them has no bound or can't be reckoned. What ends on the draft's own
    /// underlying is in `holdings`.
    pub ends_elsewhere: Option<Decimal>,
    /// The broker's answer to the draft's what-if; `None` before it was asked.
    pub what_if: Option<Observed<&'a WhatIf>>,
    /// What initial margin the account's working orders on futures and on options on futures may
    /// still take, in its base currency, as the broker said at their previews; without the order
    /// that the draft changes. `None` when it was not said of one of them.
    pub working_margin: Option<Decimal>,
    /// The account has a working order (or one of unknown outcome) with this very intent.
    pub intent_already_sent: bool,
    /// The order that the draft changes; `None` for a new order, and when it is not known.
    pub changed: Option<&'a Order>,
    /// How many the entry that the changed order is attached to may still bring; zero for
    /// anything else.
    pub to_come: Decimal,
    /// What is held, by value.
    pub exposure: Exposure,
    /// The orders that went out from here.
    pub sent: Sent,
    /// The highest net liquidation value that was seen of the account.
    pub high_water: Option<Decimal>,
    /// What one of it cost the account on average, as a price: without the multiplier.
    pub average_cost: Option<Decimal>,
    /// What was traded over all accounts, in the last 31 days, of the underlying of a stock, an
    /// option or a combination, stock and options. Trades at other brokers belong here too once
    /// something tells them.
    pub trades: &'a [Trade<'a>],
    /// Since when trades were kept; what is older, and what happened while nobody looked, is not
    /// among them.
    pub trades_since: Option<UnixMillis>,
    /// The orders of all accounts on the same, without the one that the draft changes.
    pub open: &'a [Open<'a>],
    /// What working orders of the account may still spend of the currency that the draft spends,
    /// in that currency; `None` when one of them can't be priced.
    pub spending: Option<Decimal>,
    /// What the account's positions are worth by symbol, long and short added, in its base
    /// currency; `None` for one whose value is not known.
    pub by_symbol: &'a [(&'a str, Option<Decimal>)],
    /// What is held in each industry; one that is not listed has nothing. `None` before the
    /// positions came.
    pub by_industry: Option<&'a [InIndustry<'a>]>,
}

impl<'a> Facts<'a> {
    /// Facts of which nothing is known but what is traded.
    #[must_use]
    pub fn of(instrument: &'a Instrument) -> Self {
        Self {
            mode: Mode::Unknown,
            armed_until: None,
            stopped: false,
            profile_read_only: false,
            unexpected: None,
            connected: false,
            account: None,
            instrument,
            quote: None,
            could_be_delayed: false,
            legs: &[],
            holdings: None,
            position: None,
            working_sells: Decimal::ZERO,
            working_buys: Decimal::ZERO,
            working_buys_cost: None,
            ends_elsewhere: None,
            what_if: None,
            working_margin: None,
            intent_already_sent: false,
            changed: None,
            to_come: Decimal::ZERO,
            exposure: Exposure::default(),
            sent: Sent::default(),
            high_water: None,
            average_cost: None,
            trades: &[],
            trades_since: None,
            open: &[],
            spending: None,
            by_symbol: &[],
            by_industry: None,
        }
    }

    /// How many of a draft are still to fill: what a changed order has filled is in cash and
    /// position already.
    #[must_use]
    pub fn to_fill(&self, draft: &Draft) -> Decimal {
        let filled = self.changed.map_or(Decimal::ZERO, Order::filled);
        (draft.quantity.get() - filled).max(Decimal::ZERO)
    }
}
