//! Legs for a strategy's name, and the strikes beside a leg.
//!
//! Deliberately not here: which strikes are sensible and what legs a name has, which is
//! `analytics::options::strategy`.

use super::Desk;
use super::views::instrument_view;
use crate::error::{ApiError, ErrorCode};
use crate::view::{InstrumentView, PlanInput, PlannedLeg, PlannedView};
use gatehouse_analytics::options::leg::{Leg, LegKind};
use gatehouse_analytics::options::model::Exercise;
use gatehouse_analytics::options::picture::OptionMarket;
use gatehouse_analytics::options::strategy::build::{
    self, Parameters, Plan, Rung, sensible_strikes,
};
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::{Instrument, SecurityKind};
use gatehouse_domain::derivative::{Expiry, Right};
use gatehouse_domain::draft::Side;
use gatehouse_domain::id::ConId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::quote::{Quote, QuoteField};
use std::collections::BTreeMap;

/// The listed options of one class and expiry.
pub(super) struct Listed<'a> {
    pub(super) expiry: Expiry,
    /// By strike, and whether it is a call.
    pub(super) options: BTreeMap<(Decimal, bool), &'a Instrument>,
}

impl Desk {
    pub(super) fn planned(
        &self,
        input: &PlanInput,
        now: UnixMillis,
    ) -> Result<PlannedView, ApiError> {
        match input {
            PlanInput::Plan {
                con_id,
                trading_class,
                plan,
                right,
                side,
                expiries,
            } => {
                let plan = Plan::of_id(plan)
                    .ok_or_else(|| bad(format!("There is no strategy {plan:?}.")))?;
                let listed = expiries
                    .iter()
                    .map(|expiry| self.listed(*con_id, trading_class, expiry));
                let listed = listed.collect::<Result<Vec<_>, _>>()?;
                self.plan(*con_id, plan, (*right, *side), &listed, now)
            }
            PlanInput::Roll {
                account,
                held,
                expiry,
            } => self.roll(account, held, expiry),
        }
    }

    fn plan(
        &self,
        underlying: i32,
        plan: Plan,
        (right, side): (Right, Side),
        listed: &[Listed<'_>],
        now: UnixMillis,
    ) -> Result<PlannedView, ApiError> {
        let underlying = self.looked_up(underlying)?;
        let mut options = listed.iter().flat_map(|one| one.options.values());
        if let Some(option) = options.find(|option| option.contract.is_adjusted()) {
            return Err(bad(format!(
                "{} {}. What its options deliver is not known, so no strategy is made of them.",
                class_of(option),
                option.contract.adjusted_words()
            )));
        }
        if plan.has_stock() && underlying.contract.kind != SecurityKind::Stock {
            return Err(bad(format!(
                "{} takes shares, and {} has none.",
                plan.label(),
                underlying.contract.symbol
            )));
        }
        let quote = self.quotes.get(&underlying.contract.con_id);
        let spot = quote
            .and_then(Quote::mark)
            .map(|seen| seen.value)
            .filter(|price| *price > Decimal::ZERO)
            .ok_or_else(|| {
                bad(format!(
                    "The price of {} is not known yet.",
                    underlying.contract.symbol
                ))
            })?;
        let ladder = self.ladder_of(underlying, listed, spot, now);
        let strikes = sensible_strikes(plan, right, &ladder, spot).ok_or_else(|| {
            bad("There are too few strikes about the money for it on this expiry.".to_owned())
        })?;
        let expiries: Vec<Expiry> = listed.iter().map(|one| one.expiry).collect();
        let multiplier = listed
            .iter()
            .find_map(|one| one.options.values().next())
            .map(|option| option.contract.multiplier);
        let parameters = Parameters {
            right,
            side,
            expiries: &expiries,
            strikes: &strikes,
            multiplier: multiplier.ok_or_else(not_listed)?,
        };
        let legs = build::legs(plan, &parameters).map_err(|why| bad(why.to_string()))?;
        Ok(PlannedView {
            legs: found(&legs, Some(underlying), listed)?,
            quantity: None,
        })
    }

    /// The options beside one: of its class, expiry and right, by rising strike.
    pub(super) fn ladder(&self, con_id: ConId) -> Result<Vec<InstrumentView>, ApiError> {
        let option = self.instruments.get(&con_id).ok_or_else(not_listed)?;
        let terms = |one: &Instrument| {
            let derivative = one.contract.derivative?;
            let option = derivative.option?;
            Some((derivative.expiry, option.right))
        };
        let underlying = self.underlying_of.get(&con_id).ok_or_else(not_listed)?;
        let Some((expiry, right)) = terms(option) else {
            return Err(not_listed());
        };
        let class = class_of(option).to_owned();
        let listed = self.listed(underlying.get(), &class, &expiry.wire())?;
        let beside = listed.options.into_iter();
        Ok(beside
            .filter(|((_, call), _)| *call == (right == Right::Call))
            .map(|(_, one)| instrument_view(&one.contract, Some(one)))
            .collect())
    }

    pub(super) fn looked_up(&self, con_id: i32) -> Result<&Instrument, ApiError> {
        ConId::new(con_id)
            .and_then(|con_id| self.instruments.get(&con_id))
            .ok_or_else(not_listed)
    }

    pub(super) fn listed(
        &self,
        underlying: i32,
        trading_class: &str,
        expiry: &str,
    ) -> Result<Listed<'_>, ApiError> {
        let expiry = Expiry::from_wire(expiry).ok_or_else(not_listed)?;
        let of_it = self.underlying_of.iter();
        let options: BTreeMap<_, _> = of_it
            .filter(|(_, under)| under.get() == underlying)
            .filter_map(|(con_id, _)| {
                let option = self.instruments.get(con_id)?;
                let derivative = option.contract.derivative?;
                let terms = derivative.option?;
                let is_of_it = derivative.expiry == expiry && class_of(option) == trading_class;
                let key = (terms.strike.get(), terms.right == Right::Call);
                is_of_it.then_some((key, option))
            })
            .collect();
        if options.is_empty() {
            return Err(not_listed());
        }
        Ok(Listed { expiry, options })
    }

