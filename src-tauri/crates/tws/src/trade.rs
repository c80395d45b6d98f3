//! Placing and cancelling. Nothing here is ever tried twice.

use crate::faults;
use crate::orders::Cancel;
use crate::outgoing;
use crate::session::Live;
use crate::shared::lock;
use gatehouse_desk::port::broker::{BrokerError, OrderKey, PlaceError};
use gatehouse_rules::Order;
use ibapi::Error;
use std::future::Future;
use std::sync::Arc;

/// The gateway's code for a cancel of an order that is not there.
const NOT_FOUND: i32 = 10147;

/// Hands the order and those attached to it to the socket, once. A failure on the way leaves
/// those before it in the gateway, untransmitted, and the outcome unsure.
pub async fn place(live: Arc<Live>, order: &Order) -> Result<(), PlaceError> {
    of_this_login(&live, order)?;
    let (contract, mut family) = outgoing::family(order).map_err(PlaceError::NotSent)?;
    send(live, move |live| async move {
        let mut entry = 0;
        for wire in &mut family {
            if entry != 0 {
                live.shared.pace.ahead().await;
            }
            let id = live.shared.take_order_id();
            wire.order_id = id;
            wire.parent_id = entry;
            lock(&live.names).placed(id, &wire.order_ref);
            let sent = live.client.submit_order(id, &contract, wire).await;
            // What went before is at the gateway, so nothing is surely unsent any more.
            sent.map_err(|error| if entry == 0 { error } else { Error::Shutdown })?;
            if entry == 0 {
                entry = id;
            }
        }
        Ok(())
    })
    .await
}

/// Changes a working order of this client, under the id that it has in this session.
pub async fn change(live: Arc<Live>, order: &Order, key: &OrderKey) -> Result<(), PlaceError> {
    of_this_login(&live, order)?;
    let (mut contract, mut wire) = outgoing::order(order).map_err(PlaceError::NotSent)?;
    let Cancel::Here(id) = lock(&live.names).cancel(key) else {
        return Err(PlaceError::NotSent(
            "the gateway has not listed this order in this session as one of this program."
                .to_owned(),
        ));
    };
    let Some(listed) = lock(&live.names).as_listed(id) else {
        return Err(PlaceError::NotSent(
            "the gateway has not listed this order in this session yet. Try again in a moment."
                .to_owned(),
        ));
    };
    if key.order_ref.is_none() {
        // Made by hand: what it bears beside price, quantity and time stays as it is.
        wire = outgoing::changed(listed.order, wire);
        contract = listed.contract;
    } else {
        // The family that it belongs to is not in the draft of a change.
        wire.parent_id = listed.order.parent_id;
        if wire.oca_group.is_empty() {
            wire.oca_group = listed.order.oca_group;
            wire.oca_type = listed.order.oca_type;
        }
    }
    wire.order_id = id;
    send(live, move |live| async move {
        live.client.submit_order(id, &contract, &wire).await
    })
    .await
}

fn of_this_login(live: &Live, order: &Order) -> Result<(), PlaceError> {
    let account = &order.draft().account;
    if live.accounts.contains(account) {
        return Ok(());
    }
    Err(PlaceError::NotSent(format!(
        "account {account} does not belong to this login."
    )))
}

async fn send<F>(
    live: Arc<Live>,
    sending: impl FnOnce(Arc<Live>) -> F + Send + 'static,
) -> Result<(), PlaceError>
where
    F: Future<Output = Result<(), Error>> + Send,
{
    let waited = live.shared.config.answer_timeout;
    // In a task of its own: a caller that goes away must not cut the frame in two.
    let sending = tokio::spawn(async move {
        let gate = live.clone();
        let _gate = gate.order_gate.lock().await;
        live.shared.pace.ahead().await;
        if !live.client.is_connected() {
            return Err(Error::ConnectionFailed);
        }
        sending(live).await
    });
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
    // The gateway cuts off who sends it more than it takes.
    live.shared.pace.ahead_if_free().await;
    let sender = live.clone();
    hand_over(&live, async move {
        let _gate = sender.order_gate.lock().await;
        // What comes of it arrives with the other words about orders.
        sender.client.cancel_order(id, "").await.map(drop)
    })
    .await
}

/// Asks for a cancel of every order of the login.
pub async fn cancel_all(live: Arc<Live>) -> Result<(), BrokerError> {
    live.shared.pace.ahead().await;
    let sender = live.clone();
    hand_over(&live, async move {
        let _gate = sender.order_gate.lock().await;
        sender.client.global_cancel().await
    })
    .await
}

/// Hands one request to the socket, in a task of its own.
async fn hand_over(
    live: &Live,
    send: impl Future<Output = Result<(), Error>> + Send + 'static,
) -> Result<(), BrokerError> {
    let waited = live.shared.config.answer_timeout;
    match tokio::time::timeout(waited, tokio::spawn(send)).await {
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
