//! What is to be bought and sold, and which account sells.

use super::buy::Budget;
use super::pot::{Counted, Scope, Slot, count};
use super::{
    Cut, Holding, Household, Left, Line, Outcome, Place, Plan, Quoted, Row, ScopePlan, ShortOf,
    Wash, Wish, commission,
};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::AccountKind;
use gatehouse_domain::draft::Side;
use gatehouse_domain::observed::Observed;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// A price above it is none.
const HIGHEST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);
/// The longest quantity that a ticket takes: twelve digits.
const MOST: Decimal = Decimal::from_parts(3_567_587_327, 232, 0, false, 0);

/// The prices that a listing is traded on.
#[derive(Clone, Copy)]
pub(super) struct Prices {
    pub(super) mark: Observed<Decimal>,
    pub(super) bid: Decimal,
    pub(super) ask: Decimal,
}

/// The plan of one scope; `held` is what each account of the household holds.
pub(super) fn plan(
    household: &Household,
    held: &[Vec<&Holding>],
    wish: &Wish,
    scope: Scope<'_>,
) -> ScopePlan {
    let weights = scope.targets.iter().map(|t| t.weight).sum();
    let mut made = ScopePlan {
        accounts: Vec::new(),
        pot: None,
        problem: None,
        weights,
        rows: Vec::new(),
    };
    let counted = if weights > Decimal::ONE_HUNDRED {
        Err(super::Problem::Over(weights))
    } else {
        count(household, held, wish, &scope)
    };
    match counted {
        Err(problem) => made.problem = Some(problem),
        Ok(counted) => {
            made.pot = Some(counted.pot);
            made.rows = Placing::new(household, wish, &scope, &counted).rows();
        }
    }
    made.accounts = scope.accounts;
    made
}

pub(super) struct Placing<'a> {
    pub(super) household: &'a Household,
    pub(super) wish: &'a Wish,
    pub(super) accounts: &'a [usize],
    pub(super) counted: &'a Counted<'a>,
    pub(super) budgets: Vec<Budget>,
    /// An account's place in the scope.
    places: HashMap<usize, usize>,
    /// The accounts' places, those that are alike together: IRAs first, Roth IRAs first, taxable
    /// ones first.
    pub(super) iras_first: Rc<Vec<Vec<usize>>>,
    pub(super) roths_first: Rc<Vec<Vec<usize>>>,
    pub(super) taxable_first: Rc<Vec<Vec<usize>>>,
}

impl<'a> Placing<'a> {
    fn new(
        household: &'a Household,
        wish: &'a Wish,
        scope: &'a Scope<'_>,
        counted: &'a Counted<'a>,
    ) -> Self {
        let budgets = scope.accounts.iter().map(|account| {
            let facts = &household.accounts[*account];
            let (cash, short_of) = match facts.settled_only {
                true => {
                    let both = facts.settled_cash.zip(facts.cash);
                    (
                        both.map(|(settled, all)| settled.min(all)),
                        ShortOf::SettledCash,
                    )
                }
                false => (facts.cash, ShortOf::Cash),
            };
            let taken = facts.working_buys.zip(facts.bound).map(|(w, b)| w + b);
            let free = cash.zip(taken).map(|(c, t)| c - t - wish.cash_to_keep);
            Budget {
                free,
                short_of: match (free, facts.bound) {
                    (None, _) => ShortOf::KnownCash,
                    (_, Some(bound)) if bound > Decimal::ZERO => ShortOf::FreeCash,
                    _ => short_of,
                },
            }
        });
        let order = |rank: fn(AccountKind) -> u8| {
            let mut ranks: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
            for (place, account) in scope.accounts.iter().enumerate() {
                let rank = rank(household.accounts[*account].kind);
                ranks.entry(rank).or_default().push(place);
            }
            Rc::new(ranks.into_values().collect())
        };
        use AccountKind::{RothIra, TraditionalIra};
        Self {
            household,
            wish,
            accounts: &scope.accounts,
            counted,
            budgets: budgets.collect(),
            places: scope.accounts.iter().copied().zip(0..).collect(),
            iras_first: order(|kind| match kind {
                TraditionalIra => 0,
                RothIra => 1,
                _ => 2,
            }),
            roths_first: order(|kind| match kind {
                RothIra => 0,
                TraditionalIra => 1,
                _ => 2,
            }),
            taxable_first: order(|kind| u8::from(kind.is_ira())),
        }
    }

