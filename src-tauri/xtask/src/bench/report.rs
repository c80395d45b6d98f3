//! Figures as a table for people and as JSON for programs.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::Figure;
use super::keys::{self, Aim};

/// One row a figure: value, unit, aim and whether it is met.
pub fn table(machine: &str, figures: &[Figure]) -> String {
    let mut text = format!("{machine}\n\n");
    for figure in figures {
        let Some(key) = keys::find(figure.key) else {
            continue;
        };
        let (sign, limit) = match key.aim {
            Aim::AtMost(limit) => ("≤", limit),
            Aim::AtLeast(limit) => ("≥", limit),
        };
        let verdict = if key.aim.met_by(figure.value) {
            "met"
        } else {
            "MISSED"
        };
        let _ = writeln!(
            text,
            "  {:<28} {:>10} {:<3} {sign} {limit:<8} {verdict}",
            key.name,
            rounded(figure.value),
            key.unit
        );
    }
    text
}

/// One JSON object, key to number. A figure that is not a number is null.
pub fn json(figures: &[Figure]) -> String {
    let object: Map<String, Value> = figures
        .iter()
        .map(|figure| {
            let value = (figure.value * 1000.0).round() / 1000.0;
            (figure.key.to_owned(), Value::from(value))
        })
        .collect();
    Value::Object(object).to_string()
}

fn rounded(value: f64) -> String {
    if value.abs() >= 1000.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::{json, table};
    use crate::bench::Figure;

    fn figures() -> Vec<Figure> {
        vec![
            Figure {
                key: "binary_mb",
                value: 15.9,
            },
            Figure {
                key: "ticks_per_s",
                value: 250_000.4,
            },
        ]
    }

    #[test]
    fn the_table_names_the_machine_and_says_what_was_missed() {
        let table = table("Fast CPU, 2 cores", &figures());
        assert!(table.starts_with("Fast CPU, 2 cores\n"));
        let rows: Vec<&str> = table.lines().collect();
        assert!(
            rows[2].contains("binary_mb")
                && rows[2].contains("15.90 MB")
                && rows[2].ends_with(" met")
        );
        assert!(rows[3].contains("250000 /s") && rows[3].ends_with("MISSED"));
    }

    #[test]
    fn the_json_is_one_object_of_numbers() {
        assert_eq!(
            json(&figures()),
            r#"{"binary_mb":15.9,"ticks_per_s":250000.4}"#
        );
        let not_measured = [Figure {
            key: "frame_p95_ms",
            value: f64::NAN,
        }];
        assert_eq!(json(&not_measured), r#"{"frame_p95_ms":null}"#);
    }
}
