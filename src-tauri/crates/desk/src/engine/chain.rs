//! Option chains: what there is to choose from, and the quotes of what the page shows of it.

use super::views::instrument_view;
use super::{Desk, broker_error};
use crate::effect::{Answer, AskId, Effect};
use crate::error::ErrorCode;
use crate::port::BrokerError;
use crate::view::{ChainView, ExpiryView, GreeksView, OptionClassView, StrikeView, StrikesView};
use gatehouse_domain::Decimal;
use gatehouse_domain::chain::{
    Dated, ExpiryKind, OptionClass, days_between, exchange_day, is_adjusted,
};
use gatehouse_domain::contract::Instrument;
use gatehouse_domain::derivative::{Expiry, Right};
use gatehouse_domain::id::ConId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::quote::{Quote, QuoteField};
use gatehouse_domain::settlement::{Settles, settlement_day};
use std::collections::{BTreeMap, BTreeSet};

impl Desk {
    pub(super) fn chain(&self, id: AskId, con_id: ConId) -> Vec<Effect> {
        match self.instruments.get(&con_id) {
            Some(underlying) => vec![Effect::OptionClasses {
                id,
                underlying: underlying.contract.clone(),
            }],
            None => vec![Self::refuse(
                id,
                ErrorCode::NotFound,
                "This instrument has not been looked up yet. Choose it again.",
            )],
        }
    }

    pub(super) fn on_option_classes(
        &mut self,
        id: AskId,
        con_id: ConId,
        answer: Result<Dated<Vec<OptionClass>>, BrokerError>,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let (Ok(dated), Some(underlying)) = (&answer, self.instruments.get(&con_id)) else {
            let error = answer.err().unwrap_or(BrokerError::NotConnected);
            let answer = Err(broker_error(&error));
            return vec![Effect::Answer { id, answer }];
        };
        let symbol = underlying.contract.symbol.as_str();
        let mut classes: Vec<OptionClassView> = dated
            .value
            .iter()
            .map(|class| class_view(class, symbol, now))
            .filter(|class| !class.expiries.is_empty())
            .collect();
        classes.sort_by_key(|class| (!class.standard, class.trading_class.clone()));
        let view = ChainView {
            underlying: instrument_view(&underlying.contract, Some(underlying)),
            classes,
            taken: dated.taken.into(),
        };
        self.option_classes.insert(con_id, dated.value.clone());
        vec![Effect::Answer {
            id,
            answer: Ok(Answer::Chain(Box::new(view))),
        }]
    }

    pub(super) fn strikes(
        &self,
        id: AskId,
        con_id: ConId,
        trading_class: &str,
        expiry: &str,
    ) -> Vec<Effect> {
        let underlying = self.instruments.get(&con_id);
        let class = self.option_classes.get(&con_id).and_then(|classes| {
            let mut named = classes.iter().filter(|c| c.trading_class == trading_class);
            named.next()
        });
        let expiry = Expiry::from_wire(expiry);
        let (Some(underlying), Some(class), Some(expiry)) = (underlying, class, expiry) else {
            return vec![Self::refuse(
                id,
                ErrorCode::NotFound,
                "This chain has not been loaded yet. Open it again.",
            )];
        };
        vec![Effect::Options {
            id,
            underlying: underlying.contract.clone(),
            class: class.clone(),
            expiry,
        }]
    }

    pub(super) fn on_options(
        &mut self,
        id: AskId,
        con_id: ConId,
        class: &OptionClass,
        expiry: Expiry,
        answer: Result<Dated<Vec<Instrument>>, BrokerError>,
    ) -> Vec<Effect> {
        let dated = match answer {
            Ok(dated) => dated,
            Err(error) => {
                let answer = Err(broker_error(&error));
                return vec![Effect::Answer { id, answer }];
            }
        };
        let mut rows: BTreeMap<Decimal, StrikeView> = BTreeMap::new();
        let mut board = Vec::new();
        for option in dated.value {
            let contract = &option.contract;
            let Some(terms) = contract.derivative.and_then(|d| d.option) else {
                continue;
            };
            let view = Some(instrument_view(contract, Some(&option)));
            let strike = terms.strike.get();
            let row = rows.entry(strike).or_insert(StrikeView {
                strike,
                call: None,
                put: None,
            });
            match terms.right {
                Right::Call => row.call = view,
                Right::Put => row.put = view,
            }
            board.push(contract.con_id);
            // Known from now on, so that a click needs no other look-up.
            self.underlying_of.insert(contract.con_id, con_id);
            self.contracts.insert(contract.con_id, contract.clone());
            self.instruments.insert(contract.con_id, option);
        }
        let place = (con_id, class.trading_class.clone(), expiry);
        self.boards.insert(place, board);
        let view = StrikesView {
            con_id: con_id.get(),
            trading_class: class.trading_class.clone(),
            expiry: expiry.wire(),
            rows: rows.into_values().collect(),
            taken: dated.taken.into(),
        };
        vec![Effect::Answer {
            id,
            answer: Ok(Answer::Strikes(Box::new(view))),
        }]
    }

