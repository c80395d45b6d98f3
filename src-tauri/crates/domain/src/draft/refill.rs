//! From a draft back to a ticket that reads as that draft.

use super::{Draft, DraftInput};
use crate::algo::{AlgoInfo, AlgoInput, ParamKind};
use crate::combo::LegInput;
use crate::condition::{Condition, ConditionInput, ConditionKind, Reaches, Test};
use crate::decimal::Price;
use crate::exits::{Exits, ExitsInput, StopKind, TrailUnit};
use crate::handling::HandlingInput;
use crate::instant::UnixMillis;
use crate::pricing::{Pricing, TrailBy};
use crate::tif::TimeInForce;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

impl Draft {
    /// A ticket that holds this draft.
    #[must_use]
    pub fn to_input(&self) -> DraftInput {
        let mut input = DraftInput {
            changes: self.changes.as_ref().map(ToString::to_string),
            account: self.account.to_string(),
            con_id: self.legs.is_empty().then_some(self.con_id.get()),
            legs: self
                .legs
                .iter()
                .map(|leg| LegInput {
                    con_id: leg.con_id.get(),
                    side: leg.side,
                    ratio: leg.ratio,
                })
                .collect(),
            side: self.side,
            quantity: self.quantity.to_string(),
            order_type: self.order_type(),
            tif: self.tif.choice(),
            good_till: match self.tif {
                TimeInForce::Gtd { until } => Some(until),
                _ => None,
            },
            handling: HandlingInput {
                outside_rth: self.handling.outside_rth,
                hidden: self.handling.hidden,
                display_size: text(self.handling.display_size),
                all_or_none: self.handling.all_or_none,
                min_quantity: text(self.handling.min_quantity),
                oca_group: self
                    .handling
                    .oca
                    .as_ref()
                    .map_or(String::new(), |oca| oca.group.clone()),
                oca_kind: self
                    .handling
                    .oca
                    .as_ref()
                    .map_or_else(Default::default, |oca| oca.kind),
            },
            algo: self.algo.as_ref().map(|algo| AlgoInput {
                id: algo.id.clone(),
                params: algo_texts(&algo.id, &algo.params),
            }),
            conditions: self.conditions.list.iter().map(condition).collect(),
            conditions_cancel: self.conditions.cancel,
            conditions_outside_rth: self.conditions.outside_rth,
            exits: self.exits.as_ref().map(exits),
            waivers: self.waivers,
            ..DraftInput::empty(self.intent.as_str())
        };
        prices(&mut input, self.pricing);
        input
    }
}

fn text(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

fn prices(input: &mut DraftInput, pricing: Pricing) {
    let distance = |by: TrailBy| match by {
        TrailBy::Amount { amount } => (amount.to_string(), TrailUnit::Amount),
        TrailBy::Percent { percent } => (percent.get().to_string(), TrailUnit::Percent),
    };
    let number = |value: Decimal| value.normalize().to_string();
    input.stop_price = text(pricing.trigger());
    match pricing {
        Pricing::Relative { offset, cap } => {
            input.offset = offset.to_string();
            input.price_cap = text(cap);
        }
        Pricing::PegMid { offset, cap } => {
            input.offset = number(offset);
            input.price_cap = text(cap);
        }
        Pricing::Midprice { cap } => input.price_cap = text(cap),
        Pricing::Trail { by, .. } => (input.trail, input.trail_unit) = distance(by),
        Pricing::TrailLimit { by, offset, .. } => {
            (input.trail, input.trail_unit) = distance(by);
            input.offset = number(offset);
        }
        other => input.limit_price = text(other.limit()),
    }
}

fn algo_texts(id: &str, params: &[(String, String)]) -> BTreeMap<String, String> {
    let kind = |tag: &str| {
        let info = AlgoInfo::named(id)?;
        Some(info.params.iter().find(|p| p.tag == tag)?.kind)
    };
    params
        .iter()
        .map(|(tag, value)| {
            let typed = match kind(tag) {
                Some(ParamKind::Share { .. }) => {
                    value.parse::<Decimal>().map_or(value.clone(), |share| {
                        (share * Decimal::ONE_HUNDRED).normalize().to_string()
                    })
                }
                Some(ParamKind::Time) => {
                    UnixMillis::from_wire_utc(value).map_or(value.clone(), |at| at.0.to_string())
                }
                _ => value.clone(),
            };
            (tag.clone(), typed)
        })
        .collect()
}

fn condition(condition: &Condition) -> ConditionInput {
    let (kind, of, reaches, value) = match &condition.test {
        Test::Price { of, reaches, price } => {
            (ConditionKind::Price, Some(of), *reaches, price.to_string())
        }
        Test::Time { reaches, at } => (ConditionKind::Time, None, *reaches, at.0.to_string()),
        Test::Volume {
            of,
            reaches,
            volume,
        } => (
            ConditionKind::Volume,
            Some(of),
            *reaches,
            volume.to_string(),
        ),
        Test::PercentChange {
            of,
            reaches,
            percent,
        } => (
            ConditionKind::PercentChange,
            Some(of),
            *reaches,
            percent.normalize().to_string(),
        ),
        Test::Margin { reaches, percent } => {
            (ConditionKind::Margin, None, *reaches, percent.to_string())
        }
        Test::Execution { of } => (
            ConditionKind::Execution,
            Some(of),
            Reaches::default(),
            String::new(),
        ),
    };
    ConditionInput {
        kind,
        con_id: of.map(|of| of.con_id.get()),
        reaches,
        value,
        and: condition.and,
    }
}

fn exits(exits: &Exits) -> ExitsInput {
    let mut input = ExitsInput {
        take_profit: text(exits.take_profit()),
        with_stop: exits.stop().is_some(),
        stop_price: text(exits.stop().and_then(Pricing::trigger)),
        stop_limit: text(exits.stop().and_then(Pricing::limit).map(Price::get)),
        until_cancelled: exits.tif() == TimeInForce::Gtc,
        ..ExitsInput::default()
    };
    match exits.stop() {
        Some(Pricing::StopLimit { .. }) => input.stop_kind = StopKind::StopLimit,
        Some(Pricing::Trail { by, .. }) => {
            input.stop_kind = StopKind::Trail;
            (input.trail, input.trail_unit) = match by {
                TrailBy::Amount { amount } => (amount.to_string(), TrailUnit::Amount),
                TrailBy::Percent { percent } => (percent.get().to_string(), TrailUnit::Percent),
            };
        }
        _ => {}
    }
    input
}
