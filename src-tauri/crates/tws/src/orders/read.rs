//! Orders, statuses, executions and commissions, from the library's types.

use crate::contract;
use crate::convert::from_f64;
use gatehouse_desk::port::broker::{BrokerEvent, OrderKey, OrderSeen, Ties};
use gatehouse_domain::decimal::{Currency, Price, Quantity};
use gatehouse_domain::draft::Side;
use gatehouse_domain::id::{AccountId, ExecId, OrderId, PermId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::{Liquidity, OrderTerms, Report};
use gatehouse_domain::pricing::{Percent, Pricing, TrailBy};
use gatehouse_domain::tif::TimeInForce;
use ibapi::orders as wire;
use ibapi::orders::OrderStatusKind;

/// The state that a status word stands for.
pub fn report(status: &OrderStatusKind) -> Option<Report> {
    Some(match status {
        OrderStatusKind::ApiPending | OrderStatusKind::PendingSubmit => Report::Pending,
        OrderStatusKind::PreSubmitted => Report::PreSubmitted,
        OrderStatusKind::Submitted => Report::Submitted,
        OrderStatusKind::PendingCancel => Report::PendingCancel,
        OrderStatusKind::ApiCancelled | OrderStatusKind::Cancelled => Report::Cancelled,
        OrderStatusKind::Filled => Report::Filled,
        OrderStatusKind::Inactive => Report::Inactive,
        OrderStatusKind::Unknown(_) => return None,
    })
}

/// What the order is about; `quantity` is what it is for in all.
pub fn terms(data: &wire::OrderData, quantity: f64) -> Result<OrderTerms, String> {
    let order = &data.order;
    let side = match order.action {
        wire::Action::Buy => Side::Buy,
        wire::Action::Sell | wire::Action::SellShort | wire::Action::SellLong => Side::Sell,
    };
    let mut contract = contract::read(&data.contract)?;
    // An order that sells a combination trades its legs the other way round.
    for leg in contract.legs.iter_mut().filter(|_| side == Side::Sell) {
        leg.side = leg.side.opposite();
    }
    let quantity = from_f64(quantity)
        .and_then(|q| Quantity::new(q).ok())
        .ok_or_else(|| format!("an order for {} has no quantity", contract.symbol))?;
    Ok(OrderTerms {
        account: AccountId::new(&order.account).map_err(|e| e.to_string())?,
        side,
        quantity,
        pricing: pricing(order),
        order_type: order.order_type.clone(),
        tif: tif(order),
        contract,
    })
}

/// How it is priced; `None` for an order type that Gatehouse does not make, or one without its
/// prices.
fn pricing(order: &wire::Order) -> Option<Pricing> {
    let price = |value: Option<f64>| Price::new(value.and_then(from_f64)?).ok();
    let limit = || price(order.limit_price);
    let aux = || price(order.aux_price);
    let stop = || price(order.trail_stop_price);
    // Either may come as zero when the other is set.
    let by = || {
        let percent = order.trailing_percent.and_then(from_f64);
        match percent.and_then(|p| Percent::new(p).ok()) {
            Some(percent) => Some(TrailBy::Percent { percent }),
            None => aux().map(|amount| TrailBy::Amount { amount }),
        }
    };
    Some(match order.order_type.as_str() {
        "MKT" => Pricing::Market,
        "LMT" => Pricing::Limit { price: limit()? },
        "STP" => Pricing::Stop { trigger: aux()? },
        "STP LMT" => Pricing::StopLimit {
            trigger: aux()?,
            price: limit()?,
        },
        "TRAIL" => Pricing::Trail {
            by: by()?,
            trigger: stop(),
        },
        "TRAIL LIMIT" => Pricing::TrailLimit {
            by: by()?,
            trigger: stop()?,
            offset: order.limit_price_offset.and_then(from_f64)?,
        },
        "MIT" => Pricing::MarketIfTouched { trigger: aux()? },
        "LIT" => Pricing::LimitIfTouched {
            trigger: aux()?,
            price: limit()?,
        },
        "MOC" => Pricing::MarketOnClose,
        "LOC" => Pricing::LimitOnClose { price: limit()? },
        "REL" => Pricing::Relative {
            offset: aux()?,
            cap: limit(),
        },
        "MIDPRICE" => Pricing::Midprice { cap: limit() },
        "PEG MID" => Pricing::PegMid {
            offset: order.aux_price.and_then(from_f64).unwrap_or_default(),
            cap: limit(),
        },
        "MTL" => Pricing::MarketToLimit,
        _ => return None,
    })
}

/// How long it stands; `None` for a time in force that Gatehouse does not make, or a date that
/// can't be read.
fn tif(order: &wire::Order) -> Option<TimeInForce> {
    Some(match order.tif {
        wire::TimeInForce::Day => TimeInForce::Day,
        wire::TimeInForce::GoodTillCanceled => TimeInForce::Gtc,
        wire::TimeInForce::ImmediateOrCancel => TimeInForce::Ioc,
        wire::TimeInForce::FillOrKill => TimeInForce::Fok,
        wire::TimeInForce::OnOpen => TimeInForce::Opg,
        wire::TimeInForce::GoodTillDate => TimeInForce::Gtd {
            until: moment(&order.good_till_date)?,
        },
        _ => return None,
    })
}

/// `20261218-21:00:00` in UTC, or `20261218 16:00:00 US/Eastern`. Without a zone it would be
/// the gateway's own, which is not known here.
fn moment(text: &str) -> Option<UnixMillis> {
    if let Some(at) = UnixMillis::from_wire_utc(text) {
        return Some(at);
    }
    let (civil, zone) = text.rsplit_once(' ')?;
    let civil = jiff::civil::DateTime::strptime("%Y%m%d %H:%M:%S", civil).ok()?;
    let at = civil.in_tz(zone).ok()?;
    Some(UnixMillis(at.timestamp().as_millisecond()))
}

/// To which other orders it is tied. A parent's order id is of the same client.
pub fn ties(order: &wire::Order) -> Ties {
    let perm_id = order.parent_perm_id.and_then(PermId::new);
    let order_id = OrderId::new(order.parent_id);
    let named = perm_id.is_some() || order_id.is_some();
    Ties {
        parent: named.then(|| {
            Box::new(OrderKey {
                perm_id,
                order_id,
                client_id: Some(order.client_id),
                order_ref: None,
            })
        }),
        oca_group: (!order.oca_group.is_empty()).then(|| order.oca_group.clone()),
    }
}

/// The gateway's warning, or its reason for a rejection.
pub fn warning(state: &wire::OrderState) -> Option<String> {
    [&state.warning_text, &state.reject_reason]
        .into_iter()
        .find(|text| !text.is_empty())
        .cloned()
}

/// A completed order. Its `totalQuantity` is what did not fill. The error is the event that
/// says that it can't be read.
pub fn completed(data: &wire::OrderData, key: OrderKey) -> Result<BrokerEvent, Box<BrokerEvent>> {
    let order = &data.order;
    let unreadable = |why: String| Box::new(crate::session::unreadable("a completed order", &why));
    let filled = from_f64(order.filled_quantity);
    let unfilled = from_f64(order.total_quantity);
    let (Some(filled), Some(unfilled)) = (filled, unfilled) else {
        return Err(unreadable("its quantity is unset".to_owned()));
    };
    let whole = Quantity::new(filled + unfilled).map_err(|e| unreadable(e.to_string()))?;
    let mut terms = terms(data, 1.0).map_err(unreadable)?;
    terms.quantity = whole;
    Ok(BrokerEvent::Order(OrderSeen {
        key,
        terms,
        report: report(&data.order_state.status),
        filled: Some(filled),
        warning: warning(&data.order_state),
        ties: ties(order),
    }))
}

/// An execution.
pub fn execution(data: &wire::ExecutionData, key: OrderKey) -> Result<BrokerEvent, String> {
    let execution = &data.execution;
    let shares = from_f64(execution.shares).ok_or("its quantity is unset")?;
    Ok(BrokerEvent::Execution {
        key,
        account: AccountId::new(&execution.account_number).map_err(|e| e.to_string())?,
        contract: contract::read(&data.contract)?,
        side: match execution.side {
            wire::ExecutionSide::Bought => Side::Buy,
            wire::ExecutionSide::Sold => Side::Sell,
        },
        exec_id: ExecId::new(&execution.execution_id).map_err(|e| e.to_string())?,
        quantity: Quantity::new(shares).map_err(|e| e.to_string())?,
        price: from_f64(execution.price).ok_or("its price is unset")?,
        liquidity: match execution.last_liquidity {
            wire::Liquidity::AddedLiquidity => Some(Liquidity::Added),
            wire::Liquidity::RemovedLiquidity => Some(Liquidity::Removed),
            wire::Liquidity::LiquidityRoutedOut => Some(Liquidity::RoutedOut),
            _ => None,
        },
    })
}

/// A commission.
pub fn commission(report: &wire::CommissionReport) -> Result<BrokerEvent, String> {
    Ok(BrokerEvent::Commission {
        exec_id: ExecId::new(&report.execution_id).map_err(|e| e.to_string())?,
        // Zero is a commission: the parts of an order that its least commission has paid for.
        amount: from_f64(report.commission).ok_or("its amount is unset")?,
        currency: Currency::parse(&report.currency)
            .ok_or_else(|| format!("its currency is {:?}", report.currency))?,
        realized_pnl: report.realized_pnl.and_then(from_f64),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::UNSET;
    use ibapi::contracts::Contract;

    fn order(filled: f64, total: f64) -> wire::OrderData {
        wire::OrderData {
            order_id: 3,
            contract: Contract {
                contract_id: 265_598,
                symbol: "AAPL".into(),
                currency: "USD".into(),
                ..Contract::default()
            },
            order: wire::Order {
                account: "DU1".into(),
                order_type: "LMT".into(),
                limit_price: Some(180.01),
                total_quantity: total,
                filled_quantity: filled,
                ..wire::Order::default()
            },
            order_state: wire::OrderState::default(),
        }
    }

    #[test]
    fn the_legs_of_a_combination_that_is_sold_are_told_as_they_trade() {
        let leg = |id, action| ibapi::contracts::ComboLeg {
            contract_id: id,
            ratio: 1,
            action,
            ..Default::default()
        };
        let mut data = order(0.0, 1.0);
        data.contract.combo_legs = vec![
            leg(1, ibapi::contracts::LegAction::Buy),
            leg(2, ibapi::contracts::LegAction::Sell),
        ];
        let sides = |data: &wire::OrderData| -> Vec<Side> {
            let legs = terms(data, 1.0).unwrap().contract.legs;
            legs.iter().map(|leg| leg.side).collect()
        };
        assert_eq!(sides(&data), [Side::Buy, Side::Sell]);
        data.order.action = wire::Action::Sell;
        assert_eq!(sides(&data), [Side::Sell, Side::Buy]);
    }

    #[test]
    fn a_completed_order_tells_what_it_was_for_in_all() {
        let BrokerEvent::Order(seen) = completed(&order(60.0, 40.0), OrderKey::default()).unwrap()
        else {
            panic!();
        };
        assert_eq!(seen.terms.quantity.to_string(), "100");
        assert_eq!(seen.filled.unwrap().to_string(), "60");
    }

    #[test]
    fn a_completed_order_without_any_quantity_is_said_to_be_unreadable() {
        let event = completed(&order(0.0, 0.0), OrderKey::default()).unwrap_err();
        assert!(matches!(*event, BrokerEvent::Notice { code: 0, .. }));
    }

    #[test]
    fn an_order_type_that_is_not_made_here_keeps_its_word_and_has_no_pricing() {
        let mut data = order(0.0, 10.0);
        data.order.order_type = "TRAIL".into();
        data.order.tif = wire::TimeInForce::Auction;
        let terms = terms(&data, 10.0).unwrap();
        assert_eq!(terms.order_type, "TRAIL");
        assert_eq!((terms.pricing, terms.tif), (None, None));
    }

    #[test]
    fn no_mark_for_unset_is_a_price_or_a_size_of_an_order() {
        for unset in UNSET {
            for word in [
                "LMT",
                "STP",
                "STP LMT",
                "TRAIL",
                "TRAIL LIMIT",
                "MIT",
                "LIT",
                "LOC",
                "REL",
            ] {
                let mut data = order(0.0, 10.0);
                data.order.order_type = word.into();
                data.order.limit_price = Some(unset);
                data.order.aux_price = Some(unset);
                data.order.trail_stop_price = Some(unset);
                data.order.trailing_percent = Some(unset);
                data.order.limit_price_offset = Some(unset);
                let pricing = terms(&data, 10.0).unwrap().pricing;
                assert_eq!(pricing, None, "{word} {unset}");
            }
            assert!(terms(&order(0.0, 10.0), unset).is_err(), "{unset}");
            let mut mid = order(0.0, 10.0);
            mid.order.order_type = "PEG MID".into();
            mid.order.aux_price = Some(unset);
            mid.order.limit_price = Some(unset);
            let followed = terms(&mid, 10.0).unwrap().pricing;
            assert_eq!(
                followed.and_then(|p| p.limit()),
                None,
                "PEG MID follows to {unset}"
            );
        }
    }

    #[test]
    fn no_mark_for_unset_is_a_commission_or_what_a_fill_realized() {
        for unset in UNSET {
            let mut report = wire::CommissionReport {
                execution_id: "e".into(),
                commission: unset,
                currency: "USD".into(),
                ..wire::CommissionReport::default()
            };
            assert!(commission(&report).is_err(), "{unset}");
            // A later part of an order whose least commission is paid costs nothing.
            report.commission = 0.0;
            assert!(matches!(
                commission(&report),
                Ok(BrokerEvent::Commission { amount, .. }) if amount.is_zero()
            ));
            report.commission = 1.0;
            report.realized_pnl = Some(unset);
            let Ok(BrokerEvent::Commission { realized_pnl, .. }) = commission(&report) else {
                panic!("{report:?}");
            };
            assert_eq!(realized_pnl, None, "{unset}");
        }
    }

    #[test]
    fn no_mark_for_unset_is_a_price_or_a_size_of_a_fill() {
        for unset in UNSET {
            for (price, shares) in [(unset, 1.0), (1.0, unset)] {
                let data = wire::ExecutionData {
                    contract: order(0.0, 1.0).contract,
                    execution: wire::Execution {
                        execution_id: "e".into(),
                        account_number: "DU1".into(),
                        price,
                        shares,
                        ..wire::Execution::default()
                    },
                    ..wire::ExecutionData::default()
                };
                assert!(execution(&data, OrderKey::default()).is_err(), "{unset}");
            }
        }
    }

    #[test]
    fn every_status_word_has_its_report_and_a_new_word_has_none() {
        for (word, wanted) in [
            (OrderStatusKind::ApiPending, Some(Report::Pending)),
            (OrderStatusKind::PendingSubmit, Some(Report::Pending)),
            (OrderStatusKind::PreSubmitted, Some(Report::PreSubmitted)),
            (OrderStatusKind::Submitted, Some(Report::Submitted)),
            (OrderStatusKind::PendingCancel, Some(Report::PendingCancel)),
            (OrderStatusKind::ApiCancelled, Some(Report::Cancelled)),
            (OrderStatusKind::Cancelled, Some(Report::Cancelled)),
            (OrderStatusKind::Filled, Some(Report::Filled)),
            (OrderStatusKind::Inactive, Some(Report::Inactive)),
            (OrderStatusKind::Unknown("Resting".into()), None),
        ] {
            assert_eq!(report(&word), wanted);
        }
    }
}
