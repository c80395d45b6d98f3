//! Replies in text as a client of each version reads them.

use super::fields::Read;
use super::{text_data, text_orders};
use crate::messages::{
    CommissionReport, Contract, ContractDetails, Execution, OptionComputation, Reply, Tick,
    TickValue,
};
use rust_decimal::Decimal;

/// Reads the fields after the message id, all of them.
pub fn read(version: u16, id: i32, r: &mut Read<'_>) -> Reply {
    let reply = fields(version, id, r);
    r.ends();
    reply
}

fn fields(version: u16, id: i32, r: &mut Read<'_>) -> Reply {
    match id {
        1 | 2 | 45 | 46 => tick(id, r),
        3 => Reply::OrderStatus {
            order_id: r.int(),
            status: r.word(),
            filled: r.decimal(),
            remaining: r.decimal(),
            avg_fill_price: r.decimal(),
            perm_id: r.number(),
            parent_id: r.int(),
            last_fill_price: r.decimal(),
            client_id: r.int(),
            why_held: {
                let why = r.word();
                r.passes(["0"]); // capped market price
                why
            },
        },
        4 => {
            if version < 194 {
                r.passes(["2"]);
            }
            let (id, code, message) = (r.int(), r.int(), r.word());
            if version >= 166 {
                r.passes([""]);
            }
            let time_millis = if version >= 194 { r.number() } else { 0 };
            Reply::Error {
                id,
                code,
                message,
                time_millis,
            }
        }
        5 => text_orders::open(version, r),
        6 => {
            r.passes(["2"]);
            Reply::AccountValue {
                key: r.word(),
                value: r.word(),
                currency: r.word(),
                account: r.word(),
            }
        }
        7 => {
            r.passes(["8"]);
            Reply::PortfolioValue {
                contract: Box::new({
                    let contract = named(r);
                    Contract {
                        primary_exchange: r.word(),
                        currency: r.word(),
                        local_symbol: r.word(),
                        trading_class: r.word(),
                        ..contract
                    }
                }),
                position: r.decimal(),
                market_price: r.decimal(),
                market_value: r.decimal(),
                average_cost: r.decimal(),
                unrealized_pnl: r.decimal(),
                realized_pnl: r.decimal(),
                account: r.word(),
            }
        }
        8 => Reply::AccountUpdateTime {
            time: r.passes(["1"]).word(),
        },
        9 => Reply::NextValidId {
            order_id: r.passes(["1"]).int(),
        },
        10 => contract_details(version, r),
        11 => execution(version, r),
        15 => Reply::ManagedAccounts {
            accounts: r.passes(["1"]).word(),
        },
        21 => computation(r),
        49 => Reply::CurrentTime {
            seconds: r.passes(["1"]).number(),
        },
        52 => Reply::ContractDetailsEnd {
            req_id: r.passes(["1"]).int(),
        },
        53 => {
            r.passes(["1"]);
            Reply::OpenOrdersEnd
        }
        54 => Reply::AccountDownloadEnd {
            account: r.passes(["1"]).word(),
        },
        55 => Reply::ExecutionsEnd {
            req_id: r.passes(["1"]).int(),
        },
        57 => Reply::TickSnapshotEnd {
            req_id: r.passes(["1"]).int(),
        },
        58 => Reply::MarketDataType {
            req_id: r.passes(["1"]).int(),
            kind: r.int(),
        },
        59 => {
            r.passes(["1"]);
            let report = CommissionReport {
                exec_id: r.word(),
                commission: r.decimal(),
                currency: r.word(),
                realized_pnl: r.maybe(),
            };
            r.passes(["1.7976931348623157E308", ""]); // yield and its date
            Reply::Commission(report)
        }
        61 => Reply::Position {
            account: r.passes(["3"]).word(),
            contract: Box::new(full(r)),
            position: r.decimal(),
            avg_cost: r.decimal(),
        },
        62 => {
            r.passes(["1"]);
            Reply::PositionEnd
        }
        63 => Reply::AccountSummary {
            req_id: r.passes(["1"]).int(),
            account: r.word(),
            tag: r.word(),
            value: r.word(),
            currency: r.word(),
        },
        64 => Reply::AccountSummaryEnd {
            req_id: r.passes(["1"]).int(),
        },
        71 => {
            let (req_id, account) = (r.passes(["1"]).int(), r.word());
            let contract = Box::new(full(r));
            let (position, avg_cost, model_code) = (r.decimal(), r.decimal(), r.word());
            Reply::PositionMulti {
                req_id,
                account,
                model_code,
                contract,
                position,
                avg_cost,
            }
        }
        72 => Reply::PositionMultiEnd {
            req_id: r.passes(["1"]).int(),
        },
        73 => Reply::AccountUpdateMulti {
            req_id: r.passes(["1"]).int(),
            account: r.word(),
            model_code: r.word(),
            key: r.word(),
            value: r.word(),
            currency: r.word(),
        },
        74 => Reply::AccountUpdateMultiEnd {
            req_id: r.passes(["1"]).int(),
        },
        75 => Reply::SecDefOptParam {
            req_id: r.int(),
            exchange: r.word(),
            under_con_id: r.int(),
            trading_class: r.word(),
            multiplier: r.word(),
            expirations: r.few(Read::word),
            strikes: r.few(Read::decimal),
        },
        76 => Reply::SecDefOptParamEnd { req_id: r.int() },
        78 => Reply::FamilyCodes {
            codes: r.few(|r| (r.word(), r.word())),
        },
        79 => Reply::SymbolSamples {
            req_id: r.int(),
            samples: r.few(|r| sample(version, r)),
        },
        81 => Reply::TickReqParams {
            req_id: r.int(),
            min_tick: r.decimal(),
            bbo_exchange: r.word(),
            snapshot_permissions: r.int(),
        },
        93 => Reply::MarketRule {
            rule_id: r.int(),
            increments: r.few(|r| (r.decimal(), r.decimal())),
        },
        94 => Reply::Pnl {
            req_id: r.int(),
            daily: r.maybe(),
            unrealized: r.maybe(),
            realized: r.maybe(),
        },
        95 => Reply::PnlSingle {
            req_id: r.int(),
            position: r.decimal(),
            daily: r.maybe(),
            unrealized: r.maybe(),
            realized: r.maybe(),
            value: r.maybe(),
        },
        101 => text_orders::completed(version, r),
        14 => {
            r.passes(["1"]);
            Reply::NewsBulletin {
                id: r.int(),
                kind: r.int(),
                text: r.word(),
                exchange: r.word(),
            }
        }
        100 => Reply::OrderBound {
            perm_id: r.number(),
            client_id: r.int(),
            order_id: r.int(),
        },
        102 => Reply::CompletedOrdersEnd,
        107 => Reply::UserInfo {
            req_id: r.int(),
            white_branding_id: r.word(),
        },
        109 => Reply::CurrentTimeMillis { millis: r.number() },
        other => match text_data::read(version, other, r) {
            Some(reply) => Reply::Data(reply),
            None => panic!("nobody wrote down how a client reads message {other}"),
        },
    }
}

