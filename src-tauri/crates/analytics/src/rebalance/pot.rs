//! Which accounts make a scope, what is counted in its pot, and what weight each listing gets.

use super::{Holding, Household, Others, Pot, Problem, Quoted, Spread, Target, Wanted, Wish};
use gatehouse_domain::Decimal;
use gatehouse_domain::decimal::Currency;
use std::collections::BTreeSet;

/// Beyond this nothing is reckoned, so that no product of two sums overflows.
const MOST: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

/// The accounts of a scope and the targets that hold in it.
pub(super) struct Scope<'a> {
    pub(super) accounts: Vec<usize>,
    pub(super) targets: Vec<&'a Target>,
}

/// A listing within a scope.
pub(super) struct Slot<'a> {
    pub(super) listing: usize,
    pub(super) weight: Decimal,
    pub(super) band: Decimal,
    /// Whether it has a target, rather than being sold for want of one.
    pub(super) named: bool,
    /// What is held of it, in the scope's currency; `None` when a part has no value.
    pub(super) value: Option<Decimal>,
    /// What is held, with the account's place in the scope.
    pub(super) holds: Vec<(usize, &'a Holding)>,
}

/// A scope whose pot is known.
pub(super) struct Counted<'a> {
    pub(super) pot: Pot,
    /// What one unit of each account's base currency is in the scope's.
    pub(super) factors: Vec<Decimal>,
    pub(super) slots: Vec<Slot<'a>>,
    /// What is held without a target and stays.
    pub(super) unnamed: Vec<usize>,
}

pub(super) fn scopes<'a>(
    household: &'a Household,
    wish: &'a Wish,
) -> impl Iterator<Item = Scope<'a>> {
    let unlocked = |a: &usize| !household.accounts[*a].locked;
    let own: BTreeSet<usize> = wish.targets.iter().filter_map(|t| t.account).collect();
    let alone = own
        .clone()
        .into_iter()
        .filter(unlocked)
        .map(|account| Scope {
            accounts: vec![account],
            targets: wish
                .targets
                .iter()
                .filter(|t| t.account == Some(account))
                .collect(),
        });
    let general: Vec<&Target> = wish
        .targets
        .iter()
        .filter(|t| t.account.is_none())
        .collect();
    let rest: Vec<usize> = match general.is_empty() {
        true => Vec::new(),
        false => (0..household.accounts.len())
            .filter(|a| unlocked(a) && !own.contains(a))
            .collect(),
    };
    let groups: Vec<Vec<usize>> = match wish.spread {
        Spread::Household if rest.is_empty() => Vec::new(),
        Spread::Household => vec![rest],
        Spread::EachAccount => rest.into_iter().map(|account| vec![account]).collect(),
    };
    alone.chain(groups.into_iter().map(move |accounts| Scope {
        accounts,
        targets: general.clone(),
    }))
}

/// Counts a scope's pot and gives the weights out.
pub(super) fn count<'a>(
    household: &'a Household,
    held: &[Vec<&'a Holding>],
    wish: &Wish,
    scope: &Scope<'_>,
) -> Result<Counted<'a>, Problem> {
    let (currency, factors) = factors(household, &scope.accounts)?;
    let mut slots = Slots::of(household, wish, scope);
    let mut unnamed = BTreeSet::new();
    for (place, account) in scope.accounts.iter().enumerate() {
        for holding in &held[*account] {
            match slots.slot_for(household, wish, holding.listing) {
                Some(slot) => {
                    let value = worth(household, holding).map(|v| v * factors[place]);
                    if value.is_none() && slot.named {
                        return Err(Problem::NoValue {
                            account: *account,
                            listing: holding.listing,
                        });
                    }
                    slot.value = slot.value.zip(value).map(|(a, b)| a + b);
                    slot.holds.push((place, holding));
                }
                None => {
                    unnamed.insert(holding.listing);
                }
            }
        }
    }
    slots.share_tags(scope);
    let mut pot = Pot {
        currency,
        cash: Decimal::ZERO,
        to_keep: Decimal::ZERO,
        held: slots.all.iter().filter_map(|slot| slot.value).sum(),
    };
    for (account, factor) in scope.accounts.iter().zip(&factors) {
        let cash = household.accounts[*account]
            .cash
            .ok_or(Problem::NoCash(*account))?;
        pot.cash += within(cash)? * factor;
        pot.to_keep += wish.cash_to_keep * factor;
    }
    let sums = [pot.held, pot.cash, pot.to_keep, pot.total()];
    if sums.into_iter().any(|sum| sum.abs() > MOST) {
        return Err(Problem::TooLarge);
    }
    if pot.total() <= Decimal::ZERO {
        return Err(Problem::Empty);
    }
    Ok(Counted {
        pot,
        factors,
        slots: slots.all,
        unnamed: unnamed.into_iter().collect(),
    })
}

