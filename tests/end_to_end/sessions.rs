//! Sessions that end at any moment, and logins that are not the expected ones.

use gatehouse_desk::engine::ConnectionTerms;
use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_desk::view::{
    CancelScope, LinkStateView, OrderStateView, PreviewOutcome, ProfileHead,
};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Expects;
use gatehouse_domain::draft::{DraftInput, Side};
use gatehouse_e2e::{House, HouseOptions, Page, limit};
use gatehouse_sim::server::{Action, SimConfig};
use gatehouse_sim::world::Scenario;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use std::collections::BTreeMap;

/// How often the link is cut; `GATEHOUSE_DISCONNECTS` says otherwise for a longer run.
const CUTS: u32 = 24;
/// The longest wait of the house's backoff, in milliseconds.
const LONGEST_WAIT: i64 = 200;
const PAGE_SHOWS: [OrderStateView; 5] = [
    OrderStateView::Held,
    OrderStateView::Working,
    OrderStateView::PartlyFilled,
    OrderStateView::Filled,
    OrderStateView::Cancelled,
];

fn profile(expects: Expects, read_only: bool) -> ConnectionTerms {
    ConnectionTerms {
        profile: Some(ProfileHead {
            id: "main".into(),
            name: "Paper".into(),
            colour: None,
            expects,
            read_only,
        }),
        ..ConnectionTerms::default()
    }
}

fn live_gateway() -> HouseOptions {
    let scenario = Scenario::live(7).starting_at(SystemClock.now().0);
    HouseOptions {
        sim: SimConfig::new(scenario),
        ..HouseOptions::default()
    }
}

async fn resting(house: &mut House, con_id: i32, intent: &str) -> DraftInput {
    let account = house.page.account_of("Individual").unwrap().id.clone();
    let bid = house.page.quotes[&con_id].bid.value.unwrap();
    let price = (bid * Decimal::new(97, 2)).round_dp(2).to_string();
    limit(intent, &account, con_id, Side::Buy, "1", &price)
}

/// How often each intent stands in the gateway's books, worked off or not.
async fn in_the_books(house: &House) -> BTreeMap<String, u32> {
    let refs = house.sim.with_world(|world| {
        let open = world.open_orders().into_iter();
        let over = world.completed_orders().into_iter().map(|done| &done.order);
        let all = open.chain(over);
        all.map(|order| order.request.order_ref.clone()).collect()
    });
    let refs: Vec<String> = refs.await.expect("the gateway runs");
    let mut counted = BTreeMap::new();
    for name in refs {
        *counted.entry(name).or_default() += 1;
    }
    counted
}

