//! Scenarios by name and from files, and the control port.

use std::time::{Duration, Instant};

use gatehouse_sim::control::{Control, random_token};
use gatehouse_sim::run::{NAMES, Run, by_name};
use gatehouse_sim::server::{Action, Sim, SimHandle, When};
use gatehouse_sim::world::{
    AccountId, ClientId, ConId, OptionLevel, OrderId, OrderKind, OrderRequest, OrderTerms, Side,
    Tif, World,
};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::bare::{AAPL, Bare, stepped};

const WHOLE: &str = r#"
seed = 9
start = "2026-01-02T15:00:00Z"
clock = "stepped"
hours = "exchange"
live-data = false

[[account]]
id = "DU1000099"
count = 3
type = "INDIVIDUAL"
margin = "reg-t"
cash = { USD = "25000.10", HKD = 5000 }
unsettled = { USD = 100.25 }
permissions = ["stocks", "futures"]

[[account.position]]
instrument = "AAPL"
quantity = 100
cost = "182.4031"

[[instrument]]
name = "AAPL"
bid = "199.00"
ask = "199.02"

[faults]
repeat-statuses = true
drop-on-place = "after-fill"

[[plan]]
after-ms = 30000
do = "restore-upstream"
data-lost = true

[[plan]]
on = "order"
nth = 2
do = "disconnect"
client = 4
"#;

#[test]
fn a_whole_file_says_accounts_clock_faults_and_plan() {
    let run = Run::from_toml(WHOLE).unwrap();
    assert!(run.start_is_fixed && run.config.stepped && !run.config.live_data);
    assert!(run.config.faults.repeat_statuses);
    let accounts = run.config.scenario.accounts.iter();
    let ids: Vec<_> = accounts.map(|account| account.id.as_str()).collect();
    assert_eq!(ids, ["DU1000099", "DU1000100", "DU1000101"]);
    let world = World::new(&run.config.scenario);
    let held = world.position(&AccountId::new("DU1000101"), ConId::new(265_598));
    assert_eq!(held.unwrap().average_cost, "182.4031".parse().unwrap());
    let whens: Vec<_> = run.config.plan.iter().map(|planned| planned.when).collect();
    assert_eq!(whens[..2], [When::After(0), When::After(30_000)]);
    assert!(matches!(
        run.config.plan[1].action,
        Action::RestoreUpstream { data_lost: true }
    ));
}