fn within(sum: Decimal) -> Result<Decimal, Problem> {
    if sum.abs() > MOST {
        Err(Problem::TooLarge)
    } else {
        Ok(sum)
    }
}

/// The scope's currency, and what each account's is worth in it.
fn factors(household: &Household, accounts: &[usize]) -> Result<(Currency, Vec<Decimal>), Problem> {
    let base = |account: usize| {
        household.accounts[account]
            .base
            .ok_or(Problem::NoBase(account))
    };
    let currency = base(*accounts.first().ok_or(Problem::Empty)?)?;
    let factors = accounts.iter().map(|account| {
        if base(*account)? == currency {
            return Ok(Decimal::ONE);
        }
        household.accounts[*account]
            .rate(currency)
            .and_then(|rate| Decimal::ONE.checked_div(rate))
            .filter(|factor| *factor < MOST)
            .ok_or(Problem::NoRate {
                account: *account,
                currency,
            })
    });
    Ok((currency, factors.collect::<Result<_, _>>()?))
}

/// In the account's base currency: at a fresh price, else as the broker values it, else at an old
/// price. What is traded hangs on a fresh price; what the pot holds need not.
fn worth(household: &Household, holding: &Holding) -> Option<Decimal> {
    let listing = &household.listings[holding.listing];
    let rate = household.accounts[holding.account].rate(listing.currency);
    let at = |mark: Decimal| {
        let worth = holding.quantity.checked_mul(mark)?.checked_mul(rate?)?;
        (worth.abs() <= MOST).then_some(worth)
    };
    let told = holding.value.filter(|value| value.abs() <= MOST);
    match listing.quoted {
        Quoted::Fresh { mark, .. } => at(mark.value).or(told),
        Quoted::Stale(mark) => told.or_else(|| at(mark.value)),
        Quoted::Missing => told,
    }
}

/// The slots of a scope, found by listing.
struct Slots<'a> {
    all: Vec<Slot<'a>>,
    at: Vec<Option<usize>>,
}

impl<'a> Slots<'a> {
    fn of(household: &Household, wish: &Wish, scope: &Scope<'_>) -> Self {
        let mut slots = Self {
            all: Vec::new(),
            at: vec![None; household.listings.len()],
        };
        for target in &scope.targets {
            if let Wanted::Listing(listing) = target.wanted {
                let slot = slots.add(listing, true);
                slot.weight += target.weight;
                slot.band = target.band.unwrap_or(wish.band);
            }
        }
        for target in &scope.targets {
            if let Wanted::Tag { members, .. } = &target.wanted {
                for member in members {
                    if !slots.has_own(scope, *member) {
                        slots.add(*member, true).band = target.band.unwrap_or(wish.band);
                    }
                }
            }
        }
        slots
    }

    fn add(&mut self, listing: usize, named: bool) -> &mut Slot<'a> {
        let place = *self.at[listing].get_or_insert(self.all.len());
        if place == self.all.len() {
            self.all.push(Slot {
                listing,
                weight: Decimal::ZERO,
                band: Decimal::ZERO,
                named,
                value: Some(Decimal::ZERO),
                holds: Vec::new(),
            });
        }
        &mut self.all[place]
    }

    /// Whether a listing has a weight of its own, so that a tag's share passes it by.
    fn has_own(&self, scope: &Scope<'_>, listing: usize) -> bool {
        self.at[listing].is_some()
            && scope
                .targets
                .iter()
                .any(|t| matches!(t.wanted, Wanted::Listing(own) if own == listing))
    }

    fn slot_for(
        &mut self,
        household: &Household,
        wish: &Wish,
        listing: usize,
    ) -> Option<&mut Slot<'a>> {
        if let Some(place) = self.at[listing] {
            return Some(&mut self.all[place]);
        }
        // What is locked stays as it is, outside of the pot.
        if wish.others == Others::Keep || household.listings[listing].locked {
            return None;
        }
        Some(self.add(listing, false))
    }

    /// A tag's weight goes to its members as they are held, evenly when none is.
    fn share_tags(&mut self, scope: &Scope<'_>) {
        for target in &scope.targets {
            let Wanted::Tag { members, .. } = &target.wanted else {
                continue;
            };
            let places: BTreeSet<usize> = members
                .iter()
                .filter(|m| !self.has_own(scope, **m))
                .filter_map(|m| self.at[*m])
                .collect();
            let held: Vec<Decimal> = places
                .iter()
                .map(|place| {
                    self.all[*place]
                        .value
                        .unwrap_or_default()
                        .max(Decimal::ZERO)
                })
                .collect();
            let sum: Decimal = held.iter().sum();
            let count = Decimal::from(places.len());
            for (place, held) in places.iter().zip(held) {
                self.all[*place].weight += match sum.is_zero() {
                    true => target.weight / count,
                    false => target.weight * (held / sum),
                };
            }
        }
    }
}
