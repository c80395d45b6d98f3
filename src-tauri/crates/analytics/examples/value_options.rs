//! Values options for another library to compare: one JSON object a line in, one a line out.
//!
//! In: `right` ("C" or "P"), `american`, `price`, `strike`, `rate`, `yield`, `volatility`,
//! `years`, `dividends` ([[years, amount], …]), and `target`, a price whose volatility is wanted,
//! or null. Out: the value, its slopes and `implied`, or `error`.

use gatehouse_analytics::options::model::{
    CashDividend, Exercise, Market, Terms, implied_volatility, value,
};
use gatehouse_domain::derivative::Right;
use serde_json::{Value, json};
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        writeln!(out, "{}", answer(&asked).ok_or("a field is missing")?)?;
    }
    Ok(())
}

fn answer(asked: &Value) -> Option<Value> {
    let number = |name: &str| asked[name].as_f64();
    let terms = Terms {
        right: Right::parse(asked["right"].as_str()?)?,
        strike: number("strike")?,
        exercise: if asked["american"].as_bool()? {
            Exercise::American
        } else {
            Exercise::European
        },
    };
    let dividends = asked["dividends"].as_array()?.iter();
    let market = Market {
        dividends: dividends
            .map(|one| {
                Some(CashDividend {
                    years: one[0].as_f64()?,
                    amount: one[1].as_f64()?,
                })
            })
            .collect::<Option<_>>()?,
        ..Market::with_yield(number("price")?, number("rate")?, number("yield")?)
    };
    let years = number("years")?;
    let implied = asked["target"]
        .as_f64()
        .and_then(|target| implied_volatility(&terms, &market, target, years).ok());
    Some(match value(&terms, &market, number("volatility")?, years) {
        Ok(of) => json!({
            "price": of.price, "delta": of.delta, "gamma": of.gamma, "vega": of.vega,
            "theta": of.theta, "rho": of.rho, "implied": implied,
        }),
        Err(why) => json!({ "error": why.to_string() }),
    })
}
