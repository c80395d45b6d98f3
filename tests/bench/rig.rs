//! The house without its window: adapter, desk and journal, put together as the shell does.

use crate::Failure;
use gatehouse_desk::engine::{ConnectionTerms, DeskOptions};
use gatehouse_desk::port::Clock;
use gatehouse_desk::port::broker::BrokerEvent;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_desk::runtime::{self, DeskHandle};
use gatehouse_desk::view::StreamMessage;
use gatehouse_domain::id::PreviewId;
use gatehouse_e2e::Page;
use gatehouse_journal::Journal;
use gatehouse_rules::RuleBook;
use gatehouse_tws::{Tws, TwsConfig};
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use tokio::sync::mpsc::{self, Receiver, UnboundedReceiver};

/// Nothing waits this long when it works.
const PATIENCE: Duration = Duration::from_secs(30);

/// A desk on a gateway, and what its page was told.
pub struct Rig {
    pub desk: DeskHandle<Tws, Journal>,
    pub page: Page,
    broker: Tws,
    stream: UnboundedReceiver<StreamMessage>,
    // The journal; removed with the rig.
    _folder: tempfile::TempDir,
}

impl Rig {
    /// A rig whose accounts have been read. The journal lies in a new folder inside `folder`;
    /// `relay` may look at the adapter's events on their way to the desk.
    pub async fn ready(
        gateway: SocketAddr,
        folder: &Path,
        relay: impl FnOnce(Receiver<BrokerEvent>) -> Receiver<BrokerEvent>,
    ) -> Result<Self, Failure> {
        let folder = tempfile::tempdir_in(folder)?;
        let store = Journal::open(folder.path().join("journal.db")).await?;
        let config = TwsConfig::new(&gateway.ip().to_string(), gateway.port(), 17);
        let (broker, events) = Tws::start(config, SystemClock);
        let started = u64::try_from(SystemClock.now().0)?;
        let options = DeskOptions {
            address: gateway.to_string(),
            simulated: true,
            book: RuleBook::default(),
            book_fault: None,
            first_preview: PreviewId::new(started * 1000),
            terms: ConnectionTerms::default(),
        };
        let desk = runtime::start(
            broker.clone(),
            relay(events),
            store,
            SystemClock,
            "bench",
            options,
        )
        .await;
        let (tell, stream) = mpsc::unbounded_channel();
        desk.attach(Box::new(move |message| tell.send(message).is_ok()))
            .await?;
        let mut rig = Self {
            desk,
            page: Page::default(),
            broker,
            stream,
            _folder: folder,
        };
        rig.until("the link is up", Page::is_up).await?;
        Ok(rig)
    }

    /// Follows the stream until the page shows what is wanted.
    pub async fn until(
        &mut self,
        what: &str,
        mut shows: impl FnMut(&Page) -> bool,
    ) -> Result<(), Failure> {
        let (page, stream) = (&mut self.page, &mut self.stream);
        let wait = async {
            while !shows(page) {
                match stream.recv().await {
                    Some(message) => page.take(message),
                    None => return false,
                }
            }
            true
        };
        match tokio::time::timeout(PATIENCE, wait).await {
            Ok(true) => Ok(()),
            _ => Err(format!("waited in vain until {what}").into()),
        }
    }

    /// Takes what comes for a while.
    pub async fn settle(&mut self, time: Duration) {
        let (page, stream) = (&mut self.page, &mut self.stream);
        let read = async {
            while let Some(message) = stream.recv().await {
                page.take(message);
            }
        };
        let _ = tokio::time::timeout(time, read).await;
    }

    /// The conId of a symbol that has been looked up, so that it can be watched.
    pub async fn find(&self, symbol: &str) -> Result<i32, Failure> {
        let found = self.desk.search(symbol).await?;
        let con_id = found
            .iter()
            .find(|found| found.symbol == symbol)
            .ok_or_else(|| format!("there is no {symbol}"))?
            .con_id;
        self.desk.instrument(con_id).await?;
        Ok(con_id)
    }

    /// Lets go of the gateway.
    pub async fn stop(self) {
        self.desk.stop().await;
        self.broker.shutdown().await;
    }
}
