//! Finding instruments.

use crate::contract;
use crate::convert::from_f64;
use crate::faults;
use crate::pace::Turn;
use crate::session::Live;
use crate::shared::lock;
use gatehouse_desk::port::broker::{BrokerError, InstrumentMatch};
use gatehouse_domain::contract::{Business, Instrument, PriceIncrement, SecurityKind, Underlying};
use gatehouse_domain::id::ConId;
use gatehouse_domain::wanted::Wanted;
use ibapi::contracts::{ContractDescription, ContractDetails, MarketRule};
use rust_decimal::Decimal;
use std::future::Future;

/// The most matches that are handed on.
const MATCHES: usize = 20;

/// A question, with an end to the waiting.
pub async fn ask<T>(
    live: &Live,
    question: impl Future<Output = Result<T, ibapi::Error>>,
) -> Result<T, BrokerError> {
    let turn = live.shared.pace.turn().await;
    answer(live, turn, question).await
}

/// The same ahead of the queue, for what is asked about orders.
pub async fn ask_ahead<T>(
    live: &Live,
    question: impl Future<Output = Result<T, ibapi::Error>>,
) -> Result<T, BrokerError> {
    let turn = live.shared.pace.ahead().await;
    answer(live, turn, question).await
}

async fn answer<T>(
    live: &Live,
    turn: Turn,
    question: impl Future<Output = Result<T, ibapi::Error>>,
) -> Result<T, BrokerError> {
    let waited = live.shared.config.answer_timeout;
    live.shared.pace.awaits(turn);
    match tokio::time::timeout(waited, question).await {
        Err(_) => {
            // Giving up may be said to the gateway too.
            live.shared.pace.sent();
            Err(BrokerError::TimedOut {
                seconds: waited.as_secs(),
            })
        }
        Ok(answer) => {
            if matches!(answer, Ok(_) | Err(ibapi::Error::Notice(_))) {
                live.shared.pace.answered(turn);
            }
            answer.map_err(|error| faults::asking(&error, waited))
        }
    }
}

/// The code for "no such contract".
const NO_SUCH_CONTRACT: i32 = 200;

/// Finds instruments by symbol, name, conId, or as people spell them. Every meaning that the
/// text may have is looked for; one that finds nothing hides none of the others.
pub async fn search(live: &Live, pattern: &str) -> Result<Vec<InstrumentMatch>, BrokerError> {
    let mut matches: Vec<InstrumentMatch> = Vec::new();
    for wanted in Wanted::meanings(pattern) {
        let found = match &wanted {
            Wanted::Text(text) => {
                let found = ask(live, live.client.matching_symbols(text)).await?;
                found.into_iter().filter_map(found_match).collect()
            }
            exactly => meant(live, exactly).await?,
        };
        for one in found {
            if !matches.iter().any(|known| known.con_id == one.con_id) {
                matches.push(one);
            }
        }
    }
    matches.truncate(MATCHES);
    Ok(matches)
}

