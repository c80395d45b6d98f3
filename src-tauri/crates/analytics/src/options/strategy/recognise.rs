//! A strategy's name from its legs.

use super::Strategy;
use crate::options::leg::{Leg, OptionKind};
use gatehouse_domain::Decimal;
use gatehouse_domain::derivative::Right::{Call, Put};
use gatehouse_domain::draft::Side::{self, Buy, Sell};

/// An option leg, opened up. `units` is never negative.
#[derive(Clone, Copy)]
struct Part {
    option: OptionKind,
    side: Side,
    units: Decimal,
    ratio: u32,
}

/// What the legs make, in whatever order they are. `cash` is what is set aside for a put that is
/// sold, when any is.
#[must_use]
pub fn recognise(legs: &[Leg], cash: Option<Decimal>) -> Strategy {
    let stock: Decimal = legs
        .iter()
        .filter(|leg| leg.option().is_none())
        .map(Leg::units)
        .sum();
    let mut parts: Vec<Part> = legs
        .iter()
        .filter_map(|leg| {
            Some(Part {
                option: leg.option()?,
                side: leg.side(),
                units: leg.units().abs(),
                ratio: leg.ratio(),
            })
        })
        .collect();
    parts.sort_by_key(|part| {
        (
            part.option.strike,
            part.option.expiry,
            part.option.right.letter(),
        )
    });
    let has_stock = legs.len() > parts.len();
    let named = if has_stock {
        with_stock(stock, &parts)
    } else {
        options(&parts, cash)
    };
    named.unwrap_or(Strategy::Custom { legs: legs.len() })
}

fn with_stock(stock: Decimal, parts: &[Part]) -> Option<Strategy> {
    let bought = stock > Decimal::ZERO;
    if parts.is_empty() && !stock.is_zero() {
        let side = if bought { Buy } else { Sell };
        return Some(Strategy::Stock { side });
    }
    if !bought || parts.iter().any(|part| part.units != stock) {
        return None;
    }
    match parts {
        [one] => match (one.option.right, one.side) {
            (Call, Sell) => Some(Strategy::CoveredCall),
            (Put, Buy) => Some(Strategy::ProtectivePut),
            _ => None,
        },
        [low, high] => {
            let collar = (low.option.right, low.side) == (Put, Buy)
                && (high.option.right, high.side) == (Call, Sell)
                && low.option.strike < high.option.strike;
            if collar {
                return Some(Strategy::Collar);
            }
            // At one strike on one day the call lies first.
            let conversion = (low.option.right, low.side) == (Call, Sell)
                && (high.option.right, high.side) == (Put, Buy)
                && (low.option.strike, low.option.expiry)
                    == (high.option.strike, high.option.expiry);
            conversion.then_some(Strategy::Conversion)
        }
        _ => None,
    }
}

fn options(parts: &[Part], cash: Option<Decimal>) -> Option<Strategy> {
    let first = parts.first()?;
    let one_expiry = parts
        .iter()
        .all(|part| part.option.expiry == first.option.expiry);
    match (parts, one_expiry) {
        ([one], _) => Some(single(one, cash)),
        ([low, high], true) => pair(low, high),
        ([low, high], false) => in_time(low, high),
        ([low, middle, high], true) => butterfly(low, middle, high),
        ([_, _, _, _], true) => four(parts),
        _ => None,
    }
}

fn single(one: &Part, cash: Option<Decimal>) -> Strategy {
    let (right, side) = (one.option.right, one.side);
    let secured = cash.is_some_and(|cash| cash >= one.option.strike * one.units);
    if (right, side) == (Put, Sell) && secured {
        Strategy::CashSecuredPut
    } else {
        Strategy::Single { right, side }
    }
}

