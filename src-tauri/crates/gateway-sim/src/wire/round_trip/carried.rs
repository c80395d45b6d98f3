//! What of a message a form of it carries: the rest is not told, and the reader gets it empty.

use rust_decimal::Decimal;

use crate::messages::{
    Contract, ContractDetails, DataReply, DataRequest, Order, OrderState, Reply, Request, Tick,
    TickValue,
};

/// Whether no client of this version knows the request.
pub fn is_younger_than(version: u16, request: &Request) -> bool {
    let horizon = matches!(
        request,
        Request::Data(
            DataRequest::WallStreetHorizon { .. } | DataRequest::CancelWallStreetHorizon { .. }
        )
    );
    horizon && version < 161
}

/// A request as its text form tells it.
pub fn asked_in_text(version: u16, request: Request) -> Request {
    match request {
        Request::MarketData {
            req_id,
            contract,
            generic_ticks,
            snapshot,
            regulatory_snapshot,
        } => {
            let mut contract = named(contract, true);
            short_legs(&mut contract);
            Request::MarketData {
                req_id,
                contract,
                generic_ticks,
                snapshot,
                regulatory_snapshot,
            }
        }
        Request::ContractDetails { req_id, contract } => {
            let issuer_id = if version >= 176 {
                contract.issuer_id.clone()
            } else {
                String::new()
            };
            let contract = Contract {
                include_expired: contract.include_expired,
                sec_id_type: contract.sec_id_type.clone(),
                sec_id: contract.sec_id.clone(),
                issuer_id,
                ..named(contract, false)
            };
            Request::ContractDetails { req_id, contract }
        }
        Request::CalculateImpliedVolatility {
            req_id,
            contract,
            option_price,
            under_price,
        } => {
            let contract = Box::new(named(*contract, false));
            Request::CalculateImpliedVolatility {
                req_id,
                contract,
                option_price,
                under_price,
            }
        }
        Request::CalculateOptionPrice {
            req_id,
            contract,
            volatility,
            under_price,
        } => {
            let contract = Box::new(named(*contract, false));
            Request::CalculateOptionPrice {
                req_id,
                contract,
                volatility,
                under_price,
            }
        }
        Request::ExerciseOptions {
            req_id,
            contract,
            action,
            quantity,
            account,
            force,
        } => {
            let mut contract = Box::new(named(*contract, false));
            contract.primary_exchange.clear();
            Request::ExerciseOptions {
                req_id,
                contract,
                action,
                quantity,
                account,
                force,
            }
        }
        Request::PlaceOrder {
            order_id,
            contract,
            order,
        } => {
            let order = Box::new(placed(version, &contract, *order));
            let contract = Box::new(Contract {
                sec_id_type: contract.sec_id_type.clone(),
                sec_id: contract.sec_id.clone(),
                ..named(*contract, true)
            });
            Request::PlaceOrder {
                order_id,
                contract,
                order,
            }
        }
        Request::Data(request) => Request::Data(data_asked(request)),
        other => other,
    }
}

fn data_asked(mut request: DataRequest) -> DataRequest {
    match &mut request {
        DataRequest::Bars(of) => {
            let include_expired = of.contract.include_expired;
            let mut contract = named(of.contract.clone(), true);
            short_legs(&mut contract);
            of.contract = Contract {
                include_expired,
                ..contract
            };
        }
        DataRequest::HistoricalTicks(of) => {
            let include_expired = of.contract.include_expired;
            of.contract = Contract {
                include_expired,
                ..named(of.contract.clone(), false)
            };
        }
        DataRequest::HeadTimestamp { contract, .. }
        | DataRequest::Histogram { contract, .. }
        | DataRequest::RealTimeBars { contract, .. }
        | DataRequest::TickByTick { contract, .. }
        | DataRequest::Depth { contract, .. } => *contract = named(contract.clone(), false),
        _ => {}
    }
    request
}

