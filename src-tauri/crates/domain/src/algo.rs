//! IBKR's algorithms: what each does, what it is told, and the check of what was typed.
//!
//! Names, parameters, ranges and defaults as in IBKR's description of its API ("IB Algorithms").
//! Deliberately not here: how an algorithm trades, which only the broker decides.

mod catalogue;

pub use catalogue::ALGOS;

use crate::decimal::parse_plain;
use crate::instant::UnixMillis;
use crate::order_type::OrderType;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const DAY_MILLIS: i64 = 24 * 3600 * 1000;

/// What kind of value a parameter has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ParamKind {
    /// A percentage of the market's volume, typed as 10 for 10 %, sent as 0.1.
    Share {
        /// The least, in percent.
        least: &'static str,
        /// The most, in percent.
        most: &'static str,
    },
    /// A whole number of shares or contracts, above zero.
    Size,
    /// One of these, as the wire writes them.
    Choice {
        /// What can be chosen.
        among: &'static [&'static str],
    },
    /// A moment.
    Time,
    /// Yes or no.
    Flag,
}

/// A parameter of an algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ParamInfo {
    /// The wire's tag.
    pub tag: &'static str,
    /// Its name in words.
    pub name: &'static str,
    /// What kind of value it has.
    pub kind: ParamKind,
    /// What stands in the form at first; empty for nothing.
    pub default: &'static str,
    /// Whether it may be left empty.
    pub optional: bool,
    /// One line on what it does.
    pub says: &'static str,
}

/// An algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AlgoInfo {
    /// The wire's name (`algoStrategy`).
    pub id: &'static str,
    /// Its name in words.
    pub name: &'static str,
    /// One line on what it does.
    pub says: &'static str,
    /// The order types that it takes.
    pub order_types: &'static [OrderType],
    /// What it is told.
    pub params: &'static [ParamInfo],
}

impl AlgoInfo {
    /// The one with this name on the wire.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static AlgoInfo> {
        ALGOS.iter().find(|algo| algo.id == id)
    }
}

/// An algorithm with its parameters, as the wire writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Algo {
    /// The wire's name.
    pub id: String,
    /// Tags and values in the catalogue's order.
    pub params: Vec<(String, String)>,
}

/// An algorithm as the ticket holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AlgoInput {
    /// The wire's name.
    pub id: String,
    /// Tag to what was typed: percentages as 10 for 10 %, moments as milliseconds since 1970,
    /// flags as `1` or empty.
    pub params: BTreeMap<String, String>,
}

/// What is wrong with one parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamFault {
    /// The parameter's tag; empty when it is the algorithm itself.
    pub tag: String,
    /// What is wrong and what to do.
    pub says: String,
}

impl AlgoInput {
    /// Reads the form.
    ///
    /// # Errors
    /// One fault for every parameter that is wrong.
    pub fn parse(&self, order_type: OrderType, now: UnixMillis) -> Result<Algo, Vec<ParamFault>> {
        let whole = |says: String| {
            vec![ParamFault {
                tag: String::new(),
                says,
            }]
        };
        let Some(info) = AlgoInfo::named(&self.id) else {
            return Err(whole(format!("There is no algorithm {:?}.", self.id)));
        };
        if !info.order_types.contains(&order_type) {
            let takes: Vec<_> = info.order_types.iter().map(|t| t.words()).collect();
            return Err(whole(format!(
                "{} works with these order types: {}. Choose one of them.",
                info.name,
                takes.join(", ")
            )));
        }
        let mut faults = Vec::new();
        let mut params = Vec::new();
        for param in info.params {
            let typed = self.params.get(param.tag).map_or("", |text| text.trim());
            match param.parse(typed, now) {
                Ok(Some(value)) => params.push((param.tag.to_owned(), value)),
                Ok(None) => {}
                Err(says) => faults.push(ParamFault {
                    tag: param.tag.to_owned(),
                    says,
                }),
            }
        }
        let moment = |tag: &str| self.params.get(tag)?.trim().parse::<i64>().ok();
        if let (Some(start), Some(end)) = (moment("startTime"), moment("endTime"))
            && end <= start
        {
            faults.push(ParamFault {
                tag: "endTime".to_owned(),
                says: "The end has to come after the start.".to_owned(),
            });
        }
        if faults.is_empty() {
            Ok(Algo {
                id: info.id.to_owned(),
                params,
            })
        } else {
            Err(faults)
        }
    }
}

