//! Option chains from the gateway with its real limits on: one request for the classes, one for
//! each expiry, and never a line or a message too many.

use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_desk::view::{OptionClassView, PayoffInput, PayoffLegInput, StrikesView};
use gatehouse_domain::Decimal;
use gatehouse_domain::chain::ExpiryKind;
use gatehouse_domain::draft::Side;
use gatehouse_domain::settlement::Settles;
use gatehouse_e2e::{House, HouseOptions, Page};
use gatehouse_sim::server::SimConfig;
use gatehouse_sim::world::Scenario;

/// A house at a gateway that counts messages and lines as the real one does.
async fn limited() -> House {
    let scenario = Scenario::three_accounts(7).starting_at(SystemClock.now().0);
    let mut sim = SimConfig::new(scenario);
    sim.pacing = true;
    let mut house = House::new(HouseOptions {
        sim,
        ..HouseOptions::default()
    })
    .await;
    house.until("the link is up", Page::is_up).await;
    house
}

fn refusals(house: &House) -> Vec<String> {
    let notices = house.page.notices.iter().filter(|n| n.code.is_some());
    let told = notices.map(|n| n.text.clone());
    let quotes = house.page.quotes.values();
    told.chain(quotes.filter_map(|q| q.refused.clone()))
        .collect()
}

