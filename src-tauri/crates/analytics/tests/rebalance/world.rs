//! Small households to plan in.

use gatehouse_analytics::rebalance::{
    AccountFacts, Holding, Household, Left, Line, Listing, Others, Outcome, Plan, Quoted, Row,
    Spread, Target, Wanted, Wish,
};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::AccountKind;
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::draft::Side;
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Observed;
use std::collections::BTreeMap;

pub fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub fn eur() -> Currency {
    Currency::parse("EUR").unwrap()
}

pub fn seen(price: &str) -> Observed<Decimal> {
    Observed::live(dec(price), UnixMillis(1))
}

/// A price without a spread, so that what is planned is what is paid.
pub fn fresh(price: &str) -> Quoted {
    Quoted::Fresh {
        mark: seen(price),
        bid: None,
        ask: None,
    }
}

pub fn account(id: &str, kind: AccountKind, cash: &str) -> AccountFacts {
    AccountFacts {
        id: AccountId::new(id).unwrap(),
        kind,
        settled_only: kind.is_ira(),
        base: Some(Currency::USD),
        cash: Some(dec(cash)),
        settled_cash: Some(dec(cash)),
        working_buys: Some(Decimal::ZERO),
        bound: Some(Decimal::ZERO),
        rates: BTreeMap::new(),
        locked: false,
    }
}

pub fn listing(symbol: &str, price: &str) -> Listing {
    let number: i32 = symbol.bytes().map(i32::from).sum();
    Listing {
        con_id: ConId::new(number).unwrap(),
        symbol: symbol.to_owned(),
        currency: Currency::USD,
        step: Some(Decimal::ONE),
        quoted: fresh(price),
        locked: false,
        tax_inefficient: false,
        roth_first: false,
        bought_lately: false,
        sold_at_loss_lately: false,
    }
}

pub fn holding(account: usize, listing: usize, quantity: &str, cost: &str) -> Holding {
    Holding {
        account,
        listing,
        quantity: dec(quantity),
        free: Some(dec(quantity)),
        cost: Some(dec(cost)),
        value: None,
    }
}

pub fn target(listing: usize, weight: &str) -> Target {
    Target {
        account: None,
        wanted: Wanted::Listing(listing),
        weight: dec(weight),
        band: None,
    }
}

pub fn wish(targets: Vec<Target>) -> Wish {
    Wish {
        targets,
        spread: Spread::Household,
        others: Others::Keep,
        band: Decimal::ZERO,
        cash_to_keep: Decimal::ZERO,
        least: Decimal::ZERO,
        fractions: false,
        cushion: Decimal::ZERO,
    }
}

pub fn plan(household: &Household, wish: &Wish) -> Plan {
    gatehouse_analytics::rebalance::plan(household, wish)
}

/// `(account, listing, signed quantity)`, as they stand in the table.
pub fn orders(plan: &Plan) -> Vec<(usize, usize, Decimal)> {
    plan.lines()
        .map(|(listing, line)| (line.account, listing, line.quantity * line.side.sign()))
        .collect()
}

pub fn rows_of(plan: &Plan, listing: usize) -> Vec<&Row> {
    let rows = plan.scopes.iter().flat_map(|scope| &scope.rows);
    rows.filter(|row| row.listing == listing).collect()
}

pub fn left(plan: &Plan, listing: usize) -> Left {
    match rows_of(plan, listing)[..] {
        [
            Row {
                outcome: Outcome::Left(left),
                ..
            },
        ] => *left,
        ref other => panic!("{other:?}"),
    }
}

pub fn line(plan: &Plan, listing: usize) -> &Line {
    match rows_of(plan, listing)[..] {
        [
            Row {
                outcome: Outcome::Order(line),
                ..
            },
        ] => line,
        ref other => panic!("{other:?}"),
    }
}

/// Fills every order at the price that it was planned with; the commission is paid too.
pub fn fill(household: &mut Household, plan: &Plan) {
    for (listing, line) in plan.lines() {
        let account = &mut household.accounts[line.account];
        let paid = line.value * line.side.sign() + line.commission.unwrap_or_default();
        account.cash = account.cash.map(|cash| cash - paid);
        account.settled_cash = account.cash;
        let found = household
            .holdings
            .iter_mut()
            .find(|held| held.account == line.account && held.listing == listing);
        let moved = line.quantity * line.side.sign();
        match found {
            Some(held) => {
                held.quantity += moved;
                held.free = Some(held.quantity);
            }
            None => {
                assert_eq!(line.side, Side::Buy);
                household.holdings.push(Holding {
                    account: line.account,
                    listing,
                    quantity: moved,
                    free: Some(moved),
                    cost: Some(line.mark.value),
                    value: None,
                });
            }
        }
    }
}
