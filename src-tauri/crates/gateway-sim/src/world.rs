//! The simulated world behind the gateway: market, accounts and order book.
//!
//! Pure and deterministic: no I/O, no clock (time is an argument in unix milliseconds) and one
//! seeded generator. The same scenario and the same calls give the same events. A [`World`] can be
//! serialized at any moment and goes on from there as if nothing had happened.
//!
//! The exchange knows MKT, LMT, STP, STP LMT, TRAIL and TRAIL LIMIT by amount or percent, MIT, LIT,
//! MOC, LOC, REL, MIDPRICE, PEG MID, MTL and BOX TOP; DAY, GTC, GTD, IOC, FOK and OPG; brackets,
//! groups of all three types, conditions, hidden, displayed, minimum and all-or-none sizes, IB's
//! algorithms and combinations, guaranteed or not. It has no scale, hedge, volatility or adjusted
//! orders and no discretionary amounts.
//!
//! It does not know the wire, clients' subscriptions or who may see which order.

mod account;
mod algo;
mod apart;
mod by_hand;
mod calendar;
mod catalog;
mod check;
mod combo;
mod commission;
mod condition;
mod currency;
mod dividend;
mod event;
mod execution;
mod figures;
mod filling;
mod group;
mod hours;
mod ids;
mod instrument;
mod invented;
mod kind;
mod lending;
mod levers;
mod limits;
mod market;
mod matching;
mod options;
mod order;
mod permission;
mod preview;
mod query;
mod quote;
mod readiness;
mod reject;
mod report;
mod scenario;
mod shape;
mod state;
mod terms;
mod trading;
mod valuation;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::history::RawBar;

use account::Account;
use catalog::Catalog;
use state::State;
use valuation::Prices;

pub use algo::Algo;
pub use calendar::moment;
pub(crate) use calendar::{day_start_at as day_start, days_before};
pub use combo::{COMBO, Combo, Leg};
pub use condition::{Bound, Condition, Test};
pub use currency::Currency;
pub use dividend::{Dividend, Dividends};
pub use event::{OrderStatus, WorldEvent};
pub use execution::{Commission, Execution, ExecutionFilter, Fill};
pub use figures::{FigureRow, Pnl, PnlSingle, Position};
pub use hours::{Hours, Session};
pub use ids::{AccountId, ClientId, ConId, OrderId, PermId};
pub use instrument::{FutureTerms, Instrument, MarketRule, PriceIncrement, SecType};
pub use invented::{Invented, Kind};
pub use kind::{OrderKind, TrailBy};
pub use lending::{Lending, Loan};
pub use options::{
    Computation, ExerciseAction, OptionActivity, OptionChain, OptionTerms, OptionView, Right,
    Settlement, Style, UnderlyingActivity,
};
pub use order::{CompletedOrder, Order, OrderRequest, OrderState, Side, Tif};
pub use permission::{OptionLevel, Permissions};
pub use preview::{MarginState, WhatIf};
pub use query::ContractQuery;
pub use quote::{Quote, QuoteChange};
pub use reject::Reject;
pub use scenario::{Capability, OpeningAccount, OpeningPosition, Scenario};
pub use terms::{Oca, OcaKind, OrderTerms, Progress};

/// The whole simulated world.
///
/// Serialized, it is what has changed since the scenario began; the catalogue of instruments is
/// made anew from the scenario's start.
#[derive(Debug, Clone)]
pub struct World {
    catalog: Catalog,
    state: State,
}

impl Serialize for World {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.state.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for World {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let state = State::deserialize(deserializer)?;
        let catalog = Catalog::at(state.start, &state.invented);
        let known = catalog
            .instruments()
            .iter()
            .map(|instrument| instrument.con_id);
        if !known.eq(state.markets.iter().map(market::Market::con_id)) {
            return Err(serde::de::Error::custom(
                "the snapshot was made with another catalogue of instruments",
            ));
        }
        Ok(Self { catalog, state })
    }
}

impl World {
    /// A world at the scenario's start. Positions in instruments that the catalogue lacks are left out.
    pub fn new(scenario: &Scenario) -> Self {
        let catalog = Catalog::at(scenario.start, &scenario.invented);
        let state = State::open(scenario, &catalog);
        let mut world = Self { catalog, state };
        for (con_id, day) in crate::history::day_so_far(&world, scenario.seed) {
            let at = world.catalog.position(con_id);
            if let Some(market) = at.and_then(|at| world.state.markets.get_mut(at)) {
                market.set_day(day.open, day.high, day.low, day.last_time);
            }
        }
        world
    }

    /// The moment to which the world has been advanced, unix ms.
    pub fn now(&self) -> i64 {
        self.state.now
    }