    pub(super) fn kind(&self, place: usize) -> AccountKind {
        self.household.accounts[self.accounts[place]].kind
    }

    /// What one costs in an account's base currency, per unit of the listing's.
    pub(super) fn rate(&self, place: usize, slot: &Slot<'_>) -> Option<Decimal> {
        let currency = self.household.listings[slot.listing].currency;
        self.household.accounts[self.accounts[place]].rate(currency)
    }

    fn rows(mut self) -> Vec<Row> {
        let pot = self.counted.pot.total();
        let slots = &self.counted.slots;
        let mut outcomes: Vec<Vec<Outcome>> = slots.iter().map(|_| Vec::new()).collect();
        let mut buys: Vec<(usize, Decimal, Prices)> = Vec::new();
        for (at, slot) in slots.iter().enumerate() {
            match self.wanted(slot, pot) {
                Err(left) => outcomes[at].push(Outcome::Left(left)),
                Ok((off, prices)) if off > Decimal::ZERO => {
                    outcomes[at] = self.sell(slot, off, prices);
                }
                Ok((off, prices)) => buys.push((at, -off, prices)),
            }
        }
        self.buy_all(buys, &mut outcomes);
        self.table(outcomes, pot)
    }

    /// By how much a slot is above what is wanted, in the scope's currency; below it is negative.
    fn wanted(&self, slot: &Slot<'_>, pot: Decimal) -> Result<(Decimal, Prices), Left> {
        let listing = &self.household.listings[slot.listing];
        if listing.locked {
            return Err(Left::Locked);
        }
        let works = |account: &usize| self.household.working.contains(&(*account, slot.listing));
        if self.accounts.iter().any(works) {
            return Err(Left::Working);
        }
        if slot
            .holds
            .iter()
            .any(|(_, held)| held.quantity < Decimal::ZERO)
        {
            return Err(Left::Short);
        }
        let prices = match listing.quoted {
            Quoted::Missing => return Err(Left::NoPrice),
            Quoted::Stale(mark) => return Err(Left::StalePrice(mark)),
            Quoted::Fresh { mark, bid, ask } => Prices {
                mark,
                bid: bid.unwrap_or(mark.value),
                ask: ask.unwrap_or(mark.value),
            },
        };
        let sane = |price: &Decimal| *price > Decimal::ZERO && *price < HIGHEST;
        if ![prices.mark.value, prices.bid, prices.ask].iter().all(sane) {
            return Err(Left::NoPrice);
        }
        let held = slot.value.ok_or(Left::NoPrice)?;
        let wanted = pot * slot.weight / Decimal::ONE_HUNDRED;
        let off = held - wanted;
        if slot.named && off.abs() <= pot * slot.band / Decimal::ONE_HUNDRED {
            return Err(Left::InBand);
        }
        Ok((off, prices))
    }

    pub(super) fn step(&self, slot: &Slot<'_>) -> Decimal {
        let step = self.household.listings[slot.listing].step;
        let step = step
            .filter(|step| *step > Decimal::ZERO)
            .unwrap_or(Decimal::ONE);
        match self.wish.fractions {
            true => step,
            // A step that does not divide one is the broker's own; its least multiple above one.
            false if step < Decimal::ONE => (Decimal::ONE / step).ceil() * step,
            false => step,
        }
    }

