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
/// picture again; a refusal is told and ends it.
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
    loop {
        let turn = live.shared.pace.turn().await;
        live.shared.pace.awaits(turn);
        let mut asked = Some(turn);
        let error = match open().await {
            Err(error) => error,
            Ok(mut stream) => {
                let error = loop {
                    let item = stream.next().await;
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
                            break Error::Notice(n);
                        }
                        Some(Ok(SubscriptionItem::Notice(notice))) => live.notice(notice).await,
                        Some(Err(error)) => break error,
                        None => break Error::UnexpectedEndOfStream,
                    }
                };
                if !faults::ended(&error) {
                    // Letting go of it is said to the gateway.
                    live.shared.pace.turn().await;
                }
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