    /// Moves market, orders and days on to `now` (unix ms); earlier moments change nothing.
    ///
    /// How often it is called does not matter: the world moves in steps of 50 ms at absolute times
    /// (stocks and futures every 250 ms, pairs every 100 ms, the index every second). After a gap of
    /// more than a minute the market goes on from where it stopped, a minute back.
    pub fn advance(&mut self, now: i64) -> Vec<WorldEvent> {
        self.state.advance(&self.catalog, now)
    }

    /// Every instrument.
    pub fn instruments(&self) -> &[Instrument] {
        self.catalog.instruments()
    }

    /// The instrument with this conId.
    pub fn by_con_id(&self, con_id: ConId) -> Option<&Instrument> {
        self.catalog.get(con_id)
    }

    /// Instruments for a search box: symbols that begin with the pattern first, then names with a word that does.
    pub fn search(&self, pattern: &str) -> Vec<&Instrument> {
        self.catalog.search(pattern)
    }

    /// Instruments that fit a contract as a client wrote it.
    pub fn resolve(&self, query: &ContractQuery) -> Vec<&Instrument> {
        self.catalog.resolve(query, self.state.now)
    }

    /// The options on an underlying: one chain for each trading class. Empty where there are none.
    pub fn option_chains(&self, underlying: ConId) -> Vec<OptionChain> {
        self.catalog.options_on(underlying, self.state.now)
    }

    /// An option's volatility and greeks; `None` for all else and once it has ended.
    pub fn option_view(&self, con_id: ConId) -> Option<OptionView> {
        options::view(self.prices(), con_id)
    }

    /// What an option would be worth at a volatility (0.2 for 20 %) and a price of its underlying.
    pub fn option_price(
        &self,
        con_id: ConId,
        volatility: Decimal,
        underlying: Decimal,
    ) -> Option<Computation> {
        options::price_at(self.prices(), con_id, volatility, underlying)
    }

    /// The volatility at which an option would be worth `price` at a price of its underlying.
    pub fn option_volatility(
        &self,
        con_id: ConId,
        price: Decimal,
        underlying: Decimal,
    ) -> Option<Computation> {
        options::volatility_at(self.prices(), con_id, price, underlying)
    }

    /// What is reported of trading in an option.
    pub fn option_activity(&self, con_id: ConId) -> Option<OptionActivity> {
        options::activity(self.prices(), con_id)
    }

    /// What is reported of the options on an underlying; `None` where there are none.
    pub fn underlying_activity(&self, con_id: ConId) -> Option<UnderlyingActivity> {
        options::on_underlying(self.prices(), con_id)
    }

    /// Exercises an option that the account holds, or waives its exercise at the end. `force` is needed
    /// to exercise what is out of the money and to waive what is in it.
    pub fn exercise(
        &mut self,
        account: &AccountId,
        con_id: ConId,
        action: ExerciseAction,
        quantity: Decimal,
        force: bool,
    ) -> Result<Vec<WorldEvent>, Reject> {
        self.state
            .exercise(&self.catalog, account, con_id, action, quantity, force)
    }

    /// The lending market of a stock; `None` for other kinds.
    pub fn loan(&self, con_id: ConId) -> Option<Loan> {
        lending::loan(self.by_con_id(con_id)?)
    }

    /// Open contracts of a future; `None` for all else.
    pub fn futures_open_interest(&self, con_id: ConId) -> Option<Decimal> {
        let future = self.by_con_id(con_id)?.sec_type == SecType::Future;
        future.then(|| options::futures_open(con_id, self.state.day))
    }

    /// The dividends that the scenario announces of an instrument; `None` where there are none.
    pub fn dividends(&self, con_id: ConId) -> Option<Dividends> {
        self.state.dividends_of(con_id)
    }

    /// The price ladder with this market-rule id.
    pub fn market_rule(&self, id: i32) -> Option<&MarketRule> {
        self.catalog.rule(id)
    }

    /// The present quote.
    pub fn quote(&self, con_id: ConId) -> Option<Quote> {
        let (listing, market) = self.prices().market_of(con_id)?;
        Some(market.quote(listing.profile))
    }

    /// Accounts under the login, in their listed order.
    pub fn account_ids(&self) -> Vec<AccountId> {
        self.state
            .accounts
            .iter()
            .map(|account| account.id.clone())
            .collect()
    }

    /// Every account-wide line of the account updates; `None` for an unknown account. Filter by tag for a summary.
    pub fn figures(&self, account: &AccountId) -> Option<Vec<FigureRow>> {
        let account = self.account(account)?;
        Some(report::figures(account, &self.prices().value(account)))
    }

