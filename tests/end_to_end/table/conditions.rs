//! Every kind of condition, joined and alone, letting an order work or cancelling it.

use super::{APPLE, End, Row, cents, prove, quiet_house};
use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_domain::Decimal;
use gatehouse_domain::condition::{ConditionInput, ConditionKind, Reaches};
use gatehouse_sim::world::{Bound, ConId, Condition, OrderKind, Test};

/// Microsoft, at which a condition looks.
const MICROSOFT: i32 = 272_093;

fn typed(
    kind: ConditionKind,
    con_id: Option<i32>,
    reaches: Reaches,
    value: &str,
) -> ConditionInput {
    ConditionInput {
        kind,
        con_id,
        reaches,
        value: value.into(),
        and: false,
    }
}

/// Every kind in one direction; none of them holds.
fn each(at: i64) -> Vec<(&'static str, ConditionInput, Test)> {
    let smart = || "SMART".to_owned();
    let microsoft = ConId::new(MICROSOFT);
    vec![
        (
            "price-above",
            typed(
                ConditionKind::Price,
                Some(APPLE),
                Reaches::AtLeast,
                "275.00",
            ),
            Test::Price {
                bound: Bound::AtLeast,
                price: cents(275_00),
                con_id: ConId::new(APPLE),
                exchange: smart(),
                trigger_method: 0,
            },
        ),
        (
            "price-below",
            typed(
                ConditionKind::Price,
                Some(MICROSOFT),
                Reaches::AtMost,
                "100.5",
            ),
            Test::Price {
                bound: Bound::AtMost,
                price: Decimal::new(1005, 1),
                con_id: microsoft,
                exchange: smart(),
                trigger_method: 0,
            },
        ),
        (
            "time-after",
            typed(ConditionKind::Time, None, Reaches::AtLeast, &at.to_string()),
            Test::Time {
                bound: Bound::AtLeast,
                at,
            },
        ),
        (
            "time-before",
            typed(
                ConditionKind::Time,
                None,
                Reaches::AtMost,
                &(at - 7_200_000).to_string(),
            ),
            Test::Time {
                bound: Bound::AtMost,
                at: at - 7_200_000,
            },
        ),
        (
            "volume",
            typed(
                ConditionKind::Volume,
                Some(MICROSOFT),
                Reaches::AtLeast,
                "2000000000",
            ),
            Test::Volume {
                bound: Bound::AtLeast,
                volume: 2_000_000_000,
                con_id: microsoft,
                exchange: smart(),
            },
        ),
        (
            "change-down",
            typed(
                ConditionKind::PercentChange,
                Some(MICROSOFT),
                Reaches::AtMost,
                "-45.5",
            ),
            Test::PercentChange {
                bound: Bound::AtMost,
                percent: Decimal::new(-455, 1),
                con_id: microsoft,
                exchange: smart(),
            },
        ),
        (
            "margin",
            typed(ConditionKind::Margin, None, Reaches::AtMost, "1"),
            Test::Margin {
                bound: Bound::AtMost,
                percent: 1,
            },
        ),
        (
            "execution",
            typed(
                ConditionKind::Execution,
                Some(MICROSOFT),
                Reaches::AtLeast,
                "",
            ),
            Test::Execution {
                sec_type: "STK".into(),
                exchange: smart(),
                symbol: "MSFT".into(),
            },
        ),
    ]
}

fn row(name: &str, joined: Vec<(ConditionInput, Test)>, end: End) -> Row {
    let (typed, meant): (Vec<_>, Vec<_>) = joined
        .into_iter()
        .map(|(typed, test)| {
            let and = typed.and;
            (typed, Condition { and, test })
        })
        .unzip();
    // Away from the market, so that only what is asked for ends it.
    Row::new(name, OrderKind::Limit(cents(276_00)), end)
        .ticket(|t| {
            t.limit_price = "276.00".into();
            t.conditions = typed;
        })
        .listed(|o| o.terms.conditions = meant)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_condition_arrives_as_it_was_meant_alone_joined_and_cancelling() {
    let mut house = quiet_house().await;
    house.choose("MSFT").await;
    let at = SystemClock.now().0 / 1000 * 1000 + 3_600_000;
    let mut rows = Vec::new();
    for (name, typed, test) in each(at) {
        rows.push(row(name, vec![(typed.clone(), test.clone())], End::Cancel));
        let cancelling = row(&format!("{name}-cancels"), vec![(typed, test)], End::Cancel)
            .ticket(|t| {
                t.limit_price = "269.00".into();
                t.conditions_cancel = true;
                t.conditions_outside_rth = true;
            })
            .listed(|o| {
                o.kind = OrderKind::Limit(cents(269_00));
                o.terms.conditions_cancel = true;
                o.terms.conditions_ignore_rth = true;
            });
        rows.push(cancelling);
    }
    let all: Vec<_> = each(at)
        .into_iter()
        .enumerate()
        .map(|(n, (_, mut typed, test))| {
            typed.and = n % 2 == 0;
            (typed, test)
        })
        .collect();
    rows.push(row("all-joined", all, End::Cancel));
    prove(&mut house, rows).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_condition_that_comes_true_lets_the_order_work_or_ends_it() {
    let mut house = quiet_house().await;
    let above = |and: bool, value: &str, price: i64| {
        let typed = ConditionInput {
            and,
            ..typed(ConditionKind::Price, Some(APPLE), Reaches::AtLeast, value)
        };
        let test = Test::Price {
            bound: Bound::AtLeast,
            price: cents(price),
            con_id: ConId::new(APPLE),
            exchange: "SMART".into(),
            trigger_method: 0,
        };
        (typed, test)
    };
    let rows = vec![
        row(
            "works",
            vec![above(false, "275.00", 275_00)],
            End::FillsAt(275_00, 275_02),
        ),
        row(
            "works-by-either",
            vec![
                above(false, "275.00", 275_00),
                above(false, "290.00", 290_00),
            ],
            End::FillsAt(275_00, 275_02),
        ),
        row(
            "waits-for-both",
            vec![
                above(true, "275.00", 275_00),
                above(false, "290.00", 290_00),
            ],
            End::Cancel,
        ),
        row(
            "ends",
            vec![above(false, "275.00", 275_00)],
            End::LapsesAt(275_00, 275_02),
        )
        .ticket(|t| {
            t.limit_price = "269.00".into();
            t.conditions_cancel = true;
        })
        .listed(|o| {
            o.kind = OrderKind::Limit(cents(269_00));
            o.terms.conditions_cancel = true;
        }),
    ];
    prove(&mut house, rows).await;
}
