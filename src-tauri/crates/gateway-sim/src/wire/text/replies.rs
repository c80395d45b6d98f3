//! Gateway messages, field by field.

use rust_decimal::Decimal;

use crate::messages::{Reply, Tick, TickValue};
use crate::wire::Version;

use super::fields::Writer;
use super::{data, fills, instruments, orders};

/// Writes every field of `reply`, its message id first.
pub fn write(version: Version, reply: &Reply, w: &mut Writer<'_>) {
    match reply {
        Reply::ManagedAccounts { accounts } => w.all(&["15", "1"]).put(accounts),
        Reply::NextValidId { order_id } => w.all(&["9", "1"]).put(order_id),
        Reply::Error {
            id,
            code,
            message,
            time_millis,
        } => {
            w.put("4");
            if version.number() < 194 {
                w.put("2");
            }
            w.put(id).put(code).put(message);
            if version.number() >= 166 {
                w.put(""); // advanced reject
            }
            if version.number() >= 194 {
                w.put(time_millis);
            }
            w
        }
        Reply::CurrentTime { seconds } => w.all(&["49", "1"]).put(seconds),
        Reply::CurrentTimeMillis { millis } => w.put("109").put(millis),
        Reply::Tick(one) => tick(one, w),
        Reply::TickReqParams {
            req_id,
            min_tick,
            bbo_exchange,
            snapshot_permissions,
        } => w
            .put("81")
            .put(req_id)
            .decimal(*min_tick)
            .put(bbo_exchange)
            .put(snapshot_permissions),
        Reply::MarketDataType { req_id, kind } => w.all(&["58", "1"]).put(req_id).put(kind),
        Reply::TickSnapshotEnd { req_id } => w.all(&["57", "1"]).put(req_id),
        Reply::OrderStatus {
            order_id,
            status,
            filled,
            remaining,
            avg_fill_price,
            perm_id,
            parent_id,
            last_fill_price,
            client_id,
            why_held,
        } => w
            .put("3")
            .put(order_id)
            .put(status)
            .decimal(*filled)
            .decimal(*remaining)
            .decimal(*avg_fill_price)
            .put(perm_id)
            .put(parent_id)
            .decimal(*last_fill_price)
            .put(client_id)
            .put(why_held)
            .put("0"),
        Reply::OpenOrder {
            contract,
            order,
            state,
        } => orders::open_order(version, contract, order, state, w),
        Reply::Data(reply) => data::write(version, reply, w),
        Reply::OpenOrdersEnd => w.all(&["53", "1"]),
        Reply::OrderBound {
            perm_id,
            client_id,
            order_id,
        } => w.put("100").put(perm_id).put(client_id).put(order_id),
        Reply::NewsBulletin {
            id,
            kind,
            text,
            exchange,
        } => w.all(&["14", "1"]).put(id).put(kind).all(&[text, exchange]),
        Reply::CompletedOrder {
            contract,
            order,
            state,
        } => orders::completed_order(version, contract, order, state, w),
        Reply::CompletedOrdersEnd => w.put("102"),
        Reply::Execution {
            req_id,
            contract,
            execution: fill,
        } => fills::execution(version, *req_id, contract, fill, w),
        Reply::ExecutionsEnd { req_id } => w.all(&["55", "1"]).put(req_id),
        Reply::Commission(report) => fills::commission(report, w),
        Reply::AccountValue {
            key,
            value,
            currency,
            account,
        } => w.all(&["6", "2", key, value, currency, account]),
        Reply::PortfolioValue {
            contract,
            position,
            market_price,
            market_value,
            average_cost,
            unrealized_pnl,
            realized_pnl,
            account,
        } => {
            w.all(&["7", "8"]);
            instruments::named(contract, w).put(&contract.primary_exchange);
            w.all(&[
                &contract.currency,
                &contract.local_symbol,
                &contract.trading_class,
            ])
            .decimal(*position)
            .decimal(*market_price)
            .decimal(*market_value)
            .decimal(*average_cost)
            .decimal(*unrealized_pnl)
            .decimal(*realized_pnl)
            .put(account)
        }
        Reply::AccountUpdateTime { time } => w.all(&["8", "1", time]),
        Reply::AccountDownloadEnd { account } => w.all(&["54", "1", account]),
        Reply::AccountUpdateMulti {
            req_id,
            account,
            model_code,
            key,
            value,
            currency,
        } => w
            .all(&["73", "1"])
            .put(req_id)
            .all(&[account, model_code, key, value, currency]),
        Reply::AccountUpdateMultiEnd { req_id } => w.all(&["74", "1"]).put(req_id),
        Reply::AccountSummary {
            req_id,
            account,
            tag,
            value,
            currency,
        } => w
            .all(&["63", "1"])
            .put(req_id)
            .all(&[account, tag, value, currency]),
        Reply::AccountSummaryEnd { req_id } => w.all(&["64", "1"]).put(req_id),
        Reply::Position {
            account,
            contract,
            position,
            avg_cost,
        } => {
            w.all(&["61", "3", account]);
            instruments::full(contract, w)
                .decimal(*position)
                .decimal(*avg_cost)
        }
        Reply::PositionEnd => w.all(&["62", "1"]),
        Reply::PositionMulti {
            req_id,
            account,
            model_code,
            contract,
            position,
            avg_cost,
        } => {
            w.all(&["71", "1"]).put(req_id).put(account);
            instruments::full(contract, w)
                .decimal(*position)
                .decimal(*avg_cost)
                .put(model_code)
        }
        Reply::PositionMultiEnd { req_id } => w.all(&["72", "1"]).put(req_id),
        Reply::Pnl {
            req_id,
            daily,
            unrealized,
            realized,
        } => w
            .put("94")
            .put(req_id)
            .or_unset(*daily)
            .or_unset(*unrealized)
            .or_unset(*realized),
        Reply::PnlSingle {
            req_id,
            position,
            daily,
            unrealized,
            realized,
            value,
        } => w
            .put("95")
            .put(req_id)
            .decimal(*position)
            .or_unset(*daily)
            .or_unset(*unrealized)
            .or_unset(*realized)
            .or_unset(*value),
        Reply::ContractDetails { req_id, details } => {
            instruments::contract_details(version, *req_id, details, w)
        }
        Reply::ContractDetailsEnd { req_id } => w.all(&["52", "1"]).put(req_id),
        Reply::SymbolSamples { req_id, samples } => {
            w.put("79").put(req_id).put(samples.len());
            for (contract, derivatives) in samples {
                w.put(contract.con_id)
                    .all(&[
                        &contract.symbol,
                        &contract.sec_type,
                        &contract.primary_exchange,
                    ])
                    .put(&contract.currency)
                    .put(derivatives.len());
                for derivative in derivatives {
                    w.put(derivative);
                }
                if version.number() >= 176 {
                    w.put(&contract.description).put(&contract.issuer_id);
                }
            }
            w
        }
        Reply::MarketRule {
            rule_id,
            increments,
        } => {
            w.put("93").put(rule_id).put(increments.len());
            for (from, increment) in increments {
                w.decimal(*from).decimal(*increment);
            }
            w
        }
        Reply::SecDefOptParam {
            req_id,
            exchange,
            under_con_id,
            trading_class,
            multiplier,
            expirations,
            strikes,
        } => {
            w.put("75")
                .put(req_id)
                .put(exchange)
                .put(under_con_id)
                .put(trading_class)
                .put(multiplier);
            w.put(expirations.len());
            for expiration in expirations {
                w.put(expiration);
            }
            w.put(strikes.len());
            for strike in strikes {
                w.decimal(*strike);
            }
            w
        }
        Reply::SecDefOptParamEnd { req_id } => w.put("76").put(req_id),
        Reply::FamilyCodes { codes } => {
            w.put("78").put(codes.len());
            for (account, code) in codes {
                w.put(account).put(code);
            }
            w
        }
        Reply::UserInfo {
            req_id,
            white_branding_id,
        } => w.put("107").put(req_id).put(white_branding_id),
    };
}