/// Market-data requests name of a leg only instrument, ratio, side and exchange.
fn short_legs(contract: &mut Contract) {
    for leg in &mut contract.combo_legs {
        (leg.open_close, leg.short_sale_slot, leg.exempt_code) = (0, 0, 0);
        leg.designated_location.clear();
    }
}

/// From the instrument number to the trading class, and the legs where they are told.
fn named(contract: Contract, legs: bool) -> Contract {
    Contract {
        sec_id_type: String::new(),
        sec_id: String::new(),
        description: String::new(),
        issuer_id: String::new(),
        include_expired: false,
        combo_legs: if legs {
            contract.combo_legs
        } else {
            Vec::new()
        },
        ..contract
    }
}

fn placed(version: u16, contract: &Contract, order: Order) -> Order {
    let mut order = Order {
        client_id: 0,
        perm_id: 0,
        filled_quantity: None,
        parent_perm_id: 0,
        auto_cancel_parent: order.auto_cancel_parent && version >= 162,
        ..order
    };
    if contract.sec_type != "BAG" {
        order.combo_routing.clear();
    }
    if version < 170 || order.order_type != "PEG MID" {
        (order.mid_offset_at_whole, order.mid_offset_at_half) = (None, None);
    }
    with_algo_and_conditions(order)
}

/// Without a strategy there are no parameters, and without conditions no word on them.
fn with_algo_and_conditions(mut order: Order) -> Order {
    if order.algo_strategy.is_empty() {
        order.algo_params.clear();
    }
    if order.conditions.is_empty() {
        (order.conditions_cancel, order.conditions_ignore_rth) = (false, false);
    }
    order
}