    /// Per-currency lines (the `$LEDGER` tags), the whole in the base currency first.
    pub fn ledger(&self, account: &AccountId) -> Option<Vec<FigureRow>> {
        let account = self.account(account)?;
        Some(report::ledger(account, &self.prices().value(account)))
    }

    /// Open positions, and with quantity 0 those closed today; `None` for an unknown account.
    pub fn positions(&self, account: &AccountId) -> Option<Vec<Position>> {
        let account = self.account(account)?;
        Some(
            account
                .holdings
                .keys()
                .filter_map(|con_id| self.position_of(account, *con_id))
                .collect(),
        )
    }

    /// One position; `None` when the account never held it today.
    pub fn position(&self, account: &AccountId, con_id: ConId) -> Option<Position> {
        self.position_of(self.account(account)?, con_id)
    }

    /// The account's profit.
    pub fn pnl(&self, account: &AccountId) -> Option<Pnl> {
        let account = self.account(account)?;
        Some(report::pnl(&self.prices().value(account)))
    }

    /// One position's profit, in the base currency.
    pub fn pnl_single(&self, account: &AccountId, con_id: ConId) -> Option<PnlSingle> {
        let position = self.position(account, con_id)?;
        Some(report::pnl_single(
            &position,
            self.by_con_id(con_id)?,
            self.prices(),
        ))
    }

    /// What the order would do, by the very functions that fills and figures use. When the client's
    /// order of this id still works, the request is taken as a change of it.
    pub fn what_if(
        &self,
        client: ClientId,
        order_id: OrderId,
        request: &OrderRequest,
    ) -> Result<WhatIf, Reject> {
        let replaced = self
            .state
            .working_at(client, order_id)
            .and_then(|at| self.state.working.get(at));
        let accepted = self.state.check(&self.catalog, client, request, replaced)?;
        Ok(accepted.into_what_if())
    }

    /// Places an order, or changes it when the client's order of this id still works.
    /// It meets the market on the next step, never in this call.
    pub fn place(
        &mut self,
        client: ClientId,
        order_id: OrderId,
        request: OrderRequest,
        now: i64,
    ) -> Result<Vec<WorldEvent>, Reject> {
        self.state.place(
            &self.catalog,
            client,
            order_id,
            request,
            now.max(self.state.now),
        )
    }

    /// Asks for a cancel; it happens on the market's next step, and a fill may come first.
    pub fn cancel(
        &mut self,
        client: ClientId,
        order_id: OrderId,
    ) -> Result<Vec<WorldEvent>, Reject> {
        self.state.cancel(client, order_id)
    }

    /// Asks for a cancel of every working order of every client.
    pub fn global_cancel(&mut self) -> Vec<WorldEvent> {
        self.state.global_cancel()
    }

    /// Places an order as a person does in TWS itself; `bound` gives it an id for client 0 at once.
    pub fn place_by_hand(
        &mut self,
        request: OrderRequest,
        bound: bool,
    ) -> Result<Vec<WorldEvent>, Reject> {
        let now = self.state.now;
        self.state.place_by_hand(&self.catalog, request, bound, now)
    }

    /// Gives every order made by hand that has none an id, by which client 0 can change and cancel it.
    pub fn bind_orders(&mut self) -> Vec<WorldEvent> {
        self.state.bind_orders()
    }

    /// Asks for the cancel of any working order, as a person can in TWS.
    pub fn cancel_by_hand(&mut self, perm_id: PermId) -> Result<Vec<WorldEvent>, Reject> {
        self.state.cancel_by_hand(perm_id)
    }

    /// Notes that this client has used an id, as the brokerage does of an order that it refused.
    pub fn spend_order_id(&mut self, client: ClientId, order_id: OrderId) {
        self.state.spend_order_id(client, order_id);
    }

    /// The smallest order id that this client may still use.
    pub fn next_order_id(&self, client: ClientId) -> OrderId {
        let highest = self
            .state
            .highest_order_id
            .get(&client)
            .map_or(0, |id| id.get());
        OrderId::new(highest.saturating_add(1))
    }

    /// Forgets which order ids were used and begins again at `next`, as a gateway that was
    /// restarted may (for tests). Orders that work or were filled keep theirs.
    pub fn roll_back_order_ids(&mut self, next: OrderId) {
        let highest = OrderId::new(next.get().saturating_sub(1).max(0));
        for id in self.state.highest_order_id.values_mut() {
            *id = highest;
        }
    }

    /// Trading and liquid hours for six days as contract details carry them; `None` where every
    /// market is always open.
    pub fn hours(&self, instrument: &Instrument) -> Option<(String, String)> {
        if self.state.hours == Hours::Always {
            return None;
        }
        let now = self.state.now;
        Some((
            hours::listed(instrument, now, true)?,
            hours::listed(instrument, now, false)?,
        ))
    }

