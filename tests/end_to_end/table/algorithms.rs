//! Every algorithm, with what its form holds at first and with everything filled in.

use super::{End, Row, cents, prove, quiet_house};
use gatehouse_desk::port::Clock;
use gatehouse_desk::port::clock::SystemClock;
use gatehouse_domain::algo::{ALGOS, AlgoInput};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order_type::OrderType;
use gatehouse_sim::world::{Algo, OrderKind};

type Params = &'static [(&'static str, &'static str)];

/// The algorithm, what goes to the wire of an untouched form, what of a full one. `start` and
/// `end` stand for moments.
const WIRE: &[(&str, Params, Params)] = &[
    (
        "Adaptive",
        &[("adaptivePriority", "Normal")],
        &[("adaptivePriority", "Urgent")],
    ),
    (
        "Twap",
        &[("strategyType", "Marketable"), ("allowPastEndTime", "0")],
        &[
            ("strategyType", "Matching Midpoint"),
            ("startTime", "start"),
            ("endTime", "end"),
            ("allowPastEndTime", "1"),
        ],
    ),
    (
        "Vwap",
        &[
            ("maxPctVol", "0.1"),
            ("allowPastEndTime", "0"),
            ("noTakeLiq", "0"),
            ("speedUp", "0"),
        ],
        &[
            ("maxPctVol", "0.125"),
            ("startTime", "start"),
            ("endTime", "end"),
            ("allowPastEndTime", "1"),
            ("noTakeLiq", "1"),
            ("speedUp", "1"),
        ],
    ),
    (
        "ArrivalPx",
        &[
            ("maxPctVol", "0.1"),
            ("riskAversion", "Neutral"),
            ("forceCompletion", "0"),
            ("allowPastEndTime", "0"),
        ],
        &[
            ("maxPctVol", "0.125"),
            ("riskAversion", "Get Done"),
            ("startTime", "start"),
            ("endTime", "end"),
            ("forceCompletion", "1"),
            ("allowPastEndTime", "1"),
        ],
    ),
    (
        "DarkIce",
        &[("displaySize", "100"), ("allowPastEndTime", "0")],
        &[
            ("displaySize", "150"),
            ("startTime", "start"),
            ("endTime", "end"),
            ("allowPastEndTime", "1"),
        ],
    ),
    (
        "PctVol",
        &[("pctVol", "0.1"), ("noTakeLiq", "0")],
        &[
            ("pctVol", "0.125"),
            ("startTime", "start"),
            ("endTime", "end"),
            ("noTakeLiq", "1"),
        ],
    ),
    (
        "PctVolPx",
        &[
            ("pctVol", "0.1"),
            ("deltaPctVol", "0.1"),
            ("minPctVol4Px", "0.05"),
            ("maxPctVol4Px", "0.2"),
            ("noTakeLiq", "0"),
        ],
        &[
            ("pctVol", "0.125"),
            ("deltaPctVol", "0.125"),
            ("minPctVol4Px", "0.125"),
            ("maxPctVol4Px", "0.125"),
            ("startTime", "start"),
            ("endTime", "end"),
            ("noTakeLiq", "1"),
        ],
    ),
    (
        "PctVolSz",
        &[
            ("startPctVol", "0.1"),
            ("endPctVol", "0.1"),
            ("noTakeLiq", "0"),
        ],
        &[
            ("startPctVol", "0.125"),
            ("endPctVol", "0.125"),
            ("startTime", "start"),
            ("endTime", "end"),
            ("noTakeLiq", "1"),
        ],
    ),
    (
        "PctVolTm",
        &[
            ("startPctVol", "0.1"),
            ("endPctVol", "0.1"),
            ("noTakeLiq", "0"),
        ],
        &[
            ("startPctVol", "0.125"),
            ("endPctVol", "0.125"),
            ("startTime", "start"),
            ("endTime", "end"),
            ("noTakeLiq", "1"),
        ],
    ),
    (
        "ClosePx",
        &[
            ("maxPctVol", "0.1"),
            ("riskAversion", "Neutral"),
            ("forceCompletion", "0"),
        ],
        &[
            ("maxPctVol", "0.125"),
            ("riskAversion", "Get Done"),
            ("startTime", "start"),
            ("forceCompletion", "1"),
        ],
    ),
    (
        "MinImpact",
        &[("maxPctVol", "0.1")],
        &[("maxPctVol", "0.125")],
    ),
    (
        "BalanceImpactRisk",
        &[
            ("maxPctVol", "0.1"),
            ("riskAversion", "Neutral"),
            ("forceCompletion", "0"),
        ],
        &[
            ("maxPctVol", "0.125"),
            ("riskAversion", "Get Done"),
            ("forceCompletion", "1"),
        ],
    ),
];