impl ParamInfo {
    /// What goes to the wire; `None` when it was left empty and may be.
    fn parse(&self, typed: &str, now: UnixMillis) -> Result<Option<String>, String> {
        if typed.is_empty() {
            return match self.kind {
                ParamKind::Flag => Ok(Some("0".to_owned())),
                _ if self.optional => Ok(None),
                _ => Err(format!("Fill in \"{}\".", self.name)),
            };
        }
        let value = match self.kind {
            ParamKind::Flag => match typed {
                "1" | "true" => "1".to_owned(),
                "0" | "false" => "0".to_owned(),
                other => return Err(format!("{other:?} is neither yes nor no.")),
            },
            ParamKind::Choice { among } => {
                if !among.contains(&typed) {
                    return Err(format!("Choose one of: {}.", among.join(", ")));
                }
                typed.to_owned()
            }
            ParamKind::Share { least, most } => {
                let number = parse_plain(typed.trim_end_matches('%').trim_end())
                    .map_err(|e| e.to_string())?;
                let within = |edge: &str| edge.parse::<Decimal>().ok();
                let inside = within(least).is_some_and(|least| number >= least)
                    && within(most).is_some_and(|most| number <= most);
                if !inside {
                    return Err(format!("Type a percentage from {least} to {most}."));
                }
                (number / Decimal::ONE_HUNDRED).normalize().to_string()
            }
            ParamKind::Size => {
                let number = parse_plain(typed).map_err(|e| e.to_string())?;
                if number < Decimal::ONE || !number.fract().is_zero() {
                    return Err("Type a whole number above zero.".to_owned());
                }
                number.normalize().to_string()
            }
            ParamKind::Time => {
                let at: i64 = typed
                    .parse()
                    .map_err(|_| format!("{typed:?} is not a time."))?;
                // A start that has just passed means at once; one of another day is a mistake.
                let earliest = match self.tag {
                    "endTime" => now.0,
                    _ => now.0.saturating_sub(DAY_MILLIS),
                };
                if at <= earliest {
                    return Err("This time has passed.".to_owned());
                }
                UnixMillis(at)
                    .wire_utc()
                    .ok_or_else(|| "This time is out of range.".to_owned())?
            }
        };
        Ok(Some(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(1_790_000_000_000);

    fn input(id: &str, params: &[(&str, &str)]) -> AlgoInput {
        AlgoInput {
            id: id.into(),
            params: params
                .iter()
                .map(|(tag, value)| ((*tag).to_owned(), (*value).to_owned()))
                .collect(),
        }
    }

    #[test]
    fn a_share_of_volume_is_typed_in_percent_and_sent_as_a_fraction() {
        let algo = input("Vwap", &[("maxPctVol", "12.5")])
            .parse(OrderType::Limit, NOW)
            .unwrap();
        assert!(algo.params.contains(&("maxPctVol".into(), "0.125".into())));
    }

    #[test]
    fn a_time_is_sent_with_its_zone() {
        let algo = input(
            "Twap",
            &[("strategyType", "Marketable"), ("endTime", "1790003600000")],
        )
        .parse(OrderType::Limit, NOW)
        .unwrap();
        let end = algo
            .params
            .iter()
            .find(|(tag, _)| tag == "endTime")
            .unwrap();
        assert_eq!(end.1, "20260921-15:13:20");
    }

    #[test]
    fn every_wrong_parameter_is_named() {
        let faults = input("PctVolSz", &[("startPctVol", "90"), ("endPctVol", "x")])
            .parse(OrderType::Limit, NOW)
            .unwrap_err();
        let tags: Vec<_> = faults.iter().map(|f| f.tag.as_str()).collect();
        assert_eq!(tags, ["startPctVol", "endPctVol"]);
    }

    #[test]
    fn a_time_that_can_t_be_meant_is_refused_rather_than_left_out() {
        for typed in ["2026", "30.11.2026 16:00", "1700000000000"] {
            let faults = input("Vwap", &[("maxPctVol", "10"), ("startTime", typed)])
                .parse(OrderType::Limit, NOW)
                .unwrap_err();
            assert_eq!(faults[0].tag, "startTime", "{typed}");
        }
    }

    #[test]
    fn an_end_before_its_start_is_refused() {
        let faults = input(
            "Twap",
            &[("startTime", "1790003600000"), ("endTime", "1790003500000")],
        )
        .parse(OrderType::Limit, NOW)
        .unwrap_err();
        assert!(faults.iter().any(|f| f.says.contains("after the start")));
    }

    #[test]
    fn an_order_type_that_it_does_not_take_is_refused_by_name() {
        let faults = input("DarkIce", &[("displaySize", "100")])
            .parse(OrderType::Market, NOW)
            .unwrap_err();
        assert!(faults[0].says.contains("Limit"), "{}", faults[0].says);
    }

    #[test]
    fn every_default_of_the_catalogue_is_a_value_that_it_takes() {
        for algo in ALGOS {
            for param in algo.params {
                assert!(
                    param.default.is_empty() || param.parse(param.default, NOW).is_ok(),
                    "{} {}",
                    algo.id,
                    param.tag
                );
            }
        }
    }
}