    /// The stretches in which the instrument trades that overlap `from .. to` (unix ms), earliest
    /// first; `extended` before and after the liquid hours too. Empty for an unknown instrument.
    pub fn sessions(&self, con_id: ConId, from: i64, to: i64, extended: bool) -> Vec<Session> {
        self.by_con_id(con_id).map_or_else(Vec::new, |instrument| {
            hours::sessions(self.state.hours, instrument, from, to, extended)
        })
    }

    /// The last moment up to `at` (unix ms) at which the instrument's market was open.
    pub fn last_open(&self, con_id: ConId, at: i64) -> i64 {
        self.by_con_id(con_id).map_or(at, |instrument| {
            hours::last_open(self.state.hours, instrument, at)
        })
    }

    /// The instrument whose moves this one repeats: itself where it moves on its own.
    pub(crate) fn leader(&self, con_id: ConId) -> ConId {
        self.catalog
            .position(con_id)
            .and_then(|at| *self.catalog.leaders().get(at)?)
            .and_then(|leader| self.instruments().get(leader))
            .map_or(con_id, |leader| leader.con_id)
    }

    /// What an option is on; `None` for all else.
    pub(crate) fn underlying(&self, con_id: ConId) -> Option<ConId> {
        Some(self.by_con_id(con_id)?.option.as_ref()?.under_con_id)
    }

    /// An option's bar, made from its underlying's of the same time, while volatility was so many
    /// times what it is now, at its beginning and its end.
    pub(crate) fn option_past(
        &self,
        con_id: ConId,
        underlying: RawBar,
        volatility: [f64; 2],
        (from, to): (i64, i64),
    ) -> Option<RawBar> {
        options::past(&self.catalog, con_id, underlying, volatility, (from, to))
    }

    /// Bid and offer of an option whose model price is this; `None` for all else.
    pub(crate) fn option_sides(&self, con_id: ConId, middle: f64) -> Option<(Decimal, Decimal)> {
        options::sides(&self.catalog, con_id, middle)
    }

    /// How much it moves in a year, 0.2 for 20 %; `None` for an unknown instrument.
    pub(crate) fn volatility(&self, con_id: ConId) -> Option<f64> {
        let listing = self.catalog.listing(con_id)?;
        Some(listing.profile.volatility as f64 / 100.0)
    }

    /// When a closed market opens, such as `2026-01-05 09:30:00`, in its own time; `None` while it is open.
    pub fn next_opening(&self, con_id: ConId) -> Option<String> {
        let opening =
            hours::next_opening(self.state.hours, self.by_con_id(con_id)?, self.state.now)?;
        Some(opening.strftime("%Y-%m-%d %H:%M:%S").to_string())
    }

    /// The one instrument with this local symbol, or failing that with this symbol.
    pub fn named(&self, name: &str) -> Option<ConId> {
        let by = |key: fn(&Instrument) -> &str| {
            let mut found = self
                .instruments()
                .iter()
                .filter(|instrument| key(instrument).eq_ignore_ascii_case(name));
            let first = found.next()?;
            found.next().is_none().then_some(first.con_id)
        };
        by(|instrument| &instrument.local_symbol).or_else(|| by(|instrument| &instrument.symbol))
    }

    /// Working orders of all clients, oldest first.
    pub fn open_orders(&self) -> Vec<&Order> {
        self.state.working.iter().collect()
    }

    /// Orders that are over, oldest first; those of the last seven days.
    pub fn completed_orders(&self) -> Vec<&CompletedOrder> {
        self.state.completed.iter().collect()
    }

    /// Fills that the filter lets through, oldest first; those of the last seven days.
    pub fn executions(&self, filter: &ExecutionFilter) -> Vec<&Fill> {
        let wanted = |fill: &&Fill| {
            let instrument = self.by_con_id(fill.execution.con_id);
            filter.matches(&fill.execution, instrument)
        };
        self.state.fills.iter().filter(wanted).collect()
    }

    fn prices(&self) -> Prices<'_> {
        self.state.prices(&self.catalog)
    }

    fn account(&self, id: &AccountId) -> Option<&Account> {
        self.state.accounts.iter().find(|account| account.id == *id)
    }

    fn position_of(&self, account: &Account, con_id: ConId) -> Option<Position> {
        let holding = account.holdings.get(&con_id)?;
        let (instrument, mark) = self.prices().of((&con_id, holding))?;
        Some(report::position(account, con_id, holding, instrument, mark))
    }
}
