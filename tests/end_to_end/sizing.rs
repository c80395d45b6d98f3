//! What a size is reckoned from, out of the gateway's history.

use gatehouse_domain::Decimal;
use gatehouse_e2e::{House, Page};

fn all_valued(page: &Page) -> bool {
    page.is_up() && page.positions.values().all(|p| p.value.value.is_some())
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_year_of_days_tells_the_usual_range_and_what_moves_alike() {
    let mut house = House::ready().await;
    house.until("positions have values", all_valued).await;
    let held = house.page.positions.values().find(|p| {
        let of = |q: &gatehouse_desk::view::PositionView| q.account == p.account;
        house.page.positions.values().filter(|q| of(q)).count() > 2
    });
    let held = held.expect("an account with three positions").clone();
    let (account, con_id) = (held.account, held.instrument.con_id);
    house.desk.instrument(con_id).await.expect("it is known");
    let range = house.desk.day_range(con_id).await.expect("days");
    assert!(range.average.is_some_and(|average| average > Decimal::ZERO));
    assert!(range.told > 110, "{range:?}");
    let told = house
        .desk
        .moves_with(&account, con_id)
        .await
        .expect("days of what is held");
    assert!(!told.with.is_empty(), "{told:?}");
    for one in &told.with {
        assert_ne!(one.con_id, con_id);
        let within = one.coefficient.is_some_and(|c| c.abs() <= Decimal::ONE);
        assert!(within && (100..=120).contains(&one.days), "{one:?}");
    }
    // The day's answers are kept.
    let again = house.desk.moves_with(&account, con_id).await.expect("kept");
    assert_eq!(told, again);
    assert_eq!(
        house.desk.day_range(con_id).await.expect("kept").at,
        range.at
    );
}
