//! Order types, times in force, conditions, groups and algorithms: from a client's words to
//! the exchange's and back.
//!
//! What the exchange does not have is refused, never dropped silently.

use rust_decimal::Decimal;

use crate::messages::{ConditionTest, Contract, Order, OrderCondition};
use crate::world::{
    Algo, Bound, ConId, Condition, Oca, OcaKind, Order as BookOrder, OrderId, OrderKind,
    OrderTerms, Side, Test, Tif, TrailBy, moment,
};

use super::gateway::Gateway;
use super::orders::{Refusal, refused};
use super::{bridge, combos};

pub(super) fn invalid(cause: &str) -> Refusal {
    let text = format!("Error validating request.-'bH' : cause - {cause}");
    (321, text)
}

fn positive(value: Option<Decimal>) -> Option<Decimal> {
    value.filter(|value| *value > Decimal::ZERO)
}

/// The order type with the prices that it needs.
pub fn kind(contract: &Contract, order: &Order, side: Side) -> Result<OrderKind, Refusal> {
    let limit = || {
        order
            .lmt_price
            // Prices of the legs make one of the whole.
            .or_else(|| combos::leg_limits(contract, order))
            .ok_or_else(|| refused("a limit order needs a limit price"))
    };
    let aux = || {
        positive(order.aux_price).ok_or_else(|| refused("this order type needs a trigger price"))
    };
    let cap = positive(order.lmt_price);
    let stop = positive(order.trail_stop_price);
    let by = || match (positive(order.trailing_percent), positive(order.aux_price)) {
        (Some(percent), _) => Ok(TrailBy::Percent(percent)),
        (None, Some(amount)) => Ok(TrailBy::Amount(amount)),
        (None, None) => Err(refused(
            "a trailing order needs a trailing amount or percentage",
        )),
    };
    Ok(match order.order_type.as_str() {
        "MKT" => OrderKind::Market,
        "LMT" => OrderKind::Limit(limit()?),
        "STP" => OrderKind::Stop(aux()?),
        "STP LMT" | "STPLMT" => OrderKind::StopLimit {
            stop: aux()?,
            limit: limit()?,
        },
        "TRAIL" => OrderKind::Trail { by: by()?, stop },
        "TRAIL LIMIT" | "TRAILLMT" => {
            let offset = match (order.lmt_price_offset, cap, stop) {
                (Some(offset), _, _) => offset,
                (None, Some(limit), Some(stop)) => side.signed(limit - stop),
                _ => return Err(refused("a trailing limit order needs a limit price offset")),
            };
            OrderKind::TrailLimit {
                by: by()?,
                stop,
                offset,
            }
        }
        "MIT" => OrderKind::IfTouched(aux()?),
        "LIT" => OrderKind::LimitIfTouched {
            trigger: aux()?,
            limit: limit()?,
        },
        "MOC" => OrderKind::OnClose,
        "LOC" => OrderKind::LimitOnClose(limit()?),
        "REL" | "PEG PRI" if positive(order.percent_offset).is_some() => {
            return Err(refused(
                "this simulated gateway does not have relative orders with a percentage",
            ));
        }
        "REL" => OrderKind::Relative {
            offset: order.aux_price.unwrap_or_default(),
            cap,
        },
        "MIDPRICE" => OrderKind::Midprice { cap },
        "PEG MID" | "PEGMID" => OrderKind::PegMid {
            offset: positive(order.aux_price)
                .or(order.mid_offset_at_whole)
                .unwrap_or_default(),
            cap,
        },
        "MTL" => OrderKind::MarketToLimit,
        "BOX TOP" => OrderKind::BoxTop,
        _ => {
            return Err((
                387,
                "Unsupported order type for this exchange and security type.".to_owned(),
            ));
        }
    })
}

/// Time in force; an empty one is DAY.
pub fn tif(order: &Order) -> Result<Tif, Refusal> {
    Ok(match order.tif.as_str() {
        "" | "DAY" => Tif::Day,
        "GTC" => Tif::Gtc,
        "IOC" => Tif::Ioc,
        "FOK" => Tif::Fok,
        "GTD" => Tif::Gtd,
        "OPG" => Tif::Opg,
        _ => return Err(refused("The time-in-force is invalid for this order type.")),
    })
}