/// A reply as its text form tells it.
pub fn told_in_text(version: u16, reply: Reply) -> Reply {
    match reply {
        Reply::Error {
            id,
            code,
            message,
            time_millis,
        } => {
            let time_millis = if version >= 194 { time_millis } else { 0 };
            Reply::Error {
                id,
                code,
                message,
                time_millis,
            }
        }
        Reply::Tick(Tick {
            req_id,
            kind,
            value:
                TickValue::Price {
                    price,
                    size,
                    attributes,
                },
        }) => {
            let size = Some(size.unwrap_or_default());
            Reply::Tick(Tick {
                req_id,
                kind,
                value: TickValue::Price {
                    price,
                    size,
                    attributes,
                },
            })
        }
        Reply::Tick(Tick {
            req_id,
            kind,
            value: TickValue::Computation(mut one),
        }) => {
            // −1, or −2 where −1 is possible, says "not computed".
            let missing = |value: &mut Option<Decimal>, mark: i64| {
                *value = value.filter(|value| *value != Decimal::from(mark));
            };
            for value in [
                &mut one.implied_volatility,
                &mut one.price,
                &mut one.pv_dividend,
                &mut one.underlying,
            ] {
                missing(value, -1);
            }
            for value in [
                &mut one.delta,
                &mut one.gamma,
                &mut one.vega,
                &mut one.theta,
            ] {
                missing(value, -2);
            }
            Reply::Tick(Tick {
                req_id,
                kind,
                value: TickValue::Computation(one),
            })
        }
        Reply::OpenOrder {
            contract,
            order,
            mut state,
        } => {
            state.completed_time.clear();
            state.completed_status.clear();
            if version < 195 {
                state.margin_currency.clear();
                state.reject_reason.clear();
            }
            let mut order = shown(version, *order);
            order.filled_quantity = None;
            order.parent_perm_id = 0;
            order.auto_cancel_parent &= version >= 162;
            Reply::OpenOrder {
                contract: full(*contract, true),
                order: Box::new(order),
                state,
            }
        }
        Reply::CompletedOrder {
            contract,
            order,
            state,
        } => {
            let order = Order {
                order_id: 0,
                client_id: 0,
                parent_id: 0,
                what_if: false,
                ..shown(version, *order)
            };
            let state = OrderState {
                status: state.status,
                completed_time: state.completed_time,
                completed_status: state.completed_status,
                ..OrderState::default()
            };
            Reply::CompletedOrder {
                contract: full(*contract, true),
                order: Box::new(order),
                state: Box::new(state),
            }
        }
        Reply::Execution {
            req_id,
            contract,
            execution,
        } => Reply::Execution {
            req_id,
            contract: full(*contract, false),
            execution,
        },
        Reply::Position {
            account,
            contract,
            position,
            avg_cost,
        } => Reply::Position {
            account,
            contract: full(*contract, false),
            position,
            avg_cost,
        },
        Reply::PositionMulti {
            req_id,
            account,
            model_code,
            contract,
            position,
            avg_cost,
        } => {
            let contract = full(*contract, false);
            Reply::PositionMulti {
                req_id,
                account,
                model_code,
                contract,
                position,
                avg_cost,
            }
        }
        Reply::PortfolioValue {
            contract,
            position,
            market_price,
            market_value,
            average_cost,
            unrealized_pnl,
            realized_pnl,
            account,
        } => Reply::PortfolioValue {
            // Where it is listed, not where it is routed.
            contract: Box::new(Contract {
                exchange: String::new(),
                ..named(*contract, false)
            }),
            position,
            market_price,
            market_value,
            average_cost,
            unrealized_pnl,
            realized_pnl,
            account,
        },
        Reply::ContractDetails { req_id, details } => {
            let mut details = ContractDetails {
                contract: named(details.contract, false),
                ..*details
            };
            if version < 164 {
                (details.min_size, details.size_increment) = Default::default();
            }
            if version < 163 {
                details.suggested_size_increment = Decimal::ZERO;
            }
            Reply::ContractDetails {
                req_id,
                details: Box::new(details),
            }
        }
        Reply::SymbolSamples { req_id, samples } => {
            let sample = |contract: Contract| Contract {
                con_id: contract.con_id,
                symbol: contract.symbol,
                sec_type: contract.sec_type,
                primary_exchange: contract.primary_exchange,
                currency: contract.currency,
                description: if version >= 176 {
                    contract.description
                } else {
                    String::new()
                },
                issuer_id: if version >= 176 {
                    contract.issuer_id
                } else {
                    String::new()
                },
                ..Contract::default()
            };
            let samples = samples
                .into_iter()
                .map(|(of, kinds)| (sample(of), kinds))
                .collect();
            Reply::SymbolSamples { req_id, samples }
        }
        Reply::Data(mut reply) => {
            match &mut reply {
                DataReply::Bars { start, end, .. } if version >= 196 => {
                    start.clear();
                    end.clear();
                }
                DataReply::Scanner { rows, .. } => {
                    for (contract, _) in rows {
                        *contract = *full(contract.clone(), false);
                        contract.multiplier.clear();
                    }
                }
                _ => {}
            }
            Reply::Data(reply)
        }
        other => other,
    }
}

/// Without the listing exchange.
fn full(contract: Contract, legs: bool) -> Box<Contract> {
    Box::new(Contract {
        primary_exchange: String::new(),
        ..named(contract, legs)
    })
}

/// An order in an answer: prices that nobody set are told as 0, and it is not said whether it was transmitted.
fn shown(version: u16, order: Order) -> Order {
    let set = |price: Option<Decimal>| price.filter(|price| !price.is_zero());
    let mut order = Order {
        total_quantity: Some(order.total_quantity.unwrap_or_default()),
        lmt_price: set(order.lmt_price),
        aux_price: set(order.aux_price),
        transmit: false,
        ..order
    };
    if version < 170 {
        (order.mid_offset_at_whole, order.mid_offset_at_half) = (None, None);
    }
    with_algo_and_conditions(order)
}

/// A reply as its protobuf form tells it.
pub fn told_in_protobuf(mut reply: Reply) -> Reply {
    match &mut reply {
        Reply::OpenOrder { order, .. } | Reply::CompletedOrder { order, .. } => {
            // A map.
            order.algo_params.sort();
        }
        Reply::Data(DataReply::Bars { start, end, .. }) => {
            start.clear();
            end.clear();
        }
        _ => {}
    }
    reply
}
