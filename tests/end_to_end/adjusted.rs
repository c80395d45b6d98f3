//! Options that were adjusted after a split, on the whole road: shown apart, with nothing reckoned
//! of them, and never taken for cover or for covered. And minis, which are on a tenth.

use gatehouse_desk::view::{
    ChainOutlookInput, FindingView, OptionClassView, OutcomeView, PayoffInput, PayoffLegInput,
    PlanInput, PreviewOutcome, StrikeView,
};
use gatehouse_domain::Decimal;
use gatehouse_domain::combo::LegInput;
use gatehouse_domain::derivative::Right;
use gatehouse_domain::draft::{DraftInput, Side};
use gatehouse_e2e::{House, Page, limit};

const TLT: i32 = 15_547_841;
const GLD: i32 = 51_529_211;

fn account(house: &House, kind: &str) -> String {
    house.page.account_of(kind).expect("the account").id.clone()
}

async fn classes(house: &House, con_id: i32) -> Vec<OptionClassView> {
    house.desk.chain(con_id).await.unwrap().classes
}

/// The row of a class's first expiry whose strike is nearest to so much, once both have a market.
async fn nearest(
    house: &mut House,
    con_id: i32,
    class: &OptionClassView,
    to: Decimal,
) -> StrikeView {
    let (name, expiry) = (
        class.trading_class.clone(),
        class.expiries[0].expiry.clone(),
    );
    let strikes = house.desk.strikes(con_id, name, expiry).await.unwrap();
    let nearest = strikes.rows.into_iter();
    let row = nearest.min_by_key(|row| (row.strike - to).abs()).unwrap();
    for con_id in ids(&row) {
        house.desk.watch(con_id).await.unwrap();
        house
            .until("the option has a market and greeks", |p| {
                p.quotes.get(&con_id).is_some_and(|q| {
                    let delta = q.greeks.as_ref().and_then(|greeks| greeks.delta.value);
                    q.bid.value.is_some() && q.ask.value.is_some() && delta.is_some()
                })
            })
            .await;
    }
    row
}

fn ids(row: &StrikeView) -> [i32; 2] {
    [&row.call, &row.put].map(|option| option.as_ref().unwrap().con_id)
}

fn last(house: &House, con_id: i32) -> Decimal {
    house.page.quotes[&con_id].last.value.expect("a price")
}

/// An order for one that meets the market.
fn one(house: &House, intent: &str, account: &str, con_id: i32, side: Side) -> DraftInput {
    let quote = &house.page.quotes[&con_id];
    let price = match side {
        Side::Buy => quote.ask.value,
        Side::Sell => quote.bid.value,
    };
    let price = price.unwrap().to_string();
    limit(intent, account, con_id, side, "1", &price)
}

/// One that trades also if the market moves away a little before it is there.
fn through(house: &House, intent: &str, account: &str, con_id: i32, side: Side) -> DraftInput {
    let draft = one(house, intent, account, con_id, side);
    let percent = match side {
        Side::Buy => Decimal::new(105, 2),
        Side::Sell => Decimal::new(95, 2),
    };
    let price = draft.limit_price.parse::<Decimal>().unwrap() * percent;
    DraftInput {
        limit_price: price.round_dp(2).to_string(),
        ..draft
    }
}

