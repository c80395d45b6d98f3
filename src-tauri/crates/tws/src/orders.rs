//! Everything that is told about orders: live, and from the start after every gap.

mod names;
mod read;

pub use names::{Cancel, Names};

use crate::faults;
use crate::lookup;
use crate::session::{Live, Told, unreadable};
use crate::shared::lock;
use futures::{FutureExt, Stream, StreamExt};
use gatehouse_desk::port::broker::{BrokerEvent, OrderSeen, StatusSeen};
use ibapi::orders::{
    CommissionReport, ExecutionData, ExecutionFilter, Executions, OrderData, OrderStatus,
    OrderUpdate, Orders,
};
use ibapi::subscriptions::{Subscription, SubscriptionItem};
use ibapi::{Error, Notice, SUBSCRIPTION_LAG_CODE};
use std::sync::Arc;
use std::time::Duration;

/// The wait before an ended stream is opened again.
const AGAIN: Duration = Duration::from_millis(250);

/// Why reading stopped.
enum Stop {
    /// The session is over.
    Ended,
    /// Something was missed or could not be read: all has to be told again.
    Missed(String),
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

/// The one stream of a session on which its orders are told. Frames about orders of this
/// client come here, those that answer the snapshots included, so reading them here alone
/// keeps them in the order in which they were sent.
pub struct OrderFeed {
    live: Arc<Live>,
    updates: Option<Subscription<OrderUpdate>>,
}

impl OrderFeed {
    /// Opens the stream; nothing is sent for it.
    pub async fn open(live: Arc<Live>) -> Self {
        let updates = live.client.order_update_stream().await.ok();
        Self { live, updates }
    }