    fn sell(&mut self, slot: &Slot<'_>, off: Decimal, prices: Prices) -> Vec<Outcome> {
        let step = self.step(slot);
        let mut left = off;
        let mut lines = Vec::new();
        let mut last = match slot.holds.is_empty() {
            true => Left::NothingToSell,
            false => Left::LessThanAStep,
        };
        let mut covers = false;
        for (place, held, why) in self.sellers(slot, prices.mark.value) {
            let Some(rate) = self.rate(place, slot) else {
                last = Left::NoRate(self.household.listings[slot.listing].currency);
                continue;
            };
            let unit = prices.mark.value * rate * self.counted.factors[place];
            // Everything goes when nothing is wanted, however the value was rounded.
            let wanted = match slot.weight.is_zero() {
                true => held.quantity,
                false => (left.checked_div(unit).unwrap_or_default()).min(held.quantity),
            };
            let quantity = whole(wanted.min(held.free.unwrap_or_default()), step);
            let kept = quantity < whole(wanted, step);
            covers |= kept;
            if quantity <= Decimal::ZERO {
                last = if kept { Left::Covers } else { last };
                continue;
            }
            let line = self.line(slot, place, Side::Sell, quantity, prices, rate, why);
            if line.value < self.wish.least {
                last = Left::TooSmall;
                continue;
            }
            left -= unit * quantity;
            let budget = &mut self.budgets[place];
            if budget.short_of == ShortOf::Cash {
                let cost = line.commission.unwrap_or_default();
                let brings = quantity * prices.bid * rate - cost;
                budget.free = budget.free.map(|free| free + brings);
            }
            lines.push(line);
        }
        if lines.is_empty() {
            return vec![Outcome::Left(last)];
        }
        let sold: Decimal = lines.iter().map(|line| line.quantity).sum();
        // In the currency of the scope, at the first account's rate.
        let place = self.place_of(lines[0].account);
        let unit = self
            .rate(place, slot)
            .map(|rate| prices.mark.value * rate * self.counted.factors[place]);
        let more = unit.and_then(|unit| left.checked_div(unit));
        let wanted = match slot.weight.is_zero() {
            true => slot.holds.iter().map(|(_, held)| held.quantity).sum(),
            false => sold + whole(more.unwrap_or_default(), step),
        };
        if covers && sold < wanted {
            let short_of = ShortOf::FreeShares;
            for line in &mut lines {
                line.cut = Some(Cut { wanted, short_of });
            }
        }
        lines.into_iter().map(Outcome::Order).collect()
    }

    /// Who has it, in the order in which it is sold: losses that count for tax, then where no
    /// gain is realized, then losses that don't count, then the smallest gains.
    fn sellers(&self, slot: &Slot<'a>, mark: Decimal) -> Vec<(usize, &'a Holding, Place)> {
        let listing = &self.household.listings[slot.listing];
        let alone = self.accounts.len() == 1;
        let mut sellers: Vec<(u8, Decimal, usize, &Holding, Place)> = slot
            .holds
            .iter()
            .map(|(place, held)| {
                let gain = held.cost.map(|cost| mark - cost);
                let (rank, why) = match gain {
                    _ if self.kind(*place).is_ira() => (1, Place::NoTax),
                    Some(gain) if gain < Decimal::ZERO && listing.bought_lately => {
                        (2, Place::WashedLoss(-gain))
                    }
                    Some(gain) if gain < Decimal::ZERO => (0, Place::Loss(-gain)),
                    Some(gain) => (3, Place::Gain(gain)),
                    None => (4, Place::CostUnknown),
                };
                let why = if alone { Place::Own } else { why };
                (rank, gain.unwrap_or_default(), *place, *held, why)
            })
            .collect();
        sellers.sort_by_key(|seller| (seller.0, seller.1, seller.2));
        sellers
            .into_iter()
            .map(|(_, _, place, held, why)| (place, held, why))
            .collect()
    }

    pub(super) fn place_of(&self, account: usize) -> usize {
        self.places.get(&account).copied().unwrap_or_default()
    }

