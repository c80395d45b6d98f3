//! Everything that is told about orders: live, and from the start after every gap.

mod lists;
mod names;
mod read;
mod repeats;

pub use names::{Cancel, Names};

use crate::backoff::Waits;
use crate::config::Backoff;
use crate::convert::{from_f64, nonzero};
use crate::faults;
use crate::session::{Live, Told, unreadable};
use crate::shared::lock;
use futures::StreamExt;
use gatehouse_desk::port::broker::{BrokerEvent, OrderSeen, StatusSeen};
use ibapi::orders::{CommissionReport, ExecutionData, OrderData, OrderStatus, OrderUpdate};
use ibapi::subscriptions::{Subscription, SubscriptionItem};
use ibapi::{Error, Notice, SUBSCRIPTION_LAG_CODE};
use repeats::Repeats;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

/// The waits before everything is told again.
const AGAIN: Backoff = Backoff {
    first: Duration::from_millis(250),
    cap: Duration::from_secs(30),
    seed: 2,
};

/// Why reading stopped.
enum Stop {
    /// The session is over.
    Ended,
    /// The gateway does not list orders, as with a read-only API.
    Refused { code: i32, text: String },
    /// Something was missed or could not be read: all has to be told again.
    Missed(String),
    /// The gateway was cut off from IBKR for a while: all has to be told again.
    CutOff,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        if faults::ended(&error) {
            Self::Ended
        } else {
            Self::Missed(faults::brief(&error.to_string()))
        }
    }
}

type Updates = Subscription<OrderUpdate>;

/// The one stream of a session on which its orders are told. Frames about orders of this
/// client come here, those that answer a list included, so reading them here alone keeps them
/// in the order in which they were sent.
pub struct OrderFeed {
    live: Arc<Live>,
    updates: Option<Updates>,
    repeats: Repeats,
}

impl OrderFeed {
    /// Opens the stream; nothing is sent for it.
    pub async fn open(live: Arc<Live>) -> Self {
        let updates = live.client.order_update_stream().await.ok();
        Self {
            live,
            updates,
            repeats: Repeats::default(),
        }
    }

    /// Reconciles once the first answers are in, then follows; again whenever something was
    /// missed. Ends with the session.
    pub async fn run(mut self, told: Arc<Told>) {
        let patience = self.live.shared.config.answer_timeout;
        // An account that never answers must not keep the orders from being told.
        let _ = tokio::time::timeout(patience, told.all()).await;
        let mut waits = Waits::new(AGAIN);
        let mut failures = 0;
        loop {
            let updates = match self.updates.take() {
                Some(open) => Ok(open),
                None => self.live.client.order_update_stream().await,
            };
            self.repeats = Repeats::default();
            let restored = self.live.restored.subscribe();
            let stop = match updates {
                Ok(mut updates) => match self.reconcile(&mut updates).await {
                    Ok(()) => {
                        failures = 0;
                        self.follow(&mut updates, restored).await
                    }
                    Err(stop) => stop,
                },
                Err(error) => Stop::from(error),
            };
            match stop {
                Stop::Ended => return,
                Stop::CutOff => continue,
                Stop::Refused { code, text } => {
                    let event = BrokerEvent::OrdersRefused { code, text };
                    self.live.shared.tell(event).await;
                }
                // The lists of a read-only API never come, and it has been told why.
                Stop::Missed(_) if self.live.read_only.load(Ordering::Relaxed) => {}
                Stop::Missed(why) => self.live.unreadable("a word about an order", &why).await,
            }
            failures += 1;
            tokio::time::sleep(waits.after(failures)).await;
        }
    }

    async fn follow(&mut self, updates: &mut Updates, mut restored: watch::Receiver<u64>) -> Stop {
        let every = self.live.shared.config.list_orders_every;
        let mut due = tokio::time::interval(every.max(Duration::from_millis(10)));
        due.set_missed_tick_behavior(MissedTickBehavior::Delay);
        due.reset();
        loop {
            let done = tokio::select! {
                biased;
                _ = restored.changed() => Err(Stop::CutOff),
                item = updates.next() => self.update(item).await,
                _ = due.tick() => self.list_again(updates).await,
            };
            if let Err(stop) = done {
                return stop;
            }
        }
    }

    /// Orders of other clients are told in lists only.
    fn foreign(&self, client_id: i32) -> bool {
        client_id != self.live.client.client_id()
    }

