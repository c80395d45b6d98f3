//! IBKR's algorithms: their parameters, and how much of an order each lets work at a moment.
//!
//! What the real ones decide from the market's depth is here decided from the clock and from the
//! day's volume. None trades outside the order's limit, and none trades more than the order.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::calendar;
use super::reject::Reject;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
/// Algorithms that spread an order over time trade in so many slices.
const SLICES: i64 = 20;

/// An algorithm with its parameters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Algo {
    /// The wire's name, such as `Twap`.
    pub strategy: String,
    /// Tags and values as the client wrote them.
    pub params: Vec<(String, String)>,
    plan: Plan,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Plan {
    style: Style,
    start: Option<i64>,
    end: Option<i64>,
    past_end: bool,
    /// At most this part of the market's volume.
    share: Option<Decimal>,
    /// Completes at the end whatever the share.
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Style {
    /// A quarter at a time, after so long each.
    Patient(i64),
    /// Evenly until the end.
    Even,
    /// Fast at first, within so long.
    Front(i64),
    /// So much every ten seconds.
    Ice(Decimal),
    /// With the volume: from this share of it to that one, as time passes or as the order fills.
    Volume(Decimal, Decimal, Along),
    /// From so long before the close until it.
    Close(i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Along {
    Time,
    Size,
}

/// What an algorithm looks at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course {
    pub(super) from: i64,
    pub(super) now: i64,
    pub(super) quantity: Decimal,
    pub(super) filled: Decimal,
    /// The market's volume since it began.
    pub(super) volume: Decimal,
}

const KNOWN: &[(&str, &[&str])] = &[
    ("Adaptive", &["adaptivePriority"]),
    (
        "Twap",
        &[
            "strategyType",
            "startTime",
            "endTime",
            "allowPastEndTime",
            "catchUp",
        ],
    ),
    (
        "Vwap",
        &[
            "maxPctVol",
            "startTime",
            "endTime",
            "allowPastEndTime",
            "noTakeLiq",
            "speedUp",
        ],
    ),
    (
        "ArrivalPx",
        &[
            "maxPctVol",
            "riskAversion",
            "startTime",
            "endTime",
            "forceCompletion",
            "allowPastEndTime",
        ],
    ),
    (
        "DarkIce",
        &["displaySize", "startTime", "endTime", "allowPastEndTime"],
    ),
    ("PctVol", &["pctVol", "startTime", "endTime", "noTakeLiq"]),
    (
        "PctVolPx",
        &[
            "pctVol",
            "deltaPctVol",
            "minPctVol4Px",
            "maxPctVol4Px",
            "startTime",
            "endTime",
            "noTakeLiq",
        ],
    ),
    (
        "PctVolSz",
        &[
            "startPctVol",
            "endPctVol",
            "startTime",
            "endTime",
            "noTakeLiq",
        ],
    ),
    (
        "PctVolTm",
        &[
            "startPctVol",
            "endPctVol",
            "startTime",
            "endTime",
            "noTakeLiq",
        ],
    ),
    (
        "ClosePx",
        &["maxPctVol", "riskAversion", "startTime", "forceCompletion"],
    ),
    ("MinImpact", &["maxPctVol"]),
    (
        "BalanceImpactRisk",
        &["maxPctVol", "riskAversion", "forceCompletion"],
    ),
];
const AVERSIONS: &[(&str, i64)] = &[
    ("Get Done", MINUTE),
    ("Aggressive", 5 * MINUTE),
    ("Neutral", 15 * MINUTE),
    ("Passive", 60 * MINUTE),
];
const PRIORITIES: &[(&str, i64)] = &[
    ("Urgent", SECOND / 2),
    ("Normal", 2 * SECOND),
    ("Patient", 8 * SECOND),
];
const TWAP_KINDS: &[(&str, i64)] = &[
    ("Marketable", 0),
    ("Matching Midpoint", 0),
    ("Matching Same Side", 0),
    ("Matching Last", 0),
];

/// The parameters while they are read.
struct Params<'a> {
    strategy: &'a str,
    values: &'a [(String, String)],
    now: i64,
}

fn unfit(what: impl std::fmt::Display) -> Reject {
    Reject::new(441, format!("Algo attributes validation failed: {what}"))
}

impl Params<'_> {
    fn text(&self, tag: &str) -> Option<&str> {
        let found = self.values.iter().find(|(name, _)| name == tag)?;
        Some(found.1.trim()).filter(|value| !value.is_empty())
    }

    fn moment(&self, tag: &str) -> Result<Option<i64>, Reject> {
        self.text(tag)
            .map(|text| {
                calendar::moment(text, self.now)
                    .ok_or_else(|| unfit(format!("{tag} '{text}' is not a time")))
            })
            .transpose()
    }

    fn flag(&self, tag: &str) -> Result<bool, Reject> {
        match self.text(tag).unwrap_or("0") {
            "1" | "true" | "True" => Ok(true),
            "0" | "false" | "False" => Ok(false),
            other => Err(unfit(format!("{tag} '{other}' is neither 0 nor 1"))),
        }
    }

    /// A part of the volume, between a hundredth of a percent and a half.
    fn share(&self, tag: &str) -> Result<Option<Decimal>, Reject> {
        let Some(text) = self.text(tag) else {
            return Ok(None);
        };
        text.parse::<Decimal>()
            .ok()
            .filter(|share| *share >= Decimal::new(1, 4) && *share <= Decimal::new(5, 1))
            .map(Some)
            .ok_or_else(|| unfit(format!("{tag} '{text}' is not between 0.0001 and 0.5")))
    }

    fn needed_share(&self, tag: &str) -> Result<Decimal, Reject> {
        self.share(tag)?
            .ok_or_else(|| unfit(format!("{} needs {tag}", self.strategy)))
    }

    fn choice(&self, tag: &str, among: &[(&str, i64)], default: i64) -> Result<i64, Reject> {
        let Some(text) = self.text(tag) else {
            return Ok(default);
        };
        among
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, value)| *value)
            .ok_or_else(|| unfit(format!("{tag} '{text}' is none of its values")))
    }

    fn style(&self) -> Result<Style, Reject> {
        let aversion = || self.choice("riskAversion", AVERSIONS, 15 * MINUTE);
        Ok(match self.strategy {
            "Adaptive" => {
                Style::Patient(self.choice("adaptivePriority", PRIORITIES, 2 * SECOND)?)
            }
            "Twap" => {
                self.choice("strategyType", TWAP_KINDS, 0)?;
                Style::Even
            }
            "Vwap" => Style::Even,
            "ArrivalPx" | "BalanceImpactRisk" => Style::Front(aversion()?),
            "MinImpact" => Style::Front(60 * MINUTE),
            "ClosePx" => Style::Close(aversion()?),
            "DarkIce" => {
                let text = self
                    .text("displaySize")
                    .ok_or_else(|| unfit("DarkIce needs displaySize"))?;
                text.parse::<Decimal>()
                    .ok()
                    .filter(|size| *size > Decimal::ZERO && size.fract().is_zero())
                    .map(Style::Ice)
                    .ok_or_else(|| unfit(format!("displaySize '{text}' is not a size")))?
            }
            "PctVol" => {
                let share = self.needed_share("pctVol")?;
                Style::Volume(share, share, Along::Time)
            }
            "PctVolPx" => {
                let share = self.needed_share("pctVol")?;
                let least = self.share("minPctVol4Px")?.unwrap_or(share);
                let most = self.share("maxPctVol4Px")?.unwrap_or(share);
                self.share("deltaPctVol")?;
                if least > most {
                    return Err(unfit("minPctVol4Px is above maxPctVol4Px"));
                }
                let share = share.clamp(least, most);
                Style::Volume(share, share, Along::Time)
            }
            "PctVolSz" => Style::Volume(
                self.needed_share("startPctVol")?,
                self.needed_share("endPctVol")?,
                Along::Size,
            ),
            _ => Style::Volume(
                self.needed_share("startPctVol")?,
                self.needed_share("endPctVol")?,
                Along::Time,
            ),
        })
    }
}

