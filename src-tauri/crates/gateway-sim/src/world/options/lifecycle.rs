//! The ends of options: exercise, assignment, worthless expiry.
//!
//! At its end a long option that is a cent or more in the money is exercised unless its holder waived
//! it, and every short one is assigned. Stock options bring or take the shares at the strike, the premium
//! becoming part of the shares' cost; index options pay what they are in the money. Where shares would
//! be short or unpaid in an account that may not have that, the option is paid out instead.
//!
//! A holder may exercise an American option earlier; then it happens at once. Short ones are assigned
//! early only in a scenario that says so, when the day turns.

use rust_decimal::Decimal;

use super::super::account::{Account, Booking};
use super::super::catalog::Catalog;
use super::super::event::WorldEvent;
use super::super::execution::{Commission, Execution, Fill};
use super::super::ids::{AccountId, ClientId, ConId, OrderId};
use super::super::instrument::Instrument;
use super::super::matching::breaks_no_borrowing;
use super::super::order::Side;
use super::super::reject::Reject;
use super::super::scenario::Capability;
use super::super::state::State;
use super::instrument::{OptionTerms, Settlement, Style};
use super::view;

/// What a holder asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExerciseAction {
    /// Exercise now.
    Exercise,
    /// Let it lapse at its end, whatever it is worth.
    Lapse,
}

/// A cent: less than this in the money is not exercised.
const THRESHOLD: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// One ended position.
struct Ended<'a> {
    account: usize,
    instrument: &'a Instrument,
    terms: &'a OptionTerms,
    /// Contracts, negative when short.
    quantity: Decimal,
    waived: bool,
}

impl State {
    /// Settles the options that have ended by this moment.
    pub(in super::super) fn end_options(
        &mut self,
        catalog: &Catalog,
        at: i64,
        events: &mut Vec<WorldEvent>,
    ) {
        let ended = self.ended(catalog, at);
        if ended.is_empty() {
            return;
        }
        for one in ended {
            self.end(catalog, &one, at, events);
        }
        let desk = &mut self.options;
        desk.waived.retain(|(_, con_id)| {
            let terms = catalog.get(*con_id).and_then(|one| one.option.as_ref());
            terms.is_some_and(|terms| terms.ends_at > at)
        });
        desk.set.retain(|con_id, _| {
            let terms = catalog.get(*con_id).and_then(|one| one.option.as_ref());
            terms.is_some_and(|terms| terms.ends_at > at)
        });
    }

