//! Questions about chains of options and what legs come to.

use super::{DeskHandle, parse_con_id, unexpected};
use crate::effect::{Answer, Ask};
use crate::error::ApiError;
use crate::port::{Broker, Store};
use crate::view::{
    ChainOutlookInput, ChainOutlookView, ChainView, InstrumentView, PayoffInput, PayoffView,
    PlanInput, PlannedView, StrikesView,
};

impl<B: Broker, S: Store> DeskHandle<B, S> {
    /// Takes delayed prices, for as long as the program runs, where there is no leave for live
    /// ones.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn use_delayed_data(&self) -> Result<(), ApiError> {
        self.ask(Ask::UseDelayedData).await.map(|_| ())
    }

    /// The classes and expiries of the options on an instrument that has been looked up.
    ///
    /// # Errors
    /// When there are none, or the gateway can't be reached and none are kept from before.
    pub async fn chain(&self, con_id: i32) -> Result<ChainView, ApiError> {
        match self.ask(Ask::Chain(parse_con_id(con_id)?)).await? {
            Answer::Chain(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// The options of one class and expiry (`20261218`) of a chain that has been loaded.
    ///
    /// # Errors
    /// As [`chain`](Self::chain).
    pub async fn strikes(
        &self,
        con_id: i32,
        trading_class: String,
        expiry: String,
    ) -> Result<StrikesView, ApiError> {
        let ask = Ask::Strikes {
            con_id: parse_con_id(con_id)?,
            trading_class,
            expiry,
        };
        match self.ask(ask).await? {
            Answer::Strikes(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// What the prices of a chain say of what is to come: expected moves, bands, ranks.
    ///
    /// # Errors
    /// When the chain has not been loaded, or something asked for can't be read.
    pub async fn chain_outlook(
        &self,
        input: ChainOutlookInput,
    ) -> Result<ChainOutlookView, ApiError> {
        match self.ask(Ask::Outlook(input)).await? {
            Answer::Outlook(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// Has a year of the underlying's implied volatility come; [`chain_outlook`](Self::chain_outlook)
    /// tells its rank from then on.
    ///
    /// # Errors
    /// When the broker has none, or can't be reached.
    pub async fn volatility_history(&self, con_id: i32) -> Result<(), ApiError> {
        let con_id = parse_con_id(con_id)?;
        self.ask(Ask::VolatilityHistory(con_id)).await.map(|_| ())
    }

    /// What several legs come to: exact at expiry, by the model before it.
    ///
    /// # Errors
    /// When something typed can't be read or a leg has not been looked up.
    pub async fn payoff(&self, input: PayoffInput) -> Result<PayoffView, ApiError> {
        match self.ask(Ask::Payoff(input)).await? {
            Answer::Payoff(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// Legs for a strategy's name, or for a roll of what is held.
    ///
    /// # Errors
    /// When its options have not been listed, or none of them fit.
    pub async fn plan(&self, input: PlanInput) -> Result<PlannedView, ApiError> {
        match self.ask(Ask::Plan(input)).await? {
            Answer::Plan(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// The options of an option's class, expiry and right, by rising strike.
    ///
    /// # Errors
    /// When they have not been listed.
    pub async fn ladder(&self, con_id: i32) -> Result<Vec<InstrumentView>, ApiError> {
        match self.ask(Ask::Ladder(parse_con_id(con_id)?)).await? {
            Answer::Ladder(options) => Ok(options),
            other => Err(unexpected(&other)),
        }
    }

    /// Says which options are on the screen, most wanted first. They get lines of market data as
    /// far as there are any; the rest take turns.
    ///
    /// # Errors
    /// When an id is none, or the desk has stopped.
    pub async fn show_options(&self, con_ids: &[i32]) -> Result<(), ApiError> {
        let con_ids: Result<_, _> = con_ids.iter().map(|id| parse_con_id(*id)).collect();
        self.ask(Ask::ShowOptions(con_ids?)).await.map(|_| ())
    }
}
