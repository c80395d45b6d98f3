//! A stream that is opened again when it ends before the session does.

use crate::faults;
use crate::session::Live;
use futures::{Stream, StreamExt};
use gatehouse_desk::port::broker::BrokerEvent;
use ibapi::subscriptions::SubscriptionItem;
use ibapi::{Error, SUBSCRIPTION_LAG_CODE};
use std::future::Future;
use std::time::Duration;

/// The wait before an ended stream is opened again.
const AGAIN: Duration = Duration::from_secs(2);

/// Reads a stream for as long as the session lasts. `take` turns an item into events.
/// A gap in it or an item that can't be read opens it anew, so that it starts from a whole
/// picture again, as does the gateway's word that its data was lost (1101): it then sends nothing
/// more of what was asked before. A refusal is told and ends it.
pub async fn keep<T, S, Fut>(
    live: &Live,
    what: &str,
    mut open: impl FnMut() -> Fut,
    mut take: impl FnMut(T, &mut Vec<BrokerEvent>),
) where
    S: Stream<Item = Result<SubscriptionItem<T>, Error>> + Unpin,
    Fut: Future<Output = Result<S, Error>>,
{
    let mut events = Vec::new();
    let mut data_lost = live.data_lost.subscribe();
    loop {
        let turn = live.shared.pace.turn().await;
        live.shared.pace.awaits(turn);
        data_lost.borrow_and_update();
        let mut asked = Some(turn);
        let error = match open().await {
            Err(error) => error,
            Ok(mut stream) => {
                let error = loop {
                    let item = tokio::select! {
                        biased;
                        item = stream.next() => item,
                        // Its sender lives in `Live`.
                        _ = data_lost.changed() => break None,
                    };
                    if let (Some(Ok(_)), Some(turn)) = (&item, asked.take()) {
                        live.shared.pace.answered(turn);
                    }
                    match item {
                        Some(Ok(SubscriptionItem::Data(item))) => {
                            take(item, &mut events);
                            live.shared.tell_all(&mut events).await;
                        }
                        Some(Ok(SubscriptionItem::Notice(n)))
                            if n.code == SUBSCRIPTION_LAG_CODE =>
                        {
                            break Some(Error::Notice(n));
                        }
                        Some(Ok(SubscriptionItem::Notice(notice))) => live.notice(notice).await,
                        Some(Err(error)) => break Some(error),
                        None => break Some(Error::UnexpectedEndOfStream),
                    }
                };
                if !error.as_ref().is_some_and(faults::ended) {
                    // Letting go of it is said to the gateway.
                    live.shared.pace.turn().await;
                }
                let Some(error) = error else { continue };
                error
            }
        };
        match error {
            error if faults::ended(&error) => return,
            Error::Notice(notice) if notice.code != SUBSCRIPTION_LAG_CODE => {
                tracing::warn!(what, %notice, "refused");
                return live.notice(notice).await;
            }
            error => {
                live.unreadable(what, &faults::brief(&error.to_string()))
                    .await
            }
        }
        tokio::time::sleep(AGAIN).await;
    }
}
