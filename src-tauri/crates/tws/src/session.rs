//! One session: from the greeting to the loss of the link.

use crate::config::Login;
use crate::orders::{Names, OrderFeed};
use crate::shared::{Shared, lock};
use crate::supervisor::{Connected, asked, wants};
use crate::{accounts, lines, positions, wake};
use gatehouse_desk::port::broker::{BrokerEvent, LinkFault, LinkState, Session};
use gatehouse_domain::id::AccountId;
use ibapi::market_data::MarketDataType;
use ibapi::subscriptions::NoticeStream;
use ibapi::{Client, Notice};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long what was received before the loss may take to be told.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// A session that is up.
pub struct Live {
    pub client: Client,
    pub login: Login,
    pub shared: Arc<Shared>,
    pub accounts: Vec<AccountId>,
    pub names: Mutex<Names>,
    /// One order is handed to the socket at a time, so that ids arrive in rising order.
    pub order_gate: tokio::sync::Mutex<()>,
    /// Counts how often the gateway said that its data was lost (1101).
    pub data_lost: watch::Sender<u64>,
    /// Counts how often the gateway said that its link to IBKR is back (1101, 1102): what
    /// happened to orders meanwhile has to be asked for.
    pub restored: watch::Sender<u64>,
    /// Whether the gateway has been told that delayed quotes will do.
    pub delayed: watch::Sender<bool>,
    /// Whether the gateway has said that its API is read-only, and has listed no orders since.
    pub read_only: AtomicBool,
}

/// Which of the first answers are in; orders are reconciled after them.
#[derive(Debug, Default)]
pub struct Told {
    pub accounts: watch::Sender<bool>,
    pub positions: watch::Sender<bool>,
}

impl Told {
    /// Resolves when both are in.
    pub async fn all(&self) {
        let (mut accounts, mut positions) = (self.accounts.subscribe(), self.positions.subscribe());
        let _ = accounts.wait_for(|told| *told).await;
        let _ = positions.wait_for(|told| *told).await;
    }
}

/// How a session ended.
pub enum Ended {
    Fault(LinkFault),
    /// The person wants no connection any more.
    NotWanted,
    Shutdown,
}

/// Runs the session until it ends.
pub async fn run(
    shared: &Arc<Shared>,
    connected: Connected,
    shutdown: &mut watch::Receiver<bool>,
    wanted: &mut watch::Receiver<bool>,
) -> Ended {
    let Connected {
        login,
        client,
        notices,
        accounts,
    } = connected;
    shared.raise_order_ids(client.next_order_id());
    let live = Arc::new(Live {
        names: Mutex::new(Names::new(client.client_id(), login.binds())),
        order_gate: tokio::sync::Mutex::new(()),
        data_lost: watch::Sender::new(0),
        restored: watch::Sender::new(0),
        delayed: watch::Sender::new(false),
        read_only: AtomicBool::new(false),
        login,
        shared: shared.clone(),
        accounts,
        client,
    });
    let up = LinkState::Up(Session {
        server_version: live.client.server_version(),
        accounts: live.accounts.clone(),
        client_id: live.client.client_id(),
        takes_over: login.binds(),
    });
    shared.tell(BrokerEvent::Link(up)).await;
    // Opened before anything can be placed: no word about an order may be missed.
    let order_feed = OrderFeed::open(live.clone()).await;
    shared.set_live(Some(live.clone()));

    let told = Arc::new(Told::default());
    let mut tasks = JoinSet::new();
    accounts::start(&live, &told, &mut tasks);
    tasks.spawn(positions::run(live.clone(), told.clone()));
    tasks.spawn(lines::run(live.clone()));
    tasks.spawn(prelude(live.clone()));
    let mut orders = tokio::spawn(order_feed.run(told));

    let how = tokio::select! {
        biased;
        () = asked(shutdown) => Ended::Shutdown,
        () = wants(wanted, false) => Ended::NotWanted,
        () = hear(&live, notices) => Ended::Fault(LinkFault::Lost),
        fault = wake::watch(&live) => Ended::Fault(fault),
        () = heartbeat(&live) => Ended::Fault(LinkFault::Lost),
    };
    shared.set_live(None);
    if !matches!(how, Ended::Fault(_))
        || tokio::time::timeout(LAST_WORDS, &mut orders).await.is_err()
    {
        orders.abort();
        let _ = orders.await;
    }
    // In this order: every stream that ends while the link is up is cancelled at the gateway.
    live.client.disconnect().await;
    tasks.shutdown().await;
    how
}

