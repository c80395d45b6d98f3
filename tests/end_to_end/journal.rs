//! Every attempt is in the journal, and tampering is found.

use gatehouse_desk::view::{JournalQuery, OrderStateView};
use gatehouse_domain::draft::Side;
use gatehouse_e2e::{House, limit, market};

fn everything() -> JournalQuery {
    JournalQuery {
        limit: 500,
        ..JournalQuery::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_attempt_is_in_the_journal_in_order_and_the_chain_holds() {
    let mut house = House::ready().await;
    let con_id = house.choose("AAPL").await;
    let company = house.page.account_of("Company").unwrap().id.clone();
    let roth = house.page.account_of("Roth IRA").unwrap().id.clone();
    let abandoned = house
        .preview(market("abandoned", &company, con_id, Side::Buy, "1"))
        .await;
    house.desk.abandon(&abandoned.id).await.unwrap();
    let bid = house.page.quotes[&con_id]
        .bid
        .value
        .unwrap()
        .round_dp(2)
        .to_string();
    house
        .desk
        .preview(limit("blocked", &roth, con_id, Side::Sell, "900", &bid))
        .await
        .unwrap();
    house
        .send(market("sent", &company, con_id, Side::Buy, "10"))
        .await;
    house
        .until("it is filled with its commission", |p| {
            p.order("sent")
                .is_some_and(|o| o.state == OrderStateView::Filled && !o.commission_pending)
        })
        .await;
    let page = house.desk.journal(everything()).await.unwrap();
    let kinds = |intent: &str| -> Vec<&str> {
        let mut kinds: Vec<&str> = page
            .entries
            .iter()
            .rev()
            .filter(|e| e.intent.as_deref() == Some(intent))
            .map(|e| e.kind.as_str())
            .collect();
        // The market moves: a verdict that says something else with the broker's answer is
        // written down beside the one from before it.
        if kinds.starts_with(&["judged", "judged", "previewed"]) {
            kinds.remove(0);
        }
        kinds
    };
    assert_eq!(kinds("abandoned"), ["judged", "previewed", "abandoned"]);
    assert_eq!(kinds("blocked"), ["judged"]);
    let sent = kinds("sent");
    assert_eq!(sent[..4], ["judged", "previewed", "judged", "approved"]);
    assert!(sent.contains(&"execution") && sent.contains(&"commission"));
    assert!(house.desk.verify_journal(None).await.unwrap().intact);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_account_number_of_the_login_is_missing_from_what_the_journal_says_of_an_order() {
    let mut house = House::ready().await;
    let con_id = house.choose("AAPL").await;
    let company = house.page.account_of("Company").unwrap().id.clone();
    house
        .send(market("sent", &company, con_id, Side::Buy, "1"))
        .await;
    let query = JournalQuery {
        account: Some(company.clone()),
        ..everything()
    };
    let page = house.desk.journal(query).await.unwrap();
    assert!(!page.entries.is_empty());
    assert!(
        page.entries
            .iter()
            .all(|e| e.account.as_deref() == Some(company.as_str()))
    );
}
