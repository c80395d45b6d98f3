//! Which accounts buy: those whose place is best for tax first, and among accounts that are alike
//! each by the cash that is free in it.

use super::place::{Placing, Prices, whole};
use super::pot::Slot;
use super::{Cut, Left, Line, Outcome, Place, ShortOf, commission};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::AccountKind;
use gatehouse_domain::draft::Side;
use std::rc::Rc;

/// A part of a purchase whose commission is more of its value than this, and more than twice as
/// much of it as that of the whole, is not split off.
const DEAREST: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

/// What may still be spent of an account, in its base currency.
#[derive(Clone, Copy)]
pub(super) struct Budget {
    /// `None` while it can't be said.
    pub(super) free: Option<Decimal>,
    pub(super) short_of: ShortOf,
}

/// An account that may take a part of a purchase.
#[derive(Clone, Copy)]
struct Buyer {
    place: usize,
    rate: Decimal,
    /// What one costs, in the scope's currency.
    unit: Decimal,
    /// The cash that is free in it, in the scope's currency.
    free: Decimal,
    /// How many it can pay for, of those that are wanted.
    most: Decimal,
    quantity: Decimal,
}

impl Placing<'_> {
    /// Purchases, those that belong in an IRA first, then the largest gaps. When there is not
    /// cash for all of them, each gets the same share of what it wants.
    pub(super) fn buy_all(
        &mut self,
        mut buys: Vec<(usize, Decimal, Prices)>,
        outcomes: &mut [Vec<Outcome>],
    ) {
        let slots = &self.counted.slots;
        let rank = |at: usize| {
            let listing = &self.household.listings[slots[at].listing];
            match (listing.tax_inefficient, listing.roth_first) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => 2,
            }
        };
        buys.sort_by(|a, b| {
            rank(a.0)
                .cmp(&rank(b.0))
                .then(b.1.cmp(&a.1))
                .then(a.0.cmp(&b.0))
        });
        let needed: Decimal = buys.iter().map(|(_, gap, _)| *gap).sum();
        let there: Decimal = (0..self.budgets.len()).map(|place| self.free(place)).sum();
        let share = match needed > there {
            true => there.checked_div(needed).unwrap_or_default(),
            false => Decimal::ONE,
        };
        for (at, gap, prices) in buys {
            outcomes[at] = self.buy(&slots[at], gap, share, prices);
        }
    }

    /// The cash that is free in an account, in the scope's currency.
    fn free(&self, place: usize) -> Decimal {
        let free = self.budgets[place].free.unwrap_or_default();
        free.max(Decimal::ZERO) * self.counted.factors[place]
    }

    fn buy(
        &mut self,
        slot: &Slot<'_>,
        gap: Decimal,
        share: Decimal,
        prices: Prices,
    ) -> Vec<Outcome> {
        let listing = &self.household.listings[slot.listing];
        let step = self.step(slot);
        let mut left = gap * share;
        let mut last = None;
        let mut lines: Vec<Line> = Vec::new();
        let mut short_of = None;
        let (ranks, first) = match (listing.tax_inefficient, listing.roth_first) {
            _ if listing.sold_at_loss_lately => (&self.taxable_first, Place::AwayFromIra),
            (true, _) => (&self.iras_first, Place::SheltersIncome),
            (false, true) => (&self.roths_first, Place::Roth),
            (false, false) => (&self.taxable_first, Place::Taxable),
        };
        for alike in Rc::clone(ranks).iter() {
            let mut buyers = Vec::new();
            for &place in alike {
                let Some(rate) = self.rate(place, slot) else {
                    last = last.or(Some(Left::NoRate(listing.currency)));
                    continue;
                };
                let unit = prices.mark.value * rate * self.counted.factors[place];
                let wanted = whole(left.checked_div(unit).unwrap_or_default(), step);
                let fits = self.fits(slot, place, wanted, prices, rate);
                let most = whole(fits, step).min(wanted);
                if most < wanted {
                    short_of = Some(self.budgets[place].short_of);
                }
                buyers.push(Buyer {
                    place,
                    rate,
                    unit,
                    free: self.free(place),
                    most,
                    quantity: Decimal::ZERO,
                });
            }
            buyers.retain(|buyer| buyer.most > Decimal::ZERO);
            self.share_out(slot, left, &mut buyers, prices);
            buyers.retain(|buyer| buyer.quantity > Decimal::ZERO);
            let shared = buyers.len() > 1;
            for buyer in buyers {
                let line = Line {
                    shared,
                    ..self.bought(slot, &buyer, prices, first)
                };
                if line.value < self.wish.least {
                    last = Some(Left::TooSmall);
                    continue;
                }
                left -= buyer.unit * buyer.quantity;
                let spent = self.cost(slot, buyer.quantity, prices, buyer.rate);
                let budget = &mut self.budgets[buyer.place];
                budget.free = budget.free.map(|free| free - spent);
                lines.push(line);
            }
        }
        let short_of = short_of.or_else(|| (share < Decimal::ONE).then(|| self.shortage()));
        if lines.is_empty() {
            let left = match (last, short_of) {
                (Some(left), _) => left,
                (None, Some(short_of)) => Left::NoCash(short_of),
                (None, None) => Left::LessThanAStep,
            };
            return vec![Outcome::Left(left)];
        }
        // In the currency of the scope, at the first account's rate.
        let place = self.place_of(lines[0].account);
        if let (Some(short_of), Some(rate)) = (short_of, self.rate(place, slot)) {
            let unit = prices.mark.value * rate * self.counted.factors[place];
            let wanted = whole(gap.checked_div(unit).unwrap_or_default(), step);
            let got: Decimal = lines.iter().map(|line| line.quantity).sum();
            if got < wanted {
                for line in &mut lines {
                    line.cut = Some(Cut { wanted, short_of });
                }
            }
        }
        lines.into_iter().map(Outcome::Order).collect()
    }

    /// Gives out what is wanted, in the scope's currency: to each by its free cash. A part that is
    /// too small to be worth its commission goes to the others, as long as they can pay for it.
    fn share_out(&self, slot: &Slot<'_>, wanted: Decimal, buyers: &mut [Buyer], prices: Prices) {
        if let [alone] = buyers {
            alone.quantity = alone.most;
            return;
        }
        let Some(unit) = buyers.first().map(|buyer| buyer.unit) else {
            return;
        };
        let step = self.step(slot);
        let mark = prices.mark.value;
        let all = whole(wanted.checked_div(unit).unwrap_or_default(), step);
        let whole_rate = self.commission_rate(slot, all, mark);
        let mut dropped: Vec<bool> = vec![false; buyers.len()];
        loop {
            let mut open: Vec<&mut Buyer> = buyers
                .iter_mut()
                .zip(&dropped)
                .filter_map(|(buyer, dropped)| (!dropped).then_some(buyer))
                .collect();
            split(wanted, &mut open, step);
            let richest = open.iter().map(|buyer| buyer.free).max();
            let alone = open.len() < 2;
            let mut kept_one = false;
            let mut again = false;
            for (buyer, dropped) in buyers.iter_mut().zip(&mut dropped) {
                let is_richest = !kept_one && richest == Some(buyer.free) && !*dropped;
                kept_one |= is_richest;
                if !alone
                    && !*dropped
                    && !is_richest
                    && buyer.quantity > Decimal::ZERO
                    && self.is_dust(slot, whole_rate, buyer, mark)
                {
                    buyer.quantity = Decimal::ZERO;
                    *dropped = true;
                    again = true;
                }
            }
            if !again {
                break;
            }
        }
        // What the others can't pay for is better bought in small parts than not at all.
        let mut left = wanted
            - buyers
                .iter()
                .map(|buyer| buyer.unit * buyer.quantity)
                .sum::<Decimal>();
        top_up(&mut left, buyers.iter_mut(), step);
    }

    /// Whether a part pays much more for its commission than the whole purchase would, or is for
    /// less than the person wants.
    fn is_dust(
        &self,
        slot: &Slot<'_>,
        whole: Option<Decimal>,
        buyer: &Buyer,
        mark: Decimal,
    ) -> bool {
        let dear = self
            .commission_rate(slot, buyer.quantity, mark)
            .zip(whole)
            .is_some_and(|(part, whole)| part > DEAREST && part > whole * Decimal::TWO);
        dear || (buyer.quantity * mark * buyer.rate).round_dp(2) < self.wish.least
    }

    /// The commission as a share of what is bought.
    fn commission_rate(
        &self,
        slot: &Slot<'_>,
        quantity: Decimal,
        mark: Decimal,
    ) -> Option<Decimal> {
        let currency = self.household.listings[slot.listing].currency;
        commission::estimate(currency, quantity, mark)?.checked_div(quantity * mark)
    }

    fn bought(&self, slot: &Slot<'_>, buyer: &Buyer, prices: Prices, first: Place) -> Line {
        let kind = self.kind(buyer.place);
        let why = match (self.accounts.len(), first) {
            (1, _) => Place::Own,
            (_, Place::SheltersIncome) if kind.is_ira() => first,
            (_, Place::Roth) if kind == AccountKind::RothIra => first,
            (_, Place::Taxable | Place::AwayFromIra) if !kind.is_ira() => first,
            _ => Place::CashIsHere,
        };
        self.line(
            slot,
            buyer.place,
            Side::Buy,
            buyer.quantity,
            prices,
            buyer.rate,
            why,
        )
    }

    /// What the scope is short of, where the accounts differ: what a person may wonder about most.
    fn shortage(&self) -> ShortOf {
        let any = |what| self.budgets.iter().any(|budget| budget.short_of == what);
        [ShortOf::KnownCash, ShortOf::FreeCash, ShortOf::SettledCash]
            .into_iter()
            .find(|what| any(*what))
            .unwrap_or(ShortOf::Cash)
    }

    /// How many of those wanted an account's cash is enough for.
    fn fits(
        &self,
        slot: &Slot<'_>,
        place: usize,
        wanted: Decimal,
        prices: Prices,
        rate: Decimal,
    ) -> Decimal {
        let free = self.budgets[place].free.unwrap_or_default();
        if self.cost(slot, wanted, prices, rate) <= free {
            return wanted;
        }
        // The commission of all that are wanted is no less than that of those that fit.
        let bare = self.bare_cost(Decimal::ONE, prices, rate);
        let room = free - (self.cost(slot, wanted, prices, rate) - bare * wanted);
        room.checked_div(bare)
            .unwrap_or_default()
            .max(Decimal::ZERO)
    }

    fn bare_cost(&self, quantity: Decimal, prices: Prices, rate: Decimal) -> Decimal {
        quantity * prices.ask * (Decimal::ONE + self.wish.cushion) * rate
    }

    /// What a purchase may cost, in the account's base currency: the same allowance for its
    /// commission as the rules make.
    fn cost(&self, slot: &Slot<'_>, quantity: Decimal, prices: Prices, rate: Decimal) -> Decimal {
        let bare = self.bare_cost(quantity, prices, rate);
        let allowed = match commission::estimate(
            self.household.listings[slot.listing].currency,
            quantity,
            prices.ask,
        ) {
            Some(_) => (quantity * Decimal::new(5, 3)).max(Decimal::ONE) * rate,
            None => bare * Decimal::new(2, 3) + Decimal::TWO,
        };
        bare + allowed
    }
}