/// conId to multiplier.
fn named(r: &mut Read<'_>) -> Contract {
    Contract {
        con_id: r.int(),
        symbol: r.word(),
        sec_type: r.word(),
        last_trade_date: r.word(),
        strike: r.nonzero(),
        right: r.word(),
        multiplier: r.word(),
        ..Contract::default()
    }
}

/// conId to trading class.
pub fn full(r: &mut Read<'_>) -> Contract {
    let contract = named(r);
    Contract {
        exchange: r.word(),
        currency: r.word(),
        local_symbol: r.word(),
        trading_class: r.word(),
        ..contract
    }
}

fn tick(id: i32, r: &mut Read<'_>) -> Reply {
    r.passes(["6"]);
    let (req_id, kind) = (r.int(), r.int());
    let value = match id {
        1 => TickValue::Price {
            price: r.decimal(),
            size: Some(r.decimal()),
            attributes: r.int(),
        },
        2 => TickValue::Size(r.decimal()),
        45 => TickValue::Generic(r.decimal()),
        _ => TickValue::Text(r.word()),
    };
    Reply::Tick(Tick {
        req_id,
        kind,
        value,
    })
}

fn computation(r: &mut Read<'_>) -> Reply {
    let (req_id, kind) = (r.int(), r.int());
    r.passes(["1"]); // by price
    let mut unless =
        |missing: i64| Some(r.decimal()).filter(|value| *value != Decimal::from(missing));
    let value = TickValue::Computation(Box::new(OptionComputation {
        implied_volatility: unless(-1),
        delta: unless(-2),
        price: unless(-1),
        pv_dividend: unless(-1),
        gamma: unless(-2),
        vega: unless(-2),
        theta: unless(-2),
        underlying: unless(-1),
    }));
    Reply::Tick(Tick {
        req_id,
        kind,
        value,
    })
}