fn pair(low: &Part, high: &Part) -> Option<Strategy> {
    let right = low.option.right;
    let one_strike = low.option.strike == high.option.strike;
    let even = low.units == high.units;
    if right == high.option.right {
        if one_strike || low.side == high.side {
            return None;
        }
        if even {
            let bull = low.side == Buy;
            return Some(Strategy::Vertical { right, bull });
        }
        let (bought, sold) = if low.side == Buy {
            (low.ratio, high.ratio)
        } else {
            (high.ratio, low.ratio)
        };
        return Some(Strategy::Ratio {
            right,
            bought,
            sold,
        });
    }
    if !even || low.side != high.side {
        return None;
    }
    let side = low.side;
    if one_strike {
        return Some(Strategy::Straddle { side });
    }
    (right == Put).then_some(Strategy::Strangle { side })
}

/// Two expiries: named by what is done with the later one.
fn in_time(one: &Part, other: &Part) -> Option<Strategy> {
    let right = one.option.right;
    if right != other.option.right || one.side == other.side || one.units != other.units {
        return None;
    }
    let later = if one.option.expiry > other.option.expiry {
        one
    } else {
        other
    };
    let side = later.side;
    Some(if one.option.strike == other.option.strike {
        Strategy::Calendar { right, side }
    } else {
        Strategy::Diagonal { right, side }
    })
}

fn butterfly(low: &Part, middle: &Part, high: &Part) -> Option<Strategy> {
    let legs = [*low, *middle, *high];
    let fits = one_right(&legs)
        && apart(&legs)
        && low.side == high.side
        && middle.side != low.side
        && low.units == high.units
        && middle.units == low.units + high.units;
    fits.then(|| Strategy::Butterfly {
        right: low.option.right,
        side: low.side,
        even: even(low, middle, middle, high),
    })
}

fn four(parts: &[Part]) -> Option<Strategy> {
    if parts.iter().any(|part| part.units != parts[0].units) {
        return None;
    }
    if one_right(parts) {
        return condor(parts);
    }
    let of = |right| -> Vec<Part> {
        parts
            .iter()
            .copied()
            .filter(|part| part.option.right == right)
            .collect()
    };
    let (puts, calls) = (of(Put), of(Call));
    let ([low_put, high_put], [low_call, high_call]) = (&puts[..], &calls[..]) else {
        return None;
    };
    if !apart(&puts)
        || !apart(&calls)
        || low_put.side == high_put.side
        || low_call.side == high_call.side
    {
        return None;
    }
    let same_inside = high_put.side == low_call.side;
    if high_put.option.strike <= low_call.option.strike && same_inside {
        let (side, even) = (high_put.side, even(low_put, high_put, low_call, high_call));
        return Some(if high_put.option.strike == low_call.option.strike {
            Strategy::IronButterfly { side, even }
        } else {
            Strategy::IronCondor { side, even }
        });
    }
    let is_box = low_put.option.strike == low_call.option.strike
        && high_put.option.strike == high_call.option.strike
        && same_inside;
    let side = low_call.side;
    is_box.then_some(Strategy::Box { side })
}

fn condor(parts: &[Part]) -> Option<Strategy> {
    let [outer_low, inner_low, inner_high, outer_high] = parts else {
        return None;
    };
    let fits = apart(parts)
        && outer_low.side == outer_high.side
        && inner_low.side == inner_high.side
        && outer_low.side != inner_low.side;
    fits.then(|| Strategy::Condor {
        right: outer_low.option.right,
        side: outer_low.side,
        even: even(outer_low, inner_low, inner_high, outer_high),
    })
}

fn one_right(parts: &[Part]) -> bool {
    parts
        .iter()
        .all(|part| part.option.right == parts[0].option.right)
}

/// Whether each strike is above the one before.
fn apart(parts: &[Part]) -> bool {
    parts
        .windows(2)
        .all(|pair| pair[0].option.strike < pair[1].option.strike)
}

fn even(low: &Part, inner_low: &Part, inner_high: &Part, high: &Part) -> bool {
    inner_low.option.strike - low.option.strike == high.option.strike - inner_high.option.strike
}

#[cfg(test)]
mod page;
#[cfg(test)]
pub(in crate::options) mod tests;