    async fn update(
        &mut self,
        item: Option<Result<SubscriptionItem<OrderUpdate>, Error>>,
    ) -> Result<(), Stop> {
        match item {
            None => return Err(Stop::Ended),
            Some(Err(error)) => return Err(error.into()),
            Some(Ok(SubscriptionItem::Notice(notice))) => return self.notice(notice).await,
            Some(Ok(SubscriptionItem::Data(update))) => match update {
                OrderUpdate::OpenOrder(data) => self.open_order(&data).await,
                OrderUpdate::OrderStatus(status) => self.status(&status).await,
                OrderUpdate::ExecutionData(data) => self.execution(&data).await,
                OrderUpdate::CommissionReport(report) => self.commission(&report).await,
                OrderUpdate::OrderBound(bound) => {
                    let mut names = lock(&self.live.names);
                    names.told(bound.client_id, bound.order_id, bound.perm_id, "");
                }
            },
        }
        Ok(())
    }

    async fn notice(&self, notice: Notice) -> Result<(), Stop> {
        if notice.code == SUBSCRIPTION_LAG_CODE {
            return Err(Stop::Missed(notice.message));
        }
        let id = notice.request_id.unwrap_or(0);
        if lock(&self.live.names).is_what_if(id) {
            return Ok(());
        }
        // Below zero are orders made by hand; −1 is also what belongs to nothing.
        if id == 0 || id == -1 {
            self.live.notice(notice).await;
            return Ok(());
        }
        let key = lock(&self.live.names).key(self.live.client.client_id(), id, 0, "");
        let event = BrokerEvent::OrderNotice {
            key,
            code: notice.code,
            text: notice.message,
        };
        self.live.shared.tell(event).await;
        Ok(())
    }

    /// Tells an event, unless it repeats the last one of its kind about the same order.
    async fn tell(&mut self, event: BrokerEvent) {
        if self.repeats.is_new(&event) {
            self.live.shared.tell(event).await;
        }
    }

    async fn open_order(&mut self, data: &OrderData) {
        let order = &data.order;
        let own = !self.foreign(order.client_id);
        if order.what_if || own && lock(&self.live.names).is_what_if(data.order_id) {
            return;
        }
        if own {
            let after = data.order_id.saturating_add(1);
            self.live.shared.raise_order_ids(after);
            lock(&self.live.names).listed(data);
        }
        let key = lock(&self.live.names).told(
            order.client_id,
            data.order_id,
            order.perm_id,
            &order.order_ref,
        );
        let event = match read::terms(data, order.total_quantity) {
            Ok(terms) => BrokerEvent::Order(OrderSeen {
                key,
                terms,
                report: read::report(&data.order_state.status),
                filled: nonzero(order.filled_quantity),
                warning: read::warning(&data.order_state),
                ties: read::ties(order),
            }),
            Err(why) => unreadable("an open order", &why),
        };
        self.tell(event).await;
    }

    async fn completed_order(&mut self, data: &OrderData) {
        let order = &data.order;
        if order.what_if {
            return;
        }
        let key =
            lock(&self.live.names).completed(order.perm_id, order.client_id, &order.order_ref);
        let event = read::completed(data, key).unwrap_or_else(|event| *event);
        self.tell(event).await;
    }

    async fn status(&mut self, status: &OrderStatus) {
        let own = !self.foreign(status.client_id);
        if own && lock(&self.live.names).is_what_if(status.order_id) {
            return;
        }
        if own {
            lock(&self.live.names).status(status.order_id, &status.status);
        }
        let key = lock(&self.live.names).key(status.client_id, status.order_id, status.perm_id, "");
        let event = match (from_f64(status.filled), from_f64(status.remaining)) {
            (Some(filled), Some(remaining)) => BrokerEvent::Status(StatusSeen {
                key,
                report: read::report(&status.status),
                filled,
                remaining,
                why_held: (!status.why_held.is_empty()).then(|| status.why_held.clone()),
            }),
            _ => unreadable("an order's status", "its amounts are unset"),
        };
        self.tell(event).await;
    }

    async fn execution(&mut self, data: &ExecutionData) {
        let execution = &data.execution;
        let key = lock(&self.live.names).key(
            execution.client_id,
            execution.order_id,
            execution.perm_id,
            &execution.order_reference,
        );
        let event =
            read::execution(data, key).unwrap_or_else(|why| unreadable("an execution", &why));
        self.tell(event).await;
    }

    async fn commission(&mut self, report: &CommissionReport) {
        let event = read::commission(report).unwrap_or_else(|why| unreadable("a commission", &why));
        self.tell(event).await;
    }
}