impl Algo {
    /// Reads an algorithm at this moment (unix ms).
    ///
    /// # Errors
    /// 439 for an unknown one, 443 for a parameter that it does not have, 441 for a value that does not fit.
    pub fn read(strategy: &str, values: Vec<(String, String)>, now: i64) -> Result<Self, Reject> {
        let tags = KNOWN
            .iter()
            .find(|(name, _)| *name == strategy)
            .map(|(_, tags)| *tags)
            .ok_or_else(|| {
                Reject::new(
                    439,
                    "The order processing failed. Algorithm definition not found.",
                )
            })?;
        if let Some((tag, _)) = values.iter().find(|(tag, _)| !tags.contains(&tag.as_str())) {
            return Err(Reject::new(
                443,
                format!("Order processing failed. Unknown algo attribute. {tag}"),
            ));
        }
        let params = Params {
            strategy,
            values: &values,
            now,
        };
        let [start, end] = [params.moment("startTime")?, params.moment("endTime")?];
        if let (Some(start), Some(end)) = (start, end)
            && end <= start
        {
            return Err(unfit("endTime is not after startTime"));
        }
        if end.is_some_and(|end| end <= now) {
            return Err(unfit("endTime has passed"));
        }
        let plan = Plan {
            style: params.style()?,
            start,
            end,
            past_end: params.flag("allowPastEndTime")?,
            share: params.share("maxPctVol")?,
            force: params.flag("forceCompletion")?,
        };
        for tag in ["noTakeLiq", "catchUp"] {
            params.flag(tag)?;
        }
        Ok(Self {
            strategy: strategy.to_owned(),
            params: values,
            plan,
        })
    }

