//! What goes together in an order: type, time in force, and the rest of its terms.

use rust_decimal::Decimal;

use super::catalog::Catalog;
use super::instrument::{Instrument, SecType};
use super::kind::{OrderKind, TrailBy};
use super::order::{OrderRequest, Tif};
use super::reject::Reject;

fn unsupported() -> Reject {
    Reject::new(
        387,
        "Unsupported order type for this exchange and security type.",
    )
}

/// Checks a request's terms; `instrument` is the first that it trades.
pub(super) fn check_terms(
    catalog: &Catalog,
    request: &OrderRequest,
    instrument: &Instrument,
    now: i64,
) -> Result<(), Reject> {
    check_kind(request, instrument)?;
    check_tif(request, now)?;
    let terms = &request.terms;
    if terms.algo.is_some() {
        let plain = matches!(request.kind, OrderKind::Market | OrderKind::Limit(_))
            && matches!(request.tif, Tif::Day | Tif::Gtc)
            && instrument.sec_type != SecType::Cash
            && terms.combo.is_none();
        if !plain {
            return Err(Reject::new(
                442,
                "Specified algorithm is not allowed for this order.",
            ));
        }
    }
    let sizes = [terms.display_size, terms.min_quantity];
    if sizes
        .into_iter()
        .flatten()
        .any(|size| size > request.quantity)
    {
        return Err(Reject::order(
            "The display size or minimum quantity is larger than the order.",
        ));
    }
    if terms.all_or_none && terms.display_size.is_some() {
        return Err(Reject::order(
            "An all-or-none order cannot show a part of itself.",
        ));
    }
    for condition in &terms.conditions {
        if let Some(con_id) = condition.test.con_id()
            && catalog.get(con_id).is_none()
        {
            return Err(Reject::invalid(format!(
                "The condition's contract {con_id} is unknown."
            )));
        }
    }
    Ok(())
}

fn check_kind(request: &OrderRequest, instrument: &Instrument) -> Result<(), Reject> {
    let stock = instrument.sec_type == SecType::Stock;
    let combo = request.terms.combo.is_some();
    let fits = match request.kind {
        OrderKind::Market | OrderKind::Limit(_) => true,
        _ if combo => false,
        OrderKind::OnClose | OrderKind::LimitOnClose(_) => stock,
        OrderKind::Relative { .. } | OrderKind::Midprice { .. } | OrderKind::PegMid { .. } => stock,
        OrderKind::MarketToLimit => instrument.sec_type != SecType::Cash,
        OrderKind::BoxTop => request.exchange.eq_ignore_ascii_case("BOX"),
        _ => true,
    };
    if !fits {
        return Err(unsupported());
    }
    let by = match request.kind {
        OrderKind::Trail { by, .. } | OrderKind::TrailLimit { by, .. } => by,
        OrderKind::Relative { offset, .. } | OrderKind::PegMid { offset, .. }
            if offset < Decimal::ZERO =>
        {
            return Err(Reject::order("The offset is below zero."));
        }
        _ => return Ok(()),
    };
    let fits = match by {
        TrailBy::Amount(amount) => amount > Decimal::ZERO,
        TrailBy::Percent(percent) => percent > Decimal::ZERO && percent < Decimal::ONE_HUNDRED,
    };
    if fits {
        Ok(())
    } else {
        Err(Reject::order("The trailing amount is out of range."))
    }
}

fn check_tif(request: &OrderRequest, now: i64) -> Result<(), Reject> {
    let terms = &request.terms;
    let bad = |reason: &str| Err(Reject::order(reason));
    if request.kind.is_on_close() && request.tif != Tif::Day {
        return bad("The time-in-force is invalid for this order type.");
    }
    match request.tif {
        Tif::Opg if !matches!(request.kind, OrderKind::Market | OrderKind::Limit(_)) => {
            bad("The time-in-force is invalid for this order type.")
        }
        Tif::Opg if terms.combo.is_some() => {
            bad("The time-in-force is invalid for this order type.")
        }
        Tif::Ioc | Tif::Fok if request.kind.is_elected() => {
            bad("The time-in-force is invalid for this order type.")
        }
        Tif::Gtd => match terms.good_till {
            None => bad("A good-till-date order needs a date."),
            Some(end) if end <= now => bad("The good-till date has passed."),
            Some(_) => Ok(()),
        },
        _ => Ok(()),
    }
}
