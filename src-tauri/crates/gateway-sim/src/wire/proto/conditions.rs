//! The conditions of an order between messages and wire types.

use crate::messages::{ConditionTest, OrderCondition};
use crate::wire::DecodeError;

use super::convert::{decimal, nonzero, optional_double, text};
use super::types as pb;

/// A condition in a request.
pub fn from(wire: pb::OrderCondition) -> Result<OrderCondition, DecodeError> {
    let is_more = wire.is_more.unwrap_or_default();
    let con_id = wire.con_id.unwrap_or_default();
    let exchange = wire.exchange.unwrap_or_default();
    let test = match wire.kind.unwrap_or_default() {
        1 => ConditionTest::Price {
            is_more,
            price: decimal(wire.price)?.unwrap_or_default(),
            con_id,
            exchange,
            trigger_method: wire.trigger_method.unwrap_or_default(),
        },
        3 => ConditionTest::Time {
            is_more,
            time: wire.time.unwrap_or_default(),
        },
        4 => ConditionTest::Margin {
            is_more,
            percent: wire.percent.unwrap_or_default(),
        },
        5 => ConditionTest::Execution {
            sec_type: wire.sec_type.unwrap_or_default(),
            exchange,
            symbol: wire.symbol.unwrap_or_default(),
        },
        6 => ConditionTest::Volume {
            is_more,
            volume: wire.volume.unwrap_or_default(),
            con_id,
            exchange,
        },
        7 => ConditionTest::PercentChange {
            is_more,
            percent: decimal(wire.change_percent)?.unwrap_or_default(),
            con_id,
            exchange,
        },
        other => {
            return Err(DecodeError {
                id: None,
                code: 321,
                reason: format!("Error validating request: condition type {other} is unknown"),
            });
        }
    };
    Ok(OrderCondition {
        and: wire.is_conjunction_connection.unwrap_or_default(),
        test,
    })
}

/// A condition in an answer.
pub fn to(condition: &OrderCondition) -> pb::OrderCondition {
    let mut wire = pb::OrderCondition {
        kind: Some(condition.test.kind()),
        is_conjunction_connection: Some(condition.and),
        ..pb::OrderCondition::default()
    };
    match &condition.test {
        ConditionTest::Price {
            is_more,
            price,
            con_id,
            exchange,
            trigger_method,
        } => {
            wire.is_more = Some(*is_more);
            wire.price = optional_double(Some(*price));
            wire.con_id = Some(*con_id);
            wire.exchange = text(exchange);
            wire.trigger_method = nonzero(*trigger_method);
        }
        ConditionTest::Time { is_more, time } => {
            wire.is_more = Some(*is_more);
            wire.time = text(time);
        }
        ConditionTest::Margin { is_more, percent } => {
            wire.is_more = Some(*is_more);
            wire.percent = Some(*percent);
        }
        ConditionTest::Execution {
            sec_type,
            exchange,
            symbol,
        } => {
            wire.sec_type = text(sec_type);
            wire.exchange = text(exchange);
            wire.symbol = text(symbol);
        }
        ConditionTest::Volume {
            is_more,
            volume,
            con_id,
            exchange,
        } => {
            wire.is_more = Some(*is_more);
            wire.volume = Some(*volume);
            wire.con_id = Some(*con_id);
            wire.exchange = text(exchange);
        }
        ConditionTest::PercentChange {
            is_more,
            percent,
            con_id,
            exchange,
        } => {
            wire.is_more = Some(*is_more);
            wire.change_percent = optional_double(Some(*percent));
            wire.con_id = Some(*con_id);
            wire.exchange = text(exchange);
        }
    }
    wire
}
