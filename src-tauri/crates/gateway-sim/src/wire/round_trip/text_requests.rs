//! Requests in text as a client of each version writes them.

use super::fields::Written;
use super::text_data;
use crate::messages::{ConditionTest, Contract, Order, Request};

/// The message id and the fields after it.
pub fn write(version: u16, request: &Request) -> (i32, String) {
    let mut w = Written::default();
    let id = fields(version, request, &mut w);
    (id, w.0)
}

fn fields(version: u16, request: &Request, w: &mut Written) -> i32 {
    match request {
        Request::StartApi {
            client_id,
            capabilities,
        } => {
            w.put(2).put(client_id).put(capabilities);
            71
        }
        Request::MarketData {
            req_id,
            contract,
            generic_ticks,
            snapshot,
            regulatory_snapshot,
        } => {
            w.put(11).put(req_id);
            named(contract, true, w);
            if contract.sec_type == "BAG" {
                w.put(contract.combo_legs.len());
                for leg in &contract.combo_legs {
                    w.put(leg.con_id)
                        .put(leg.ratio)
                        .put(&leg.action)
                        .put(&leg.exchange);
                }
            }
            w.flag(false)
                .put(generic_ticks)
                .flag(*snapshot)
                .flag(*regulatory_snapshot)
                .put("");
            1
        }
        Request::CancelMarketData { req_id } => cancel(2, *req_id, w),
        Request::MarketDataType { kind } => cancel(59, *kind, w),
        Request::PlaceOrder {
            order_id,
            contract,
            order,
        } => {
            w.put(order_id);
            place(version, contract, order, w);
            3
        }
        Request::CancelOrder { order_id } => {
            if version < 192 {
                w.put(1);
            }
            w.put(order_id);
            if version >= 169 {
                w.put(""); // time of a manual cancel
            }
            if version >= 193 {
                w.put("").put(i32::MAX); // external operator, manual order indicator
            }
            4
        }
        Request::GlobalCancel => {
            if version < 192 {
                w.put(1);
            } else {
                w.put("").put(i32::MAX);
            }
            58
        }
        Request::OpenOrders => bare(5, w),
        Request::AllOpenOrders => bare(16, w),
        Request::AutoOpenOrders { bind } => {
            w.put(1).flag(*bind);
            15
        }
        Request::CompletedOrders { api_only } => {
            w.flag(*api_only);
            99
        }
        Request::Executions { req_id, filter } => {
            w.put(3)
                .put(req_id)
                .put(filter.client_id)
                .put(&filter.account)
                .put(&filter.time);
            w.put(&filter.symbol)
                .put(&filter.sec_type)
                .put(&filter.exchange)
                .put(&filter.side);
            if version >= 200 {
                w.put(i32::MAX).put(0); // last days, single days
            }
            7
        }
        Request::Ids => cancel(8, 1, w),
        Request::ManagedAccounts => bare(17, w),
        Request::AccountUpdates { subscribe, account } => {
            w.put(2).flag(*subscribe).put(account);
            6
        }
        Request::AccountUpdatesMulti {
            req_id,
            account,
            model_code,
            ledger_and_nlv,
        } => {
            w.put(1)
                .put(req_id)
                .put(account)
                .put(model_code)
                .flag(*ledger_and_nlv);
            76
        }
        Request::CancelAccountUpdatesMulti { req_id } => cancel(77, *req_id, w),
        Request::AccountSummary {
            req_id,
            group,
            tags,
        } => {
            w.put(1).put(req_id).put(group).put(tags);
            62
        }
        Request::CancelAccountSummary { req_id } => cancel(63, *req_id, w),
        Request::Positions => bare(61, w),
        Request::CancelPositions => bare(64, w),
        Request::PositionsMulti {
            req_id,
            account,
            model_code,
        } => {
            w.put(1).put(req_id).put(account).put(model_code);
            74
        }
        Request::CancelPositionsMulti { req_id } => cancel(75, *req_id, w),
        Request::Pnl {
            req_id,
            account,
            model_code,
        } => {
            w.put(req_id).put(account).put(model_code);
            92
        }
        Request::CancelPnl { req_id } => only(93, *req_id, w),
        Request::PnlSingle {
            req_id,
            account,
            model_code,
            con_id,
        } => {
            w.put(req_id).put(account).put(model_code).put(con_id);
            94
        }
        Request::CancelPnlSingle { req_id } => only(95, *req_id, w),
        Request::ContractDetails { req_id, contract } => {
            w.put(8).put(req_id);
            named(contract, true, w);
            w.flag(contract.include_expired)
                .put(&contract.sec_id_type)
                .put(&contract.sec_id);
            if version >= 176 {
                w.put(&contract.issuer_id);
            }
            9
        }
        Request::CancelContractDetails { req_id } => only(106, *req_id, w),
        Request::MatchingSymbols { req_id, pattern } => {
            w.put(req_id).put(pattern);
            81
        }
        Request::MarketRule { rule_id } => only(91, *rule_id, w),
        Request::SecDefOptParams {
            req_id,
            symbol,
            exchange,
            sec_type,
            con_id,
        } => {
            w.put(req_id)
                .put(symbol)
                .put(exchange)
                .put(sec_type)
                .put(con_id);
            78
        }
        Request::CalculateImpliedVolatility {
            req_id,
            contract,
            option_price,
            under_price,
        } => {
            w.put(3).put(req_id);
            named(contract, true, w);
            w.unset(*option_price).unset(*under_price).put(0).put("");
            54
        }
        Request::CalculateOptionPrice {
            req_id,
            contract,
            volatility,
            under_price,
        } => {
            w.put(3).put(req_id);
            named(contract, true, w);
            w.unset(*volatility).unset(*under_price).put(0).put("");
            55
        }
        Request::CancelCalculation { req_id } => cancel(56 + req_id.rem_euclid(2), *req_id, w),
        Request::ExerciseOptions {
            req_id,
            contract,
            action,
            quantity,
            account,
            force,
        } => {
            w.put(2).put(req_id);
            named(contract, false, w);
            w.put(action).put(quantity).put(account).flag(*force);
            if version >= 169 {
                w.put(""); // time of a manual order
            }
            21
        }
        Request::Data(request) => text_data::write(request, w),
        Request::CurrentTime => bare(49, w),
        Request::CurrentTimeMillis => 105,
        Request::SetServerLogLevel { level } => cancel(14, *level, w),
        Request::FamilyCodes => 80,
        Request::UserInfo { req_id } => only(104, *req_id, w),
        Request::NewsBulletins { all } => {
            w.put(1).flag(*all);
            12
        }
        Request::CancelNewsBulletins => bare(13, w),
        Request::Unsupported { msg_id, .. } => *msg_id,
    }
}

