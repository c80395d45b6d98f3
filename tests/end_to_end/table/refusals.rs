//! What a contract does not list is refused at the field, before anything is judged or asked.

use gatehouse_desk::view::PreviewOutcome;
use gatehouse_domain::algo::AlgoInput;
use gatehouse_domain::condition::{ConditionInput, ConditionKind, Reaches};
use gatehouse_domain::draft::{DraftField, DraftInput};
use gatehouse_domain::order_type::OrderType;
use gatehouse_domain::tif::TifChoice;
use gatehouse_e2e::House;

/// A currency pair, whose exchange lists fewer types than a share's.
async fn pair(house: &mut House) -> DraftInput {
    let found = house.desk.search("EUR").await.expect("a search");
    let con_id = found
        .iter()
        .find(|m| m.symbol == "EUR")
        .unwrap_or_else(|| panic!("EUR among {found:?}"))
        .con_id;
    house.desk.instrument(con_id).await.expect("an instrument");
    DraftInput {
        account: super::ACCOUNT.into(),
        con_id: Some(con_id),
        quantity: "20000".into(),
        limit_price: "1.1".into(),
        stop_price: "1.2".into(),
        trail: "0.01".into(),
        offset: "0.01".into(),
        ..DraftInput::empty("pair")
    }
}

async fn refused(house: &House, draft: DraftInput, field: DraftField) {
    match house.desk.preview(draft.clone()).await.unwrap() {
        PreviewOutcome::Faulty { faults } => {
            let there = faults.iter().find(|fault| fault.field == field);
            assert!(there.is_some(), "{draft:#?}: {faults:#?}");
        }
        other => panic!("{draft:#?}: {other:#?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_contract_does_not_list_is_refused_at_its_field() {
    let mut house = House::ready().await;
    let plain = pair(&mut house).await;
    for order_type in [
        OrderType::MarketOnClose,
        OrderType::LimitOnClose,
        OrderType::MarketOnOpen,
        OrderType::LimitOnOpen,
        OrderType::Midprice,
        OrderType::PegMid,
        OrderType::MarketToLimit,
    ] {
        let draft = DraftInput {
            order_type,
            ..plain.clone()
        };
        refused(&house, draft, DraftField::OrderType).await;
    }
    let fill_or_kill = DraftInput {
        tif: TifChoice::Fok,
        ..plain.clone()
    };
    refused(&house, fill_or_kill, DraftField::TimeInForce).await;
    let mut whole = plain.clone();
    whole.handling.all_or_none = true;
    refused(&house, whole, DraftField::Handling).await;
    let mut hidden = plain.clone();
    hidden.handling.hidden = true;
    refused(&house, hidden, DraftField::Handling).await;
    let mut shown = plain.clone();
    shown.handling.display_size = "1".into();
    refused(&house, shown, DraftField::Handling).await;
    let unknown = DraftInput {
        algo: Some(AlgoInput {
            id: "Accelerate".into(),
            params: Default::default(),
        }),
        ..plain.clone()
    };
    refused(&house, unknown, DraftField::Algo).await;
    let nowhere = DraftInput {
        conditions: vec![ConditionInput {
            kind: ConditionKind::Price,
            con_id: Some(999_999_999),
            reaches: Reaches::AtLeast,
            value: "1".into(),
            and: false,
        }],
        ..plain
    };
    refused(&house, nowhere, DraftField::Condition).await;
    let asked = house
        .sim
        .with_world(|world| world.open_orders().len() + world.completed_orders().len())
        .await;
    assert_eq!(asked, Some(0));
}
