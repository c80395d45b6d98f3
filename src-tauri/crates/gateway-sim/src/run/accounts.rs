//! The accounts of the scenarios that come with the gateway.

#![allow(clippy::inconsistent_digit_grouping)] // Amounts are grouped as dollars_cents.

use rust_decimal::Decimal;

use crate::world::{
    AccountId, Capability, ConId, Currency, Instrument, OpeningAccount, OpeningPosition,
    Permissions, Scenario, SecType, World,
};

/// How many accounts `thousand-accounts` has.
const MANY: u32 = 1_000;
/// How many positions its fullest account has at most.
const MOST_POSITIONS: usize = 100;

/// A paper account of this number without anything in it.
fn empty(number: u32, account_type: &str, capability: Capability) -> OpeningAccount {
    OpeningAccount {
        id: AccountId::new(format!("DU{number}")),
        account_type: account_type.to_owned(),
        capability,
        permissions: Permissions::WITHOUT_FUTURES,
        cash: Vec::new(),
        unsettled: Vec::new(),
        positions: Vec::new(),
    }
}

fn held(con_id: i32, quantity: i64, cost_in_cents: i64) -> OpeningPosition {
    OpeningPosition {
        con_id: ConId::new(con_id),
        quantity: Decimal::from(quantity),
        average_cost: Decimal::new(cost_in_cents, 2),
    }
}

/// One traditional IRA without any borrowing, part of its cash not settled yet.
pub(super) fn cash_ira() -> Vec<OpeningAccount> {
    vec![OpeningAccount {
        cash: vec![(Currency::Usd, Decimal::new(25_000_00, 2))],
        unsettled: vec![(Currency::Usd, Decimal::new(5_000_00, 2))],
        positions: vec![held(265_598, 20, 171_20), held(756_733, 10, 498_00)],
        ..empty(4_100_001, "IRA-TRAD NEW", Capability::Cash)
    }]
}

/// One margin account that lives in Hong Kong dollars, and trades in board lots.
pub(super) fn hong_kong() -> Vec<OpeningAccount> {
    vec![OpeningAccount {
        cash: vec![
            (Currency::Hkd, Decimal::new(850_000_00, 2)),
            (Currency::Usd, Decimal::new(12_000_00, 2)),
        ],
        positions: vec![
            held(152_791_428, 400, 402_60),
            held(2_100_000_020, 1_000, 98_40),
        ],
        ..empty(4_200_001, "INDIVIDUAL", Capability::RegTMargin)
    }]
}

/// A thousand accounts of all kinds with from none to a hundred positions.
pub(super) fn thousand() -> Vec<OpeningAccount> {
    let nobody = Scenario {
        accounts: Vec::new(),
        ..Scenario::single(0)
    };
    let world = World::new(&nobody);
    let whole = |one: &&Instrument| {
        one.sec_type == SecType::Stock && one.currency == Currency::Usd && !one.is_mlp
    };
    let stocks: Vec<ConId> = world
        .instruments()
        .iter()
        .filter(whole)
        .map(|one| one.con_id)
        .take(MOST_POSITIONS)
        .collect();
    (1..=MANY).map(|n| one_of_many(n, &stocks)).collect()
}

fn one_of_many(n: u32, stocks: &[ConId]) -> OpeningAccount {
    let (kind, capability) = match n % 4 {
        0 => ("IRA-ROTH NEW", Capability::LimitedMargin),
        1 => ("INDIVIDUAL", Capability::RegTMargin),
        2 => ("LLC", Capability::RegTMargin),
        _ => ("INDIVIDUAL", Capability::Cash),
    };
    let count = usize::try_from(n).unwrap_or(0) % (stocks.len() + 1);
    let first = usize::try_from(n * 7).unwrap_or(0);
    let positions = stocks
        .iter()
        .cycle()
        .skip(first % stocks.len().max(1))
        .take(count)
        .map(|con_id| OpeningPosition {
            con_id: *con_id,
            quantity: Decimal::from(1 + n % 9),
            average_cost: Decimal::new(100_00, 2),
        })
        .collect();
    OpeningAccount {
        cash: vec![(Currency::Usd, Decimal::new(100_000_00 + i64::from(n), 2))],
        positions,
        ..empty(5_000_000 + n, kind, capability)
    }
}