/// What is typed for what the wire has: percentages for shares, moments in milliseconds.
fn typed(tag: &str, value: &str, from: UnixMillis, to: UnixMillis) -> String {
    match (tag, value) {
        ("startTime", _) => from.0.to_string(),
        ("endTime", _) => to.0.to_string(),
        (tag, "0.125") if tag.to_lowercase().contains("pctvol") => "12.5".into(),
        _ => value.into(),
    }
}

fn row(
    name: &str,
    id: &str,
    typed: Vec<(String, String)>,
    mut wire: Vec<(String, String)>,
    now: i64,
) -> Row {
    // The wire does not keep their order.
    wire.sort();
    let meant = Algo::read(id, wire, now).expect("an algorithm of the gateway");
    Row::new(name, OrderKind::Limit(cents(270_00)), End::Cancel)
        .ticket(|t| {
            t.limit_price = "270.00".into();
            t.algo = Some(AlgoInput {
                id: id.into(),
                params: typed.into_iter().collect(),
            });
        })
        .listed(|o| o.terms.algo = Some(meant))
}

#[test]
fn the_table_has_every_algorithm() {
    let table: Vec<&str> = WIRE.iter().map(|(id, _, _)| *id).collect();
    let offered: Vec<&str> = ALGOS.iter().map(|algo| algo.id).collect();
    assert_eq!(table, offered);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_algorithm_arrives_with_its_defaults_and_with_all_its_parameters() {
    let mut house = quiet_house().await;
    let now = SystemClock.now().0 / 1000 * 1000;
    let (from, to) = (UnixMillis(now + 600_000), UnixMillis(now + 3_600_000));
    let owned = |params: Params| -> Vec<(String, String)> {
        params
            .iter()
            .map(|(tag, value)| {
                let value = match *value {
                    "start" => from.wire_utc().unwrap(),
                    "end" => to.wire_utc().unwrap(),
                    value => value.to_owned(),
                };
                ((*tag).to_owned(), value)
            })
            .collect()
    };
    let mut rows = Vec::new();
    for (id, untouched, full) in WIRE {
        let info = ALGOS.iter().find(|algo| algo.id == *id).unwrap();
        let defaults = info
            .params
            .iter()
            .map(|param| (param.tag.to_owned(), param.default.to_owned()))
            .collect();
        let at_first = format!("{id}-at-first").to_lowercase();
        rows.push(row(&at_first, id, defaults, owned(untouched), now));
        let all = full
            .iter()
            .map(|(tag, value)| ((*tag).to_owned(), typed(tag, value, from, to)))
            .collect();
        let name = format!("{id}-full").to_lowercase();
        rows.push(row(&name, id, all, owned(full), now));
        assert_eq!(full.len(), info.params.len(), "{id}: every parameter");
        if info.order_types.contains(&OrderType::Market) {
            let defaults = info
                .params
                .iter()
                .map(|param| (param.tag.to_owned(), param.default.to_owned()))
                .collect();
            let name = format!("{id}-market").to_lowercase();
            let of_market = row(&name, id, defaults, owned(untouched), now)
                .ticket(|t| t.order_type = OrderType::Market)
                .listed(|o| o.kind = OrderKind::Market);
            rows.push(of_market);
        }
    }
    prove(&mut house, rows).await;
}