fn execution(version: u16, r: &mut Read<'_>) -> Reply {
    let (req_id, order_id) = (r.int(), r.int());
    let contract = Box::new(full(r));
    let (exec_id, time, account, exchange, side) =
        (r.word(), r.word(), r.word(), r.word(), r.word());
    let (shares, price, perm_id, client_id) = (r.decimal(), r.decimal(), r.number(), r.int());
    r.passes(["0"]); // liquidation
    let (cum_qty, avg_price, order_ref) = (r.decimal(), r.decimal(), r.word());
    r.passes(["", ""]); // economic value rule and multiplier
    let execution = Execution {
        exec_id,
        order_id,
        client_id,
        perm_id,
        time,
        account,
        exchange,
        side,
        shares,
        price,
        cum_qty,
        avg_price,
        order_ref,
        model_code: r.word(),
        last_liquidity: r.int(),
    };
    if version >= 178 {
        r.passes(["0"]); // price revision pending
    }
    if version >= 198 {
        r.passes([""]); // submitter
    }
    Reply::Execution {
        req_id,
        contract,
        execution: Box::new(execution),
    }
}

fn contract_details(version: u16, r: &mut Read<'_>) -> Reply {
    if version < 164 {
        r.passes(["8"]);
    }
    let req_id = r.int();
    let mut d = ContractDetails::default();
    d.contract.symbol = r.word();
    d.contract.sec_type = r.word();
    d.contract.last_trade_date = r.word();
    if version >= 182 {
        assert_eq!(r.str(), d.contract.last_trade_date);
    }
    d.contract.strike = r.nonzero();
    d.contract.right = r.word();
    d.contract.exchange = r.word();
    d.contract.currency = r.word();
    d.contract.local_symbol = r.word();
    d.market_name = r.word();
    d.contract.trading_class = r.word();
    d.contract.con_id = r.int();
    d.min_tick = r.decimal();
    if version < 164 {
        r.passes(["1"]);
    }
    d.contract.multiplier = r.word();
    d.order_types = r.word();
    d.valid_exchanges = r.word();
    d.price_magnifier = r.int();
    d.under_con_id = r.int();
    d.long_name = r.word();
    d.contract.primary_exchange = r.word();
    d.contract_month = r.word();
    d.industry = r.word();
    d.category = r.word();
    d.subcategory = r.word();
    d.time_zone_id = r.word();
    d.trading_hours = r.word();
    d.liquid_hours = r.word();
    r.passes(["", "", "0"]); // economic value rule and multiplier, security ids
    d.agg_group = r.int();
    d.under_symbol = r.word();
    d.under_sec_type = r.word();
    d.market_rule_ids = r.word();
    d.real_expiration_date = r.word();
    d.stock_type = r.word();
    if version >= 164 {
        d.min_size = r.decimal();
        d.size_increment = r.decimal();
    }
    if version >= 163 {
        d.suggested_size_increment = r.decimal();
    }
    if version >= 186 {
        r.passes(["0"]); // reasons why it may not be traded
    }
    Reply::ContractDetails {
        req_id,
        details: Box::new(d),
    }
}

fn sample(version: u16, r: &mut Read<'_>) -> (Contract, Vec<String>) {
    let contract = Contract {
        con_id: r.int(),
        symbol: r.word(),
        sec_type: r.word(),
        primary_exchange: r.word(),
        currency: r.word(),
        ..Contract::default()
    };
    let derivatives = r.few(Read::word);
    if version < 176 {
        return (contract, derivatives);
    }
    let contract = Contract {
        description: r.word(),
        issuer_id: r.word(),
        ..contract
    };
    (contract, derivatives)
}