/// All that an order asks for besides.
pub fn terms(gateway: &Gateway, contract: &Contract, order: &Order) -> Result<OrderTerms, Refusal> {
    let unserved = [
        (positive(order.cash_qty).is_some(), "cash quantities"),
        (!order.model_code.is_empty(), "models"),
        (
            positive(order.discretionary_amt).is_some(),
            "discretionary amounts",
        ),
    ];
    if let Some((_, feature)) = unserved.iter().find(|(wanted, _)| *wanted) {
        return Err(refused(&format!(
            "this simulated gateway does not have {feature}"
        )));
    }
    let now = gateway.now();
    let size = |size: Option<i32>| size.filter(|size| *size > 0).map(Decimal::from);
    let algo = (!order.algo_strategy.is_empty())
        .then(|| Algo::read(&order.algo_strategy, order.algo_params.clone(), now))
        .transpose()
        .map_err(|reject| (reject.code(), reject.text().to_owned()))?;
    let oca = (!order.oca_group.is_empty()).then(|| Oca {
        group: order.oca_group.clone(),
        kind: match order.oca_type {
            1 => OcaKind::Cancel,
            2 => OcaKind::ReduceBlocked,
            _ => OcaKind::Reduce,
        },
    });
    Ok(OrderTerms {
        parent: (order.parent_id != 0).then(|| OrderId::new(order.parent_id)),
        oca,
        good_after: time(&order.good_after_time, now)?,
        good_till: if order.tif == "GTD" {
            time(&order.good_till_date, now)?
        } else {
            None
        },
        hidden: order.hidden,
        all_or_none: order.all_or_none,
        display_size: size(order.display_size),
        min_quantity: size(order.min_qty),
        algo,
        conditions: order
            .conditions
            .iter()
            .map(|condition| self::condition(condition, now))
            .collect::<Result<_, Refusal>>()?,
        conditions_cancel: order.conditions_cancel,
        trigger_method: order.trigger_method,
        conditions_ignore_rth: order.conditions_ignore_rth,
        auto_cancel_parent: order.auto_cancel_parent,
        combo: (contract.sec_type == "BAG")
            .then(|| combos::combo(contract, order))
            .transpose()?,
        leg_limits: order.leg_prices.iter().copied().flatten().collect(),
    })
}

fn time(text: &str, now: i64) -> Result<Option<i64>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    // A date alone means its end.
    let whole_day = text.len() == 8 && !text.contains(':');
    let text = if whole_day {
        format!("{text} 23:59:59")
    } else {
        text.to_owned()
    };
    moment(&text, now)
        .map(Some)
        .ok_or_else(|| invalid("The date, time, or time-zone entered is invalid."))
}

fn condition(condition: &OrderCondition, now: i64) -> Result<Condition, Refusal> {
    let bound = |is_more: bool| {
        if is_more {
            Bound::AtLeast
        } else {
            Bound::AtMost
        }
    };
    let test = match condition.test.clone() {
        ConditionTest::Price {
            is_more,
            price,
            con_id,
            exchange,
            trigger_method,
        } => Test::Price {
            bound: bound(is_more),
            price,
            con_id: ConId::new(con_id),
            exchange,
            trigger_method,
        },
        ConditionTest::Time { is_more, time: at } => Test::Time {
            bound: bound(is_more),
            at: time(&at, now)?.ok_or_else(|| invalid("A time condition needs a time."))?,
        },
        ConditionTest::Margin { is_more, percent } => Test::Margin {
            bound: bound(is_more),
            percent,
        },
        ConditionTest::Execution {
            sec_type,
            exchange,
            symbol,
        } => Test::Execution {
            sec_type,
            exchange,
            symbol,
        },
        ConditionTest::Volume {
            is_more,
            volume,
            con_id,
            exchange,
        } => Test::Volume {
            bound: bound(is_more),
            volume,
            con_id: ConId::new(con_id),
            exchange,
        },
        ConditionTest::PercentChange {
            is_more,
            percent,
            con_id,
            exchange,
        } => Test::PercentChange {
            bound: bound(is_more),
            percent,
            con_id: ConId::new(con_id),
            exchange,
        },
    };
    Ok(Condition {
        and: condition.and,
        test,
    })
}