    /// The page shows these options now, most wanted first; an empty list when it shows none.
    pub(super) fn show_options(
        &mut self,
        id: AskId,
        con_ids: Vec<ConId>,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let known: Vec<ConId> = con_ids
            .into_iter()
            .filter(|con_id| self.contracts.contains_key(con_id))
            .collect();
        // A quote that is neither shown nor kept up to date any more would only grow old.
        let shown: BTreeSet<ConId> = known.iter().copied().collect();
        let (watched, of_chains) = (&self.watched, &self.underlying_of);
        self.quotes.retain(|con_id, _| {
            shown.contains(con_id)
                || watched.contains_key(con_id)
                || !of_chains.contains_key(con_id)
        });
        self.lines.show(known);
        let mut effects = self.share_lines(now);
        effects.push(Effect::Answer {
            id,
            answer: Ok(Answer::Done),
        });
        effects
    }

    /// Shares the lines of market data out anew.
    pub(super) fn share_lines(&mut self, now: UnixMillis) -> Vec<Effect> {
        if self.lines.is_idle() {
            return Vec::new();
        }
        let others = self.lines_of_others();
        let quotes = &self.quotes;
        let moves = self.lines.plan(others, now, |con_id, since| {
            let quote = quotes.get(&con_id);
            quote.and_then(Quote::newest).is_some_and(|at| at > since)
        });
        let mut effects = Vec::new();
        for con_id in &moves.close {
            effects.extend(self.unwatch(*con_id));
        }
        for con_id in &moves.open {
            effects.extend(self.watch(*con_id));
        }
        self.page.lines |= !(moves.open.is_empty() && moves.close.is_empty());
        effects
    }

    /// How many lines are open for anything but the options on the screen.
    pub(super) fn lines_of_others(&self) -> usize {
        self.watched
            .iter()
            .filter(|(con_id, reasons)| **reasons > u32::from(self.lines.holds(**con_id)))
            .count()
    }

    /// What a model says of an option; `None` for anything else. The broker's model where it has
    /// spoken, else ours on the same quotes, marked as such.
    pub(super) fn greeks_view(&self, con_id: ConId) -> Option<GreeksView> {
        let contract = self.contracts.get(&con_id)?;
        contract.derivative?.option?;
        let quote = self.quotes.get(&con_id);
        let told = |field| quote.and_then(|q| q.get(field));
        if told(QuoteField::Delta).is_none()
            && let Some(ours) = self.our_greeks(contract)
        {
            return Some(ours);
        }
        let figure = |field| told(field).into();
        Some(GreeksView {
            implied_volatility: figure(QuoteField::ImpliedVolatility),
            delta: figure(QuoteField::Delta),
            gamma: figure(QuoteField::Gamma),
            theta: figure(QuoteField::Theta),
            vega: figure(QuoteField::Vega),
            price: figure(QuoteField::ModelPrice),
            underlying: figure(QuoteField::UnderlyingPrice),
        })
    }
}

fn class_view(class: &OptionClass, symbol: &str, now: UnixMillis) -> OptionClassView {
    let today = exchange_day(now);
    let expiries = class.expiries.iter().filter_map(|expiry| {
        let days = days_between(today?, *expiry);
        (days >= 0).then(|| ExpiryView {
            expiry: expiry.wire(),
            settled: settlement_day(&class.trading_class, *expiry).wire(),
            days,
            kind: ExpiryKind::of(&class.trading_class, *expiry, days),
        })
    });
    OptionClassView {
        trading_class: class.trading_class.clone(),
        exchange: class.exchange.clone(),
        multiplier: class.multiplier,
        standard: class.is_standard(symbol),
        adjusted: is_adjusted(&class.trading_class, symbol),
        settles: Settles::of(&class.trading_class),
        expiries: expiries.collect(),
        strikes: class.strikes.iter().map(|strike| strike.get()).collect(),
    }
}
