//! Futures in a Roth IRA: the gateway asks for twice the ordinary margin in its what-if, and the
//! order is judged by that before it can be confirmed.

use super::{ROTH, roth_house};
use gatehouse_desk::view::{JournalQuery, OrderStateView, PreviewOutcome, VerdictView};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::{DraftInput, Side, Waivers};
use gatehouse_e2e::{House, limit};
use gatehouse_rules::RuleBook;
use gatehouse_sim::world::{Capability, SecType};

/// The ordinary initial margin of the nearest micro future at the gateway, and its conId.
async fn micro(house: &mut House) -> (i32, Decimal) {
    let found = house.sim.with_world(|world| {
        let all = world.instruments().iter();
        let mut micros = all.filter(|i| i.sec_type == SecType::Future && i.symbol == "MES");
        let micro = micros.next().expect("a micro future");
        let terms = micro.future.as_ref().expect("its terms");
        (micro.con_id.get(), terms.initial_margin)
    });
    let (con_id, margin) = found.await.expect("the gateway runs");
    house.desk.instrument(con_id).await.expect("an instrument");
    house.desk.watch(con_id).await.expect("a watch");
    house
        .until("there is a quote", |page| {
            let quote = page.quotes.get(&con_id);
            quote.is_some_and(|q| q.bid.value.is_some() && q.ask.value.is_some())
        })
        .await;
    (con_id, margin)
}

fn says(verdict: &VerdictView) -> (bool, String) {
    let mut all = verdict.findings.iter();
    let found = all
        .find(|finding| finding.rule == "ira.futures-margin")
        .expect("the rule spoke");
    (found.blocks, found.says.clone())
}

/// A buy that waits far below the market.
fn waiting(house: &House, intent: &str, con_id: i32, quantity: &str) -> DraftInput {
    let bid = house.page.quotes[&con_id].bid.value.expect("a bid");
    let price = (bid * Decimal::new(98, 2)).floor().to_string();
    DraftInput {
        waivers: Waivers {
            stale_price: true,
            ..Waivers::default()
        },
        ..limit(intent, ROTH, con_id, Side::Buy, quantity, &price)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn futures_in_a_roth_are_judged_by_the_doubled_margin_of_the_what_if_and_what_works_counts() {
    let book = RuleBook::default()
        .with_severity("cap.value", None)
        .unwrap();
    let mut house = roth_house(
        Capability::LimitedMargin,
        (20_000, 10_000),
        Vec::new(),
        book,
    )
    .await;
    let (con_id, ordinary) = micro(&mut house).await;

    // Three take more than has settled, though the gateway would take them.
    let three = waiting(&house, "i-3", con_id, "3");
    let outcome = house.desk.preview(three).await.expect("an answer");
    let PreviewOutcome::Blocked { verdict } = outcome else {
        panic!("{outcome:#?}");
    };
    let (blocks, words) = says(&verdict);
    let takes = |count: i64| {
        let text = (ordinary * Decimal::from(2 * count)).to_string();
        let (thousands, rest) = text.split_at(text.len() - 3);
        format!("{thousands},{rest}.00 more initial margin")
    };
    assert!(blocks && words.contains(&takes(3)), "{words}");

    // Two fit, and go.
    let preview = house.preview(waiting(&house, "i-2", con_id, "2")).await;
    let (blocks, words) = says(&preview.verdict);
    assert!(!blocks && words.contains(&takes(2)), "{words}");
    house.desk.confirm(&preview.id).await.expect("sent");
    house
        .until("it works", |page| {
            page.order("i-2")
                .is_some_and(|order| order.state == OrderStateView::Working)
        })
        .await;

    // Another one alone would fit by the broker's answer; beside the two it does not.
    let outcome = house
        .desk
        .preview(waiting(&house, "i-1", con_id, "1"))
        .await;
    let Ok(PreviewOutcome::Blocked { verdict }) = outcome else {
        panic!("{outcome:#?}");
    };
    let (blocks, words) = says(&verdict);
    assert!(
        blocks && words.contains("working orders on futures"),
        "{words}"
    );
    let open = house
        .sim
        .with_world(|world| world.open_orders().len())
        .await;
    assert_eq!(open, Some(1));

    let query = JournalQuery {
        limit: 100,
        intent: Some("i-2".into()),
        ..JournalQuery::default()
    };
    let entries = house.desk.journal(query).await.expect("a page").entries;
    let kinds: Vec<&str> = entries.iter().map(|entry| entry.kind.as_str()).collect();
    let weighed = kinds.iter().filter(|kind| **kind == "judged").count();
    assert_eq!(
        weighed, 3,
        "before the what-if, with it, and when confirmed: {kinds:?}"
    );
}
