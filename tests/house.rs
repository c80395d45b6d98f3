//! Everything between the page and the wire, and the gateway behind it.

use crate::page::Page;
use gatehouse_desk::engine::{ConnectionTerms, DeskOptions};
use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_desk::runtime::{self, DeskHandle};
use gatehouse_desk::view::{PreviewOutcome, PreviewView, StreamMessage};
use gatehouse_domain::draft::{DraftInput, Side};
use gatehouse_domain::id::PreviewId;
use gatehouse_domain::order_type::OrderType;
use gatehouse_journal::Journal;
use gatehouse_rules::RuleBook;
use gatehouse_sim::server::{Sim, SimConfig, SimHandle};
use gatehouse_sim::world::Scenario;
use gatehouse_tws::{Login, Tws, TwsConfig};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::mpsc;

/// How long anything may take before a test gives up: the adapter's waiting for answers too, or a
/// machine that stood still for a while would be taken for a gateway that is silent. Nothing waits
/// this long when it works.
const PATIENCE: Duration = Duration::from_secs(60);

/// What kind of house to build.
pub struct HouseOptions {
    /// The gateway's configuration.
    pub sim: SimConfig,
    /// The API client id, and whether orders made by hand in TWS are taken over.
    pub login: Login,
    /// How long a what-if may take.
    pub what_if_timeout: Duration,
    /// The rules' parameters.
    pub book: RuleBook,
}

impl Default for HouseOptions {
    fn default() -> Self {
        let scenario = Scenario::three_accounts(7).starting_at(SystemClock.now().0);
        Self {
            sim: SimConfig::new(scenario),
            login: Login {
                client_id: 17,
                take_over: false,
            },
            what_if_timeout: PATIENCE,
            book: RuleBook::default(),
        }
    }
}

/// A gateway, a desk connected to it, and a page.
pub struct House {
    /// The gateway.
    pub sim: SimHandle,
    /// The desk.
    pub desk: DeskHandle<Tws, Journal>,
    /// What the page knows.
    pub page: Page,
    stream: mpsc::UnboundedReceiver<StreamMessage>,
    broker: Tws,
    folder: PathBuf,
    /// As whom the next start of the adapter connects.
    pub login: Login,
    what_if_timeout: Duration,
    book: RuleBook,
    // Removed with its contents when the house goes.
    _temporary: tempfile::TempDir,
}

impl House {
    /// A house whose three accounts have all been read.
    ///
    /// # Panics
    /// When it can't be built, as everywhere here: a test has failed then.
    pub async fn ready() -> Self {
        let mut house = Self::new(HouseOptions::default()).await;
        house.until("the link is up", Page::is_up).await;
        house
    }

    /// A house that is still being connected.
    pub async fn new(options: HouseOptions) -> Self {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let folder = temporary.path().to_owned();
        let sim = Sim::start(options.sim).await.expect("the gateway starts");
        let (desk, broker, stream) = move_in(
            sim.addr(),
            &folder,
            options.login,
            options.what_if_timeout,
            options.book.clone(),
        )
        .await;
        Self {
            sim,
            desk,
            page: Page::default(),
            stream,
            broker,
            folder,
            login: options.login,
            what_if_timeout: options.what_if_timeout,
            book: options.book,
            _temporary: temporary,
        }
    }

    /// Where the journal is.
    #[must_use]
    pub fn journal_file(&self) -> PathBuf {
        self.folder.join("journal.db")
    }

    /// Ends the desk and the adapter and starts them again on the same journal.
    pub async fn restart(&mut self) {
        self.desk.stop().await;
        self.broker.shutdown().await;
        let (desk, broker, stream) = move_in(
            self.sim.addr(),
            &self.folder,
            self.login,
            self.what_if_timeout,
            self.book.clone(),
        )
        .await;
        self.desk = desk;
        self.broker = broker;
        self.stream = stream;
        self.page = Page::default();
        self.until("the link is up again", Page::is_up).await;
    }