/// The first expiry with more options than there are lines. Which one that is depends on the day:
/// near ones have few strikes.
async fn long_expiry(house: &House, con_id: i32, class: &OptionClassView) -> StrikesView {
    for dated in &class.expiries {
        let name = class.trading_class.clone();
        let expiry = dated.expiry.clone();
        let strikes = house.desk.strikes(con_id, name, expiry).await.unwrap();
        if strikes.rows.len() > 60 {
            return strikes;
        }
    }
    panic!("no expiry has more options than there are lines");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_of_many_strikes_gets_prices_and_greeks_within_the_gateway_s_limits() {
    let mut house = limited().await;
    let con_id = house.choose("AAPL").await;
    let chain = house.desk.chain(con_id).await.unwrap();
    let class = &chain.classes[0];
    assert_eq!(
        (class.trading_class.as_str(), class.standard),
        ("AAPL", true)
    );
    assert!(class.expiries.len() >= 10, "{}", class.expiries.len());
    assert!(class.expiries.windows(2).all(|w| w[0].days < w[1].days));

    let strikes = long_expiry(&house, con_id, class).await;
    let spot = house.page.quotes[&con_id].last.value.expect("a price");
    let mut rows: Vec<_> = strikes.rows.iter().collect();
    rows.sort_by_key(|row| (row.strike - spot).abs());
    let options: Vec<i32> = rows
        .iter()
        .flat_map(|row| [row.call.as_ref(), row.put.as_ref()])
        .flatten()
        .map(|option| option.con_id)
        .collect();
    house.desk.show_options(&options).await.unwrap();
    let nearest = options[..20].to_vec();
    house
        .until("the nearest have greeks", |p| {
            nearest.iter().all(|id| {
                p.quotes
                    .get(id)
                    .is_some_and(|q| q.greeks.as_ref().is_some_and(|g| g.delta.value.is_some()))
            })
        })
        .await;
    let shown = options.clone();
    house
        .until("every option has had a price in its turn", |p| {
            shown
                .iter()
                .all(|id| p.quotes.get(id).is_some_and(|q| q.ask.value.is_some()))
        })
        .await;
    let lines = house.page.lines.clone();
    assert!(
        lines.others + lines.steady + lines.in_turn <= lines.budget,
        "{lines:?}"
    );
    assert!(lines.taking_turns > 0, "{lines:?}");
    assert_eq!(refusals(&house), Vec::<String>::new());

    // Calls are worth less the higher the strike, and their delta lies between nought and one.
    let call = |row: &gatehouse_desk::view::StrikeView| {
        let id = row.call.as_ref().unwrap().con_id;
        house.page.quotes[&id].greeks.clone().unwrap().delta.value
    };
    let (low, high) = (rows.iter().min_by_key(|r| r.strike).unwrap(), rows[0]);
    if let (Some(deep), Some(near)) = (call(low), call(high)) {
        assert!(
            deep > near && near > Decimal::ZERO && deep <= Decimal::ONE,
            "{deep} {near}"
        );
    }

    // What a condor of the nearest comes to has exact bounds, and the model places it.
    rows.truncate(12);
    rows.sort_by_key(|row| row.strike);
    let leg = |id: i32, side| PayoffLegInput {
        con_id: id,
        side,
        ratio: 1,
        price: String::new(),
        volatility: String::new(),
    };
    let put = |n: usize| rows[n].put.as_ref().unwrap().con_id;
    let call = |n: usize| rows[n].call.as_ref().unwrap().con_id;
    let condor = PayoffInput {
        legs: vec![
            leg(put(0), Side::Buy),
            leg(put(3), Side::Sell),
            leg(call(8), Side::Sell),
            leg(call(11), Side::Buy),
        ],
        quantity: "1".into(),
        dates: vec![String::new()],
        volatility_shift: String::new(),
        rate: String::new(),
        account: None,
    };
    let picture = house.desk.payoff(condor).await.unwrap();
    assert_eq!(picture.name, "Iron condor");
    let (profit, loss) = (
        picture.max_profit.amount.unwrap(),
        picture.max_loss.amount.unwrap(),
    );
    let wings = (rows[3].strike - rows[0].strike).max(rows[11].strike - rows[8].strike);
    assert_eq!(profit + loss, wings * Decimal::ONE_HUNDRED);
    assert_eq!(picture.breakevens.len(), 2);
    assert!(
        picture.chance_of_profit.is_some() && picture.delta.is_some(),
        "{:?}",
        picture.says
    );

    // Leaving gives the lines back.
    house.desk.show_options(&[]).await.unwrap();
    house
        .until("the lines are free", |p| {
            p.lines.steady + p.lines.in_turn == 0
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_keeps_its_classes_apart_and_a_fund_without_options_says_so() {
    let mut house = House::ready().await;
    // An index has no bid and no offer to wait for.
    let found = house.desk.search("SPX").await.unwrap();
    let spx = found.iter().find(|m| m.symbol == "SPX").unwrap().con_id;
    house.desk.instrument(spx).await.unwrap();
    let chain = house.desk.chain(spx).await.unwrap();
    let names: Vec<&str> = chain
        .classes
        .iter()
        .map(|c| c.trading_class.as_str())
        .collect();
    assert_eq!(names, ["SPX", "SPXW"]);
    // The monthly class trades to the day before it is settled, and is monthly all the same.
    let monthly = &chain.classes[0];
    assert_eq!(monthly.settles, Settles::Morning);
    for each in &monthly.expiries {
        let kinds = [ExpiryKind::Monthly, ExpiryKind::Leaps];
        assert!(kinds.contains(&each.kind), "{each:?}");
        assert!(each.settled > each.expiry, "{each:?}");
    }
    assert_eq!(chain.classes[1].settles, Settles::Afternoon);
    let weekly = &chain.classes[1];
    let first = weekly.expiries[0].expiry.clone();
    let strikes = house.desk.strikes(spx, "SPXW".into(), first).await.unwrap();
    assert!(strikes.rows.iter().all(|r| {
        r.call
            .as_ref()
            .is_some_and(|c| c.multiplier == Decimal::ONE_HUNDRED)
    }));
    let none = house.choose("700").await;
    let error = house.desk.chain(none).await.unwrap_err();
    assert!(
        error.message.contains("no options on 700"),
        "{}",
        error.message
    );
    let error = house
        .desk
        .strikes(none, "700".into(), "20261218".into())
        .await
        .unwrap_err();
    assert!(error.message.contains("Open it again"), "{}", error.message);
}
