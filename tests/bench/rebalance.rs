//! A rebalance of a great household: every account holds every symbol, and all are off their
//! weights.

use crate::{Failure, sample};
use gatehouse_analytics::rebalance::{
    AccountFacts, Holding, Household, Listing, Others, Quoted, Spread, Target, Wanted, Wish, plan,
};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::AccountKind;
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Observed;
use rand::rngs::SmallRng;
use rand::{Rng as _, SeedableRng as _};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

const ACCOUNTS: usize = 1_000;
const SYMBOLS: usize = 500;

/// Takes samples of a plan in each account and of one over the household; the worse of the two
/// counts.
pub fn take(rounds: usize) -> Result<(), Failure> {
    let household = household()?;
    for round in 0..=rounds {
        let mut worse = 0.0_f64;
        for spread in [Spread::EachAccount, Spread::Household] {
            let wish = wish(spread);
            let begun = Instant::now();
            let made = plan(&household, &wish);
            let took = sample::ms(begun.elapsed());
            if made.lines().count() < SYMBOLS / 2 {
                return Err("the plan has hardly an order in it".into());
            }
            worse = worse.max(took);
        }
        // The first round only warms up.
        if round > 0 {
            sample::print("rebalance_ms", worse);
        }
    }
    Ok(())
}

fn wish(spread: Spread) -> Wish {
    let targets = (0..SYMBOLS).map(|at| Target {
        account: None,
        wanted: Wanted::Listing(at),
        weight: Decimal::new(19, 2),
        band: None,
    });
    Wish {
        targets: targets.collect(),
        spread,
        others: Others::Keep,
        band: Decimal::new(1, 2),
        cash_to_keep: Decimal::from(1_000),
        least: Decimal::from(100),
        fractions: false,
        cushion: Decimal::ZERO,
    }
}

fn household() -> Result<Household, Failure> {
    let mut dice = SmallRng::seed_from_u64(6);
    let mut household = Household::default();
    for at in 0..ACCOUNTS {
        let kind = match at % 4 {
            0 => AccountKind::RothIra,
            1 => AccountKind::TraditionalIra,
            _ => AccountKind::Individual,
        };
        let cash = Some(Decimal::from(dice.random_range(50_000..500_000)));
        household.accounts.push(AccountFacts {
            id: AccountId::new(&format!("DU{at:07}"))?,
            kind,
            settled_only: kind.is_ira(),
            base: Some(Currency::USD),
            cash,
            settled_cash: cash,
            working_buys: Some(Decimal::ZERO),
            bound: Some(Decimal::ZERO),
            rates: BTreeMap::new(),
            locked: false,
        });
    }
    for (at, number) in (0..SYMBOLS).zip(1..) {
        let mark = Observed::live(
            Decimal::new(dice.random_range(500..60_000), 2),
            UnixMillis(1),
        );
        household.listings.push(Listing {
            con_id: ConId::new(number).ok_or("a conId is above zero")?,
            symbol: format!("S{at}"),
            currency: Currency::USD,
            step: Some(Decimal::ONE),
            quoted: Quoted::Fresh {
                mark,
                bid: Some(mark.value - Decimal::new(1, 2)),
                ask: Some(mark.value + Decimal::new(1, 2)),
            },
            locked: false,
            tax_inefficient: at % 10 == 0,
            roth_first: at % 10 == 1,
            bought_lately: false,
            sold_at_loss_lately: false,
        });
    }
    for account in 0..ACCOUNTS {
        for listing in 0..SYMBOLS {
            let quantity = Decimal::from(dice.random_range(1..40));
            household.holdings.push(Holding {
                account,
                listing,
                quantity,
                free: Some(quantity),
                cost: Some(Decimal::new(dice.random_range(500..60_000), 2)),
                value: None,
            });
        }
    }
    household.working = BTreeSet::new();
    Ok(household)
}