    /// The strikes that every expiry lists as call and put, with the deltas of the first one:
    /// the broker's where it tells them, else the model's at the volatility nearest the money.
    fn ladder_of(
        &self,
        underlying: &Instrument,
        listed: &[Listed<'_>],
        spot: Decimal,
        now: UnixMillis,
    ) -> Vec<Rung> {
        let Some((first, others)) = listed.split_first() else {
            return Vec::new();
        };
        let on_all = |key: &(Decimal, bool)| others.iter().all(|one| one.options.contains_key(key));
        let volatility = first
            .options
            .iter()
            .filter_map(|((strike, _), option)| {
                let greeks = self.greeks_view(option.contract.con_id)?;
                Some(((*strike - spot).abs(), greeks.implied_volatility.value?))
            })
            .min_by_key(|(away, _)| *away)
            .map(|(_, volatility)| volatility);
        let assumed = self.assumed(underlying.contract.con_id, None);
        let delta = |option: &Instrument| {
            let quote = self.quotes.get(&option.contract.con_id);
            let told = quote.and_then(|quote| quote.get(QuoteField::Delta));
            if let Some(told) = told {
                return Some(told.value);
            }
            let LegKind::Option(kind) = LegKind::of(&option.contract)? else {
                return None;
            };
            // Early exercise hardly moves a delta away from the money, and takes long to reckon.
            let market = OptionMarket {
                volatility,
                exercise: Exercise::European,
                ..OptionMarket::of(&option.contract, &underlying.contract)?
            };
            market.greeks(kind, spot, &assumed, now)?.delta
        };
        let strikes = first.options.keys().filter(|(_, call)| *call);
        strikes
            .filter_map(|(strike, _)| {
                let (call, put) = ((*strike, true), (*strike, false));
                let there = on_all(&call) && on_all(&put);
                let put = first.options.get(&put).filter(|_| there)?;
                Some(Rung {
                    strike: *strike,
                    call: first.options.get(&call).and_then(|one| delta(one)),
                    put: delta(put),
                })
            })
            .collect()
    }
}

/// The instruments of legs, among what is listed.
pub(super) fn found(
    legs: &[Leg],
    stock: Option<&Instrument>,
    listed: &[Listed<'_>],
) -> Result<Vec<PlannedLeg>, ApiError> {
    let of = |kind: LegKind| match kind {
        LegKind::Stock => stock,
        LegKind::Option(option) => listed
            .iter()
            .filter(|one| one.expiry == option.expiry)
            .find_map(|one| {
                let key = (option.strike, option.right == Right::Call);
                one.options.get(&key).copied()
            }),
    };
    legs.iter()
        .map(|leg| {
            let instrument = of(leg.kind()).ok_or_else(not_listed)?;
            Ok(PlannedLeg {
                side: leg.side(),
                ratio: leg.ratio(),
                instrument: instrument_view(&instrument.contract, Some(instrument)),
            })
        })
        .collect()
}

/// One whose class is not told is of the class that bears the underlying's name.
pub(super) fn class_of(option: &Instrument) -> &str {
    let contract = &option.contract;
    contract.option_class().unwrap_or(contract.symbol.as_str())
}

pub(super) fn not_listed() -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        "Those options have not been listed yet. Open their chain again.",
    )
}

pub(super) fn bad(message: String) -> ApiError {
    ApiError::new(ErrorCode::BadInput, message)
}
