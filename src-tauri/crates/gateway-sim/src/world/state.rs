//! Everything of a world that changes, and how it moves with time.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rand_pcg::Pcg32;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::account::Account;
use super::calendar;
use super::catalog::Catalog;
use super::dividend::{self, Dividend};
use super::event::WorldEvent;
use super::execution::Fill;
use super::hours::{Hours, is_open};
use super::ids::{ClientId, ConId, OrderId, PermId};
use super::instrument::SecType;
use super::invented::Invented;
use super::market::{Lead, Market};
use super::options;
use super::order::{CompletedOrder, Order, OrderState};
use super::quote::QuoteChange;
use super::scenario::{OpeningAccount, Scenario};
use super::valuation::{Prices, market_value, worth};

/// Time moves in steps of this many milliseconds, at absolute multiples, so that it does not
/// matter how often the world is advanced.
pub(super) const STEP: i64 = 50;
/// After a longer gap than this the market goes on from where it stopped, a minute back.
const MAX_CATCH_UP: i64 = 60_000;
/// Completed orders and executions are kept for this many milliseconds.
const KEEP: i64 = 7 * 86_400_000;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) start: i64,
    pub(super) now: i64,
    pub(super) day: i64,
    #[serde(default)]
    pub(super) hours: Hours,
    /// Instruments of the scenario's own.
    #[serde(default)]
    pub(super) invented: Vec<Invented>,
    #[serde(default)]
    pub(super) dividends: Vec<Dividend>,
    #[serde(default)]
    pub(super) early_assignment: bool,
    random: Pcg32,
    pub(super) markets: Vec<Market>,
    pub(super) options: options::Desk,
    pub(super) accounts: Vec<Account>,
    pub(super) working: Vec<Order>,
    /// Orders that their clients have not released yet.
    #[serde(default, rename = "kept")]
    pub(super) held: Vec<Order>,
    pub(super) completed: Vec<CompletedOrder>,
    pub(super) fills: Vec<Fill>,
    pub(super) highest_order_id: BTreeMap<ClientId, OrderId>,
    /// The last id given to an order made by hand; below 0.
    #[serde(default)]
    pub(super) last_bound_id: i32,
    pub(super) last_perm_id: i64,
    pub(super) fill_count: u32,
    /// Quote changes made by hand, told on the next advance.
    pub(super) untold: Vec<(ConId, QuoteChange)>,
}

impl State {
    pub(super) fn open(scenario: &Scenario, catalog: &Catalog) -> Self {
        let mut random = Pcg32::new(scenario.seed, 0x0a02_bdbf_7bb3_c0a7);
        let mut markets: Vec<Market> = Vec::with_capacity(catalog.instruments().len());
        for (at, (instrument, profile)) in catalog
            .instruments()
            .iter()
            .zip(catalog.profiles())
            .enumerate()
        {
            let leader = lead(catalog, &markets, at);
            markets.push(Market::open(
                instrument.con_id,
                profile,
                leader,
                &mut random,
                scenario.start,
            ));
        }
        let day = calendar::trading_day(scenario.start);
        let desk = options::Desk::default();
        let prices = Prices {
            catalog,
            markets: &markets,
            options: &desk,
            now: scenario.start,
        };
        let accounts = scenario
            .accounts
            .iter()
            .map(|opening| open_account(opening, prices, day))
            .collect();
        let mut dividends = scenario.dividends.clone();
        if scenario.quarterly_dividends {
            dividends.extend(dividend::quarterly(catalog, scenario.seed, scenario.start));
        }
        Self {
            start: scenario.start,
            now: scenario.start,
            day,
            hours: scenario.hours,
            invented: scenario.invented.clone(),
            dividends,
            early_assignment: scenario.early_assignment,
            random,
            markets,
            options: desk,
            accounts,
            working: Vec::new(),
            held: Vec::new(),
            completed: Vec::new(),
            fills: Vec::new(),
            highest_order_id: BTreeMap::new(),
            last_bound_id: 0,
            last_perm_id: 0,
            fill_count: 0,
            untold: Vec::new(),
        }
    }

    /// Prices of this moment.
    pub(super) fn prices<'a>(&'a self, catalog: &'a Catalog) -> Prices<'a> {
        Prices {
            catalog,
            markets: &self.markets,
            options: &self.options,
            now: self.now,
        }
    }

