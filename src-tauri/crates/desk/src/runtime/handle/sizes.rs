//! Questions about sizes and weights: what an order's size is reckoned from, and rebalancing.

use super::{DeskHandle, parse_account, parse_con_id, unexpected};
use crate::effect::{Answer, Ask};
use crate::error::ApiError;
use crate::port::{Broker, Store};
use crate::view::{DayRangeView, MovesWithView, RebalanceInput, RebalanceOutcome, SizeFactsView};

impl<B: Broker, S: Store> DeskHandle<B, S> {
    /// How far a contract's price usually moves in a day; its days are asked for once a day.
    ///
    /// # Errors
    /// When it has not been looked up, or the broker has none or can't be reached.
    pub async fn day_range(&self, con_id: i32) -> Result<DayRangeView, ApiError> {
        match self.ask(Ask::DayRange(parse_con_id(con_id)?)).await? {
            Answer::DayRange(view) => Ok(view),
            other => Err(unexpected(&other)),
        }
    }

    /// What an account's purchases are paid with, and what is promised of it already.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn size_facts(&self, account: &str) -> Result<SizeFactsView, ApiError> {
        match self.ask(Ask::SizeFacts(parse_account(account)?)).await? {
            Answer::SizeFacts(view) => Ok(view),
            other => Err(unexpected(&other)),
        }
    }

    /// How closely a contract's price moves with what an account holds most of; its days are
    /// asked for once a day.
    ///
    /// # Errors
    /// When it has not been looked up, or its own days can't be had.
    pub async fn moves_with(&self, account: &str, con_id: i32) -> Result<MovesWithView, ApiError> {
        let ask = Ask::MovesWith {
            account: parse_account(account)?,
            con_id: parse_con_id(con_id)?,
        };
        match self.ask(ask).await? {
            Answer::MovesWith(view) => Ok(view),
            other => Err(unexpected(&other)),
        }
    }

    /// The orders that bring wanted weights about; nothing of them is sent or asked for.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn rebalance(&self, input: RebalanceInput) -> Result<RebalanceOutcome, ApiError> {
        match self.ask(Ask::Rebalance(Box::new(input))).await? {
            Answer::Rebalance(outcome) => Ok(outcome),
            other => Err(unexpected(&other)),
        }
    }

    /// Keeps the quotes of what has a target coming, as far as there are lines of market data;
    /// every call names all of them.
    ///
    /// # Errors
    /// When an id is none, or the desk has stopped.
    pub async fn watch_targets(&self, con_ids: &[i32]) -> Result<(), ApiError> {
        let con_ids: Result<_, _> = con_ids.iter().map(|id| parse_con_id(*id)).collect();
        self.ask(Ask::WatchTargets(con_ids?)).await.map(|_| ())
    }
}