fn tick<'w, 'b>(tick: &Tick, w: &'w mut Writer<'b>) -> &'w mut Writer<'b> {
    if let TickValue::Computation(one) = &tick.value {
        // The first number says that volatility is by price; the others mark what is not computed.
        let (once, twice) = (Decimal::NEGATIVE_ONE, Decimal::from(-2));
        return w
            .put("21")
            .put(tick.req_id)
            .put(tick.kind)
            .put("1")
            .decimal(one.implied_volatility.unwrap_or(once))
            .decimal(one.delta.unwrap_or(twice))
            .decimal(one.price.unwrap_or(once))
            .decimal(one.pv_dividend.unwrap_or(once))
            .decimal(one.gamma.unwrap_or(twice))
            .decimal(one.vega.unwrap_or(twice))
            .decimal(one.theta.unwrap_or(twice))
            .decimal(one.underlying.unwrap_or(once));
    }
    let (id, format) = match tick.value {
        TickValue::Price { .. } => ("1", "6"),
        TickValue::Size(_) => ("2", "6"),
        TickValue::Generic(_) => ("45", "6"),
        TickValue::Text(_) | TickValue::Computation(_) => ("46", "6"),
    };
    w.all(&[id, format]).put(tick.req_id).put(tick.kind);
    match &tick.value {
        TickValue::Price {
            price,
            size,
            attributes,
        } => w
            .decimal(*price)
            .decimal(size.unwrap_or_default())
            .put(attributes),
        TickValue::Size(value) | TickValue::Generic(value) => w.decimal(*value),
        TickValue::Text(text) => w.put(text),
        TickValue::Computation(_) => w,
    }
}
