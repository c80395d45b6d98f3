//! What an account holds.

use crate::contract::Contract;
use crate::id::{AccountId, ConId};
use crate::observed::Observed;
use rust_decimal::Decimal;

/// A position is found by its account and its contract.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PositionKey {
    /// The account.
    pub account: AccountId,
    /// The contract.
    pub con_id: ConId,
}

/// A holding of one contract in one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The account that holds it.
    pub account: AccountId,
    /// What is held.
    pub contract: Contract,
    /// How many; negative when short.
    pub quantity: Observed<Decimal>,
    /// What one cost on average, in the contract's currency, with commissions (IBKR's
    /// `avgCost`; for contracts with a multiplier it includes the multiplier).
    pub average_cost: Option<Decimal>,
    /// The broker's value of it, in the account's base currency (`pnlSingle`).
    pub value: Option<Observed<Decimal>>,
    /// P&L since the last close, as the broker computes it, in the account's base currency.
    pub daily_pnl: Option<Observed<Decimal>>,
    /// P&L against the average cost, as the broker computes it, in the account's base currency.
    pub unrealized_pnl: Option<Observed<Decimal>>,
}

impl Position {
    /// Its key.
    #[must_use]
    pub fn key(&self) -> PositionKey {
        PositionKey {
            account: self.account.clone(),
            con_id: self.contract.con_id,
        }
    }
}