/// Cuts the link: the gateway's port closes and opens again, or only the connections end.
async fn cut(house: &mut House, random: &mut SmallRng) {
    let before = house.page.link.as_ref().map(|link| link.since);
    if random.random_bool(0.3) {
        house.sim.stop().await;
        house.until("the loss is told", |p| !p.is_up()).await;
        house.sim.resume().await.unwrap();
    } else {
        let end = match random.random_bool(0.5) {
            true => Action::Disconnect { client: None },
            false => Action::Restart {
                next_valid_id: random.random_bool(0.5).then_some(1),
            },
        };
        house.sim.act(end).await.unwrap();
    }
    let mut waits = Vec::new();
    house
        .until("the link is up again", |page| {
            let link = page.link.as_ref();
            if let Some(retry) = link.and_then(|link| link.retry_at) {
                waits.push(retry.0 - SystemClock.now().0);
            }
            page.is_up() && link.map(|link| link.since) != before
        })
        .await;
    for wait in waits {
        assert!(wait <= LONGEST_WAIT, "a try only after {wait} ms");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_that_end_at_any_moment_lose_no_order_and_double_none() {
    let cuts = std::env::var("GATEHOUSE_DISCONNECTS").ok();
    let cuts = cuts.and_then(|n| n.parse().ok()).unwrap_or(CUTS);
    let mut random = SmallRng::seed_from_u64(7);
    let mut house = House::ready().await;
    let con_id = house.choose("AAPL").await;
    let mut sent = Vec::new();
    for n in 0..cuts {
        let intent = format!("i-{n}");
        let draft = resting(&mut house, con_id, &intent).await;
        let preview = loop {
            match house.desk.preview(draft.clone()).await.expect("an answer") {
                PreviewOutcome::Ready { preview } => break *preview,
                // A busy gateway may not answer in time; asking sends nothing.
                PreviewOutcome::Failed { .. } => {}
                other => panic!("{other:?}"),
            }
        };
        // At some moment of an order's life.
        match random.random_range(0..4) {
            // Before it is confirmed: a later confirmation sends nothing by itself.
            0 => {
                cut(&mut house, &mut random).await;
                house.desk.abandon(&preview.id).await.unwrap();
                continue;
            }
            // While it is on its way.
            1 => {
                let desk = house.desk.clone();
                let id = preview.id.clone();
                let confirming = tokio::spawn(async move { desk.confirm(&id).await });
                cut(&mut house, &mut random).await;
                let outcome = confirming.await.unwrap();
                if outcome.is_ok() {
                    sent.push(intent);
                }
            }
            // When it works.
            2 => {
                house.desk.confirm(&preview.id).await.unwrap();
                sent.push(intent.clone());
                house
                    .until("it works", |p| {
                        p.order(&intent)
                            .is_some_and(|o| o.state == OrderStateView::Working)
                    })
                    .await;
                cut(&mut house, &mut random).await;
            }
            // While it is being cancelled.
            _ => {
                house.desk.confirm(&preview.id).await.unwrap();
                sent.push(intent.clone());
                house
                    .until("it is shown", |p| p.order(&intent).is_some())
                    .await;
                let key = house.page.order(&intent).unwrap().key.clone();
                // It may be over already.
                let _ = house.desk.cancel(&key).await;
                cut(&mut house, &mut random).await;
            }
        }
        // What the gateway has, the page has, each once; what it has not is said not to be there.
        let books = in_the_books(&house).await;
        for intent in &sent {
            let times = books.get(intent).copied().unwrap_or(0);
            assert!(times <= 1, "{intent} stands there {times} times");
            house
                .until("page and gateway agree", |page| {
                    let state = page.order(intent).map(|order| order.state);
                    match state {
                        Some(OrderStateView::NotAtBroker | OrderStateView::Rejected) => times == 0,
                        Some(state) => times == 1 && PAGE_SHOWS.contains(&state),
                        None => false,
                    }
                })
                .await;
        }
        // The gateway takes twenty working orders of a kind.
        if n % 8 == 7 {
            let all = CancelScope::Everything { others_too: false };
            house.desk.cancel_many(all).await.expect("a cancel");
            house
                .until("none works any more", |page| {
                    let working = [OrderStateView::Working, OrderStateView::Cancelling];
                    page.orders.values().all(|o| !working.contains(&o.state))
                })
                .await;
        }
        assert!(books.keys().all(|name| sent.contains(name)), "{books:?}");
    }
    eprintln!("{cuts} cuts, {} orders sent", sent.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_expects_paper_lets_nothing_out_on_a_live_login() {
    let mut house = House::new(live_gateway()).await;
    house
        .desk
        .take_terms(profile(Expects::Paper, false))
        .await
        .unwrap();
    house
        .until("everything waits", |p| {
            p.link_state() == Some(LinkStateView::Held)
        })
        .await;
    assert!(house.desk.arm(15, "LIVE".into()).await.is_err());
    house.desk.go_on("LIVE".into()).await.unwrap();
    house.until("it goes on", Page::is_up).await;
    // Over a lost link too: it is the same login.
    house.sim.stop().await;
    house.until("the link is lost", |p| !p.is_up()).await;
    house.sim.resume().await.unwrap();
    house.until("it is up again", Page::is_up).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_login_that_is_only_looked_at_stands_beside_one_on_paper() {
    let mut paper = House::ready().await;
    paper
        .desk
        .take_terms(profile(Expects::Paper, false))
        .await
        .unwrap();
    let mut live = House::new(live_gateway()).await;
    live.desk
        .take_terms(profile(Expects::Live, true))
        .await
        .unwrap();
    live.until("the live link is up", Page::is_up).await;
    let con_id = live.choose("AAPL").await;
    let draft = resting(&mut live, con_id, "i-1").await;
    match live.desk.preview(draft).await.unwrap() {
        PreviewOutcome::Blocked { verdict } => {
            let read_only = |f: &&gatehouse_desk::view::FindingView| {
                f.rule == "mode.profile-read-only" && f.blocks
            };
            assert!(verdict.findings.iter().any(|f| read_only(&f)));
        }
        other => panic!("{other:?}"),
    }
    let con_id = paper.choose("AAPL").await;
    let draft = resting(&mut paper, con_id, "i-1").await;
    paper.send(draft).await;
    assert_eq!(in_the_books(&paper).await.len(), 1);
    assert!(in_the_books(&live).await.is_empty());
}