    /// The market of an instrument at this moment.
    pub(super) fn market<'a>(
        &'a self,
        catalog: &'a Catalog,
        con_id: ConId,
    ) -> Option<Cow<'a, Market>> {
        self.prices(catalog)
            .market_of(con_id)
            .map(|(_, market)| market)
    }

    /// Unique and rising, also over worlds that were started at different times.
    pub(super) fn next_perm_id(&mut self, now: i64) -> PermId {
        self.last_perm_id = (self.last_perm_id + 1).max(now.div_euclid(1_000));
        PermId::new(self.last_perm_id)
    }

    pub(super) fn advance(&mut self, catalog: &Catalog, now: i64) -> Vec<WorldEvent> {
        let mut events: Vec<WorldEvent> = self
            .untold
            .drain(..)
            .map(|(con_id, changed)| WorldEvent::Quote { con_id, changed })
            .collect();
        if now <= self.now {
            return events;
        }
        let from = self.now.max(now.saturating_sub(MAX_CATCH_UP));
        let mut at = from.div_euclid(STEP) * STEP + STEP;
        while at <= now {
            self.step(catalog, at, &mut events);
            at += STEP;
        }
        self.now = now;
        events
    }

    fn step(&mut self, catalog: &Catalog, at: i64, events: &mut Vec<WorldEvent>) {
        self.now = at;
        if at % 250 == 0 {
            self.options.refill();
        }
        let day = calendar::trading_day(at);
        if day > self.day {
            self.turn_day(catalog, day, at, events);
        }
        for (index, profile) in catalog.profiles().iter().enumerate() {
            if !is_due(at, index, profile.cadence) {
                continue;
            }
            let open = catalog
                .instruments()
                .get(index)
                .is_none_or(|instrument| is_open(self.hours, instrument, at, false));
            if !open {
                continue;
            }
            let leader = lead(catalog, &self.markets, index);
            let Some(market) = self.markets.get_mut(index) else {
                continue;
            };
            let changed = market.step(profile, leader, &mut self.random, at);
            if changed.any() {
                events.push(WorldEvent::Quote {
                    con_id: market.con_id(),
                    changed,
                });
            }
        }
        if at % 1_000 == 0 {
            self.end_options(catalog, at, events);
        }
        self.match_orders(catalog, at, events);
        if at % 1_000 == 0 {
            events.extend(
                self.accounts
                    .iter()
                    .map(|account| WorldEvent::AccountMarked(account.id.clone())),
            );
        }
    }

    fn turn_day(&mut self, catalog: &Catalog, day: i64, at: i64, events: &mut Vec<WorldEvent>) {
        let before = std::mem::replace(&mut self.day, day);
        if self.early_assignment {
            self.assign_early(catalog, at, events);
        }
        // An order for the day that came while its market was closed is for the next session.
        let always = self.hours == Hours::Always;
        let had_its_day = |order: &Order| always || order.seen_by_market;
        let expired = |order: &Order| had_its_day(order) && !order.outlives_day();
        self.end_orders(at, events, expired, "Expired");
        for market in &mut self.markets {
            let changed = market.turn_day();
            if changed.any() {
                events.push(WorldEvent::Quote {
                    con_id: market.con_id(),
                    changed,
                });
            }
        }
        self.turn_dividends(catalog, before, day);
        let prices = Prices {
            catalog,
            markets: &self.markets,
            options: &self.options,
            now: at,
        };
        for account in &mut self.accounts {
            account.settle(day);
            account.previous_equity = prices.value(account).net_liquidation();
            account
                .holdings
                .retain(|_, holding| !holding.quantity.is_zero());
            for (con_id, holding) in &mut account.holdings {
                holding.realized_today = Decimal::ZERO;
                holding.flow_today = Decimal::ZERO;
                holding.worth_at_open = prices
                    .of((con_id, holding))
                    .map_or(Decimal::ZERO, |(of, mark)| worth(of, holding, mark));
            }
            events.push(WorldEvent::AccountChanged(account.id.clone()));
        }
        self.completed.retain(|done| done.completed_at > at - KEEP);
        self.fills.retain(|fill| fill.execution.time > at - KEEP);
    }

    /// Ends every working order that the condition picks.
    pub(super) fn end_orders(
        &mut self,
        at: i64,
        events: &mut Vec<WorldEvent>,
        picks: impl Fn(&Order) -> bool,
        why: &str,
    ) {
        let mut index = 0;
        while let Some(order) = self.working.get(index) {
            if picks(order) {
                self.end_order(index, at, OrderState::Cancelled, why, events);
            } else {
                index += 1;
            }
        }
    }
}

/// Whether the instrument at this place of the catalogue moves at this step; spread over the steps.
pub(super) fn is_due(at: i64, index: usize, cadence: i64) -> bool {
    let slots = cadence / STEP;
    let phase = i64::try_from(index).unwrap_or(0) % slots;
    at.div_euclid(STEP).rem_euclid(slots) == phase
}

/// The market that the instrument at this place follows, if it follows one.
fn lead(catalog: &Catalog, markets: &[Market], at: usize) -> Option<Lead> {
    let leader = catalog.leaders().get(at).copied().flatten()?;
    Some(markets.get(leader)?.lead(catalog.profiles().get(leader)?))
}

fn open_account(opening: &OpeningAccount, prices: Prices<'_>, day: i64) -> Account {
    let mut account = Account::open(opening, day);
    for position in &opening.positions {
        let Some((listing, market)) = prices.market_of(position.con_id) else {
            continue;
        };
        let instrument = listing.instrument;
        let holding = account.holdings.entry(position.con_id).or_default();
        holding.quantity = position.quantity;
        holding.cost = position.quantity * position.average_cost;
        let value = market_value(instrument, position.quantity, market.previous_close());
        holding.worth_at_open = if instrument.sec_type == SecType::Future {
            value - holding.cost
        } else {
            value
        };
    }
    let valuation = prices.value(&account);
    account.previous_equity = valuation.net_liquidation() - valuation.daily;
    account
}
