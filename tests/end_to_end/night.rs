//! A night: the gateway, a process of its own, ends at its announced time and comes back hours
//! later by its clock, with an order at work.

use gatehouse_desk::engine::ConnectionTerms;
use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_desk::runtime::DeskHandle;
use gatehouse_desk::view::{Millis, OrderStateView, PreviewOutcome, StreamMessage, Tone};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::{DraftInput, Side};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::restart::NightlyRestart;
use gatehouse_domain::tif::TifChoice;
use gatehouse_e2e::{Page, limit, move_in};
use gatehouse_journal::Journal;
use gatehouse_rules::RuleBook;
use gatehouse_tws::{Login, Tws};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;

const PATIENCE: Duration = Duration::from_secs(30);
const TOKEN: &str = "night";
const SEVEN_HOURS: i64 = 7 * 3_600_000;

/// The simulated gateway as a process that keeps its book.
struct Gateway {
    child: Child,
    address: SocketAddr,
    control: SocketAddr,
}

impl Gateway {
    /// Its clock runs sixty times as fast as ours.
    fn start(port: u16, state: &Path) -> Self {
        let mut child = Command::new(program())
            .args(["--port", &port.to_string(), "--control", "0"])
            .args(["--control-token", TOKEN, "--speed", "60", "--no-pacing"])
            .arg("--state")
            .arg(state)
            .stdout(Stdio::piped())
            .spawn()
            .expect("gatehouse-sim starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let mut address = || {
            let line = lines.next().expect("a line").expect("text");
            let mut words = line.split(' ');
            let found = words.find_map(|word| word.parse().ok());
            found.unwrap_or_else(|| panic!("an address in {line}"))
        };
        let (address, control) = (address(), address());
        Self {
            child,
            address,
            control,
        }
    }

    /// Does something over the control port; the state after it.
    fn act(&self, action: &Value) -> Value {
        let mut stream = TcpStream::connect(self.control).expect("the control port");
        let mut answers = BufReader::new(stream.try_clone().expect("a handle")).lines();
        let mut ask = |line: &Value| -> Value {
            writeln!(stream, "{line}").expect("sent");
            let answer = answers.next().expect("an answer").expect("text");
            let answer: Value = serde_json::from_str(&answer).expect("JSON");
            assert_eq!(answer["ok"], true, "{answer}");
            answer["state"].clone()
        };
        ask(&json!({ "token": TOKEN }));
        ask(action)
    }

    fn status(&self) -> Value {
        self.act(&json!({ "do": "status" }))
    }