/// Only the format version.
fn bare(id: i32, w: &mut Written) -> i32 {
    w.put(1);
    id
}

/// Format version and one number.
fn cancel(id: i32, number: i32, w: &mut Written) -> i32 {
    w.put(1).put(number);
    id
}

/// One number without a format version.
fn only(id: i32, number: i32, w: &mut Written) -> i32 {
    w.put(number);
    id
}

/// conId to trading class.
pub fn named(contract: &Contract, listed: bool, w: &mut Written) {
    w.put(contract.con_id)
        .put(&contract.symbol)
        .put(&contract.sec_type);
    // "No strike" is a zero with a point.
    let strike = contract
        .strike
        .map_or("0.0".to_owned(), |strike| strike.to_string());
    w.put(&contract.last_trade_date)
        .put(strike)
        .put(&contract.right)
        .put(&contract.multiplier);
    w.put(&contract.exchange);
    if listed {
        w.put(&contract.primary_exchange);
    }
    w.put(&contract.currency)
        .put(&contract.local_symbol)
        .put(&contract.trading_class);
}

/// placeOrder after its id, in the published order of fields.
fn place(version: u16, contract: &Contract, order: &Order, w: &mut Written) {
    named(contract, true, w);
    w.put(&contract.sec_id_type).put(&contract.sec_id);
    w.put(&order.action)
        .maybe(order.total_quantity)
        .put(&order.order_type);
    w.maybe(order.lmt_price)
        .maybe(order.aux_price)
        .put(&order.tif)
        .put(&order.oca_group);
    w.put(&order.account)
        .put(&order.open_close)
        .put(0)
        .put(&order.order_ref);
    w.flag(order.transmit)
        .put(order.parent_id)
        .flag(false)
        .flag(false);
    w.maybe(order.display_size).put(order.trigger_method);
    w.flag(order.outside_rth).flag(order.hidden);
    if contract.sec_type == "BAG" {
        combo(contract, order, w);
    }
    w.put("").maybe(order.discretionary_amt); // shares allocation
    w.put(&order.good_after_time).put(&order.good_till_date);
    w.blank(if version < 177 { 4 } else { 3 })
        .put(&order.model_code);
    w.put(order.short_sale_slot)
        .put(&order.designated_location)
        .put(-1)
        .put(order.oca_type);
    w.blank(2)
        .flag(order.all_or_none)
        .maybe(order.min_qty)
        .maybe(order.percent_offset);
    w.flag(false).flag(false).blank(1).put(0).blank(3); // … NBBO price cap, auction, starting, reference, delta
    w.blank(2).flag(false).blank(2); // stock range, override, volatility and its type
    let hedged = order.order_id % 2 == 0;
    if hedged {
        // Delta-neutral: type, aux price, conId, firm, account, intent, open/close, short sale, slot, location.
        w.all(["None", "", "0", "", "", "", "", "0", "0", ""]);
    } else {
        w.blank(2);
    }
    w.flag(false).blank(1); // continuous update, reference price type
    w.maybe(order.trail_stop_price)
        .maybe(order.trailing_percent)
        .blank(2);
    if order.order_id % 3 == 0 {
        w.put("0.5").blank(7); // a scale order
    } else {
        w.blank(1);
    }
    w.blank(3); // scale table, active start and stop
    if hedged {
        w.put("D").put("x");
    } else {
        w.blank(1);
    }
    w.flag(false).blank(2).flag(false).flag(hedged);
    if hedged {
        w.put(1).put("0.5").put("10");
    }
    w.put(&order.algo_strategy);
    if !order.algo_strategy.is_empty() {
        w.put(order.algo_params.len());
        for (tag, value) in &order.algo_params {
            w.put(tag).put(value);
        }
    }
    w.blank(1)
        .flag(order.what_if)
        .blank(1)
        .flag(false)
        .flag(false)
        .flag(false);
    if order.order_type == "PEG BENCH" {
        w.put(0).flag(false).put("0.0").put("0.0").put("");
    }
    conditions(order, w);
    w.blank(1).unset(None).unset(order.lmt_price_offset); // adjusted type, trigger price
    w.unset(None).unset(None).unset(None).put(0); // adjusted stop, stop limit, trailing amount and unit
    w.blank(3).unset(order.cash_qty); // external operator, soft dollar tier
    w.blank(4).flag(false).flag(false).flag(false).put(""); // … price management
    for since in [158, 160] {
        if version >= since {
            w.put(i32::MAX); // duration, posting to an ATS
        }
    }
    if version >= 162 {
        w.flag(order.auto_cancel_parent);
    }
    for since in [166, 169] {
        if version >= since {
            w.blank(1); // advanced error override, time of a manual order
        }
    }
    if version < 170 {
        return;
    }
    if contract.exchange == "IBKRATS" {
        w.put(0);
    }
    if order.order_type == "PEG MID" {
        w.maybe(order.mid_offset_at_whole)
            .maybe(order.mid_offset_at_half);
    }
}

