//! The conditions of an order: a kind, how it joins the next, and fields that depend on the kind.

use crate::messages::{ConditionTest, Order, OrderCondition};
use crate::wire::DecodeError;

use super::fields::{Reader, Writer};

/// Reads the count, the conditions, and after any the two flags.
pub fn read(order: &mut Order, fields: &mut Reader<'_>) -> Result<(), DecodeError> {
    let count = fields.count()?;
    order.conditions = (0..count)
        .map(|_| one(fields))
        .collect::<Result<_, DecodeError>>()?;
    if count > 0 {
        order.conditions_ignore_rth = fields.bool()?;
        order.conditions_cancel = fields.bool()?;
    }
    Ok(())
}

fn one(fields: &mut Reader<'_>) -> Result<OrderCondition, DecodeError> {
    let kind = fields.int()?;
    let and = !fields.str()?.eq_ignore_ascii_case("o");
    let test = match kind {
        1 => ConditionTest::Price {
            is_more: fields.bool()?,
            price: fields.decimal()?.unwrap_or_default(),
            con_id: fields.int()?,
            exchange: fields.string()?,
            trigger_method: fields.int()?,
        },
        3 => ConditionTest::Time {
            is_more: fields.bool()?,
            time: fields.string()?,
        },
        4 => ConditionTest::Margin {
            is_more: fields.bool()?,
            percent: fields.int()?,
        },
        5 => ConditionTest::Execution {
            sec_type: fields.string()?,
            exchange: fields.string()?,
            symbol: fields.string()?,
        },
        6 => ConditionTest::Volume {
            is_more: fields.bool()?,
            volume: fields.int()?,
            con_id: fields.int()?,
            exchange: fields.string()?,
        },
        7 => ConditionTest::PercentChange {
            is_more: fields.bool()?,
            percent: fields.decimal()?.unwrap_or_default(),
            con_id: fields.int()?,
            exchange: fields.string()?,
        },
        other => {
            return Err(DecodeError {
                id: None,
                code: 321,
                reason: format!("Error validating request: condition type {other} is unknown"),
            });
        }
    };
    Ok(OrderCondition { and, test })
}

/// Writes what [`read`] reads.
pub fn write(order: &Order, w: &mut Writer<'_>) {
    w.put(order.conditions.len());
    for condition in &order.conditions {
        w.put(condition.test.kind())
            .put(if condition.and { "a" } else { "o" });
        match &condition.test {
            ConditionTest::Price {
                is_more,
                price,
                con_id,
                exchange,
                trigger_method,
            } => {
                w.bool(*is_more).decimal(*price);
                w.put(con_id).put(exchange).put(trigger_method);
            }
            ConditionTest::Time { is_more, time } => {
                w.bool(*is_more).put(time);
            }
            ConditionTest::Margin { is_more, percent } => {
                w.bool(*is_more).put(percent);
            }
            ConditionTest::Execution {
                sec_type,
                exchange,
                symbol,
            } => {
                w.put(sec_type).put(exchange).put(symbol);
            }
            ConditionTest::Volume {
                is_more,
                volume,
                con_id,
                exchange,
            } => {
                w.bool(*is_more).put(volume).put(con_id).put(exchange);
            }
            ConditionTest::PercentChange {
                is_more,
                percent,
                con_id,
                exchange,
            } => {
                w.bool(*is_more).decimal(*percent);
                w.put(con_id).put(exchange);
            }
        }
    }
    if !order.conditions.is_empty() {
        w.bool(order.conditions_ignore_rth)
            .bool(order.conditions_cancel);
    }
}
