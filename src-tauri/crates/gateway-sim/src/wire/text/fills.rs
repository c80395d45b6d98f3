//! Fills and their commissions.

use crate::messages::{CommissionReport, Contract, Execution};
use crate::wire::Version;
use crate::wire::number::UNSET_DOUBLE_TEXT;

use super::fields::Writer;
use super::instruments::full;

/// Writes execDetails (11).
pub fn execution<'w, 'b>(
    version: Version,
    req_id: i32,
    contract: &Contract,
    fill: &Execution,
    w: &'w mut Writer<'b>,
) -> &'w mut Writer<'b> {
    w.put("11").put(req_id).put(fill.order_id);
    full(contract, w)
        .all(&[
            &fill.exec_id,
            &fill.time,
            &fill.account,
            &fill.exchange,
            &fill.side,
        ])
        .decimal(fill.shares)
        .decimal(fill.price)
        .put(fill.perm_id)
        .put(fill.client_id)
        .put("0") // liquidation
        .decimal(fill.cum_qty)
        .decimal(fill.avg_price)
        .put(&fill.order_ref)
        .empty(2) // economic value rule and multiplier
        .put(&fill.model_code)
        .put(fill.last_liquidity);
    if version.number() >= 178 {
        w.bool(false); // price revision pending
    }
    if version.number() >= 198 {
        w.put(""); // submitter
    }
    w
}

/// Writes commissionReport (59).
pub fn commission<'w, 'b>(report: &CommissionReport, w: &'w mut Writer<'b>) -> &'w mut Writer<'b> {
    w.all(&["59", "1", &report.exec_id])
        .decimal(report.commission)
        .put(&report.currency)
        .or_unset(report.realized_pnl)
        .put(UNSET_DOUBLE_TEXT) // bond yield
        .put("")
}