fn combo(contract: &Contract, order: &Order, w: &mut Written) {
    w.put(contract.combo_legs.len());
    for leg in &contract.combo_legs {
        w.put(leg.con_id)
            .put(leg.ratio)
            .put(&leg.action)
            .put(&leg.exchange)
            .put(leg.open_close);
        w.put(leg.short_sale_slot)
            .put(&leg.designated_location)
            .put(leg.exempt_code);
    }
    w.put(order.leg_prices.len());
    for price in &order.leg_prices {
        w.maybe(*price);
    }
    w.put(order.combo_routing.len());
    for (tag, value) in &order.combo_routing {
        w.put(tag).put(value);
    }
}

fn conditions(order: &Order, w: &mut Written) {
    w.put(order.conditions.len());
    for condition in &order.conditions {
        w.put(condition.test.kind())
            .put(if condition.and { "a" } else { "o" });
        match &condition.test {
            ConditionTest::Price {
                is_more,
                price,
                con_id,
                exchange,
                trigger_method,
            } => w
                .flag(*is_more)
                .put(price)
                .put(con_id)
                .put(exchange)
                .put(trigger_method),
            ConditionTest::Time { is_more, time } => w.flag(*is_more).put(time),
            ConditionTest::Margin { is_more, percent } => w.flag(*is_more).put(percent),
            ConditionTest::Execution {
                sec_type,
                exchange,
                symbol,
            } => w.put(sec_type).put(exchange).put(symbol),
            ConditionTest::Volume {
                is_more,
                volume,
                con_id,
                exchange,
            } => w.flag(*is_more).put(volume).put(con_id).put(exchange),
            ConditionTest::PercentChange {
                is_more,
                percent,
                con_id,
                exchange,
            } => w.flag(*is_more).put(percent).put(con_id).put(exchange),
        };
    }
    if !order.conditions.is_empty() {
        w.flag(order.conditions_ignore_rth)
            .flag(order.conditions_cancel);
    }
}
