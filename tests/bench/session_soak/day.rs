//! What a person does all day: previews and sends orders, some of which fill and some of which are
//! cancelled, and previews others that are let be.

use crate::rig::Rig;
use crate::{Failure, processes};
use gatehouse_desk::view::{OrderStateView, PreviewOutcome};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::{DraftInput, Side};
use gatehouse_e2e::{Page, limit, market};
use std::time::{Duration, Instant};

const SYMBOLS: [&str; 6] = ["AAPL", "MSFT", "KO", "SPY", "GOOGL", "JNJ"];
const ACCOUNTS: [&str; 2] = ["DU4000001", "DU4000003"];
/// How often the page is read when nothing is done.
const A_MOMENT: Duration = Duration::from_millis(200);

/// A day that goes on.
pub struct Day {
    con_ids: Vec<i32>,
    /// Orders a second.
    rate: f64,
    begun: Instant,
    sent: u32,
}

impl Day {
    /// Everything that will be traded has a price.
    pub async fn begin(rig: &mut Rig, rate: f64) -> Result<Self, Failure> {
        let mut con_ids = Vec::new();
        for symbol in SYMBOLS {
            let con_id = rig.find(symbol).await?;
            rig.desk.watch(con_id).await?;
            rig.until("there is a quote", |page| bid(page, con_id).is_some())
                .await?;
            con_ids.push(con_id);
        }
        Ok(Self {
            con_ids,
            rate,
            begun: Instant::now(),
            sent: 0,
        })
    }

    /// How many orders went out.
    pub fn sent(&self) -> u32 {
        self.sent
    }

    /// Goes on with the day until then. The most memory that this process took, in bytes.
    pub async fn until(&mut self, rig: &mut Rig, ends: Instant) -> Result<f64, Failure> {
        let mut most = 0.0;
        while Instant::now() < ends {
            rig.settle(A_MOMENT).await;
            most = processes::memory(std::process::id())?.0.max(most);
            let due = self.begun.elapsed().as_secs_f64() * self.rate;
            while f64::from(self.sent) < due {
                rig.until("the link is up", Page::is_up).await?;
                self.order(rig).await?;
            }
        }
        Ok(most)
    }

    /// Every third order works far from the market until it is cancelled, the others fill: what
    /// one round buys the next one sells.
    async fn order(&mut self, rig: &mut Rig) -> Result<(), Failure> {
        let number = self.sent as usize;
        self.sent += 1;
        let intent = format!("soak-{number}");
        let con_id = self.con_ids[number / 3 % self.con_ids.len()];
        let round = number / 3 / self.con_ids.len();
        let account = ACCOUNTS[round / 2 % ACCOUNTS.len()];
        let side = if round.is_multiple_of(2) {
            Side::Buy
        } else {
            Side::Sell
        };
        if !number.is_multiple_of(3) {
            send(rig, market(&intent, account, con_id, side, "1")).await?;
            return rig
                .until("an order fills", |page| {
                    let order = page.order(&intent);
                    order
                        .is_some_and(|o| o.state == OrderStateView::Filled && !o.commission_pending)
                })
                .await;
        }
        let bid = bid(&rig.page, con_id).ok_or("there is no bid")?;
        let price = (bid * Decimal::new(92, 2)).round_dp(2).to_string();
        // One that is looked at and let go.
        let idle = format!("soak-idle-{number}");
        rig.desk
            .preview(limit(&idle, account, con_id, Side::Buy, "1", &price))
            .await?;
        send(rig, limit(&intent, account, con_id, Side::Buy, "1", &price)).await?;
        let is = |page: &Page, state| page.order(&intent).is_some_and(|o| o.state == state);
        rig.until("it works", |page| is(page, OrderStateView::Working))
            .await?;
        let key = rig.page.order(&intent).map(|order| order.key.clone());
        rig.desk.cancel(&key.ok_or("no such order")?).await?;
        rig.until("it is cancelled", |page| {
            is(page, OrderStateView::Cancelled)
        })
        .await
    }
}

fn bid(page: &Page, con_id: i32) -> Option<Decimal> {
    page.quotes.get(&con_id)?.bid.value
}

async fn send(rig: &Rig, draft: DraftInput) -> Result<(), Failure> {
    let intent = draft.intent.clone();
    match rig.desk.preview(draft).await? {
        PreviewOutcome::Ready { preview } => {
            rig.desk.confirm(&preview.id).await?;
            Ok(())
        }
        other => Err(format!("no preview of {intent}: {other:?}").into()),
    }
}
