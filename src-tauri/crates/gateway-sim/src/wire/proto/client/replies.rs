//! Replies as a client reads them.

use prost::Message;
use rust_decimal::Decimal;

use super::data;
use crate::messages::{
    CommissionReport, Contract, ContractDetails, Execution, OptionComputation, Order, OrderState,
    Reply, Tick, TickValue,
};
use crate::wire::number::{decimal_from_double, decimal_from_text};
use crate::wire::proto::convert::contract_from;
use crate::wire::proto::{order_convert, types as pb};

/// Reads the body of the message `id` (without the offset).
pub fn read(id: i32, body: &[u8]) -> Reply {
    match id {
        1 => {
            let wire: pb::TickPrice = of(body);
            tick(
                wire.req_id,
                wire.tick_type,
                TickValue::Price {
                    price: number(wire.price),
                    size: wire.size.as_ref().map(|size| decimal(Some(size))),
                    attributes: wire.attr_mask.unwrap(),
                },
            )
        }
        2 => {
            let wire: pb::TickSize = of(body);
            tick(
                wire.req_id,
                wire.tick_type,
                TickValue::Size(decimal(wire.size.as_ref())),
            )
        }
        3 => order_status(of(body)),
        4 => {
            let wire: pb::ErrorMessage = of(body);
            Reply::Error {
                id: wire.id.unwrap(),
                code: wire.error_code.unwrap(),
                message: text(wire.error_msg),
                time_millis: wire.error_time.unwrap(),
            }
        }
        5 => {
            let wire: pb::OpenOrder = of(body);
            let (contract, order) = ordered(wire.contract.unwrap(), wire.order.unwrap());
            assert_eq!(wire.order_id, Some(order.order_id));
            Reply::OpenOrder {
                contract,
                order,
                state: state(wire.order_state.unwrap()),
            }
        }
        6 => {
            let wire: pb::AccountValue = of(body);
            Reply::AccountValue {
                key: text(wire.key),
                value: text(wire.value),
                currency: text(wire.currency),
                account: text(wire.account_name),
            }
        }
        7 => {
            let wire: pb::PortfolioValue = of(body);
            Reply::PortfolioValue {
                contract: Box::new(instrument(wire.contract)),
                position: decimal(wire.position.as_ref()),
                market_price: number(wire.market_price),
                market_value: number(wire.market_value),
                average_cost: number(wire.average_cost),
                unrealized_pnl: number(wire.unrealized_pnl),
                realized_pnl: number(wire.realized_pnl),
                account: text(wire.account_name),
            }
        }
        8 => Reply::AccountUpdateTime {
            time: text(of::<pb::AccountUpdateTime>(body).time_stamp),
        },
        9 => Reply::NextValidId {
            order_id: of::<pb::NextValidId>(body).order_id.unwrap(),
        },
        10 => contract_details(of(body)),
        11 => execution(of(body)),
        15 => {
            let accounts = text(of::<pb::ManagedAccounts>(body).accounts_list);
            Reply::ManagedAccounts { accounts }
        }
        21 => computation(of(body)),
        45 => {
            let wire: pb::TickGeneric = of(body);
            tick(
                wire.req_id,
                wire.tick_type,
                TickValue::Generic(number(wire.value)),
            )
        }
        46 => {
            let wire: pb::TickString = of(body);
            tick(
                wire.req_id,
                wire.tick_type,
                TickValue::Text(text(wire.value)),
            )
        }
        49 => Reply::CurrentTime {
            seconds: of::<pb::CurrentTime>(body).current_time.unwrap(),
        },
        52 => Reply::ContractDetailsEnd {
            req_id: req_id(body),
        },
        53 => Reply::OpenOrdersEnd,
        54 => Reply::AccountDownloadEnd {
            account: text(of::<pb::AccountDataEnd>(body).account_name),
        },
        55 => Reply::ExecutionsEnd {
            req_id: req_id(body),
        },
        57 => Reply::TickSnapshotEnd {
            req_id: req_id(body),
        },
        58 => {
            let wire: pb::MarketDataType = of(body);
            Reply::MarketDataType {
                req_id: wire.req_id.unwrap(),
                kind: wire.market_data_type.unwrap(),
            }
        }
        59 => {
            let wire: pb::CommissionAndFeesReport = of(body);
            Reply::Commission(CommissionReport {
                exec_id: text(wire.exec_id),
                commission: number(wire.commission_and_fees),
                currency: text(wire.currency),
                realized_pnl: maybe(wire.realized_pnl),
            })
        }
        61 => {
            let wire: pb::Position = of(body);
            Reply::Position {
                account: text(wire.account),
                contract: Box::new(instrument(wire.contract)),
                position: decimal(wire.position.as_ref()),
                avg_cost: number(wire.avg_cost),
            }
        }
        62 => Reply::PositionEnd,
        63 => {
            let wire: pb::AccountSummary = of(body);
            Reply::AccountSummary {
                req_id: wire.req_id.unwrap(),
                account: text(wire.account),
                tag: text(wire.tag),
                value: text(wire.value),
                currency: text(wire.currency),
            }
        }
        64 => Reply::AccountSummaryEnd {
            req_id: req_id(body),
        },
        71 => {
            let wire: pb::PositionMulti = of(body);
            Reply::PositionMulti {
                req_id: wire.req_id.unwrap(),
                account: text(wire.account),
                model_code: text(wire.model_code),
                contract: Box::new(instrument(wire.contract)),
                position: decimal(wire.position.as_ref()),
                avg_cost: number(wire.avg_cost),
            }
        }
        72 => Reply::PositionMultiEnd {
            req_id: req_id(body),
        },
        73 => {
            let wire: pb::AccountUpdateMulti = of(body);
            Reply::AccountUpdateMulti {
                req_id: wire.req_id.unwrap(),
                account: text(wire.account),
                model_code: text(wire.model_code),
                key: text(wire.key),
                value: text(wire.value),
                currency: text(wire.currency),
            }
        }
        74 => Reply::AccountUpdateMultiEnd {
            req_id: req_id(body),
        },
        75 => {
            let wire: pb::SecDefOptParameter = of(body);
            Reply::SecDefOptParam {
                req_id: wire.req_id.unwrap(),
                exchange: text(wire.exchange),
                under_con_id: wire.underlying_con_id.unwrap_or_default(),
                trading_class: text(wire.trading_class),
                multiplier: text(wire.multiplier),
                expirations: wire.expirations,
                strikes: wire
                    .strikes
                    .into_iter()
                    .map(|strike| number(Some(strike)))
                    .collect(),
            }
        }
        76 => Reply::SecDefOptParamEnd {
            req_id: req_id(body),
        },
        78 => {
            let codes = of::<pb::FamilyCodes>(body).family_codes.into_iter();
            Reply::FamilyCodes {
                codes: codes
                    .map(|code| (text(code.account_id), text(code.family_code)))
                    .collect(),
            }
        }
        79 => {
            let wire: pb::SymbolSamples = of(body);
            let samples = wire.contract_descriptions.into_iter();
            Reply::SymbolSamples {
                req_id: wire.req_id.unwrap(),
                samples: samples
                    .map(|one| (instrument(one.contract), one.derivative_sec_types))
                    .collect(),
            }
        }
        81 => {
            let wire: pb::TickReqParams = of(body);
            Reply::TickReqParams {
                req_id: wire.req_id.unwrap(),
                min_tick: decimal(wire.min_tick.as_ref()),
                bbo_exchange: text(wire.bbo_exchange),
                snapshot_permissions: wire.snapshot_permissions.unwrap(),
            }
        }
        93 => {
            let wire: pb::MarketRule = of(body);
            let rungs = wire.price_increments.into_iter();
            Reply::MarketRule {
                rule_id: wire.market_rule_id.unwrap(),
                increments: rungs
                    .map(|rung| (number(rung.low_edge), number(rung.increment)))
                    .collect(),
            }
        }
        94 => {
            let wire: pb::Pnl = of(body);
            Reply::Pnl {
                req_id: wire.req_id.unwrap(),
                daily: maybe(wire.daily_pnl),
                unrealized: maybe(wire.unrealized_pnl),
                realized: maybe(wire.realized_pnl),
            }
        }
        95 => {
            let wire: pb::PnlSingle = of(body);
            Reply::PnlSingle {
                req_id: wire.req_id.unwrap(),
                position: decimal(wire.position.as_ref()),
                daily: maybe(wire.daily_pnl),
                unrealized: maybe(wire.unrealized_pnl),
                realized: maybe(wire.realized_pnl),
                value: maybe(wire.value),
            }
        }
        101 => {
            let wire: pb::CompletedOrder = of(body);
            let (contract, order) = ordered(wire.contract.unwrap(), wire.order.unwrap());
            Reply::CompletedOrder {
                contract,
                order,
                state: state(wire.order_state.unwrap()),
            }
        }
        14 => {
            let wire: pb::NewsBulletin = of(body);
            Reply::NewsBulletin {
                id: wire.news_msg_id.unwrap(),
                kind: wire.news_msg_type.unwrap(),
                text: text(wire.news_message),
                exchange: text(wire.originating_exch),
            }
        }
        100 => {
            let wire: pb::OrderBound = of(body);
            Reply::OrderBound {
                perm_id: wire.perm_id.unwrap(),
                client_id: wire.client_id.unwrap(),
                order_id: wire.order_id.unwrap(),
            }
        }
        102 => Reply::CompletedOrdersEnd,
        107 => {
            let wire: pb::UserInfo = of(body);
            Reply::UserInfo {
                req_id: wire.req_id.unwrap(),
                white_branding_id: text(wire.white_branding_id),
            }
        }
        109 => {
            let millis = of::<pb::CurrentTimeInMillis>(body)
                .current_time_in_millis
                .unwrap();
            Reply::CurrentTimeMillis { millis }
        }
        other => match data::read(other, body) {
            Some(reply) => Reply::Data(reply),
            None => panic!("nobody wrote down how a client reads message {other}"),
        },
    }
}

