//! Orders and executions told as lists: all of them after every gap, the open ones now and then.

use super::{OrderFeed, Stop, Updates};
use crate::lookup;
use crate::session::Live;
use futures::{FutureExt, Stream, StreamExt};
use gatehouse_desk::port::broker::{BrokerError, BrokerEvent};
use ibapi::orders::{ExecutionFilter, Executions, Orders};
use ibapi::subscriptions::SubscriptionItem;
use ibapi::{Error, SUBSCRIPTION_LAG_CODE};
use std::future::Future;
use std::sync::atomic::Ordering;

impl OrderFeed {
    /// Tells all that the gateway knows of orders, and then that it has.
    pub(super) async fn reconcile(&mut self, updates: &mut Updates) -> Result<(), Stop> {
        let live = self.live.clone();
        if live.login.binds() {
            self.take_over(updates).await?;
        }
        let open = snapshot(&live, live.client.all_open_orders()).await;
        self.open_orders(open.map_err(|e| missed(&live, &e))?).await;
        self.drain(updates).await?;
        self.past(updates).await?;
        self.live.read_only.store(false, Ordering::Relaxed);
        self.live.shared.tell(BrokerEvent::Reconciled).await;
        Ok(())
    }

    /// Asks the gateway to bind the orders made by hand: those to come, and those that are open.
    /// Their ids are learnt from what it then tells of them.
    async fn take_over(&mut self, updates: &mut Updates) -> Result<(), Stop> {
        let live = self.live.clone();
        live.shared.pace.ahead().await;
        // Nothing answers this by itself.
        drop(live.client.auto_open_orders(true).await?);
        let own = snapshot(&live, live.client.open_orders()).await;
        own.map_err(|e| missed(&live, &e))?;
        self.drain(updates).await
    }

    /// Lists the open orders again, without holding up what comes meanwhile. When an order of
    /// another client is not among them any more, what became of it is looked up.
    pub(super) async fn list_again(&mut self, updates: &mut Updates) -> Result<(), Stop> {
        let live = self.live.clone();
        let listing = snapshot(&live, live.client.all_open_orders());
        tokio::pin!(listing);
        let open = loop {
            tokio::select! {
                biased;
                item = updates.next() => self.update(item).await?,
                open = &mut listing => break open,
            }
        };
        match open {
            Ok(open) => {
                if self.open_orders(open).await {
                    self.past(updates).await?;
                }
            }
            Err(error) => tracing::debug!(%error, "the open orders were not listed"),
        }
        Ok(())
    }

    /// Tells completed orders and executions.
    async fn past(&mut self, updates: &mut Updates) -> Result<(), Stop> {
        let live = self.live.clone();
        let completed = snapshot(&live, live.client.completed_orders(false)).await;
        for order in completed.map_err(|e| missed(&live, &e))? {
            if let Orders::OrderData(data) = order {
                self.completed_order(&data).await;
            }
        }
        self.drain(updates).await?;
        let all = ExecutionFilter::default();
        let executions = snapshot(&live, live.client.executions(all)).await;
        for execution in executions.map_err(|e| missed(&live, &e))? {
            match execution {
                Executions::ExecutionData(data) if self.foreign(data.execution.client_id) => {
                    self.execution(&data).await;
                }
                Executions::ExecutionData(_) => {}
                Executions::CommissionReport(report) => self.commission(&report).await,
            }
        }
        self.drain(updates).await
    }

    /// Tells the open orders of other clients; true when one has gone since the last list. What
    /// becomes of an order made by hand that was not taken over is looked up in the same way.
    async fn open_orders(&mut self, open: Vec<Orders>) -> bool {
        let mut listed = Vec::new();
        for order in open {
            match order {
                Orders::OrderData(data) if self.foreign(data.order.client_id) => {
                    listed.push(data.order.perm_id);
                    self.open_order(&data).await;
                }
                Orders::OrderData(data) if data.order_id <= 0 => listed.push(data.order.perm_id),
                Orders::OrderStatus(status) if self.foreign(status.client_id) => {
                    self.status(&status).await;
                }
                _ => {}
            }
        }
        self.repeats.foreign_listed(listed)
    }

    /// Tells what has arrived so far.
    async fn drain(&mut self, updates: &mut Updates) -> Result<(), Stop> {
        // Without `unconstrained` the runtime's fairness could end this early.
        while let Some(item) = tokio::task::unconstrained(updates.next()).now_or_never() {
            self.update(item).await?;
        }
        Ok(())
    }
}

fn missed(live: &Live, error: &BrokerError) -> Stop {
    if let BrokerError::Refused { code, text } = error {
        Stop::Refused {
            code: *code,
            text: text.clone(),
        }
    } else if live.client.is_connected() {
        Stop::Missed(error.to_string())
    } else {
        Stop::Ended
    }
}

/// Reads a list to its end.
async fn snapshot<T, S>(
    live: &Live,
    opening: impl Future<Output = Result<S, Error>>,
) -> Result<Vec<T>, BrokerError>
where
    S: Stream<Item = Result<SubscriptionItem<T>, Error>> + Unpin,
{
    lookup::ask_ahead(live, async {
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
    })
    .await
}
