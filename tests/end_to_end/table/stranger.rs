//! A stranger reads every order of the table from the gateway: ib_async under a client id of its
//! own, held field by field against what the ticket said.
//!
//! `GATEHOUSE_STRANGER` names a Python interpreter that has ib_async; the third-party step of
//! `cargo xtask test` sets it. Without it nobody is asked.

use super::{ACCOUNT, APPLE, quiet_house};
use gatehouse_desk::view::OrderStateView;
use gatehouse_domain::combo::LegInput;
use gatehouse_domain::condition::{ConditionInput, ConditionKind, Reaches};
use gatehouse_domain::draft::{DraftInput, Side, Waivers};
use gatehouse_domain::exits::{ExitsInput, TrailUnit};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order_type::OrderType;
use gatehouse_e2e::House;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::process::{Command, Stdio};

/// What the stranger reads of every order at the gateway; `None` without one.
async fn read(house: &House) -> Option<Vec<Value>> {
    let python = std::env::var_os("GATEHOUSE_STRANGER")?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("third_party/ib_async_world.py");
    let mut command = Command::new(python);
    command
        .arg(script)
        .args(["orders", "--client-id", "901", "--port"])
        .arg(house.sim.addr().port().to_string())
        .stdin(Stdio::null());
    let told = tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("the stranger's thread")
        .expect("the stranger runs");
    assert!(told.status.success(), "{told:?}");
    let text = String::from_utf8(told.stdout).expect("text");
    let lines = text.lines().filter(|line| line.starts_with('{'));
    Some(
        lines
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect(),
    )
}

/// Holds what the stranger reads of the orders of these tickets against the tickets.
pub async fn compare<'a>(house: &House, tickets: impl IntoIterator<Item = &'a DraftInput>) {
    let Some(orders) = read(house).await else {
        return;
    };
    for ticket in tickets {
        assert_same(&orders, &ticket.intent, &meant(ticket));
    }
}

fn assert_same(orders: &[Value], name: &str, meant: &Map<String, Value>) {
    let mut found = orders.iter().filter(|order| order["ref"] == name);
    let order = found
        .next()
        .unwrap_or_else(|| panic!("{name} among {orders:#?}"));
    assert!(found.next().is_none(), "{name} is there once");
    for (field, wanted) in meant {
        // What is over tells the quantity that did not fill.
        if field == "quantity" && order["over"] == true {
            continue;
        }
        let read = &order[field];
        assert!(
            same(read, wanted),
            "{name}: {field} is read as {read}, the ticket said {wanted}: {order:#}"
        );
    }
}

/// Numbers by their value; what is not set may be told as zero.
fn same(read: &Value, wanted: &Value) -> bool {
    match (read, wanted) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Number(a), Value::Null) => a.as_f64() == Some(0.0),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => b
            .iter()
            .all(|(field, wanted)| a.get(field).is_some_and(|read| same(read, wanted))),
        (a, b) => a == b,
    }
}

fn number(typed: &str) -> Value {
    if typed.is_empty() {
        return Value::Null;
    }
    json!(typed.parse::<f64>().expect("a number"))
}

fn seconds(at: UnixMillis) -> Value {
    json!(at.0 / 1000)
}