/// The instruments that a text means exactly.
async fn meant(live: &Live, wanted: &Wanted) -> Result<Vec<InstrumentMatch>, BrokerError> {
    let Some(wire) = contract::wanted(wanted) else {
        return Ok(Vec::new());
    };
    let details = match ask(live, live.client.contract_details(&wire)).await {
        Ok(details) => details,
        Err(BrokerError::Refused {
            code: NO_SUCH_CONTRACT,
            ..
        }) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    Ok(details
        .iter()
        .filter_map(|details| {
            let contract = contract::read(&details.contract).ok()?;
            let name = match contract.derivative {
                Some(_) => format!("{} · {}", contract.label(), details.long_name),
                None => details.long_name.clone(),
            };
            let exchange = contract.primary_exchange.clone();
            Some(InstrumentMatch {
                con_id: contract.con_id,
                symbol: contract.symbol.as_str().to_owned(),
                kind: contract.kind,
                exchange: exchange.unwrap_or_else(|| contract.exchange.clone()),
                currency: contract.currency.as_str().to_owned(),
                name: (!name.is_empty()).then_some(name),
            })
        })
        .collect())
}

fn found_match(found: ContractDescription) -> Option<InstrumentMatch> {
    let contract = found.contract;
    Some(InstrumentMatch {
        con_id: ConId::new(contract.contract_id)?,
        symbol: contract.symbol.as_str().to_owned(),
        kind: SecurityKind::from_wire(contract.security_type.as_str()),
        exchange: contract.primary_exchange.as_str().to_owned(),
        currency: contract.currency.as_str().to_owned(),
        name: (!contract.description.is_empty()).then_some(contract.description),
    })
}

/// An instrument with its price steps; asked for once in the life of the program.
pub async fn instrument(live: &Live, con_id: ConId) -> Result<Instrument, BrokerError> {
    if let Some(known) = lock(&live.shared.instruments).get(&con_id) {
        return Ok(known.clone());
    }
    let wire = contract::by_id(con_id);
    let details = ask(live, live.client.contract_details(&wire)).await?;
    let (details, exchange) = best(details).ok_or_else(|| BrokerError::Refused {
        code: 200,
        text: format!("No contract has the conId {con_id}."),
    })?;
    let steps = steps_of(live, &details, &exchange).await?;
    let found = read(&details, &exchange, steps).map_err(BrokerError::Garbled)?;
    lock(&live.shared.instruments).insert(con_id, found.clone());
    Ok(found)
}

/// Every option that this contract, which leaves strike and right open, stands for. What can't
/// be read is left out: one odd listing hides no others.
pub async fn option_details(
    live: &Live,
    wire: &ibapi::contracts::Contract,
) -> Result<Vec<Instrument>, BrokerError> {
    let mut options = Vec::new();
    for details in ask(live, live.client.contract_details(wire)).await? {
        let Some((details, exchange)) = best(vec![details]) else {
            continue;
        };
        let steps = steps_of(live, &details, &exchange).await?;
        match read(&details, &exchange, steps) {
            Ok(option) => options.push(option),
            Err(why) => tracing::warn!(why, "an option that can't be read"),
        }
    }
    Ok(options)
}

/// The price steps of the exchange's market rule; each rule is asked for once in the life of the
/// program. Empty when there is none.
async fn steps_of(
    live: &Live,
    details: &ContractDetails,
    exchange: &str,
) -> Result<Vec<PriceIncrement>, BrokerError> {
    let Some(id) = rule_of(details, exchange) else {
        return Ok(Vec::new());
    };
    let rule = lock(&live.shared.market_rules)
        .entry(id)
        .or_default()
        .clone();
    let asked = rule.get_or_try_init(async || {
        let told = ask(live, live.client.market_rule(id)).await?;
        Ok(steps(&told))
    });
    // Many that wait for one rule must not wait for each other's tries.
    let patience = 2 * live.shared.config.answer_timeout;
    match tokio::time::timeout(patience, asked).await {
        Ok(Ok(steps)) => Ok(steps.clone()),
        Ok(Err(BrokerError::NotConnected)) => Err(BrokerError::NotConnected),
        Ok(Err(error)) => {
            tracing::warn!(id, %error, "no market rule");
            Ok(Vec::new())
        }
        Err(_) => {
            tracing::warn!(id, "no market rule in time");
            Ok(Vec::new())
        }
    }
}

/// The listing that orders should go by, and where to: `SMART` where there is one.
fn best(mut details: Vec<ContractDetails>) -> Option<(ContractDetails, String)> {
    let smart = |d: &ContractDetails| {
        d.contract.exchange.as_str() == "SMART" || d.valid_exchanges.iter().any(|e| e == "SMART")
    };
    if let Some(i) = details.iter().position(smart) {
        return Some((details.swap_remove(i), "SMART".to_owned()));
    }
    let first = details.into_iter().next()?;
    let exchange = [
        first.contract.exchange.as_str(),
        first.contract.primary_exchange.as_str(),
    ]
    .into_iter()
    .find(|e| !e.is_empty())?
    .to_owned();
    Some((first, exchange))
}

/// The market rule of the exchange: the rules stand in the order of the exchanges.
fn rule_of(details: &ContractDetails, exchange: &str) -> Option<i32> {
    let at = details.valid_exchanges.iter().position(|e| e == exchange);
    at.and_then(|i| details.market_rule_ids.get(i))
        .or_else(|| details.market_rule_ids.first())?
        .trim()
        .parse()
        .ok()
}

fn steps(rule: &MarketRule) -> Vec<PriceIncrement> {
    let mut steps: Vec<_> = rule
        .price_increments
        .iter()
        .filter_map(|step| {
            Some(PriceIncrement {
                low_edge: from_f64(step.low_edge)?,
                increment: from_f64(step.increment).filter(|i| *i > Decimal::ZERO)?,
            })
        })
        .collect();
    steps.sort_by_key(|step| step.low_edge);
    steps
}

fn read(
    details: &ContractDetails,
    exchange: &str,
    mut increments: Vec<PriceIncrement>,
) -> Result<Instrument, String> {
    let mut contract = contract::read(&details.contract)?;
    exchange.clone_into(&mut contract.exchange);
    if increments.is_empty() {
        let increment = from_f64(details.min_tick)
            .filter(|tick| *tick > Decimal::ZERO)
            .ok_or_else(|| format!("{} has no price step", contract.symbol))?;
        increments.push(PriceIncrement {
            low_edge: Decimal::ZERO,
            increment,
        });
    }
    let positive = |size: Option<f64>| size.and_then(from_f64).filter(|s| *s > Decimal::ZERO);
    Ok(Instrument {
        contract,
        long_name: details.long_name.clone(),
        increments,
        size_increment: positive(details.size_increment),
        min_size: positive(details.min_size),
        order_types: details
            .order_types
            .iter()
            .filter(|t| !t.is_empty())
            .cloned()
            .collect(),
        underlying: ConId::new(details.under_contract_id).map(|con_id| Underlying {
            con_id,
            kind: SecurityKind::from_wire(&details.under_security_type),
        }),
        business: Business {
            industry: told(&details.industry),
            category: told(&details.category),
            subcategory: told(&details.subcategory),
        },
    })
}

/// A text that is not empty.
fn told(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ibapi::contracts::{Contract, PriceIncrement as WireStep};

    fn apple() -> ContractDetails {
        ContractDetails {
            contract: Contract {
                contract_id: 265_598,
                symbol: "AAPL".into(),
                currency: "USD".into(),
                exchange: "NASDAQ".into(),
                ..Contract::default()
            },
            min_tick: 0.01,
            valid_exchanges: vec!["AMEX".into(), "SMART".into()],
            market_rule_ids: vec!["26".into(), "557".into()],
            ..ContractDetails::default()
        }
    }

    #[test]
    fn the_line_of_business_is_read_and_an_empty_word_is_not_told() {
        let mut details = apple();
        details.industry = "Technology".into();
        details.category = " ".into();
        let business = read(&details, "SMART", vec![]).unwrap().business;
        assert_eq!(business.industry.as_deref(), Some("Technology"));
        assert_eq!((business.category, business.subcategory), (None, None));
    }

    #[test]
    fn orders_are_routed_smart_where_they_can_be_and_take_its_price_rule() {
        let (details, exchange) = best(vec![apple()]).unwrap();
        assert_eq!(exchange, "SMART");
        assert_eq!(rule_of(&details, &exchange), Some(557));
        assert_eq!(
            read(&details, &exchange, vec![]).unwrap().contract.exchange,
            "SMART"
        );
    }

    #[test]
    fn without_a_rule_the_minimum_tick_is_the_step_and_without_both_there_is_no_instrument() {
        let found = read(&apple(), "SMART", vec![]).unwrap();
        assert_eq!(found.increments[0].increment.to_string(), "0.01");
        let unknown = ContractDetails {
            min_tick: 0.0,
            ..apple()
        };
        assert!(read(&unknown, "SMART", vec![]).is_err());
    }

    #[test]
    fn an_option_s_underlying_is_told_and_a_stock_has_none() {
        let option = ContractDetails {
            under_contract_id: 416_904,
            under_security_type: "IND".into(),
            ..apple()
        };
        let read = |details| read(&details, "SMART", vec![]).unwrap().underlying;
        let index = Underlying {
            con_id: ConId::new(416_904).unwrap(),
            kind: SecurityKind::Index,
        };
        assert_eq!(read(option), Some(index));
        assert_eq!(read(apple()), None);
    }

    #[test]
    fn steps_are_sorted_by_their_edge_and_empty_ones_dropped() {
        let step = |low_edge, increment| WireStep {
            low_edge,
            increment,
        };
        let rule = MarketRule {
            market_rule_id: 1,
            price_increments: vec![step(1.0, 0.01), step(0.0, 0.0001), step(5.0, 0.0)],
        };
        let edges: Vec<_> = steps(&rule)
            .iter()
            .map(|s| s.low_edge.to_string())
            .collect();
        assert_eq!(edges, ["0", "1"]);
    }
}
