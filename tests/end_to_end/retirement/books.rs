//! The gateway's own books of the Roth IRA, and what may not stand in them. Nothing here asks the
//! program: the rules are written out a second time.

use super::ROTH;
use crate::table::APPLE;
use gatehouse_domain::Decimal;
use gatehouse_e2e::House;
use gatehouse_sim::world::{AccountId, ConId, Order, OrderKind, Side, World};

/// An option on the stock that a walk trades.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    pub con_id: i32,
    pub is_call: bool,
    pub strike: Decimal,
    /// Which of the expiries, the nearest first.
    pub expiry: usize,
}

/// Two strikes on each side of the market on each of two expiries, looked up and watched.
pub async fn list(house: &mut House) -> Vec<Listed> {
    let apple = ConId::new(APPLE);
    let names = house.sim.with_world(move |world| {
        let spot = world.quote(apple)?.ask?;
        let chain = world.option_chains(apple).into_iter().next()?;
        let expiries: Vec<String> = [2, 5]
            .into_iter()
            .filter_map(|at| chain.expirations.get(at).cloned())
            .collect();
        let tens = chain
            .strikes
            .iter()
            .filter(|k| **k % Decimal::TEN == Decimal::ZERO);
        let mut tens: Vec<Decimal> = tens.copied().collect();
        tens.sort_by_key(|strike| (*strike - spot).abs());
        tens.truncate(2);
        Some((expiries, tens))
    });
    let (expiries, strikes) = names.await.flatten().expect("a chain");
    let mut listed = Vec::new();
    for (expiry, name) in expiries.iter().enumerate() {
        for strike in &strikes {
            for (letter, is_call) in [("C", true), ("P", false)] {
                let text = format!("AAPL {name} {strike} {letter}");
                let found = house.desk.search(&text).await.expect("an answer");
                let con_id = found.first().unwrap_or_else(|| panic!("{text}")).con_id;
                house.desk.instrument(con_id).await.expect("a contract");
                house.desk.watch(con_id).await.expect("quotes");
                let strike = *strike;
                listed.push(Listed {
                    con_id,
                    is_call,
                    strike,
                    expiry,
                });
            }
        }
    }
    for option in &listed {
        let id = option.con_id;
        house
            .until("the options have a market", |page| {
                let quote = page.quotes.get(&id);
                quote.is_some_and(|q| q.bid.value.is_some() && q.ask.value.is_some())
            })
            .await;
    }
    listed
}

/// What the gateway has.
#[derive(Debug)]
pub struct Books {
    options: Vec<Listed>,
    shares: Decimal,
    /// Of each option, below zero when sold.
    held: Vec<Decimal>,
    settled: Decimal,
    /// What working purchases may still cost at their limits.
    buying: Decimal,
    /// Of that, each purchase of an option: which, how many and its cost.
    option_buys: Vec<(usize, Decimal, Decimal)>,
    /// What working sales may still sell, without exits that are attached to an entry.
    selling_shares: Decimal,
    selling: Vec<Decimal>,
}

impl Books {
    pub async fn read(house: &House, options: Vec<Listed>) -> Self {
        let read = move |world: &mut World| Self::of(world, options);
        house.sim.with_world(read).await.expect("the gateway runs")
    }

    fn of(world: &World, options: Vec<Listed>) -> Self {
        let account = AccountId::new(ROTH.to_owned());
        let held = |con_id: i32| {
            world
                .position(&account, ConId::new(con_id))
                .map_or(Decimal::ZERO, |held| held.quantity)
        };
        let figures = world.figures(&account).expect("the account");
        let settled = figures
            .iter()
            .find(|row| row.tag == "SettledCash")
            .and_then(|row| row.value.parse().ok())
            .expect("its settled cash");
        let open = world.open_orders();
        let single = |con_id: i32, side: Side| -> Decimal {
            open.iter()
                .filter(|order| order.request.con_id.get() == con_id)
                .filter(|order| order.request.side == side && !is_attached(order))
                .map(|order| order.request.quantity - order.filled)
                .sum()
        };
        Self {
            shares: held(APPLE),
            held: options.iter().map(|option| held(option.con_id)).collect(),
            settled,
            buying: open.iter().filter_map(|order| cost(order)).sum(),
            option_buys: open
                .iter()
                .filter_map(|order| {
                    let id = order.request.con_id.get();
                    let at = options.iter().position(|option| option.con_id == id)?;
                    Some((at, order.request.quantity - order.filled, cost(order)?))
                })
                .collect(),
            selling_shares: single(APPLE, Side::Sell),
            selling: options
                .iter()
                .map(|option| single(option.con_id, Side::Sell))
                .collect(),
            options,
        }
    }