    fn ended<'a>(&self, catalog: &'a Catalog, at: i64) -> Vec<Ended<'a>> {
        let mut ended = Vec::new();
        for (number, account) in self.accounts.iter().enumerate() {
            for (con_id, holding) in account.options().filter(|(_, one)| !one.quantity.is_zero()) {
                let Some(instrument) = catalog.get(*con_id) else {
                    continue;
                };
                let Some(terms) = instrument
                    .option
                    .as_ref()
                    .filter(|terms| terms.ends_at <= at)
                else {
                    continue;
                };
                let waived = self
                    .options
                    .waived
                    .iter()
                    .any(|(who, what)| *who == account.id && what == con_id);
                ended.push(Ended {
                    account: number,
                    instrument,
                    terms,
                    quantity: holding.quantity,
                    waived,
                });
            }
        }
        // Covering positions are settled in a fixed order: shorts first, so that long puts and calls
        // see the shares that assignment brought.
        ended.sort_by_key(|one| (one.account, one.quantity, one.instrument.con_id));
        ended
    }

    /// Assigns the short American options that are worth no more than their exercise: their holders
    /// have nothing to wait for.
    pub(in super::super) fn assign_early(
        &mut self,
        catalog: &Catalog,
        at: i64,
        events: &mut Vec<WorldEvent>,
    ) {
        for number in 0..self.accounts.len() {
            for (con_id, quantity) in self.ripe(catalog, number, at) {
                let Some((instrument, account)) =
                    catalog.get(con_id).zip(self.accounts.get_mut(number))
                else {
                    continue;
                };
                let Some((terms, stock)) = instrument.option.as_ref().and_then(|terms| {
                    let stock = catalog.get(terms.under_con_id)?;
                    Some((terms, stock))
                }) else {
                    continue;
                };
                account.exercise(instrument, terms, stock, quantity, self.day);
                let id = account.id.clone();
                self.tell_exercise(&id, instrument, stock, quantity, at, events);
            }
        }
    }

    /// An account's short options that are worth no more than their exercise.
    fn ripe(&self, catalog: &Catalog, number: usize, at: i64) -> Vec<(ConId, Decimal)> {
        let Some(account) = self.accounts.get(number) else {
            return Vec::new();
        };
        let prices = self.prices(catalog);
        account
            .options()
            .filter(|(_, holding)| holding.quantity < Decimal::ZERO)
            .filter(|(con_id, _)| {
                let ripe = || {
                    let terms = catalog.get(**con_id)?.option.as_ref()?;
                    let american = terms.style == Style::American
                        && terms.settlement == Settlement::Physical
                        && at < terms.ends_at;
                    let inside = terms.intrinsic(prices.underlying_mark(terms.under_con_id)?);
                    let worth = view::view(prices, **con_id)?.model.price?;
                    Some(american && inside >= THRESHOLD && worth - inside < THRESHOLD)
                };
                ripe().unwrap_or(false)
            })
            .map(|(con_id, holding)| (*con_id, holding.quantity))
            .collect()
    }

    fn end(&mut self, catalog: &Catalog, one: &Ended<'_>, at: i64, events: &mut Vec<WorldEvent>) {
        let spot = self.prices(catalog).underlying_mark(one.terms.under_con_id);
        let inside = spot.map_or(Decimal::ZERO, |spot| one.terms.intrinsic(spot));
        let lapses = inside < THRESHOLD || (one.waived && one.quantity > Decimal::ZERO);
        let price = if lapses {
            Decimal::ZERO
        } else {
            inside.round_dp(2)
        };
        let shares = catalog
            .get(one.terms.under_con_id)
            .filter(|_| !lapses && one.terms.settlement == Settlement::Physical);
        let Some(account) = self.accounts.get_mut(one.account) else {
            return;
        };
        if let Some(stock) = shares {
            let mut after = account.clone();
            after.exercise(one.instrument, one.terms, stock, one.quantity, self.day);
            let allowed = account.capability == Capability::RegTMargin
                || one.quantity < Decimal::ZERO
                || !breaks_no_borrowing(account, &after, stock);
            if allowed {
                *account = after;
                let id = account.id.clone();
                self.tell_exercise(&id, one.instrument, stock, one.quantity, at, events);
                return;
            }
        }
        let side = if one.quantity > Decimal::ZERO {
            Side::Sell
        } else {
            Side::Buy
        };
        let realized = account.book(&Booking {
            instrument: one.instrument,
            side,
            quantity: one.quantity.abs(),
            price,
            commission: Decimal::ZERO,
            day: self.day,
        });
        let id = account.id.clone();
        self.record(
            &id,
            one.instrument,
            side,
            one.quantity.abs(),
            price,
            realized,
            at,
            events,
        );
        events.push(WorldEvent::AccountChanged(id));
    }

    /// An early exercise, or a waiver of the one at the end.
    pub(in super::super) fn exercise(
        &mut self,
        catalog: &Catalog,
        account: &AccountId,
        con_id: ConId,
        action: ExerciseAction,
        quantity: Decimal,
        force: bool,
    ) -> Result<Vec<WorldEvent>, Reject> {
        let refused = |why: String| {
            Reject::new(
                322,
                format!("Error processing request.-'wd' : cause - {why}"),
            )
        };
        let instrument = catalog.get(con_id);
        let Some((instrument, terms)) =
            instrument.and_then(|one| one.option.as_ref().map(|terms| (one, terms)))
        else {
            return Err(refused("Only options can be exercised.".to_owned()));
        };
        let at = self.now;
        let position = self.accounts.iter().position(|one| one.id == *account);
        let Some((number, held)) = position.and_then(|number| {
            let has = self.accounts.get(number)?.quantity_of(con_id);
            (has > Decimal::ZERO && at < terms.ends_at).then_some((number, has))
        }) else {
            return Err(refused(format!(
                "No unlapsed position exists in this option in account {account}."
            )));
        };
        if quantity <= Decimal::ZERO || quantity > held || !quantity.fract().is_zero() {
            return Err(refused(format!(
                "Exercise quantity {quantity} is not between 1 and the position {held}."
            )));
        }
        let spot = self.prices(catalog).underlying_mark(terms.under_con_id);
        let inside = spot.is_some_and(|spot| terms.intrinsic(spot) >= THRESHOLD);
        let natural = inside == (action == ExerciseAction::Exercise);
        if !natural && !force {
            return Err(refused(format!(
                "The option is {} the money; the override flag is needed for this.",
                if inside { "in" } else { "out of" }
            )));
        }
        if action == ExerciseAction::Lapse {
            let waived = (account.clone(), con_id);
            if !self.options.waived.contains(&waived) {
                self.options.waived.push(waived);
            }
            return Ok(Vec::new());
        }
        if terms.style == Style::European || terms.settlement == Settlement::Cash {
            return Err(refused(
                "The option is European-style and can be exercised at its expiration only."
                    .to_owned(),
            ));
        }
        let Some((stock, holder)) = catalog
            .get(terms.under_con_id)
            .zip(self.accounts.get(number))
        else {
            return Err(refused("The underlying is not known.".to_owned()));
        };
        let mut after = holder.clone();
        after.exercise(instrument, terms, stock, quantity, self.day);
        self.check_exercise(catalog, holder, &after, stock)?;
        if let Some(holder) = self.accounts.get_mut(number) {
            *holder = after;
        }
        let mut events = Vec::new();
        self.tell_exercise(account, instrument, stock, quantity, at, &mut events);
        Ok(events)
    }

    fn check_exercise(
        &self,
        catalog: &Catalog,
        before: &Account,
        after: &Account,
        stock: &Instrument,
    ) -> Result<(), Reject> {
        if before.capability != Capability::RegTMargin && breaks_no_borrowing(before, after, stock)
        {
            return Err(Reject::order(
                "The exercise would leave a short stock position or a debit, which an IRA or cash account may not have.",
            ));
        }
        let prices = self.prices(catalog);
        let (had, has) = (prices.value(before), prices.value(after));
        if has.available() < Decimal::ZERO && has.initial > had.initial {
            return Err(Reject::order(format!(
                "THE EXERCISE IS NOT ACCEPTED. YOUR EQUITY WITH LOAN VALUE [{} USD] MUST EXCEED THE INITIAL MARGIN [{} USD]",
                has.equity_with_loan(),
                has.initial
            )));
        }
        Ok(())
    }

    /// Records what the books already hold: the option gone for nothing, the shares at the strike.
    fn tell_exercise(
        &mut self,
        account: &AccountId,
        option: &Instrument,
        stock: &Instrument,
        contracts: Decimal,
        at: i64,
        events: &mut Vec<WorldEvent>,
    ) {
        let Some(terms) = &option.option else { return };
        let shares = terms.shares(option.multiplier, contracts);
        let side_of = |change: Decimal| {
            if change > Decimal::ZERO {
                Side::Buy
            } else {
                Side::Sell
            }
        };
        let (gone, came) = (side_of(-contracts), side_of(shares));
        let nothing = Decimal::ZERO;
        self.record(
            account,
            option,
            gone,
            contracts.abs(),
            nothing,
            None,
            at,
            events,
        );
        self.record(
            account,
            stock,
            came,
            shares.abs(),
            terms.price_of_one(),
            None,
            at,
            events,
        );
        events.push(WorldEvent::AccountChanged(account.clone()));
    }

    /// A fill that no order made.
    #[allow(clippy::too_many_arguments)]
    fn record(
        &mut self,
        account: &AccountId,
        instrument: &Instrument,
        side: Side,
        quantity: Decimal,
        price: Decimal,
        realized_pnl: Option<Decimal>,
        at: i64,
        events: &mut Vec<WorldEvent>,
    ) {
        self.fill_count += 1;
        let exec_id = format!(
            "{:08x}.{:08x}.01.01",
            self.start.div_euclid(1_000),
            self.fill_count
        );
        let execution = Execution {
            exec_id: exec_id.clone(),
            perm_id: self.next_perm_id(at),
            client_id: ClientId::new(0),
            order_id: OrderId::new(0),
            account: account.clone(),
            con_id: instrument.con_id,
            exchange: "--".to_owned(),
            side,
            quantity,
            price,
            cumulative_quantity: quantity,
            average_price: price,
            time: at,
            order_ref: String::new(),
        };
        let commission = Commission {
            exec_id,
            amount: Decimal::ZERO,
            currency: instrument.currency,
            realized_pnl,
        };
        events.push(WorldEvent::Execution(Box::new(execution.clone())));
        events.push(WorldEvent::PositionChanged {
            account: account.clone(),
            con_id: instrument.con_id,
        });
        self.fills.push(Fill {
            execution,
            commission,
        });
    }
}