    /// Reconciles once the first answers are in, then follows; again whenever something was
    /// missed. Ends with the session.
    pub async fn run(mut self, told: Arc<Told>) {
        let patience = self.live.shared.config.answer_timeout;
        // An account that never answers must not keep the orders from being told.
        let _ = tokio::time::timeout(patience, told.all()).await;
        loop {
            let updates = match self.updates.take() {
                Some(open) => Ok(open),
                None => self.live.client.order_update_stream().await,
            };
            let stop = match updates {
                Ok(mut updates) => match self.reconcile(&mut updates).await {
                    Ok(()) => self.follow(&mut updates).await,
                    Err(stop) => stop,
                },
                Err(error) => Stop::from(error),
            };
            match stop {
                Stop::Ended => return,
                Stop::Missed(why) => self.live.unreadable("a word about an order", &why).await,
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    async fn follow(&self, updates: &mut Subscription<OrderUpdate>) -> Stop {
        loop {
            let item = updates.next().await;
            if let Err(stop) = self.update(item).await {
                return stop;
            }
        }
    }

    /// Tells what has arrived so far.
    async fn drain(&self, updates: &mut Subscription<OrderUpdate>) -> Result<(), Stop> {
        // Without `unconstrained` the runtime's fairness could end this early.
        while let Some(item) = tokio::task::unconstrained(updates.next()).now_or_never() {
            self.update(item).await?;
        }
        Ok(())
    }

    async fn reconcile(&self, updates: &mut Subscription<OrderUpdate>) -> Result<(), Stop> {
        let client = &self.live.client;
        let open = self.snapshot(client.all_open_orders()).await?;
        for order in open {
            match order {
                Orders::OrderData(data) if self.foreign(data.order.client_id) => {
                    self.open_order(&data).await;
                }
                Orders::OrderStatus(status) if self.foreign(status.client_id) => {
                    self.status(&status).await;
                }
                _ => {}
            }
        }
        self.drain(updates).await?;
        for order in self.snapshot(client.completed_orders(false)).await? {
            if let Orders::OrderData(data) = order {
                self.completed_order(&data).await;
            }
        }
        self.drain(updates).await?;
        let all = ExecutionFilter::default();
        for execution in self.snapshot(client.executions(all)).await? {
            match execution {
                Executions::ExecutionData(data) if self.foreign(data.execution.client_id) => {
                    self.execution(&data).await;
                }
                Executions::ExecutionData(_) => {}
                Executions::CommissionReport(report) => self.commission(&report).await,
            }
        }
        self.drain(updates).await?;
        self.live.shared.tell(BrokerEvent::Reconciled).await;
        Ok(())
    }

    /// Reads a list to its end.
    async fn snapshot<T, S>(
        &self,
        opening: impl Future<Output = Result<S, Error>>,
    ) -> Result<Vec<T>, Stop>
    where
        S: Stream<Item = Result<SubscriptionItem<T>, Error>> + Unpin,
    {
        let live = &self.live;
        let whole = lookup::ask(live, async {
            let mut list = opening.await?;
            let mut rows = Vec::new();
            loop {
                match list.next().await {
                    Some(Ok(SubscriptionItem::Data(row))) => rows.push(row),
                    Some(Ok(SubscriptionItem::Notice(n))) if n.code == SUBSCRIPTION_LAG_CODE => {
                        return Err(Error::Notice(n));
                    }
                    Some(Ok(SubscriptionItem::Notice(notice))) => live.notice(notice).await,
                    Some(Err(error)) => return Err(error),
                    None => return Ok(rows),
                }
            }
        });
        whole.await.map_err(|error| {
            if live.client.is_connected() {
                Stop::Missed(error.to_string())
            } else {
                Stop::Ended
            }
        })
    }

    /// Orders of other clients are told in lists only.
    fn foreign(&self, client_id: i32) -> bool {
        client_id != self.live.client.client_id()
    }

    async fn update(
        &self,
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
                    lock(&self.live.names).key(bound.client_id, bound.order_id, bound.perm_id, "");
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
        if id <= 0 {
            self.live.notice(notice).await;
            return Ok(());
        }
        let key = lock(&self.live.names).key(self.live.client.client_id(), id, 0, "");
        self.live
            .shared
            .tell(BrokerEvent::OrderNotice {
                key,
                code: notice.code,
                text: notice.message,
            })
            .await;
        Ok(())
    }

    async fn open_order(&self, data: &OrderData) {
        let client_id = data.order.client_id;
        let own = !self.foreign(client_id);
        if data.order.what_if || own && lock(&self.live.names).is_what_if(data.order_id) {
            return;
        }
        if own {
            self.live
                .shared
                .raise_order_ids(data.order_id.saturating_add(1));
        }
        let order = &data.order;
        let key =
            lock(&self.live.names).key(client_id, data.order_id, order.perm_id, &order.order_ref);
        let event = match read::terms(data, order.total_quantity) {
            Ok(terms) => BrokerEvent::Order(OrderSeen {
                key,
                terms,
                report: read::report(&data.order_state.status),
                filled: crate::convert::nonzero(order.filled_quantity),
                warning: read::warning(&data.order_state),
            }),
            Err(why) => unreadable("an open order", &why),
        };
        self.live.shared.tell(event).await;
    }

    async fn completed_order(&self, data: &OrderData) {
        let order = &data.order;
        if order.what_if {
            return;
        }
        let key =
            lock(&self.live.names).completed(order.perm_id, order.client_id, &order.order_ref);
        let event = read::completed(data, key).unwrap_or_else(|event| *event);
        self.live.shared.tell(event).await;
    }

    async fn status(&self, status: &OrderStatus) {
        let own = !self.foreign(status.client_id);
        if own && lock(&self.live.names).is_what_if(status.order_id) {
            return;
        }
        let key = lock(&self.live.names).key(status.client_id, status.order_id, status.perm_id, "");
        let amounts = (
            crate::convert::amount(status.filled),
            crate::convert::amount(status.remaining),
        );
        let event = match amounts {
            (Some(filled), Some(remaining)) => BrokerEvent::Status(StatusSeen {
                key,
                report: read::report(&status.status),
                filled,
                remaining,
                why_held: (!status.why_held.is_empty()).then(|| status.why_held.clone()),
            }),
            _ => unreadable("an order's status", "its amounts are unset"),
        };
        self.live.shared.tell(event).await;
    }

    async fn execution(&self, data: &ExecutionData) {
        let execution = &data.execution;
        let key = lock(&self.live.names).key(
            execution.client_id,
            execution.order_id,
            execution.perm_id,
            &execution.order_reference,
        );
        let event =
            read::execution(data, key).unwrap_or_else(|why| unreadable("an execution", &why));
        self.live.shared.tell(event).await;
    }

    async fn commission(&self, report: &CommissionReport) {
        let event = read::commission(report).unwrap_or_else(|why| unreadable("a commission", &why));
        self.live.shared.tell(event).await;
    }
}
