//! Placing and cancelling. Nothing here is ever tried twice.

use crate::faults;
use crate::orders::Cancel;
use crate::outgoing;
use crate::session::Live;
use crate::shared::lock;
use gatehouse_desk::port::broker::{BrokerError, OrderKey, PlaceError};
use gatehouse_rules::Order;
use ibapi::Error;
use std::sync::Arc;

/// The gateway's code for a cancel of an order that is not there.
const NOT_FOUND: i32 = 10147;

/// Hands the order to the socket, once.
pub async fn place(live: Arc<Live>, order: &Order) -> Result<(), PlaceError> {
    let draft = order.draft();
    if !live.accounts.contains(&draft.account) {
        return Err(PlaceError::NotSent(format!(
            "account {} does not belong to this login.",
            draft.account
        )));
    }
    let (contract, mut wire) = outgoing::order(order).map_err(PlaceError::NotSent)?;
    let waited = live.shared.config.answer_timeout;
    let sending = {
        let live = live.clone();
        // In a task of its own: a caller that goes away must not cut the frame in two.
        tokio::spawn(async move {
            let _gate = live.order_gate.lock().await;
            if !live.client.is_connected() {
                return Err(Error::ConnectionFailed);
            }
            let id = live.shared.take_order_id();
            wire.order_id = id;
            lock(&live.names).placed(id, &wire.order_ref);
            live.client.submit_order(id, &contract, &wire).await
        })
    };
    match tokio::time::timeout(waited, sending).await {
        Ok(Ok(Ok(()))) => Ok(()),
        Ok(Ok(Err(error))) => Err(failed(&error)),
        Ok(Err(_)) => Err(PlaceError::Unsure("sending it broke off.".to_owned())),
        Err(_) => Err(PlaceError::Unsure(format!(
            "the gateway did not take it within {} s.",
            waited.as_secs()
        ))),
    }
}

/// Only what fails before the first byte is surely not sent: the checks of the order, and a
/// link that was known to be gone.
fn failed(error: &Error) -> PlaceError {
    match error {
        Error::ConnectionFailed => PlaceError::NotSent(BrokerError::NotConnected.to_string()),
        Error::InvalidArgument(text) | Error::Simple(text) => PlaceError::NotSent(text.clone()),
        Error::ServerVersion(..) | Error::OrderIdInRequestRange { .. } => {
            PlaceError::NotSent(error.to_string())
        }
        other => PlaceError::Unsure(faults::brief(&other.to_string())),
    }
}

/// Asks for a cancel, when the order is one that this client can cancel.
pub async fn cancel(live: Arc<Live>, key: &OrderKey) -> Result<(), BrokerError> {
    let id = match lock(&live.names).cancel(key) {
        Cancel::Here(id) => id,
        Cancel::Elsewhere(client_id) => {
            return Err(refused(format!(
                "This order was made by another program (API client {client_id}). Cancel it there or in TWS."
            )));
        }
        Cancel::Unknown => {
            return Err(refused(
                "The gateway has not listed this order in this session, so it can't be cancelled from here. Look for it in TWS."
                    .to_owned(),
            ));
        }
    };
    let waited = live.shared.config.answer_timeout;
    let sending = {
        let live = live.clone();
        tokio::spawn(async move {
            let _gate = live.order_gate.lock().await;
            // What comes of it arrives with the other words about orders.
            live.client.cancel_order(id, "").await.map(drop)
        })
    };
    match tokio::time::timeout(waited, sending).await {
        Ok(Ok(sent)) => sent.map_err(|error| faults::asking(&error, waited)),
        Ok(Err(_)) => Err(BrokerError::NotConnected),
        Err(_) => Err(BrokerError::TimedOut {
            seconds: waited.as_secs(),
        }),
    }
}

fn refused(text: String) -> BrokerError {
    BrokerError::Refused {
        code: NOT_FOUND,
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::ErrorKind;

    #[test]
    fn only_a_failure_before_the_first_byte_is_surely_not_sent() {
        for error in [Error::ConnectionFailed, Error::InvalidArgument("x".into())] {
            assert!(matches!(failed(&error), PlaceError::NotSent(_)), "{error}");
        }
        for error in [
            Error::ConnectionReset,
            Error::Shutdown,
            Error::Io(ErrorKind::BrokenPipe.into()),
            Error::Timeout,
        ] {
            assert!(matches!(failed(&error), PlaceError::Unsure(_)), "{error}");
        }
    }
}