    #[expect(clippy::too_many_arguments, reason = "what a line is made of")]
    pub(super) fn line(
        &self,
        slot: &Slot<'_>,
        place: usize,
        side: Side,
        quantity: Decimal,
        prices: Prices,
        rate: Decimal,
        why: Place,
    ) -> Line {
        let currency = self.household.listings[slot.listing].currency;
        let commission = commission::estimate(currency, quantity, prices.mark.value);
        Line {
            account: self.accounts[place],
            side,
            quantity: quantity.normalize(),
            mark: prices.mark,
            value: (quantity * prices.mark.value * rate).round_dp(2),
            commission: commission.map(|sum| (sum * rate).round_dp(2)),
            place: why,
            shared: false,
            cut: None,
            wash: None,
        }
    }

    fn table(&self, outcomes: Vec<Vec<Outcome>>, pot: Decimal) -> Vec<Row> {
        let share = |value: Decimal| (value * Decimal::ONE_HUNDRED / pot).round_dp(2);
        let mut rows = Vec::new();
        for (slot, outcomes) in self.counted.slots.iter().zip(outcomes) {
            let moved: Decimal = outcomes
                .iter()
                .map(|outcome| match outcome {
                    Outcome::Left(_) => Decimal::ZERO,
                    Outcome::Order(line) => {
                        let place = self.place_of(line.account);
                        let rate = self.rate(place, slot).unwrap_or_default();
                        let unit = line.mark.value * rate * self.counted.factors[place];
                        unit * line.quantity * line.side.sign()
                    }
                })
                .sum();
            for outcome in outcomes {
                rows.push(Row {
                    listing: slot.listing,
                    target: Some(slot.weight.round_dp(2)),
                    before: slot.value.map(share),
                    after: slot.value.map(|value| share(value + moved)),
                    outcome,
                });
            }
        }
        rows.extend(self.counted.unnamed.iter().map(|listing| Row {
            listing: *listing,
            target: None,
            before: None,
            after: None,
            outcome: Outcome::Left(match self.household.listings[*listing].locked {
                true => Left::Locked,
                false => Left::NotNamed,
            }),
        }));
        let rank = |row: &Row| match &row.outcome {
            Outcome::Order(line) if line.side == Side::Sell => 0,
            Outcome::Order(_) => 1,
            Outcome::Left(_) => 2,
        };
        rows.sort_by_key(rank);
        rows
    }
}

/// Down to a multiple of the step, and no less than nothing.
pub(super) fn whole(quantity: Decimal, step: Decimal) -> Decimal {
    let quantity = quantity.clamp(Decimal::ZERO, MOST);
    quantity.checked_div(step).unwrap_or_default().floor() * step
}

/// Says at each order what the wash-sale rule makes of it, over all scopes together.
pub(super) fn mark_washes(household: &Household, plan: &mut Plan) {
    #[derive(Default)]
    struct Seen {
        lost: bool,
        bought: bool,
    }
    let costs: BTreeMap<(usize, usize), Option<Decimal>> = household
        .holdings
        .iter()
        .map(|held| ((held.account, held.listing), held.cost))
        .collect();
    let is_loss = |listing: usize, line: &Line| {
        let cost = costs.get(&(line.account, listing)).copied().flatten();
        line.side == Side::Sell
            && !household.accounts[line.account].kind.is_ira()
            && cost.is_some_and(|cost| line.mark.value < cost)
    };
    let mut seen: BTreeMap<usize, Seen> = BTreeMap::new();
    for (listing, line) in plan.lines() {
        let seen = seen.entry(listing).or_default();
        seen.lost |= is_loss(listing, line);
        seen.bought |= line.side == Side::Buy;
    }
    for row in plan.scopes.iter_mut().flat_map(|scope| &mut scope.rows) {
        let Outcome::Order(line) = &mut row.outcome else {
            continue;
        };
        let listing = &household.listings[row.listing];
        let seen = &seen[&row.listing];
        line.wash = match line.side {
            Side::Sell if !is_loss(row.listing, line) => None,
            Side::Sell if seen.bought => Some(Wash::PlanBuys),
            Side::Sell => listing.bought_lately.then_some(Wash::BoughtLately),
            Side::Buy => (seen.lost || listing.sold_at_loss_lately).then(|| Wash::SoldAtLoss {
                in_ira: household.accounts[line.account].kind.is_ira(),
            }),
        };
    }
}