/// What a rule said of a draft.
async fn said(house: &House, draft: DraftInput, rule: &str) -> FindingView {
    let findings = match house.desk.preview(draft).await.unwrap() {
        PreviewOutcome::Ready { preview } => {
            let findings = preview.verdict.findings.clone();
            house.desk.abandon(&preview.id).await.unwrap();
            findings
        }
        PreviewOutcome::Blocked { verdict } => verdict.findings,
        other => panic!("{other:#?}"),
    };
    let mut found = findings.into_iter();
    found.find(|finding| finding.rule == rule).expect("judged")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adjusted_class_is_shown_apart_and_nothing_of_it_is_reckoned() {
    let mut house = House::ready().await;
    assert_eq!(house.choose("TLT").await, TLT);
    let classes = classes(&house, TLT).await;
    let told: Vec<_> = classes
        .iter()
        .map(|c| {
            (
                c.trading_class.as_str(),
                c.standard,
                c.adjusted,
                c.multiplier,
            )
        })
        .collect();
    let hundred = Decimal::ONE_HUNDRED;
    assert_eq!(
        told,
        [
            ("TLT", true, false, hundred),
            ("TLT1", false, true, hundred)
        ]
    );
    // A hundred and twenty-five shares come for the strike of a hundred.
    let spot = last(&house, TLT);
    let row = nearest(&mut house, TLT, &classes[1], spot * Decimal::new(125, 2)).await;
    let option = row.call.clone().unwrap();
    assert!(option.label.starts_with("TLT1 "), "{}", option.label);

    // The broker's greeks are shown as the broker's; ours there are none.
    let quote = &house.page.quotes[&option.con_id];
    assert_eq!(quote.model, None);
    let picture = PayoffInput {
        legs: vec![PayoffLegInput {
            con_id: option.con_id,
            side: Side::Buy,
            ratio: 1,
            price: String::new(),
            volatility: String::new(),
        }],
        quantity: "1".into(),
        dates: vec![String::new()],
        volatility_shift: String::new(),
        rate: String::new(),
        account: None,
    };
    let refused = house.desk.payoff(picture).await.unwrap_err();
    assert!(
        refused.message.contains("what it delivers is not known"),
        "{refused:?}"
    );
    let plan = PlanInput::Plan {
        con_id: TLT,
        trading_class: "TLT1".into(),
        plan: "coveredCall".into(),
        right: Right::Call,
        side: Side::Buy,
        expiries: vec![classes[1].expiries[0].expiry.clone()],
    };
    let refused = house.desk.plan(plan).await.unwrap_err();
    assert!(
        refused.message.contains("no strategy is made"),
        "{refused:?}"
    );
    let outlook = ChainOutlookInput {
        con_id: TLT,
        trading_class: "TLT1".into(),
        least_delta: "0.2".into(),
    };
    let outlook = house.desk.chain_outlook(outlook).await.unwrap();
    assert!(!outlook.expiries.is_empty());
    for expiry in outlook.expiries {
        assert_eq!((expiry.expected_move.value, expiry.one_sigma), (None, None));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn shares_and_cash_cover_no_adjusted_option_and_it_covers_nothing() {
    let mut house = House::ready().await;
    let (roth, individual) = (account(&house, "Roth IRA"), account(&house, "Individual"));
    house.choose("TLT").await;
    let classes = classes(&house, TLT).await;
    let spot = last(&house, TLT);
    let plain = nearest(&mut house, TLT, &classes[0], spot).await;
    let adjusted = nearest(&mut house, TLT, &classes[1], spot * Decimal::new(125, 2)).await;
    let [plain_call, _] = ids(&plain);
    let [call, put] = ids(&adjusted);
    // The Roth holds a hundred shares: enough for a plain call.
    let rule = "ira.no-short-sale";
    let sale =
        |intent: &str, account: &str, con_id| one(&house, intent, account, con_id, Side::Sell);
    let finding = said(&house, sale("s-1", &roth, plain_call), rule).await;
    assert_eq!(finding.outcome, OutcomeView::Passed, "{}", finding.says);
    for (intent, con_id) in [("s-2", call), ("s-3", put)] {
        let finding = said(&house, sale(intent, &roth, con_id), rule).await;
        assert!(finding.blocks, "{}", finding.says);
        assert!(
            finding.says.contains("What it delivers"),
            "{}",
            finding.says
        );
    }
    // Elsewhere it is a person's own risk, and said.
    for (intent, con_id) in [("s-4", call), ("s-5", put)] {
        for rule in ["limit.adjusted-options", "limit.naked-options"] {
            let finding = said(&house, sale(intent, &individual, con_id), rule).await;
            assert_eq!(finding.outcome, OutcomeView::Warned, "{}", finding.says);
        }
    }
    // With a hundred shares it is no covered call, in no account.
    let leg = |con_id, side, ratio| LegInput {
        con_id,
        side,
        ratio,
    };
    let covered = DraftInput {
        account: individual.clone(),
        con_id: None,
        legs: vec![leg(TLT, Side::Buy, 100), leg(call, Side::Sell, 1)],
        limit_price: "80".into(),
        ..one(&house, "s-6", &individual, call, Side::Buy)
    };
    match house.desk.preview(covered).await.unwrap() {
        PreviewOutcome::Faulty { faults } => {
            let says: Vec<&str> = faults.iter().map(|fault| fault.says.as_str()).collect();
            assert!(says[0].contains("was adjusted"), "{says:?}");
        }
        other => panic!("{other:#?}"),
    }

    // Bought it is a position of its own, which may be sold again.
    let bought = through(&house, "s-7", &roth, call, Side::Buy);
    house.send(bought).await;
    let key = format!("{roth}:{call}");
    house
        .until("it is held", |p| held(p, &key) == Decimal::ONE)
        .await;
    let position = &house.page.positions[&key];
    assert!(
        position.instrument.label.starts_with("TLT1 "),
        "{position:?}"
    );
    house
        .until("it stands by itself", |p| {
            p.strategies.values().any(|held| {
                held.name == "Long call" && held.legs[0].trading_class.as_deref() == Some("TLT1")
            })
        })
        .await;
    let totals = &house.page.greeks[&format!("{roth}:USD")];
    let lacks = totals.greeks.lacks.as_deref().unwrap();
    assert!(lacks.contains("what TLT1 "), "{lacks}");
    // It covers no second plain call; that one takes the shares.
    let two = DraftInput {
        quantity: "2".into(),
        ..one(&house, "s-8", &roth, plain_call, Side::Sell)
    };
    let finding = said(&house, two, rule).await;
    assert!(finding.blocks, "{}", finding.says);
    let back = through(&house, "s-9", &roth, call, Side::Sell);
    house.send(back).await;
    house
        .until("it is sold", |p| held(p, &key) == Decimal::ZERO)
        .await;
}

fn held(page: &Page, key: &str) -> Decimal {
    let held = page.positions.get(key).and_then(|p| p.quantity.value);
    held.unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mini_costs_a_tenth_by_its_own_multiplier() {
    let mut house = House::ready().await;
    let individual = account(&house, "Individual");
    house.choose("GLD").await;
    let classes = classes(&house, GLD).await;
    let mini = &classes[1];
    assert_eq!(
        (mini.trading_class.as_str(), mini.standard, mini.multiplier),
        ("GLD7", false, Decimal::TEN)
    );
    let spot = last(&house, GLD);
    let row = nearest(&mut house, GLD, mini, spot).await;
    let [call, _] = ids(&row);
    let draft = one(&house, "m-1", &individual, call, Side::Buy);
    let price: Decimal = draft.limit_price.parse().unwrap();
    let preview = house.preview(draft).await;
    assert_eq!(preview.worst_case, Some(price * Decimal::TEN));
    let mut findings = preview.verdict.findings.into_iter();
    let finding = findings.find(|f| f.rule == "limit.adjusted-options");
    let says = finding.expect("judged").says;
    assert!(says.contains("has a multiplier of 10"), "{says}");
    assert!(says.contains("as minis"), "{says}");
}