/// Puts what the book knows of type and terms into an order as clients see it.
pub fn show(book: &BookOrder, order: &mut Order) {
    let kind = book.request.kind;
    let terms = &book.request.terms;
    let size = |size: Option<Decimal>| size.and_then(|size| i32::try_from(size).ok());
    order.order_type = kind.code().to_owned();
    order.lmt_price = kind.limit();
    order.aux_price = kind.aux();
    if let OrderKind::Trail { by, stop } | OrderKind::TrailLimit { by, stop, .. } = kind {
        order.trail_stop_price = book.progress.trail_stop.or(stop);
        if let TrailBy::Percent(percent) = by {
            order.trailing_percent = Some(percent);
        }
    }
    if let OrderKind::TrailLimit { offset, .. } = kind {
        order.lmt_price_offset = Some(offset);
        order.lmt_price = order
            .trail_stop_price
            .map(|stop| stop + book.request.side.signed(offset));
    }
    order.parent_id = terms.parent.map_or(0, OrderId::get);
    if let Some(oca) = book.progress.oca.as_ref().or(terms.oca.as_ref()) {
        order.oca_group.clone_from(&oca.group);
        order.oca_type = oca.kind.code();
    }
    let written = |at: Option<i64>| at.map(bridge::date_time).unwrap_or_default();
    order.good_after_time = written(terms.good_after);
    order.good_till_date = written(terms.good_till);
    order.hidden = terms.hidden;
    order.all_or_none = terms.all_or_none;
    order.display_size = size(terms.display_size);
    order.min_qty = size(terms.min_quantity);
    order.trigger_method = terms.trigger_method;
    order.auto_cancel_parent = terms.auto_cancel_parent;
    order.conditions_cancel = terms.conditions_cancel;
    order.conditions_ignore_rth = terms.conditions_ignore_rth;
    order.conditions = terms.conditions.iter().map(shown).collect();
    if let Some(algo) = &terms.algo {
        order.algo_strategy.clone_from(&algo.strategy);
        order.algo_params.clone_from(&algo.params);
    }
    if terms
        .combo
        .as_ref()
        .is_some_and(|combo| combo.non_guaranteed)
    {
        order.combo_routing = vec![("NonGuaranteed".to_owned(), "1".to_owned())];
        order.leg_prices = terms.leg_limits.iter().copied().map(Some).collect();
    }
}

fn shown(condition: &Condition) -> OrderCondition {
    let more = |bound: &Bound| *bound == Bound::AtLeast;
    let test = match &condition.test {
        Test::Price {
            bound,
            price,
            con_id,
            exchange,
            trigger_method,
        } => ConditionTest::Price {
            is_more: more(bound),
            price: *price,
            con_id: con_id.get(),
            exchange: exchange.clone(),
            trigger_method: *trigger_method,
        },
        Test::Time { bound, at } => ConditionTest::Time {
            is_more: more(bound),
            time: bridge::date_time(*at),
        },
        Test::Margin { bound, percent } => ConditionTest::Margin {
            is_more: more(bound),
            percent: *percent,
        },
        Test::Execution {
            sec_type,
            exchange,
            symbol,
        } => ConditionTest::Execution {
            sec_type: sec_type.clone(),
            exchange: exchange.clone(),
            symbol: symbol.clone(),
        },
        Test::Volume {
            bound,
            volume,
            con_id,
            exchange,
        } => ConditionTest::Volume {
            is_more: more(bound),
            volume: *volume,
            con_id: con_id.get(),
            exchange: exchange.clone(),
        },
        Test::PercentChange {
            bound,
            percent,
            con_id,
            exchange,
        } => ConditionTest::PercentChange {
            is_more: more(bound),
            percent: *percent,
            con_id: con_id.get(),
            exchange: exchange.clone(),
        },
    };
    OrderCondition {
        and: condition.and,
        test,
    }
}
