//! What a chain's prices say of what is to come: how far the underlying is expected to move by
//! each expiry, the model's bands, which strikes lie within a delta, where the volatility stands
//! among a year's, and the next dividend. Asks the broker for nothing but that year.
//!
//! Deliberately not here: the reckoning, which is `analytics::options::prospects`.

use super::modelled::middle;
use super::{Desk, broker_error};
use crate::effect::{Answer, AskId, Effect};
use crate::error::{ApiError, ErrorCode};
use crate::port::BrokerError;
use crate::view::{
    ChainOutlookInput, ChainOutlookView, DividendsView, ExpiryOutlookView, Figure, MoveBasis,
    SigmaView, StrikeSpan, VolatilityRankView,
};
use gatehouse_analytics::options::picture::end_of;
use gatehouse_analytics::options::prospects::Outlook;
use gatehouse_analytics::options::{expected_move, volatility_rank};
use gatehouse_domain::Decimal;
use gatehouse_domain::chain::{
    Dated, DayVolatility, OptionClass, days_between, exchange_day, is_adjusted,
};
use gatehouse_domain::contract::Contract;
use gatehouse_domain::derivative::{Expiry, Right};
use gatehouse_domain::id::ConId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::{Observed, Source};
use gatehouse_domain::quote::{Quote, QuoteField};
use std::collections::BTreeMap;

/// A strike's call and put.
#[derive(Debug, Clone, Copy, Default)]
struct Pair {
    call: Option<ConId>,
    put: Option<ConId>,
}

type Board = BTreeMap<Decimal, Pair>;