/// What a stranger has to read of a ticket's order, in the words of the wire.
fn meant(ticket: &DraftInput) -> Map<String, Value> {
    let prices = Prices::of(ticket);
    let combo = !ticket.legs.is_empty();
    let buys = ticket.side == Side::Buy;
    let handling = &ticket.handling;
    let group = &handling.oca_group;
    let meant = json!({
        "account": ticket.account,
        "secType": if combo { "BAG" } else { "STK" },
        "legs": ticket.legs.iter().map(leg).collect::<Vec<_>>(),
        "action": if buys { "BUY" } else { "SELL" },
        "quantity": number(&ticket.quantity),
        "type": prices.order_type,
        "limit": prices.limit,
        "aux": prices.aux,
        "trailPercent": prices.percent,
        "limitOffset": prices.limit_offset,
        "tif": tif(ticket),
        "until": ticket.good_till.map_or(Value::Null, seconds),
        "outsideRth": handling.outside_rth,
        "hidden": handling.hidden,
        "displaySize": number(&handling.display_size),
        "allOrNone": handling.all_or_none,
        "minQuantity": number(&handling.min_quantity),
        "group": group,
        "algo": ticket.algo.as_ref().map_or("", |algo| algo.id.as_str()),
        "algoParams": algo_params(ticket),
        "conditions": ticket.conditions.iter().map(condition).collect::<Vec<_>>(),
        "conditionsCancel": ticket.conditions_cancel,
        "conditionsIgnoreRth": ticket.conditions_outside_rth,
    });
    let Value::Object(mut meant) = meant else {
        unreachable!("an object was written")
    };
    if !combo {
        meant.insert("conId".into(), json!(ticket.con_id));
    }
    // The limit of a trailing stop limit moves with its stop: the gateway says where it is.
    if ticket.order_type == OrderType::TrailLimit {
        meant.remove("limit");
    }
    if !group.is_empty() {
        meant.insert("groupType".into(), json!(handling.oca_kind.code()));
    }
    // Where a trailing stop starts is the gateway's to say when it was not typed.
    if !prices.trail_stop.is_null() {
        meant.insert("trailStop".into(), prices.trail_stop);
    }
    meant
}

/// A leg, and whether it is bought when the order executes.
fn leg(leg: &LegInput) -> Value {
    json!([leg.con_id, leg.ratio, leg.side == Side::Buy])
}

fn tif(ticket: &DraftInput) -> &'static str {
    match ticket.order_type {
        OrderType::MarketOnOpen | OrderType::LimitOnOpen => "OPG",
        _ => ticket.tif.code(),
    }
}

/// `orderType` and the prices that go with it.
#[derive(Default)]
struct Prices {
    order_type: &'static str,
    limit: Value,
    aux: Value,
    percent: Value,
    trail_stop: Value,
    limit_offset: Value,
}

impl Prices {
    fn of(ticket: &DraftInput) -> Self {
        let (limit, stop) = (number(&ticket.limit_price), number(&ticket.stop_price));
        let (offset, cap) = (number(&ticket.offset), number(&ticket.price_cap));
        let of = |order_type, limit, aux| Self {
            order_type,
            limit,
            aux,
            ..Self::default()
        };
        let unset = || Value::Null;
        let trail = |order_type| {
            let distance = number(&ticket.trail);
            let (aux, percent) = match ticket.trail_unit {
                TrailUnit::Percent => (Value::Null, distance),
                TrailUnit::Amount => (distance, Value::Null),
            };
            Self {
                order_type,
                aux,
                percent,
                trail_stop: number(&ticket.stop_price),
                ..Self::default()
            }
        };
        match ticket.order_type {
            OrderType::Market | OrderType::MarketOnOpen => of("MKT", unset(), unset()),
            OrderType::Limit | OrderType::LimitOnOpen => of("LMT", limit, unset()),
            OrderType::Stop => of("STP", unset(), stop),
            OrderType::StopLimit => of("STP LMT", limit, stop),
            OrderType::Trail => trail("TRAIL"),
            OrderType::TrailLimit => Self {
                limit_offset: offset,
                ..trail("TRAIL LIMIT")
            },
            OrderType::MarketIfTouched => of("MIT", unset(), stop),
            OrderType::LimitIfTouched => of("LIT", limit, stop),
            OrderType::MarketOnClose => of("MOC", unset(), unset()),
            OrderType::LimitOnClose => of("LOC", limit, unset()),
            OrderType::Relative => of("REL", cap, offset),
            OrderType::Midprice => of("MIDPRICE", cap, unset()),
            OrderType::PegMid => of("PEG MID", cap, offset),
            OrderType::MarketToLimit => of("MTL", unset(), unset()),
        }
    }
}

/// Shares of a volume are typed in percent, moments in milliseconds.
fn algo_params(ticket: &DraftInput) -> Value {
    let Some(algo) = &ticket.algo else {
        return json!({});
    };
    let typed = algo.params.iter().filter(|(_, value)| !value.is_empty());
    typed
        .map(|(tag, value)| {
            let value = if tag.ends_with("Time") && tag != "allowPastEndTime" {
                let at = UnixMillis(value.parse().expect("a moment"));
                at.wire_utc().expect("a moment")
            } else if tag.to_lowercase().contains("pctvol") {
                (value.parse::<f64>().expect("percent") / 100.0).to_string()
            } else {
                value.clone()
            };
            (tag.clone(), Value::String(value))
        })
        .collect::<Map<_, _>>()
        .into()
}