/// Says that live data is wanted, and once the person takes delayed data, that this will do.
async fn prelude(live: Arc<Live>) {
    let mut delayed = live.shared.delayed.subscribe();
    if !*delayed.borrow_and_update() {
        say(&live, MarketDataType::Realtime).await;
        if delayed.wait_for(|taken| *taken).await.is_err() {
            return;
        }
    }
    // TWS goes on sending live data where there is leave for it.
    if say(&live, MarketDataType::Delayed).await {
        live.delayed.send_replace(true);
    }
}

async fn say(live: &Live, wanted: MarketDataType) -> bool {
    live.shared.pace.turn().await;
    let said = live.client.switch_market_data_type(wanted).await;
    if let Err(error) = &said {
        tracing::debug!(%error, "the market data type was not set");
    }
    said.is_ok()
}

/// Passes on what the gateway says without being asked. Ends with the link.
async fn hear(live: &Live, mut notices: NoticeStream) {
    while let Some(notice) = notices.next().await {
        live.notice(notice).await;
    }
}

impl Live {
    /// Tells a notice that belongs to no order.
    pub async fn notice(&self, notice: Notice) {
        let event = match notice.code {
            1100 | 2110 => BrokerEvent::Upstream { connected: false },
            1101 | 1102 => BrokerEvent::Upstream { connected: true },
            // Told without the request that it answers, which then never ends.
            code @ 321 if notice.message.contains("Read-Only") => {
                self.read_only.store(true, Ordering::Relaxed);
                BrokerEvent::OrdersRefused {
                    code,
                    text: notice.message,
                }
            }
            code => match lock(&self.names).named_by_none(code) {
                Some(key) => BrokerEvent::OrderNotice {
                    key,
                    code,
                    text: notice.message,
                },
                None => BrokerEvent::Notice {
                    code,
                    text: notice.message,
                },
            },
        };
        if notice.code == 1101 {
            self.data_lost.send_modify(|n| *n += 1);
        }
        let restored = event == BrokerEvent::Upstream { connected: true };
        self.shared.tell(event).await;
        if restored {
            self.restored.send_modify(|n| *n += 1);
        }
    }

    /// Tells something that could not be read, under code 0.
    pub async fn unreadable(&self, what: &str, why: &str) {
        tracing::warn!(what, why, "unreadable");
        self.shared.tell(unreadable(what, why)).await;
    }
}

/// The event for something that could not be read.
pub fn unreadable(what: &str, why: &str) -> BrokerEvent {
    BrokerEvent::Notice {
        code: 0,
        text: format!("Gatehouse can't read {what} from the gateway: {why}"),
    }
}

/// Asks for the time now and then. Resolves when a gateway that used to answer stays silent.
async fn heartbeat(live: &Live) {
    let Some(every) = live.shared.config.heartbeat else {
        return std::future::pending().await;
    };
    let mut answered = false;
    loop {
        tokio::time::sleep(every).await;
        live.shared.pace.turn().await;
        let sent = Instant::now();
        match live.client.server_time().await {
            Ok(_) => {
                answered = true;
                let took = sent.elapsed();
                live.shared.tell(BrokerEvent::Answered(took)).await;
            }
            Err(ibapi::Error::Timeout) if answered => return,
            Err(error) => tracing::debug!(%error, "no answer to the heartbeat"),
        }
    }
}
