//! What an order would do, from the gateway.

use crate::convert::from_f64;
use crate::faults;
use crate::outgoing;
use crate::session::Live;
use crate::shared::lock;
use futures::StreamExt;
use gatehouse_desk::port::broker::BrokerError;
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::what_if::{BeforeAfter, WhatIf};
use gatehouse_rules::Order;
use ibapi::orders::{OrderState, PlaceOrder};
use ibapi::subscriptions::{Subscription, SubscriptionItem};
use std::sync::Arc;
use tokio::time::{Instant, timeout_at};

/// The code for an order that failed the gateway's checks of its fields.
const INVALID: i32 = 320;
/// The code for a rejected order.
const REJECTED: i32 = 201;

/// Asks what the order would do.
pub async fn ask(live: &Arc<Live>, order: &Order) -> Result<WhatIf, BrokerError> {
    let (contract, mut wire) = outgoing::order(order).map_err(|text| BrokerError::Refused {
        code: INVALID,
        text,
    })?;
    wire.what_if = true;
    let waited = live.shared.config.what_if_timeout;
    let deadline = Instant::now() + waited;
    let sending = {
        let live = live.clone();
        tokio::spawn(async move {
            let _gate = live.order_gate.lock().await;
            let id = live.shared.take_order_id();
            wire.order_id = id;
            lock(&live.names).what_if(id);
            live.shared.pace.ahead().await;
            live.client.place_order(id, &contract, &wire).await
        })
    };
    let timed_out = BrokerError::TimedOut {
        seconds: waited.as_secs(),
    };
    let answers = match timeout_at(deadline, sending).await {
        Err(_) => return Err(timed_out),
        Ok(Err(_)) => return Err(BrokerError::NotConnected),
        Ok(Ok(sent)) => sent.map_err(|error| faults::asking(&error, waited))?,
    };
    match answer(live, answers, deadline).await? {
        Some(what_if) => Ok(what_if),
        None => Err(timed_out),
    }
}

/// Reads answers until one has margins or the time is up; the last one counts.
async fn answer(
    live: &Live,
    mut answers: Subscription<PlaceOrder>,
    mut deadline: Instant,
) -> Result<Option<WhatIf>, BrokerError> {
    let mut best: Option<WhatIf> = None;
    let mut warnings: Vec<String> = Vec::new();
    while let Ok(next) = timeout_at(deadline, answers.next()).await {
        match next {
            Some(Ok(SubscriptionItem::Data(PlaceOrder::OpenOrder(data)))) => {
                if !data.order_state.reject_reason.is_empty() {
                    return Err(BrokerError::Refused {
                        code: REJECTED,
                        text: data.order_state.reject_reason,
                    });
                }
                let what_if = read(&data.order_state, &mut warnings);
                let whole = what_if.has_margin();
                best = Some(what_if);
                if whole {
                    break;
                }
                deadline = deadline.min(Instant::now() + live.shared.config.what_if_settle);
            }
            Some(Ok(SubscriptionItem::Data(_))) => {}
            Some(Ok(SubscriptionItem::Notice(notice))) => add(&mut warnings, &notice.message),
            Some(Err(error)) => {
                return Err(faults::asking(&error, live.shared.config.what_if_timeout));
            }
            None => break,
        }
    }
    if let Some(what_if) = &mut best {
        what_if.warnings = warnings;
    }
    Ok(best)
}

fn add(warnings: &mut Vec<String>, text: &str) {
    let text = text.trim();
    if !text.is_empty() && !warnings.iter().any(|w| w == text) {
        warnings.push(text.to_owned());
    }
}

fn read(state: &OrderState, warnings: &mut Vec<String>) -> WhatIf {
    let figure = |value: Option<f64>| value.and_then(from_f64);
    let pair = |before, after| BeforeAfter {
        before: figure(before),
        after: figure(after),
    };
    add(warnings, &state.warning_text);
    WhatIf {
        initial_margin: pair(state.initial_margin_before, state.initial_margin_after),
        maintenance_margin: pair(
            state.maintenance_margin_before,
            state.maintenance_margin_after,
        ),
        equity_with_loan: pair(state.equity_with_loan_before, state.equity_with_loan_after),
        commission: figure(state.commission),
        min_commission: figure(state.minimum_commission),
        max_commission: figure(state.maximum_commission),
        commission_currency: Currency::parse(&state.commission_currency),
        warnings: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_mark_for_unset_is_a_figure_of_a_what_if() {
        for unset in crate::convert::UNSET {
            let figure = Some(unset);
            let state = OrderState {
                initial_margin_before: figure,
                initial_margin_after: figure,
                maintenance_margin_before: figure,
                maintenance_margin_after: figure,
                equity_with_loan_before: figure,
                equity_with_loan_after: figure,
                commission: figure,
                minimum_commission: figure,
                maximum_commission: figure,
                ..OrderState::default()
            };
            assert_eq!(read(&state, &mut Vec::new()), WhatIf::default(), "{unset}");
        }
    }

    #[test]
    fn an_unset_margin_stays_unknown_and_a_warning_is_kept_once() {
        let state = OrderState {
            initial_margin_before: Some(f64::MAX),
            commission: Some(1.0),
            commission_currency: "USD".into(),
            warning_text: "Look out.".into(),
            ..OrderState::default()
        };
        let mut warnings = Vec::new();
        let what_if = read(&state, &mut warnings);
        read(&state, &mut warnings);
        assert!(!what_if.has_margin());
        assert_eq!(what_if.initial_margin.before, None);
        assert_eq!(what_if.commission.unwrap().to_string(), "1");
        assert_eq!(what_if.commission_currency, Some(Currency::USD));
        assert_eq!(warnings, ["Look out."]);
    }
}