    /// As a power cut ends it.
    fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("waited for");
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Beside this test, where the workspace's programs are built.
fn program() -> PathBuf {
    let test = std::env::current_exe().expect("this test is a file");
    let folder = test.ancestors().nth(2).expect("a folder of builds");
    let program = folder.join(format!("gatehouse-sim{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.is_file(),
        "{} is missing: cargo build -p gatehouse-sim",
        program.display()
    );
    program
}

/// The desk at the gateway, and its page.
struct Evening {
    desk: DeskHandle<Tws, Journal>,
    broker: Tws,
    stream: UnboundedReceiver<StreamMessage>,
    page: Page,
}

impl Evening {
    async fn until(&mut self, what: &str, mut shows: impl FnMut(&Page) -> bool) {
        let (page, stream) = (&mut self.page, &mut self.stream);
        let waited = tokio::time::timeout(PATIENCE, async {
            while !shows(page) {
                page.take(stream.recv().await.expect("the desk runs"));
            }
        });
        let waited = waited.await;
        assert!(
            waited.is_ok(),
            "waited in vain until {what}; link {:?}, orders {:#?}, notices {:#?}",
            page.link,
            page.orders,
            page.notices
        );
    }
}

/// The restart is less than two minutes from now.
fn soon(now: UnixMillis) -> NightlyRestart {
    let minute = (now.0.rem_euclid(86_400_000) / 60_000 + 2) % 1440;
    let text = format!("{}:{:02}", minute / 60, minute % 60);
    let at = NightlyRestart::parse_time(&text).expect("a time of the day");
    NightlyRestart::new(at, NightlyRestart::utc())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_announced_night_is_no_alarm_and_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("gateway-state");
    let mut gateway = Gateway::start(0, &state);
    let login = Login {
        client_id: 17,
        take_over: false,
    };
    let (desk, broker, stream) = move_in(
        gateway.address,
        folder.path(),
        login,
        Duration::from_secs(10),
        RuleBook::default(),
    )
    .await;
    let mut evening = Evening {
        desk,
        broker,
        stream,
        page: Page::default(),
    };
    evening.until("the link is up", Page::is_up).await;

    // An order that works until it is cancelled.
    let found = evening.desk.search("AAPL").await.expect("a search");
    let con_id = found
        .iter()
        .find(|m| m.symbol == "AAPL")
        .expect("AAPL")
        .con_id;
    evening
        .desk
        .instrument(con_id)
        .await
        .expect("an instrument");
    evening.desk.watch(con_id).await.expect("a watch");
    evening
        .until("there is a price", |page| {
            page.quotes
                .get(&con_id)
                .is_some_and(|q| q.bid.value.is_some())
        })
        .await;
    let account = evening
        .page
        .account_of("Individual")
        .expect("it")
        .id
        .clone();
    let bid = evening.page.quotes[&con_id].bid.value.expect("a bid");
    // So far below the market that no night reaches it, and within the collar.
    let price = (bid * Decimal::new(92, 2)).round_dp(2).to_string();
    let draft = DraftInput {
        tif: TifChoice::Gtc,
        ..limit("i-night", &account, con_id, Side::Buy, "1", &price)
    };
    let PreviewOutcome::Ready { preview } = evening.desk.preview(draft).await.expect("a preview")
    else {
        panic!("a preview that is ready");
    };
    evening.desk.confirm(&preview.id).await.expect("sent");
    let works = |page: &Page| {
        page.order("i-night")
            .is_some_and(|order| order.state == OrderStateView::Working)
    };
    evening.until("it works", works).await;
    let before = evening.page.positions.len();

    // The restart is announced, and comes.
    let terms = ConnectionTerms {
        restart: Some(soon(SystemClock.now())),
        ..ConnectionTerms::default()
    };
    evening.desk.take_terms(terms).await.expect("taken");
    evening
        .until("it is announced", |page| {
            let announced = page.link.as_ref().is_some_and(|l| l.restart_at.is_some());
            announced && page.notices.iter().any(|n| n.text.contains("restarts at"))
        })
        .await;
    let told = evening.page.notices.len();
    gateway.kill();
    let gone = SystemClock.now();
    evening
        .until("the loss is told as the restart", |page| {
            let link = page.link.as_ref();
            !page.is_up()
                && link.is_some_and(|l| l.restarting && l.says.contains("as it does every day"))
        })
        .await;

    // It is back, and by its clock the night is over.
    let gateway = Gateway::start(gateway.address.port(), &state);
    gateway.act(&json!({ "do": "jump", "ms": SEVEN_HOURS }));
    evening.until("the link is up again", Page::is_up).await;
    evening.until("the order works, as it did", works).await;
    let since = Millis::from(gone);
    evening
        .until("every position is fresh", |page| {
            page.positions.len() == before
                && page.positions.values().all(|position| {
                    let fresh = |at: Option<Millis>| at.is_some_and(|at| at >= since);
                    fresh(position.quantity.at) && fresh(position.price.at)
                })
        })
        .await;
    let books = gateway.status();
    assert_eq!(books["open-orders"], 1, "{books}");
    let mine = evening.page.orders.values();
    assert_eq!(
        mine.filter(|o| o.intent.as_deref() == Some("i-night"))
            .count(),
        1
    );
    let loud: Vec<_> = evening.page.notices[told..]
        .iter()
        .filter(|notice| notice.tone != Tone::Quiet)
        .collect();
    assert!(loud.is_empty(), "{loud:#?}");
    evening.desk.stop().await;
    evening.broker.shutdown().await;
}