fn condition(typed: &ConditionInput) -> Value {
    let more = typed.reaches == Reaches::AtLeast;
    let of = typed.con_id;
    let value = || number(&typed.value);
    let mut meant = match typed.kind {
        ConditionKind::Price => {
            json!({"kind": "Price", "conId": of, "exch": "SMART", "price": value(), "isMore": more})
        }
        ConditionKind::Time => {
            let at = UnixMillis(typed.value.parse().expect("a moment"));
            json!({"kind": "Time", "time": seconds(at), "isMore": more})
        }
        ConditionKind::Volume => {
            json!({"kind": "Volume", "conId": of, "exch": "SMART", "volume": value(), "isMore": more})
        }
        ConditionKind::PercentChange => {
            json!({"kind": "PercentChange", "conId": of, "exch": "SMART", "changePercent": value(), "isMore": more})
        }
        ConditionKind::Margin => json!({"kind": "Margin", "percent": value(), "isMore": more}),
        ConditionKind::Execution => {
            json!({"kind": "Execution", "secType": "STK", "exch": "SMART", "symbol": "MSFT"})
        }
    };
    meant["and"] = json!(typed.and);
    meant
}

async fn sent(house: &mut House, draft: &DraftInput) {
    house.send(draft.clone()).await;
    let intent = draft.intent.clone();
    house
        .until("it is acknowledged", |p| {
            p.order(&intent)
                .is_some_and(|o| o.state != OrderStateView::Sent)
        })
        .await;
}

fn quiet() -> Waivers {
    Waivers {
        stale_price: true,
        ..Waivers::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_reads_a_bracket_as_one_family() {
    let mut house = quiet_house().await;
    let bracket = DraftInput {
        exits: Some(ExitsInput {
            take_profit: "280.00".into(),
            with_stop: true,
            stop_price: "265.00".into(),
            until_cancelled: true,
            ..ExitsInput::default()
        }),
        waivers: quiet(),
        ..gatehouse_e2e::limit("b-1", ACCOUNT, APPLE, Side::Buy, "10", "270.00")
    };
    sent(&mut house, &bracket).await;
    house
        .until("its stop is held", |p| {
            p.order("b-1-sl")
                .is_some_and(|o| o.state == OrderStateView::Held)
        })
        .await;
    let Some(orders) = read(&house).await else {
        return;
    };
    assert_same(&orders, "b-1", &meant(&bracket));
    let entry = orders.iter().find(|order| order["ref"] == "b-1").unwrap();
    for (name, of, field, price) in [
        ("b-1-tp", "LMT", "limit", 280.0),
        ("b-1-sl", "STP", "aux", 265.0),
    ] {
        let exit = orders.iter().find(|order| order["ref"] == name).unwrap();
        assert_eq!(exit["parent"], entry["id"], "{exit:#}");
        assert_eq!(
            (&exit["type"], &exit["action"]),
            (&json!(of), &json!("SELL"))
        );
        assert_eq!((&exit["tif"], &exit[field]), (&json!("GTC"), &json!(price)));
        assert_eq!(exit["quantity"], entry["quantity"]);
        assert_eq!(exit["account"], ACCOUNT);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_reads_a_combination_with_its_legs_whoever_pays() {
    let mut house = quiet_house().await;
    let (lower, higher) = crate::combos::calls(&house).await;
    for con_id in [lower, higher] {
        house
            .until("both legs have a market", |p| {
                p.quotes
                    .get(&con_id)
                    .is_some_and(|q| q.bid.value.is_some() && q.ask.value.is_some())
            })
            .await;
    }
    let combination = |name: &str, side, bought, sold, price: &str| DraftInput {
        limit_price: price.into(),
        waivers: quiet(),
        ..crate::combos::vertical(name, ACCOUNT, side, (bought, sold))
    };
    // Far from the market, so that both rest.
    let paid = combination("c-paid", Side::Buy, lower, higher, "0.10");
    let received = combination("c-received", Side::Sell, higher, lower, "9.90");
    for draft in [&paid, &received] {
        sent(&mut house, draft).await;
    }
    compare(&house, [&paid, &received]).await;
}
