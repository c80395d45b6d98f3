//! Facts that an order and the moment tell by themselves.

use super::fact::{Fact, day_number};
use super::field::Field;
use crate::sessions::{self, Session};
use gatehouse_domain::Decimal;
use gatehouse_domain::decimal::Price;
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::instant::UnixMillis;
use jiff::civil::{Time, Weekday};

/// What a draft tells; `None` for what it doesn't.
pub(super) fn of_draft(draft: &Draft, field: Field) -> Option<Fact<'_>> {
    let price = |price: Option<Price>| Fact::there(price.map(Price::get));
    Some(match field {
        Field::OrderSide => Fact::word(match draft.side {
            Side::Buy => "buy",
            Side::Sell => "sell",
        }),
        Field::OrderType => Fact::word(draft.order_type().code()),
        Field::OrderTif => Fact::word(draft.tif.choice().code()),
        Field::OrderQuantity => Fact::Number(draft.quantity.get()),
        Field::OrderLimit => price(draft.pricing.limit()),
        Field::OrderTrigger => price(draft.pricing.trigger()),
        Field::OrderHasStop => Fact::yes(
            draft
                .exits
                .as_ref()
                .is_some_and(|exits| exits.stop().is_some()),
        ),
        Field::OrderOutsideRth => Fact::yes(draft.handling.outside_rth),
        Field::OrderIsChange => Fact::yes(draft.changes.is_some()),
        Field::AccountId => Fact::word(draft.account.as_str()),
        // A market order has no limit, whatever the market is.
        Field::OrderLimitDistance if draft.pricing.limit().is_none() => Fact::Absent,
        _ => return None,
    })
}

/// What the moment tells; `None` for what it doesn't.
pub(super) fn of_moment(now: UnixMillis, field: Field) -> Option<Fact<'static>> {
    let is_time = matches!(
        field,
        Field::TimeOfDay
            | Field::TimeWeekday
            | Field::TimeDate
            | Field::TimeSession
            | Field::TimeSinceOpen
            | Field::TimeUntilClose
    );
    if !is_time {
        return None;
    }
    let Some((day, at)) = sessions::new_york(now) else {
        return Some(Fact::Unknown);
    };
    // Minutes of the regular session from its bound to now; none on a day without one.
    let since = |bound: fn((Time, Time)) -> Time| match sessions::regular_hours(day) {
        None => Fact::Unknown,
        Some(None) => Fact::Absent,
        Some(Some(hours)) => Fact::Number(minutes(at) - minutes(bound(hours))),
    };
    Some(match field {
        Field::TimeOfDay => Fact::Number(minutes(at)),
        Field::TimeWeekday => Fact::word(weekday(day.weekday())),
        Field::TimeDate => Fact::Number(day_number(day)),
        Field::TimeSession => sessions::session(now).map_or(Fact::Unknown, |session| {
            Fact::word(match session {
                Session::Regular => "regular",
                Session::PreMarket => "pre-market",
                Session::AfterHours => "after-hours",
                Session::Closed => "closed",
            })
        }),
        Field::TimeSinceOpen => since(|(open, _)| open),
        _ => match since(|(_, close)| close) {
            Fact::Number(after) => Fact::Number(-after),
            fact => fact,
        },
    })
}

/// Whole minutes since midnight.
fn minutes(at: Time) -> Decimal {
    Decimal::from(i32::from(at.hour()) * 60 + i32::from(at.minute()))
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}
