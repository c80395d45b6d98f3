//! Prices, times in force, handling, algorithms and conditions, field by field.

use crate::contract::exact;
use gatehouse_domain::condition::{Reaches, Test};
use gatehouse_domain::decimal::{Price, Quantity};
use gatehouse_domain::draft::Draft;
use gatehouse_domain::handling::OcaKind;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::pricing::{Pricing, TrailBy};
use gatehouse_domain::tif::TimeInForce;
use ibapi::contracts::TagValue;
use ibapi::orders as wire;
use wire::conditions::{
    ExecutionCondition, MarginCondition, PercentChangeCondition, PriceCondition, TimeCondition,
    TriggerMethod, VolumeCondition,
};

/// `orderType` with the prices that it needs.
pub fn price(wire: &mut wire::Order, pricing: Pricing) -> Result<(), String> {
    let limit = |price: Price| exact("price", price.get()).map(Some);
    let cap = |cap: Option<Price>| cap.map(|price| exact("price cap", price.get())).transpose();
    wire.order_type = pricing.code().to_owned();
    match pricing {
        Pricing::Market | Pricing::MarketOnClose | Pricing::MarketToLimit => {}
        Pricing::Limit { price } | Pricing::LimitOnClose { price } => {
            wire.limit_price = limit(price)?;
        }
        Pricing::Stop { trigger } | Pricing::MarketIfTouched { trigger } => {
            wire.aux_price = limit(trigger)?;
        }
        Pricing::StopLimit { trigger, price } | Pricing::LimitIfTouched { trigger, price } => {
            wire.aux_price = limit(trigger)?;
            wire.limit_price = limit(price)?;
        }
        Pricing::Trail { by, trigger } => {
            trail(wire, by)?;
            wire.trail_stop_price = cap(trigger)?;
        }
        Pricing::TrailLimit {
            by,
            trigger,
            offset,
        } => {
            trail(wire, by)?;
            wire.trail_stop_price = limit(trigger)?;
            wire.limit_price_offset = Some(exact("offset", offset)?);
        }
        Pricing::Relative { offset, cap: most } => {
            wire.aux_price = limit(offset)?;
            wire.limit_price = cap(most)?;
        }
        Pricing::Midprice { cap: most } => wire.limit_price = cap(most)?,
        Pricing::PegMid { offset, cap: most } => {
            wire.aux_price = Some(exact("offset", offset)?);
            wire.limit_price = cap(most)?;
        }
    }
    Ok(())
}

fn trail(wire: &mut wire::Order, by: TrailBy) -> Result<(), String> {
    match by {
        TrailBy::Amount { amount } => {
            wire.aux_price = Some(exact("trailing distance", amount.get())?);
        }
        TrailBy::Percent { percent } => {
            wire.trailing_percent = Some(exact("trailing percentage", percent.get())?);
        }
    }
    Ok(())
}

/// `tif` and `goodTillDate`.
pub fn time(wire: &mut wire::Order, tif: TimeInForce) -> Result<(), String> {
    wire.tif = match tif {
        TimeInForce::Day => wire::TimeInForce::Day,
        TimeInForce::Gtc => wire::TimeInForce::GoodTillCanceled,
        TimeInForce::Ioc => wire::TimeInForce::ImmediateOrCancel,
        TimeInForce::Fok => wire::TimeInForce::FillOrKill,
        TimeInForce::Opg => wire::TimeInForce::OnOpen,
        TimeInForce::Gtd { until } => {
            wire.good_till_date = moment(until)?;
            wire::TimeInForce::GoodTillDate
        }
    };
    Ok(())
}

fn moment(at: UnixMillis) -> Result<String, String> {
    at.wire_utc()
        .ok_or_else(|| "a moment of it lies outside the calendar.".to_owned())
}

/// Handling, algorithm and conditions.
pub fn add(wire: &mut wire::Order, draft: &Draft) -> Result<(), String> {
    let handling = &draft.handling;
    wire.outside_rth = handling.outside_rth;
    wire.hidden = handling.hidden;
    wire.all_or_none = handling.all_or_none;
    wire.display_size = handling.display_size.map(whole).transpose()?;
    wire.min_qty = handling.min_quantity.map(whole).transpose()?;
    if let Some(oca) = &handling.oca {
        wire.oca_group.clone_from(&oca.group);
        wire.oca_type = match oca.kind {
            OcaKind::CancelBlocked => wire::OcaType::CancelWithBlock,
            OcaKind::ReduceBlocked => wire::OcaType::ReduceWithBlock,
            OcaKind::Reduce => wire::OcaType::ReduceWithoutBlock,
        };
    }
    if let Some(algo) = &draft.algo {
        wire.algo_strategy.clone_from(&algo.id);
        wire.algo_params = algo
            .params
            .iter()
            .map(|(tag, value)| TagValue {
                tag: tag.clone(),
                value: value.clone(),
            })
            .collect();
    }
    for condition in &draft.conditions.list {
        wire.conditions
            .push(self::condition(&condition.test, condition.and)?);
    }
    wire.conditions_cancel_order = draft.conditions.cancel;
    wire.conditions_ignore_rth = draft.conditions.outside_rth;
    Ok(())
}

fn whole(size: Quantity) -> Result<i32, String> {
    i32::try_from(size.get())
        .ok()
        .filter(|whole| size.get() == (*whole).into())
        .ok_or_else(|| format!("the size {size} is not one that the gateway's protocol carries"))
}

fn condition(test: &Test, and: bool) -> Result<wire::OrderCondition, String> {
    let more = |reaches: &Reaches| *reaches == Reaches::AtLeast;
    let number = |what: &str, number: u32| {
        i32::try_from(number).map_err(|_| format!("the {what} {number} is too large"))
    };
    Ok(match test {
        Test::Price { of, reaches, price } => wire::OrderCondition::Price(PriceCondition {
            contract_id: of.con_id.get(),
            exchange: of.exchange.clone(),
            price: exact("price of a condition", price.get())?,
            trigger_method: TriggerMethod::Default,
            is_more: more(reaches),
            is_conjunction: and,
        }),
        Test::Time { reaches, at } => wire::OrderCondition::Time(TimeCondition {
            time: moment(*at)?,
            is_more: more(reaches),
            is_conjunction: and,
        }),
        Test::Volume {
            of,
            reaches,
            volume,
        } => wire::OrderCondition::Volume(VolumeCondition {
            contract_id: of.con_id.get(),
            exchange: of.exchange.clone(),
            volume: number("volume", *volume)?,
            is_more: more(reaches),
            is_conjunction: and,
        }),
        Test::PercentChange {
            of,
            reaches,
            percent,
        } => wire::OrderCondition::PercentChange(PercentChangeCondition {
            contract_id: of.con_id.get(),
            exchange: of.exchange.clone(),
            percent: exact("percentage of a condition", *percent)?,
            is_more: more(reaches),
            is_conjunction: and,
        }),
        Test::Margin { reaches, percent } => wire::OrderCondition::Margin(MarginCondition {
            percent: number("percentage", *percent)?,
            is_more: more(reaches),
            is_conjunction: and,
        }),
        Test::Execution { of } => wire::OrderCondition::Execution(ExecutionCondition {
            symbol: of.symbol.as_str().to_owned(),
            security_type: of.sec_type.clone(),
            exchange: of.exchange.clone(),
            is_conjunction: and,
        }),
    })
}
