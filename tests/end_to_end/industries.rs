//! The industry that the gateway sorts a stock into is what the limit on it goes by.

use gatehouse_desk::view::PreviewOutcome;
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::{DraftInput, Side};
use gatehouse_e2e::{House, HouseOptions, Page, limit};
use gatehouse_rules::RuleBook;

const RULE: &str = "limit.industry-concentration";

/// A house with this share for an industry, and a purchase of AAPL in it.
async fn house(percent: i64) -> (House, DraftInput) {
    let book = RuleBook::default();
    let book = book.with_number(RULE, "percent", Decimal::from(percent));
    let mut house = House::new(HouseOptions {
        book: book.expect("it can be set"),
        ..HouseOptions::default()
    })
    .await;
    house.until("the link is up", Page::is_up).await;
    let con_id = house.choose("AAPL").await;
    let account = house.page.account_of("Individual").expect("one").id.clone();
    // What is held is looked up once everything else has been read.
    house
        .until("everything that is held is known by name", |page| {
            let mut held = page.positions.values();
            held.all(|position| position.instrument.name.is_some())
        })
        .await;
    let bid = house.page.quotes[&con_id].bid.value.expect("a bid");
    let price = (bid * Decimal::new(99, 2)).round_dp(2).to_string();
    let draft = limit("i-1", &account, con_id, Side::Buy, "1", &price);
    (house, draft)
}

async fn said(house: &House, draft: DraftInput) -> (bool, String) {
    let (verdict, goes) = match house.desk.preview(draft).await.expect("an answer") {
        PreviewOutcome::Ready { preview } => (preview.verdict, true),
        PreviewOutcome::Blocked { verdict } => (verdict, false),
        other => panic!("{other:#?}"),
    };
    let mut findings = verdict.findings.iter();
    let found = findings.find(|finding| finding.rule == RULE);
    (goes, found.expect("the rule spoke").says.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_beyond_the_share_of_its_industry_is_blocked_with_what_is_held_of_it() {
    let (house, draft) = house(1).await;
    let (goes, says) = said(&house, draft).await;
    assert!(
        !goes && says.starts_with("Technology would come to"),
        "{says}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn within_the_share_it_goes_and_the_finding_names_the_industry() {
    let (house, draft) = house(1_000).await;
    let (goes, says) = said(&house, draft).await;
    assert!(
        goes && says == "Technology stays within its share.",
        "{says}"
    );
}
