//! What a client or a test might well send, and with some bad luck does.

use rust_decimal::Decimal;

use crate::messages::{ComboLeg, Contract, Order, Request};
use crate::server::{Action, DropPoint, Faults};
use crate::wire::round_trip::{Dice, any_request};
use crate::world::{ConId, World};

fn of<'t>(dice: &mut Dice<'_>, choices: &[&'t str]) -> &'t str {
    choices[usize::from(dice.byte()) % choices.len()]
}

fn word(dice: &mut Dice<'_>, choices: &[&str]) -> String {
    if dice.byte() == 255 {
        dice.word()
    } else {
        of(dice, choices).to_owned()
    }
}

fn number(dice: &mut Dice<'_>) -> Decimal {
    const HARD: [&str; 10] = [
        "0",
        "-1",
        "0.0000000000000000000000000001",
        "79228162514264337593543950335",
        "-79228162514264337593543950335",
        "9999999999999",
        "0.005",
        "1000000",
        "2147483647",
        "0.01",
    ];
    match dice.byte() % 8 {
        0 => of(dice, &HARD).parse().expect("a decimal"),
        1 => dice.decimal(),
        _ => Decimal::new(i64::from(dice.byte()) * 100 + i64::from(dice.byte()), 2),
    }
}

fn maybe(dice: &mut Dice<'_>) -> Option<Decimal> {
    dice.maybe(number)
}

fn small(dice: &mut Dice<'_>) -> i32 {
    match dice.byte() % 16 {
        0 => dice.int(),
        1 => -1,
        _ => i32::from(dice.byte() % 12),
    }
}

fn contract(dice: &mut Dice<'_>, world: &World) -> Contract {
    let listed = world.instruments();
    let one = listed.get(usize::from(dice.byte()) * 3 % listed.len().max(1));
    let (Some(one), 0..3) = (one, dice.byte() % 5) else {
        return wide_contract(dice, world);
    };
    Contract {
        con_id: one.con_id.get(),
        exchange: "SMART".to_owned(),
        ..Contract::default()
    }
}

fn wide_contract(dice: &mut Dice<'_>, world: &World) -> Contract {
    let chains = world.option_chains(ConId::new(265_598));
    let chain = chains.get(usize::from(dice.byte()) % chains.len().max(1));
    let strike = chain.and_then(|chain| {
        let strikes: Vec<_> = chain.strikes.iter().collect();
        strikes
            .get(usize::from(dice.byte()) % strikes.len().max(1))
            .map(|strike| **strike)
    });
    let expiry = chain.and_then(|chain| {
        let expiries: Vec<_> = chain.expirations.iter().collect();
        expiries
            .get(usize::from(dice.byte()) % expiries.len().max(1))
            .map(|one| one.to_string())
    });
    let sec_type = word(dice, &["STK", "OPT", "FUT", "CASH", "IND", "BAG", "OPT"]);
    let combo_legs = if sec_type == "BAG" {
        dice.few(|dice| leg(dice, world))
    } else {
        Vec::new()
    };
    Contract {
        symbol: word(dice, &["AAPL", "SPY", "SPX", "EUR", "ES", "KO", "700"]),
        last_trade_date: if dice.flag() {
            expiry.unwrap_or_default()
        } else {
            word(dice, &["", "202612", "20261218"])
        },
        strike: if dice.flag() { strike } else { maybe(dice) },
        right: word(dice, &["", "C", "P", "CALL"]),
        multiplier: word(dice, &["", "100", "50"]),
        exchange: word(
            dice,
            &["SMART", "", "IDEALPRO", "CBOE", "CME", "IBKRATS", "NASDAQ"],
        ),
        currency: word(dice, &["USD", "", "EUR", "HKD"]),
        combo_legs,
        sec_type,
        ..Contract::default()
    }
}

fn leg(dice: &mut Dice<'_>, world: &World) -> ComboLeg {
    let listed = world.instruments();
    let one = listed.get(usize::from(dice.byte()) % listed.len().max(1));
    ComboLeg {
        con_id: one.map_or(0, |one| one.con_id.get()),
        ratio: small(dice),
        action: word(dice, &["BUY", "SELL"]),
        exchange: "SMART".to_owned(),
        ..ComboLeg::default()
    }
}

const KINDS: [&str; 22] = [
    "MKT",
    "LMT",
    "STP",
    "STP LMT",
    "TRAIL",
    "TRAIL LIMIT",
    "MIT",
    "LIT",
    "MOC",
    "LOC",
    "REL",
    "MIDPRICE",
    "PEG MID",
    "PEG MKT",
    "MTL",
    "BOX TOP",
    "PEG BENCH",
    "MKT PRT",
    "VOL",
    "PASSV REL",
    "SNAP MID",
    "LMT",
];
const ALGOS: [&str; 10] = [
    "",
    "",
    "",
    "Adaptive",
    "Twap",
    "Vwap",
    "ArrivalPx",
    "PctVol",
    "ClosePx",
    "DarkIce",
];

fn order(dice: &mut Dice<'_>, contract: &Contract) -> Order {
    let any = any_order(dice, contract);
    Order {
        order_id: small(dice),
        parent_id: if dice.one_in(4) { small(dice) } else { 0 },
        action: word(dice, &["BUY", "SELL", "BUY", "SELL", "SSHORT"]),
        total_quantity: Some(number(dice)),
        order_type: word(dice, &KINDS),
        lmt_price: maybe(dice),
        aux_price: maybe(dice),
        tif: word(dice, &["", "DAY", "GTC", "IOC", "FOK", "OPG", "GTD"]),
        account: word(
            dice,
            &["DU4000001", "DU4000002", "DU4000003", "DU4000001", ""],
        ),
        oca_group: word(dice, &["", "", "one", "two"]),
        oca_type: small(dice),
        transmit: !dice.one_in(4),
        what_if: dice.one_in(4),
        good_after_time: word(
            dice,
            &["", "", "20260102 15:00:10 UTC", "20270101-00:00:00"],
        ),
        good_till_date: word(
            dice,
            &[
                "",
                "",
                "20260102 15:00:20 UTC",
                "20260105 23:59:59 US/Eastern",
            ],
        ),
        min_qty: if dice.one_in(8) { any.min_qty } else { None },
        display_size: if dice.one_in(8) {
            any.display_size
        } else {
            None
        },
        trail_stop_price: if dice.one_in(4) { maybe(dice) } else { None },
        trailing_percent: if dice.one_in(4) { maybe(dice) } else { None },
        cash_qty: if dice.one_in(16) { maybe(dice) } else { None },
        algo_strategy: word(dice, &ALGOS),
        algo_params: dice.few(|dice| {
            let names = [
                "adaptivePriority",
                "maxPctVol",
                "startTime",
                "endTime",
                "pctVol",
                "displaySize",
            ];
            let values = [
                "Urgent",
                "0.1",
                "2",
                "-1",
                "20260102 15:00:10 UTC",
                "1e9",
                "Patient",
            ];
            (word(dice, &names), word(dice, &values))
        }),
        trigger_method: small(dice),
        short_sale_slot: 0,
        designated_location: String::new(),
        conditions: if dice.one_in(4) {
            any.conditions
        } else {
            Vec::new()
        },
        model_code: String::new(),
        ..any
    }
}

fn any_order(dice: &mut Dice<'_>, contract: &Contract) -> Order {
    crate::wire::round_trip::any_order(dice, contract)
}

/// A request about things that exist.
pub fn request(dice: &mut Dice<'_>, world: &World) -> Request {
    let req_id = small(dice);
    let contract = contract(dice, world);
    match dice.byte() % 16 {
        0..=7 => {
            let order = Box::new(order(dice, &contract));
            Request::PlaceOrder {
                order_id: order.order_id,
                contract: Box::new(contract),
                order,
            }
        }
        8 => Request::CancelOrder { order_id: req_id },
        9 => Request::MarketData {
            req_id,
            contract,
            generic_ticks: word(
                dice,
                &["", "100,101,106,233,236", "9999999999", ",,", "mdoff"],
            ),
            snapshot: dice.flag(),
            regulatory_snapshot: false,
        },
        10 => Request::CalculateImpliedVolatility {
            req_id,
            contract: Box::new(contract),
            option_price: maybe(dice),
            under_price: maybe(dice),
        },
        11 => Request::CalculateOptionPrice {
            req_id,
            contract: Box::new(contract),
            volatility: maybe(dice),
            under_price: maybe(dice),
        },
        12 => Request::ExerciseOptions {
            req_id,
            contract: Box::new(contract),
            action: small(dice),
            quantity: small(dice),
            account: word(dice, &["DU4000001", "DU4000002"]),
            force: dice.flag(),
        },
        13 => Request::ContractDetails { req_id, contract },
        14 => Request::GlobalCancel,
        _ => any_request(dice),
    }
}

/// What a test may do to a gateway.
pub fn blow(dice: &mut Dice<'_>) -> Action {
    let ms = match dice.byte() % 8 {
        0 => dice.long(),
        1 => 86_400_000 * i64::from(dice.byte()),
        _ => i64::from(dice.byte()) * 40,
    };
    let instrument = word(dice, &["AAPL", "SPX", "265598", "EUR.USD", "nothing"]);
    match dice.byte() % 16 {
        0..=5 => Action::Step { ms: ms.min(20_000) },
        6 => Action::Jump { ms },
        7 => Action::SkewClock { ms },
        8 => Action::SetPrice {
            instrument,
            bid: number(dice),
            ask: number(dice),
        },
        9 => Action::Freeze { instrument },
        10 => Action::LoseUpstream {},
        11 => Action::RestoreUpstream {
            data_lost: dice.flag(),
        },
        12 => Action::CompetingSession {},
        13 => Action::Restart {
            next_valid_id: dice.maybe(small),
        },
        14 => Action::Thaw { instrument },
        _ => Action::Faults(Faults {
            mute_what_if: dice.flag(),
            what_if_unset_first: dice.flag(),
            repeat_statuses: dice.flag(),
            reorder_statuses: dice.flag(),
            drop_on_place: dice.flag().then_some(DropPoint::AfterFill),
            next_valid_id: dice.maybe(small),
            ..Faults::default()
        }),
    }
}