    /// Whether it may work at this moment.
    pub(super) fn has_begun(&self, at: i64) -> bool {
        self.plan.start.is_none_or(|start| at >= start)
            && match self.plan.style {
                Style::Close(lead) => at >= calendar::next_close(at) - lead,
                _ => true,
            }
    }

    /// Whether its time is over.
    pub(super) fn is_over(&self, at: i64) -> bool {
        !self.plan.past_end && self.plan.end.is_some_and(|end| at >= end)
    }

    /// How much of the order may have been filled by now.
    pub(super) fn allowed(&self, course: &Course) -> Decimal {
        let gone = (course.now - course.from).max(0);
        let span = |length: i64| {
            let end = self.plan.end.unwrap_or(course.from + length);
            (end - course.from).max(1)
        };
        let close = calendar::next_close(course.from) - course.from;
        let part = match self.plan.style {
            Style::Patient(pace) => Decimal::new((gone / pace).min(4) * 25, 2),
            Style::Even => sliced(gone, span(close)),
            Style::Front(length) => {
                let left = Decimal::ONE - sliced(gone, span(length));
                Decimal::ONE - left * left
            }
            Style::Close(_) => sliced(gone, close.max(1)),
            Style::Ice(display) => {
                let shown = display * Decimal::from(gone / (10 * SECOND) + 1);
                shown.checked_div(course.quantity).unwrap_or(Decimal::ONE)
            }
            Style::Volume(first, last, along) => {
                let way = match along {
                    Along::Time => sliced(gone, span(close)),
                    Along::Size => course
                        .filled
                        .checked_div(course.quantity)
                        .unwrap_or(Decimal::ONE),
                };
                let share = first + (last - first) * way;
                (course.volume * share)
                    .checked_div(course.quantity)
                    .unwrap_or(Decimal::ONE)
            }
        };
        let allowed = course.quantity * part.min(Decimal::ONE);
        let completes = self.plan.force && part >= Decimal::ONE;
        match self.plan.share {
            Some(share) if !completes => allowed.min(course.volume * share),
            _ => allowed,
        }
    }
}

/// The part of the span that has gone, in whole slices, at most one.
fn sliced(gone: i64, span: i64) -> Decimal {
    let slice = (span / SLICES).max(SECOND);
    let whole = if gone >= span {
        span
    } else {
        gone / slice * slice
    };
    Decimal::from(whole)
        .checked_div(Decimal::from(span))
        .unwrap_or(Decimal::ONE)
        .min(Decimal::ONE)
}