/// Gives each the share that its cash is of all of theirs, in whole steps; what rounding leaves
/// goes step by step to those that lost most by it, then to whoever can pay for more.
fn split(wanted: Decimal, buyers: &mut [&mut Buyer], step: Decimal) {
    let all: Decimal = buyers.iter().map(|buyer| buyer.free).sum();
    let mut left = wanted;
    let mut lost: Vec<(Decimal, usize)> = Vec::new();
    for (at, buyer) in buyers.iter_mut().enumerate() {
        let share = buyer.free.checked_div(all).unwrap_or_default();
        let exact = (wanted * share).checked_div(buyer.unit).unwrap_or_default();
        buyer.quantity = whole(exact, step).min(buyer.most);
        left -= buyer.unit * buyer.quantity;
        lost.push((exact - buyer.quantity, at));
    }
    lost.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, at) in lost {
        let buyer = &mut buyers[at];
        if buyer.quantity + step <= buyer.most && buyer.unit * step <= left {
            buyer.quantity += step;
            left -= buyer.unit * step;
        }
    }
    top_up(&mut left, buyers.iter_mut().map(|buyer| &mut **buyer), step);
}

/// Has each take what it can still pay for, the richest first.
fn top_up<'b>(left: &mut Decimal, buyers: impl Iterator<Item = &'b mut Buyer>, step: Decimal) {
    let mut buyers: Vec<&mut Buyer> = buyers.collect();
    buyers.sort_by_key(|buyer| std::cmp::Reverse(buyer.free));
    for buyer in buyers {
        let wanted = whole(left.checked_div(buyer.unit).unwrap_or_default(), step);
        let more = wanted.min(buyer.most - buyer.quantity);
        if more > Decimal::ZERO {
            buyer.quantity += more;
            *left -= buyer.unit * more;
        }
    }
}