pub fn of<M: Message + Default>(body: &[u8]) -> M {
    M::decode(body).unwrap()
}

fn req_id(body: &[u8]) -> i32 {
    of::<pb::OnlyReqId>(body).req_id.unwrap()
}

pub fn text(value: Option<String>) -> String {
    value.unwrap_or_default()
}

pub fn maybe(value: Option<f64>) -> Option<Decimal> {
    decimal_from_double(value).unwrap()
}

pub fn number(value: Option<f64>) -> Decimal {
    maybe(value).unwrap()
}

pub fn decimal(value: Option<&String>) -> Decimal {
    decimal_from_text(value.unwrap()).unwrap().unwrap()
}

pub fn instrument(wire: Option<pb::Contract>) -> Contract {
    contract_from(wire.unwrap()).unwrap()
}

fn ordered(contract: pb::Contract, order: pb::Order) -> (Box<Contract>, Box<Order>) {
    let leg_prices = order_convert::leg_prices(&contract).unwrap();
    let order_id = order.order_id.unwrap_or_default();
    let order = order_convert::order_from(order_id, order).unwrap();
    let order = Order {
        leg_prices,
        ..order
    };
    (Box::new(contract_from(contract).unwrap()), Box::new(order))
}

fn state(wire: pb::OrderState) -> Box<OrderState> {
    Box::new(OrderState {
        status: text(wire.status),
        init_margin_before: maybe(wire.init_margin_before),
        maint_margin_before: maybe(wire.maint_margin_before),
        equity_with_loan_before: maybe(wire.equity_with_loan_before),
        init_margin_change: maybe(wire.init_margin_change),
        maint_margin_change: maybe(wire.maint_margin_change),
        equity_with_loan_change: maybe(wire.equity_with_loan_change),
        init_margin_after: maybe(wire.init_margin_after),
        maint_margin_after: maybe(wire.maint_margin_after),
        equity_with_loan_after: maybe(wire.equity_with_loan_after),
        commission: maybe(wire.commission_and_fees),
        min_commission: maybe(wire.min_commission_and_fees),
        max_commission: maybe(wire.max_commission_and_fees),
        commission_currency: text(wire.commission_and_fees_currency),
        margin_currency: text(wire.margin_currency),
        warning_text: text(wire.warning_text),
        reject_reason: text(wire.reject_reason),
        completed_time: text(wire.completed_time),
        completed_status: text(wire.completed_status),
    })
}