    pub fn sold_options(&self) -> u32 {
        let sold = self.held.iter().filter(|held| **held < Decimal::ZERO);
        u32::try_from(sold.count()).unwrap_or(u32::MAX)
    }

    /// What an IRA may not come to.
    pub fn wrong(&self) -> Option<String> {
        if self.shares < Decimal::ZERO {
            return Some(format!("{} shares are held", self.shares));
        }
        if self.settled < Decimal::ZERO {
            return Some(format!("{} of settled cash", self.settled));
        }
        if self.settled < self.buying {
            return Some(format!(
                "purchases may cost {} and {} is settled",
                self.buying, self.settled
            ));
        }
        if self.shares < self.selling_shares {
            return Some(format!(
                "{} shares are on sale and {} are held",
                self.selling_shares, self.shares
            ));
        }
        (0..2).find_map(|expiry| self.wrong_from(expiry))
    }

    /// The same, with only those options that end on this expiry or later, so that nothing that ends
    /// earlier covers anything.
    fn wrong_from(&self, expiry: usize) -> Option<String> {
        let hundred = Decimal::ONE_HUNDRED;
        let lots = || {
            self.options
                .iter()
                .zip(self.held.iter().zip(&self.selling))
                .filter(|(option, _)| option.expiry >= expiry)
        };
        let calls: Decimal = lots()
            .filter(|(option, _)| option.is_call)
            .map(|(_, (held, selling))| (*held - *selling) * hundred)
            .sum();
        if self.shares - self.selling_shares + calls < Decimal::ZERO {
            return Some(format!("calls from expiry {expiry} on are not covered"));
        }
        let worst = self.worst_from(expiry, &self.held);
        // A purchase that sets more cash free than it costs needs none.
        let frees = self.option_buys.iter().filter(|(at, count, cost)| {
            let mut held = self.held.clone();
            held[*at] += *count;
            self.worst_from(expiry, &held) - worst >= *cost
        });
        let buying = self.buying - frees.map(|(_, _, cost)| *cost).sum::<Decimal>();
        let left = self.settled - buying + worst;
        (left < Decimal::ZERO).then(|| {
            format!("options from expiry {expiry} on may cost {worst} at their end, {left} is left")
        })
    }

    /// What these options, with the shares, may cost at the worst end: at nothing or at a strike,
    /// because between them all is straight, and above the last one it only rises when every call
    /// is covered. Zero when they cost nothing.
    fn worst_from(&self, expiry: usize, held: &[Decimal]) -> Decimal {
        let lots = || {
            let lots = self.options.iter().zip(held);
            lots.filter(|(option, _)| option.expiry >= expiry)
        };
        let ends = lots().map(|(option, _)| option.strike);
        let worst = ends.chain([Decimal::ZERO]).map(|spot| {
            let each = lots().map(|(option, held)| {
                let worth = match option.is_call {
                    true => spot - option.strike,
                    false => option.strike - spot,
                };
                worth.max(Decimal::ZERO) * *held * Decimal::ONE_HUNDRED
            });
            each.sum::<Decimal>() + self.shares * spot
        });
        worst.min().unwrap_or_default().min(Decimal::ZERO)
    }
}

/// Exits of a bracket, which close only what their entry opened.
fn is_attached(order: &Order) -> bool {
    let name = &order.request.order_ref;
    name.ends_with("-tp") || name.ends_with("-sl")
}

/// What is left of a purchase may cost at its limit.
fn cost(order: &Order) -> Option<Decimal> {
    let OrderKind::Limit(price) = order.request.kind else {
        return None;
    };
    let multiplier = match order.request.con_id.get() {
        APPLE => Decimal::ONE,
        _ => Decimal::ONE_HUNDRED,
    };
    let left = order.request.quantity - order.filled;
    (order.request.side == Side::Buy && !is_attached(order))
        .then(|| (price * left * multiplier).max(Decimal::ZERO))
}