#[test]
fn every_mistake_in_a_file_has_its_line() {
    let mut wrong = Vec::new();
    for (from, to, line, word) in [
        ("seed = 9", "seed = \"x\"", 2, "u64"),
        ("seed = 9", "sead = 9", 2, "sead"),
        ("15:00:00Z", "25:00:00Z", 3, "hour"),
        ("\"stepped\"", "\"stopped\"", 4, "stopped"),
        ("DU1000099", "1000099", 9, "account id"),
        ("count = 3", "count = 1001", 8, "1000"),
        ("\"reg-t\"", "\"full\"", 12, "full"),
        ("HKD", "XXX", 13, "XXX"),
        ("\"futures\"]", "\"crypto\"]", 15, "crypto"),
        ("instrument = \"AAPL\"", "instrument = \"NOPE\"", 18, "NOPE"),
        ("\"182.4031\"", "\"much\"", 20, "much"),
        ("\"199.02\"", "\"198.00\"", 23, "market"),
        (
            "repeat-statuses",
            "repeat-everything",
            28,
            "repeat-everything",
        ),
        ("after-ms = 30000", "after-ms = -1", 31, "after-ms"),
        ("\"restore-upstream\"", "\"restore\"", 31, "restore"),
        ("on = \"order\"", "on = \"monday\"", 36, "monday"),
        ("client = 4", "clients = 4", 36, "clients"),
    ] {
        let text = WHOLE.replacen(from, to, 1);
        assert_ne!(text, WHOLE, "{from}");
        let error = Run::from_toml(&text).unwrap_err();
        if error.line() != Some(line) || !error.to_string().contains(word) {
            wrong.push(format!("{to}: line {line} expected: {error}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(Run::from_toml("seed = 1").is_err());
}

const INVENTED: &str = r#"
early-assignment = true

[[account]]
id = "DU1"
type = "INDIVIDUAL"
margin = "reg-t"
cash = { USD = "25000" }
permissions = ["forex", "options-2"]

[[account.position]]
instrument = "ZZZ"
quantity = 100
cost = "40"

[[instrument]]
symbol = "ZZZ"
title = "ZEBRA ZINC CO"
kind = "stock"
exchange = "NYSE"
price = "41.50"
volatility = 35
tick = "0.05"
lot = 10
bid = "41.45"
ask = "41.55"

[[dividend]]
instrument = "ZZZ"
ex = "2026-01-05"
pay = "2026-01-09"
amount = "0.51"
"#;

#[test]
fn the_scenario_that_the_help_shows_is_one() {
    let help = include_str!("../../src/help.txt");
    let (_, shown) = help.split_once("A scenario file:\n").unwrap();
    let run = Run::from_toml(shown).unwrap();
    assert_eq!(run.config.scenario.accounts.len(), 3);
    assert_eq!(run.config.scenario.invented.len(), 1);
    assert_eq!(run.config.scenario.dividends.len(), 1);
    assert!(run.config.record.is_some());
}

#[test]
fn a_file_can_invent_instruments_and_announce_dividends() {
    let run = Run::from_toml(INVENTED).unwrap();
    let scenario = &run.config.scenario;
    assert!(scenario.early_assignment);
    let permissions = scenario.accounts[0].permissions;
    assert!(permissions.forex && !permissions.futures);
    assert_eq!(permissions.options, OptionLevel::Long);
    let world = World::new(scenario);
    let zebra = world.named("ZZZ").unwrap();
    let held = world.position(&AccountId::new("DU1"), zebra).unwrap();
    assert_eq!(held.quantity, "100".parse().unwrap());
    assert_eq!(scenario.dividends[0].con_id, zebra);
    assert_eq!(
        scenario.dividends[0].pay_day - scenario.dividends[0].ex_day,
        4
    );
    assert_eq!(run.config.plan.len(), 1, "its market is set at the start");
}

#[test]
fn every_mistake_about_an_invented_instrument_has_its_line() {
    let mut wrong = Vec::new();
    for (from, to, line, word) in [
        ("\"options-2\"", "\"options-5\"", 9, "options-5"),
        ("symbol = \"ZZZ\"", "symbol = \"AAPL\"", 17, "already"),
        ("symbol = \"ZZZ\"", "symbol = \"zz\"", 17, "capitals"),
        ("symbol = \"ZZZ\"", "name = \"AAPL\"", 16, "described"),
        ("kind = \"stock\"", "kind = \"bond\"", 19, "bond"),
        ("kind = \"stock\"", "", 16, "kind"),
        ("\"NYSE\"", "\"MOON\"", 20, "MOON"),
        ("\"41.50\"", "\"41.52\"", 21, "tick"),
        ("volatility = 35", "volatility = 0", 22, "500"),
        ("\"0.05\"", "\"-0.05\"", 23, "above 0"),
        ("lot = 10", "lot = 0", 24, "100000"),
        ("ask = \"41.55\"", "", 16, "belong together"),
        ("\"41.55\"", "\"41.00\"", 17, "market"),
        ("\"2026-01-05\"", "\"2026-01-35\"", 30, "date"),
        ("\"2026-01-09\"", "\"2026-01-02\"", 31, "earliest"),
        ("\"0.51\"", "\"0\"", 32, "above 0"),
        (
            "instrument = \"ZZZ\"\nex",
            "instrument = \"VOO\"\nex",
            29,
            "moves with",
        ),
        (
            "instrument = \"ZZZ\"\nex",
            "instrument = \"SPX\"\nex",
            29,
            "only shares",
        ),
    ] {
        let text = INVENTED.replacen(from, to, 1);
        assert_ne!(text, INVENTED, "{from}");
        match Run::from_toml(&text) {
            Ok(_) => wrong.push(format!("{to}: taken")),
            Err(error) if error.line() == Some(line) && error.to_string().contains(word) => {}
            Err(error) => wrong.push(format!("{to}: line {line} expected: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn every_named_scenario_starts_and_lets_a_client_in() {
    for (name, _) in NAMES {
        let mut run = by_name(name, 5).unwrap();
        run.config.stepped = true;
        let accounts = run.config.scenario.accounts.len();
        let sim = Sim::start(run.config).await.unwrap();
        let mut bare = Bare::asking(&sim, 4).await;
        let listed = bare.message("15").await[2].clone();
        let listed: Vec<_> = listed.split(',').filter(|id| !id.is_empty()).collect();
        assert_eq!(listed.len(), accounts, "{name}");
        let paper = listed.iter().all(|id| id.starts_with("DU"));
        assert_eq!(paper, name != "live");
        bare.send(&["61", "1"]).await;
        bare.message("62").await;
    }
    assert!(by_name("nonsense", 1).is_none());
}

/// Connects to a scenario of this name whose time stands still.
async fn scenario(name: &str) -> (SimHandle, Bare) {
    let mut run = by_name(name, 5).unwrap();
    run.config.stepped = true;
    let sim = Sim::start(run.config).await.unwrap();
    let bare = Bare::started(&sim, 4).await;
    (sim, bare)
}

/// What becomes of an order of `quantity` units for an account.
fn tried(world: &World, account: &str, quantity: i64, con_id: i32) -> Result<(), String> {
    let request = OrderRequest {
        account: account.to_owned(),
        con_id: ConId::new(con_id),
        exchange: String::new(),
        side: if quantity < 0 { Side::Sell } else { Side::Buy },
        quantity: quantity.abs().into(),
        kind: OrderKind::Market,
        tif: Tif::Day,
        outside_rth: false,
        order_ref: String::new(),
        transmit: true,
        terms: OrderTerms::default(),
    };
    let preview = world.what_if(ClientId::new(1), OrderId::new(1), &request);
    preview.map(|_| ()).map_err(|reject| reject.to_string())
}

#[tokio::test]
async fn accounts_of_the_named_scenarios_are_what_their_names_say() {
    let apple = 265_598;
    let world = |name: &str| World::new(&by_name(name, 5).unwrap().config.scenario);
    let single = world("single");
    assert_eq!(
        tried(&single, "", 10, apple),
        Ok(()),
        "it need not be named"
    );
    let three = world("three-accounts");
    assert!(tried(&three, "", 10, apple).unwrap_err().starts_with("435"));
    let ira = world("cash-ira");
    // Of 25,000 in cash 5,000 have not settled.
    assert_eq!(tried(&ira, "DU4100001", 70, apple), Ok(()));
    let unsettled = tried(&ira, "DU4100001", 80, apple).unwrap_err();
    assert!(unsettled.contains("settled cash"), "{unsettled}");
    assert!(
        tried(&ira, "DU4100001", -30, apple)
            .unwrap_err()
            .contains("Short stock")
    );
    let hong_kong = world("hong-kong");
    assert_eq!(tried(&hong_kong, "", 200, 152_791_428), Ok(()));
    let odd = tried(&hong_kong, "", 150, 152_791_428).unwrap_err();
    assert!(odd.contains("lot size 100"), "{odd}");
    assert_eq!(world("thousand-accounts").account_ids().len(), 1_000);
    let live = world("live").account_ids();
    assert!(live.iter().all(|id| id.as_str().starts_with('U')) && live.len() == 3);
}

#[tokio::test]
async fn delayed_data_and_hostile_are_what_their_names_say() {
    let line = [
        "1", "11", "50", AAPL, "", "", "", "", "", "", "SMART", "", "", "", "", "0", "", "0", "0",
        "",
    ];
    let (_sim, mut bare) = scenario("delayed-data").await;
    bare.send(&line).await;
    assert_eq!(bare.error().await, ("50".to_owned(), "354".to_owned()));
    bare.send(&["59", "1", "3"]).await;
    bare.send(&line).await;
    assert_eq!(bare.error().await, ("50".to_owned(), "10167".to_owned()));

    let (sim, mut bare) = scenario("hostile").await;
    bare.order(1, "BUY", Some("100.00"), true).await;
    let previews: Vec<_> = bare.up_to_now().await;
    let warned = |fields: &&Vec<String>| fields.iter().any(|one| one.contains("being computed"));
    assert_eq!(previews.len(), 2, "first without margins, then with them");
    assert_eq!(previews.iter().filter(warned).count(), 1);
    bare.order(1, "BUY", Some("100.00"), false).await;
    let statuses = bare.up_to_now().await;
    let statuses = statuses.iter().filter(|fields| fields[0] == "3");
    assert_eq!(statuses.count(), 2, "every status comes twice");
    sim.step(35_000).await.unwrap();
    while bare.error().await.1 != "1100" {}
    // The second order arrives and the client never hears of it.
    sim.step(10_000).await.unwrap();
    bare.order(2, "BUY", Some("100.00"), false).await;
    assert!(bare.ends().await.iter().all(|fields| fields[0] != "5"));
    let book = sim.with_world(|world| world.open_orders().len()).await;
    assert_eq!(book, Some(2));
}

#[tokio::test]
async fn an_advisor_with_many_accounts_asks_for_them_one_by_one() {
    let mut run = by_name("thousand-accounts", 1).unwrap();
    run.config.stepped = true;
    run.config.faults.advisor_limits = true;
    let sim = Sim::start(run.config).await.unwrap();
    let mut bare = Bare::started(&sim, 4).await;
    bare.send(&["61", "1"]).await;
    assert_eq!(bare.error().await, ("-1".to_owned(), "321".to_owned()));
    bare.send(&["62", "1", "8", "All", "NetLiquidation"]).await;
    assert_eq!(bare.error().await, ("8".to_owned(), "321".to_owned()));
    bare.send(&["62", "1", "9", "DU5000007", "NetLiquidation"])
        .await;
    assert_eq!(bare.message("63").await[3], "DU5000007");
    bare.message("64").await;
    bare.send(&["74", "1", "10", "DU5000007", ""]).await;
    assert_eq!(bare.message("71").await[3], "DU5000007");
    bare.message("72").await;
    bare.send(&["76", "1", "11", "DU5000007", "", "1"]).await;
    assert_eq!(bare.message("73").await[3], "DU5000007");
    bare.message("74").await;
}

#[tokio::test]
async fn a_thousand_accounts_connect_fast() {
    let run = by_name("thousand-accounts", 1).unwrap();
    let sim = Sim::start(run.config).await.unwrap();
    let begun = Instant::now();
    let mut bare = Bare::started(&sim, 4).await;
    bare.send(&["61", "1"]).await;
    let mut positions = 0;
    while bare.next().await[0] == "61" {
        positions += 1;
    }
    assert!(positions > 10_000, "{positions}");
    println!("{positions} positions in {:?}", begun.elapsed());
    // Unoptimized, on a busy machine; a release build needs a small part of it.
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn on_a_saturday_an_order_waits_with_a_warning_for_monday() {
    let mut run = by_name("market-closed", 1).unwrap();
    run.config.stepped = true;
    let sim = Sim::start(run.config).await.unwrap();
    let mut bare = Bare::started(&sim, 4).await;
    bare.order(1, "BUY", None, false).await;
    let warning = bare.message("4").await;
    assert_eq!(warning[3], "399");
    assert!(
        warning[4].contains("2026-01-05 09:30:00 US/Eastern"),
        "{warning:?}"
    );
    sim.step(60_000).await.unwrap();
    let open = async || {
        let count = sim.with_world(|world| world.open_orders().len()).await;
        count.unwrap()
    };
    assert_eq!(open().await, 1);
    bare.send(&[
        "9", "8", "5", AAPL, "", "", "", "", "", "", "", "", "", "", "", "", "0", "", "",
    ])
    .await;
    let details = bare.message("10").await;
    let hours = "20260103:CLOSED;20260104:CLOSED;20260105:0930-20260105:1600";
    assert!(
        details.iter().any(|field| field.starts_with(hours)),
        "{details:?}"
    );
    // Monday 14:29:59 UTC, and two seconds.
    let ms = 48 * 3_600_000 - 31 * 60_000 - 1_000;
    sim.act(Action::Jump { ms }).await.unwrap();
    assert_eq!(open().await, 1);
    sim.step(2_000).await.unwrap();
    assert_eq!(open().await, 0);
}

struct Lines(BufReader<TcpStream>);

impl Lines {
    async fn open(control: &Control) -> Self {
        Self(BufReader::new(
            TcpStream::connect(control.addr()).await.unwrap(),
        ))
    }

    async fn say(&mut self, line: Value) -> Option<Value> {
        let text = format!("{line}\n");
        self.0.write_all(text.as_bytes()).await.ok()?;
        let mut answer = String::new();
        self.0.read_line(&mut answer).await.ok()?;
        serde_json::from_str(&answer).ok()
    }
}

#[tokio::test]
async fn the_control_port_does_what_it_is_told_and_wants_its_token() {
    let sim = stepped(|_| {}).await;
    let token = random_token();
    assert_ne!(token, random_token());
    let control = Control::open(0, token.clone(), sim.lever()).await.unwrap();
    assert!(control.addr().ip().is_loopback());

    let mut stranger = Lines::open(&control).await;
    let refused = stranger.say(json!({"token": "guess"})).await.unwrap();
    assert_eq!(refused["ok"], false);
    assert!(stranger.say(json!({"do": "status"})).await.is_none());
    let mut pushy = Lines::open(&control).await;
    assert_eq!(
        pushy.say(json!({"do": "status"})).await.unwrap()["ok"],
        false
    );

    let mut bare = Bare::started(&sim, 4).await;
    let mut lines = Lines::open(&control).await;
    assert_eq!(
        lines.say(json!({"token": token})).await.unwrap()["ok"],
        true
    );
    let before = lines.say(json!({"do": "status"})).await.unwrap();
    assert_eq!(before["state"]["clients"], json!([4]));
    for action in [
        json!({"do": "set-price", "instrument": "AAPL", "bid": "150.00", "ask": "150.02"}),
        json!({"do": "freeze", "instrument": "EUR.USD"}),
        json!({"do": "thaw", "instrument": "EUR.USD"}),
        json!({"do": "lose-upstream"}),
        json!({"do": "restore-upstream", "data-lost": true}),
        json!({"do": "restore-upstream"}),
        json!({"do": "notice", "code": 2103}),
        json!({"do": "competing-session"}),
        json!({"do": "end-competing-session"}),
        json!({"do": "pacing-error"}),
        json!({"do": "skew-clock", "ms": 5}),
        json!({"do": "jump", "ms": 1000}),
        json!({"do": "step", "ms": 1000}),
        json!({"do": "faults", "read-only": true, "drop-on-place": "after-fill"}),
        json!({"do": "faults"}),
    ] {
        let answer = lines.say(action.clone()).await.unwrap();
        assert_eq!(answer["ok"], true, "{action} {answer}");
    }
    for code in ["1100", "1101", "1102", "2103", "100"] {
        assert_eq!(bare.error().await.1, code);
    }
    for (wrong, word) in [
        (json!({"do": "dance"}), "dance"),
        (json!({"do": "step"}), "ms"),
        (json!({"do": "step", "ms": -1}), "step"),
        (json!({"do": "status", "more": 1}), "more"),
        (json!({"do": "faults", "nonsense": true}), "nonsense"),
        (
            json!({"do": "set-price", "instrument": "X", "bid": "1", "ask": "2"}),
            "X",
        ),
        (
            json!({"do": "set-price", "instrument": "AAPL", "bid": "2", "ask": "1"}),
            "market",
        ),
        (json!([1]), ""),
    ] {
        let answer = lines.say(wrong.clone()).await.unwrap();
        assert_eq!(answer["ok"], false, "{wrong}");
        assert!(answer["error"].as_str().unwrap().contains(word), "{answer}");
    }
    let after = lines.say(json!({"do": "status"})).await.unwrap();
    let passed =
        after["state"]["time"].as_i64().unwrap() - before["state"]["time"].as_i64().unwrap();
    assert_eq!(passed, 2_000);
    lines
        .say(json!({"do": "restart", "next-valid-id": 1}))
        .await
        .unwrap();
    bare.ends().await;
}

#[tokio::test]
async fn the_control_port_closes_the_gateways_port_and_opens_it_again() {
    let sim = stepped(|_| {}).await;
    let control = Control::open(0, "t".to_owned(), sim.lever()).await.unwrap();
    let mut lines = Lines::open(&control).await;
    lines.say(json!({"token": "t"})).await.unwrap();
    let mut bare = Bare::started(&sim, 4).await;
    // Each of them twice: a second time is no fault and changes nothing.
    for _ in 0..2 {
        let answer = lines.say(json!({"do": "close-port"})).await.unwrap();
        assert_eq!(
            (&answer["ok"], &answer["state"]["clients"]),
            (&json!(true), &json!([]))
        );
        assert!(TcpStream::connect(sim.addr()).await.is_err());
    }
    bare.ends().await;
    // Time goes on meanwhile.
    let before = lines.say(json!({"do": "status"})).await.unwrap()["state"]["time"].as_i64();
    let after = lines
        .say(json!({"do": "step", "ms": 60_000}))
        .await
        .unwrap();
    assert_eq!(
        after["state"]["time"].as_i64(),
        before.map(|ms| ms + 60_000)
    );
    for _ in 0..2 {
        let answer = lines.say(json!({"do": "open-port"})).await.unwrap();
        assert_eq!(answer["ok"], true, "{answer}");
    }
    let _back = Bare::started(&sim, 4).await;
}

#[tokio::test]
async fn a_port_that_somebody_else_has_taken_is_said_and_can_be_had_later() {
    let mut sim = stepped(|_| {}).await;
    sim.stop().await;
    let taken = tokio::net::TcpListener::bind(sim.addr()).await.unwrap();
    for _ in 0..2 {
        let error = sim.resume().await.unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse);
    }
    drop(taken);
    sim.resume().await.unwrap();
    let _back = Bare::started(&sim, 4).await;
}

#[tokio::test]
async fn a_scenario_can_close_the_port_for_a_while() {
    let text = "clock = \"stepped\"\n\
        [[account]]\nid = \"DU1\"\ntype = \"INDIVIDUAL\"\nmargin = \"reg-t\"\ncash = { USD = 1000 }\n\
        [[plan]]\nafter-ms = 1000\ndo = \"close-port\"\n\
        [[plan]]\nafter-ms = 301000\ndo = \"open-port\"\n";
    let config = Run::from_toml(text).unwrap().config;
    let sim = Sim::start(config).await.unwrap();
    sim.step(1_000).await.unwrap();
    let until = async |open: bool| {
        while TcpStream::connect(sim.addr()).await.is_ok() != open {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), until(false))
        .await
        .unwrap();
    sim.step(300_000).await.unwrap();
    tokio::time::timeout(Duration::from_secs(10), until(true))
        .await
        .unwrap();
}