fn tick(req_id: Option<i32>, kind: Option<i32>, value: TickValue) -> Reply {
    Reply::Tick(Tick {
        req_id: req_id.unwrap(),
        kind: kind.unwrap(),
        value,
    })
}

fn computation(wire: pb::TickOptionComputation) -> Reply {
    let value = OptionComputation {
        implied_volatility: maybe(wire.implied_vol),
        delta: maybe(wire.delta),
        price: maybe(wire.opt_price),
        pv_dividend: maybe(wire.pv_dividend),
        gamma: maybe(wire.gamma),
        vega: maybe(wire.vega),
        theta: maybe(wire.theta),
        underlying: maybe(wire.und_price),
    };
    tick(
        wire.req_id,
        wire.tick_type,
        TickValue::Computation(Box::new(value)),
    )
}

fn order_status(wire: pb::OrderStatus) -> Reply {
    Reply::OrderStatus {
        order_id: wire.order_id.unwrap(),
        status: text(wire.status),
        filled: decimal(wire.filled.as_ref()),
        remaining: decimal(wire.remaining.as_ref()),
        avg_fill_price: number(wire.avg_fill_price),
        perm_id: wire.perm_id.unwrap(),
        parent_id: wire.parent_id.unwrap(),
        last_fill_price: number(wire.last_fill_price),
        client_id: wire.client_id.unwrap(),
        why_held: text(wire.why_held),
    }
}