    /// Follows the stream until the page shows what is wanted.
    pub async fn until(&mut self, what: &str, mut shows: impl FnMut(&Page) -> bool) {
        let page = &mut self.page;
        let stream = &mut self.stream;
        let waited = tokio::time::timeout(PATIENCE, async {
            while !shows(page) {
                let message = stream.recv().await.expect("the desk runs");
                page.take(message);
            }
        })
        .await;
        assert!(
            waited.is_ok(),
            "waited in vain until {what}; link {:?}, orders {:#?}, notices {:#?}",
            page.link,
            page.orders,
            page.notices
        );
    }

    /// Takes what has come in meanwhile, without waiting.
    pub fn catch_up(&mut self) {
        while let Ok(message) = self.stream.try_recv() {
            self.page.take(message);
        }
    }

    /// Finds an instrument by its symbol, looks it up and waits for its quote.
    pub async fn choose(&mut self, symbol: &str) -> i32 {
        let found = self.desk.search(symbol).await.expect("a search");
        let con_id = found
            .iter()
            .find(|m| m.symbol == symbol)
            .unwrap_or_else(|| panic!("{symbol} among {found:?}"))
            .con_id;
        self.desk.instrument(con_id).await.expect("an instrument");
        self.desk.watch(con_id).await.expect("a watch");
        self.until("there is a quote", |page| {
            page.quotes
                .get(&con_id)
                .is_some_and(|q| q.bid.value.is_some() && q.ask.value.is_some())
        })
        .await;
        con_id
    }

    /// Previews a draft that is expected to be ready.
    pub async fn preview(&self, draft: DraftInput) -> PreviewView {
        match self.desk.preview(draft).await.expect("a preview") {
            PreviewOutcome::Ready { preview } => *preview,
            other => panic!("{other:#?}"),
        }
    }

    /// Previews, confirms, and waits until the page shows the order.
    pub async fn send(&mut self, draft: DraftInput) {
        let intent = draft.intent.clone();
        let preview = self.preview(draft).await;
        self.desk.confirm(&preview.id).await.expect("sent");
        self.until("the order is shown", |page| page.order(&intent).is_some())
            .await;
    }
}

/// A desk and an adapter at a gateway, with the journal in this folder, and what a page is told.
///
/// # Panics
/// When one of them does not start.
pub async fn move_in(
    gateway: SocketAddr,
    folder: &Path,
    login: Login,
    what_if_timeout: Duration,
    book: RuleBook,
) -> (
    DeskHandle<Tws, Journal>,
    Tws,
    mpsc::UnboundedReceiver<StreamMessage>,
) {
    let store = Journal::open(folder.join("journal.db"))
        .await
        .expect("the journal opens");
    let mut config = TwsConfig::new(&gateway.ip().to_string(), gateway.port(), login.client_id);
    config.take_over = login.take_over;
    config.backoff.first = Duration::from_millis(50);
    config.backoff.cap = Duration::from_millis(200);
    config.what_if_timeout = what_if_timeout;
    config.answer_timeout = PATIENCE;
    let (broker, events) = Tws::start(config, SystemClock);
    let now = SystemClock.now();
    let options = DeskOptions {
        address: gateway.to_string(),
        simulated: true,
        book,
        book_fault: None,
        first_preview: PreviewId::new(u64::try_from(now.0).unwrap_or(0) * 1000),
        terms: ConnectionTerms::default(),
    };
    let desk = runtime::start(broker.clone(), events, store, SystemClock, "test", options).await;
    let (tell, stream) = mpsc::unbounded_channel();
    desk.attach(Box::new(move |message| tell.send(message).is_ok()))
        .await
        .expect("a page is attached");
    (desk, broker, stream)
}

/// A limit order as a ticket holds it.
#[must_use]
pub fn limit(
    intent: &str,
    account: &str,
    con_id: i32,
    side: Side,
    quantity: &str,
    price: &str,
) -> DraftInput {
    DraftInput {
        account: account.into(),
        con_id: Some(con_id),
        side,
        quantity: quantity.into(),
        limit_price: price.into(),
        ..DraftInput::empty(intent)
    }
}

/// A market order as a ticket holds it.
#[must_use]
pub fn market(intent: &str, account: &str, con_id: i32, side: Side, quantity: &str) -> DraftInput {
    DraftInput {
        order_type: OrderType::Market,
        ..limit(intent, account, con_id, side, quantity, "")
    }
}