impl Desk {
    pub(super) fn volatility_history(&self, id: AskId, con_id: ConId) -> Vec<Effect> {
        match self.instruments.get(&con_id) {
            Some(underlying) => vec![Effect::VolatilityHistory {
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

    pub(super) fn on_volatility_history(
        &mut self,
        id: AskId,
        con_id: ConId,
        answer: Result<Dated<Vec<DayVolatility>>, BrokerError>,
    ) -> Vec<Effect> {
        let answer = match answer {
            Ok(history) => {
                self.volatility_histories.insert(con_id, history);
                Ok(Answer::Done)
            }
            Err(error) => Err(broker_error(&error)),
        };
        vec![Effect::Answer { id, answer }]
    }

    pub(super) fn outlook(
        &self,
        id: AskId,
        input: &ChainOutlookInput,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let answer = self
            .outlook_view(input, now)
            .map(|view| Answer::Outlook(Box::new(view)));
        vec![Effect::Answer { id, answer }]
    }

    fn outlook_view(
        &self,
        input: &ChainOutlookInput,
        now: UnixMillis,
    ) -> Result<ChainOutlookView, ApiError> {
        let least_delta = least_delta(&input.least_delta)?;
        let con_id = ConId::new(input.con_id);
        let underlying = con_id.and_then(|id| Some((id, &self.instruments.get(&id)?.contract)));
        let class = con_id.and_then(|id| {
            let mut classes = self.option_classes.get(&id)?.iter();
            classes.find(|class| class.trading_class == input.trading_class)
        });
        let (Some((con_id, underlying)), Some(class)) = (underlying, class) else {
            return Err(ApiError::new(
                ErrorCode::NotFound,
                "This chain has not been loaded yet. Open it again.",
            ));
        };
        let today = exchange_day(now);
        let to_come = |expiry: &&Expiry| today.is_some_and(|day| days_between(day, **expiry) >= 0);
        Ok(ChainOutlookView {
            con_id: input.con_id,
            trading_class: class.trading_class.clone(),
            expiries: class
                .expiries
                .iter()
                .filter(to_come)
                .map(|expiry| self.expiry_outlook(underlying, class, *expiry, least_delta, now))
                .collect(),
            volatility_rank: self.volatility_rank(con_id),
            dividends: self.dividends_view(con_id),
            assumes: self.assumed_words(underlying, None, now),
        })
    }

    fn expiry_outlook(
        &self,
        underlying: &Contract,
        class: &OptionClass,
        expiry: Expiry,
        least_delta: Option<Decimal>,
        now: UnixMillis,
    ) -> ExpiryOutlookView {
        let mut outlook = ExpiryOutlookView {
            expiry: expiry.wire(),
            expected_move: Figure::UNKNOWN,
            basis: None,
            straddle: None,
            volatility: Figure::UNKNOWN,
            one_sigma: None,
            two_sigma: None,
            within_delta: None,
        };
        if is_adjusted(&class.trading_class, underlying.symbol.as_str()) {
            return outlook;
        }
        let quote = self.quotes.get(&underlying.con_id);
        let Some(spot) = quote.and_then(Quote::mark).filter(is_positive) else {
            return outlook;
        };
        let board = self.board(underlying.con_id, class, expiry);
        let nearest = board
            .iter()
            .min_by_key(|(strike, _)| (**strike - spot.value).abs());
        let straddle = nearest
            .and_then(|(strike, pair)| self.straddle(*strike, *pair, spot).zip(Some(*strike)));
        let own = nearest.and_then(|(_, pair)| self.volatility_of(*pair));
        let thirty_days = quote
            .and_then(|q| q.get(QuoteField::ImpliedVolatility))
            .filter(is_positive);
        let volatility = own.or(thirty_days);
        let given = volatility.and_then(|told| {
            let end = end_of(&class.trading_class, expiry)?;
            let assumed = self.assumed(underlying.con_id, None);
            let given = Outlook::new(spot.value, told.value, now, end, &assumed)?;
            Some((given, told.at.min(spot.at)))
        });
        let modelled = |value, at: UnixMillis| Figure {
            value: Some(value),
            at: Some(at.into()),
            source: Some(Source::Model),
        };
        if let Some((moved, strike)) = straddle {
            outlook.expected_move = modelled(moved.value, moved.at);
            outlook.basis = Some(MoveBasis::Straddle);
            outlook.straddle = Some(strike);
        } else if let Some((given, at)) = &given
            && let Some(moved) = given.expected_move()
        {
            outlook.expected_move = modelled(moved, *at);
            outlook.basis = Some(match own {
                Some(_) => MoveBasis::Volatility,
                None => MoveBasis::ThirtyDays,
            });
        }
        let Some((given, _)) = given else {
            return outlook;
        };
        outlook.volatility = volatility.map_or(Figure::UNKNOWN, |v| modelled(v.value, v.at));
        let band = |deviations| {
            let (low, high) = given.band(deviations)?;
            Some(SigmaView { low, high })
        };
        outlook.one_sigma = band(1);
        outlook.two_sigma = band(2);
        outlook.within_delta = least_delta.and_then(|least| self.within(&board, &given, least));
        outlook
    }

    /// By strike, the options of an expiry that has been opened.
    fn board(&self, con_id: ConId, class: &OptionClass, expiry: Expiry) -> Board {
        let place = (con_id, class.trading_class.clone(), expiry);
        let mut board = Board::new();
        for option in self.boards.get(&place).into_iter().flatten() {
            let contract = self.contracts.get(option);
            let Some(terms) = contract.and_then(|c| c.derivative?.option) else {
                continue;
            };
            let pair = board.entry(terms.strike.get()).or_default();
            match terms.right {
                Right::Call => pair.call = Some(*option),
                Right::Put => pair.put = Some(*option),
            }
        }
        board
    }

    fn straddle(
        &self,
        strike: Decimal,
        pair: Pair,
        spot: Observed<Decimal>,
    ) -> Option<Observed<Decimal>> {
        let quoted = |con_id: Option<ConId>| middle(self.quotes.get(&con_id?)?);
        let (call, put) = (quoted(pair.call)?, quoted(pair.put)?);
        let moved = expected_move::by_straddle(call.value, put.value, strike, spot.value)?;
        Some(Observed {
            value: moved,
            at: call.at.min(put.at).min(spot.at),
            source: Source::Model,
        })
    }

    /// The mean of what a call and a put of one strike imply, or the one that is known.
    fn volatility_of(&self, pair: Pair) -> Option<Observed<Decimal>> {
        let implied = |con_id: Option<ConId>| {
            let told = self.greeks_view(con_id?)?.implied_volatility;
            let seen = Observed {
                value: told.value?,
                at: UnixMillis(told.at?.0),
                source: Source::Model,
            };
            is_positive(&seen).then_some(seen)
        };
        match (implied(pair.call), implied(pair.put)) {
            (Some(call), Some(put)) => Some(Observed {
                value: (call.value + put.value) / Decimal::TWO,
                at: call.at.min(put.at),
                source: Source::Model,
            }),
            (call, put) => call.or(put),
        }
    }

    /// The strikes whose call has a delta of so much, up to one less so much: its own where it is
    /// told, else the model's at the money's volatility.
    fn within(&self, board: &Board, given: &Outlook, least: Decimal) -> Option<StrikeSpan> {
        let delta = |strike: &Decimal, pair: &Pair| {
            let told = |con_id: Option<ConId>| {
                let quote = self.quotes.get(&con_id?)?;
                Some(quote.get(QuoteField::Delta)?.value)
            };
            let by_put = || told(pair.put).map(|delta| Decimal::ONE + delta);
            told(pair.call)
                .or_else(by_put)
                .or_else(|| given.call_delta(*strike))
        };
        let mut inside = board
            .iter()
            .filter(|(strike, pair)| {
                delta(strike, pair).is_some_and(|d| (least..=Decimal::ONE - least).contains(&d))
            })
            .map(|(strike, _)| *strike);
        let lowest = inside.next()?;
        Some(StrikeSpan {
            lowest,
            highest: inside.next_back().unwrap_or(lowest),
        })
    }

    fn volatility_rank(&self, con_id: ConId) -> Option<VolatilityRankView> {
        let history = self.volatility_histories.get(&con_id)?;
        let days: Vec<Decimal> = history.value.iter().map(|day| day.volatility).collect();
        let told = self
            .quotes
            .get(&con_id)
            .and_then(|quote| quote.get(QuoteField::ImpliedVolatility))
            .filter(is_positive);
        // Without a line the newest day stands for now.
        let (now, at) = match told {
            Some(told) => (Some(told.value), told.at.min(history.taken)),
            None => (days.last().copied(), history.taken),
        };
        let standing = now.and_then(|now| volatility_rank::standing(&days, now));
        let modelled = |value: Option<Decimal>| match value {
            Some(_) => Figure {
                value,
                at: Some(at.into()),
                source: Some(Source::Model),
            },
            None => Figure::UNKNOWN,
        };
        Some(VolatilityRankView {
            rank: modelled(standing.and_then(|s| s.rank)),
            percentile: modelled(standing.and_then(|s| s.percentile)),
            low: standing.map(|s| s.low),
            high: standing.map(|s| s.high),
            days: u32::try_from(days.len()).unwrap_or(u32::MAX),
            taken: history.taken.into(),
        })
    }

    fn dividends_view(&self, con_id: ConId) -> Option<DividendsView> {
        let told = self.dividends.get(&con_id)?;
        let (day, amount) = told.value.next.unzip();
        Some(DividendsView {
            past_year: told.value.past_year,
            next_year: told.value.next_year,
            next_day: day.map(Expiry::wire),
            next_amount: amount,
            at: told.taken.into(),
        })
    }
}

fn is_positive(seen: &Observed<Decimal>) -> bool {
    seen.value > Decimal::ZERO
}

fn least_delta(typed: &str) -> Result<Option<Decimal>, ApiError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let read: Option<Decimal> = typed.trim().parse().ok();
    read.filter(|share| (Decimal::ZERO..=Decimal::new(5, 1)).contains(share))
        .map(Some)
        .ok_or_else(|| {
            let message = format!("{typed:?} is no delta from 0 to 0.5.");
            ApiError::new(ErrorCode::BadInput, message)
        })
}