fn execution(wire: pb::ExecutionDetails) -> Reply {
    let fill = wire.execution.unwrap();
    Reply::Execution {
        req_id: wire.req_id.unwrap(),
        contract: Box::new(instrument(wire.contract)),
        execution: Box::new(Execution {
            exec_id: text(fill.exec_id),
            order_id: fill.order_id.unwrap(),
            client_id: fill.client_id.unwrap(),
            perm_id: fill.perm_id.unwrap(),
            time: text(fill.time),
            account: text(fill.acct_number),
            exchange: text(fill.exchange),
            side: text(fill.side),
            shares: decimal(fill.shares.as_ref()),
            price: number(fill.price),
            cum_qty: decimal(fill.cum_qty.as_ref()),
            avg_price: number(fill.avg_price),
            order_ref: text(fill.order_ref),
            model_code: text(fill.model_code),
            last_liquidity: fill.last_liquidity.unwrap(),
        }),
    }
}

fn contract_details(wire: pb::ContractData) -> Reply {
    let known = wire.contract_details.unwrap();
    Reply::ContractDetails {
        req_id: wire.req_id.unwrap(),
        details: Box::new(ContractDetails {
            contract: instrument(wire.contract),
            market_name: text(known.market_name),
            min_tick: decimal(known.min_tick.as_ref()),
            order_types: text(known.order_types),
            valid_exchanges: text(known.valid_exchanges),
            price_magnifier: known.price_magnifier.unwrap(),
            under_con_id: known.under_con_id.unwrap_or_default(),
            long_name: text(known.long_name),
            contract_month: text(known.contract_month),
            industry: text(known.industry),
            category: text(known.category),
            subcategory: text(known.subcategory),
            time_zone_id: text(known.time_zone_id),
            trading_hours: text(known.trading_hours),
            liquid_hours: text(known.liquid_hours),
            under_symbol: text(known.under_symbol),
            under_sec_type: text(known.under_sec_type),
            market_rule_ids: text(known.market_rule_ids),
            real_expiration_date: text(known.real_expiration_date),
            stock_type: text(known.stock_type),
            agg_group: known.agg_group.unwrap(),
            min_size: decimal(known.min_size.as_ref()),
            size_increment: decimal(known.size_increment.as_ref()),
            suggested_size_increment: decimal(known.suggested_size_increment.as_ref()),
        }),
    }
}
