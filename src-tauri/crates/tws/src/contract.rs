//! Contracts, to and from the library's.

use crate::convert::{from_f64, from_text, to_f64};
use gatehouse_domain::chain::OptionClass;
use gatehouse_domain::contract::{ComboLeg, Contract, SecurityKind};
use gatehouse_domain::decimal::{Currency, Price};
use gatehouse_domain::derivative::{Derivative, Expiry, OptionTerms, Right};
use gatehouse_domain::draft::Side;
use gatehouse_domain::id::{ConId, Symbol};
use gatehouse_domain::wanted::Wanted;
use ibapi::contracts as wire;
use rust_decimal::Decimal;

/// Reads a contract. The error says which part can't be read.
pub fn read(contract: &wire::Contract) -> Result<Contract, String> {
    let text = contract.symbol.as_str();
    let con_id = ConId::new(contract.contract_id)
        .ok_or_else(|| format!("the contract of {text:?} has no conId"))?;
    let symbol = Symbol::new(text).map_err(|e| format!("contract {con_id}: {e}"))?;
    let currency = Currency::parse(contract.currency.as_str())
        .ok_or_else(|| format!("{symbol} is priced in {:?}", contract.currency.as_str()))?;
    let kind = SecurityKind::from_wire(contract.security_type.as_str());
    let multiplier = match contract.multiplier.as_str() {
        "" if derivative(kind) => return Err(format!("{symbol} ({con_id}) has no multiplier")),
        "" => Decimal::ONE,
        given => from_text(given)
            .filter(|m| *m > Decimal::ZERO)
            .ok_or_else(|| format!("{symbol} ({con_id}) has the multiplier {given:?}"))?,
    };
    let exchange = match contract.exchange.as_str() {
        // Positions come without one; these kinds are always routed.
        "" if matches!(kind, SecurityKind::Stock | SecurityKind::Option) => "SMART",
        given => given,
    };
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Ok(Contract {
        con_id,
        kind,
        exchange: exchange.to_owned(),
        primary_exchange: some(contract.primary_exchange.as_str()),
        currency,
        local_symbol: some(&contract.local_symbol).filter(|local| local != symbol.as_str()),
        multiplier,
        derivative: derivative_of(contract, kind),
        legs: contract
            .combo_legs
            .iter()
            .map(leg)
            .collect::<Result<_, _>>()?,
        symbol,
    })
}

/// Expiry, strike and right, as far as they are told and make sense.
fn derivative_of(contract: &wire::Contract, kind: SecurityKind) -> Option<Derivative> {
    let expiry = Expiry::from_wire(&contract.last_trade_date_or_contract_month);
    let option = || {
        let strike = Price::new(from_f64(contract.strike)?).ok()?;
        let right = match contract.right? {
            wire::OptionRight::Call => Right::Call,
            wire::OptionRight::Put => Right::Put,
        };
        Some(OptionTerms { strike, right })
    };
    match kind {
        SecurityKind::Future => Some(Derivative {
            expiry: expiry?,
            option: None,
        }),
        SecurityKind::Option | SecurityKind::FutureOption => Some(Derivative {
            expiry: expiry?,
            option: Some(option()?),
        }),
        _ => None,
    }
}

fn derivative(kind: SecurityKind) -> bool {
    matches!(
        kind,
        SecurityKind::Option | SecurityKind::Future | SecurityKind::FutureOption
    )
}

fn leg(leg: &wire::ComboLeg) -> Result<ComboLeg, String> {
    Ok(ComboLeg {
        con_id: ConId::new(leg.contract_id).ok_or("a leg has no conId")?,
        side: match leg.action {
            wire::LegAction::Buy => Side::Buy,
            wire::LegAction::Sell | wire::LegAction::SellShort => Side::Sell,
        },
        ratio: u32::try_from(leg.ratio).map_err(|_| "a leg has no ratio")?,
        exchange: leg.exchange.clone(),
    })
}

/// Writes a combination, which has no conId of its own. For one that is paid for (`Buy`) the
/// legs go as they are executed; for one that is received the order sells, so they go the other
/// way round.
pub fn write_combo(contract: &Contract, side: Side) -> wire::Contract {
    wire::Contract {
        contract_id: 0,
        combo_legs: contract
            .legs
            .iter()
            .map(|leg| wire::ComboLeg {
                contract_id: leg.con_id.get(),
                ratio: i32::try_from(leg.ratio).unwrap_or(i32::MAX),
                action: match leg.side == side {
                    true => wire::LegAction::Buy,
                    false => wire::LegAction::Sell,
                },
                exchange: leg.exchange.clone(),
                ..wire::ComboLeg::default()
            })
            .collect(),
        ..write(contract)
    }
}

/// Writes a contract: its conId says which, the rest lets the gateway notice a mix-up.
pub fn write(contract: &Contract) -> wire::Contract {
    wire::Contract {
        contract_id: contract.con_id.get(),
        symbol: contract.symbol.as_str().into(),
        security_type: security_type(contract.kind),
        exchange: contract.exchange.as_str().into(),
        currency: contract.currency.as_str().into(),
        primary_exchange: contract
            .primary_exchange
            .as_deref()
            .unwrap_or_default()
            .into(),
        ..wire::Contract::default()
    }
}

/// A contract to ask for by what a person means; `None` for a plain text.
pub fn wanted(wanted: &Wanted) -> Option<wire::Contract> {
    let bare = |kind: SecurityKind, symbol: &str, currency: &str| wire::Contract {
        symbol: symbol.into(),
        security_type: security_type(kind),
        exchange: "".into(),
        currency: currency.into(),
        ..wire::Contract::default()
    };
    Some(match wanted {
        Wanted::ConId(con_id) => by_id(*con_id),
        Wanted::Stock {
            symbol,
            exchange,
            currency,
        } => wire::Contract {
            exchange: (*exchange).into(),
            ..bare(SecurityKind::Stock, symbol, currency.as_str())
        },
        Wanted::Forex { base, quote } => bare(SecurityKind::Forex, base.as_str(), quote.as_str()),
        Wanted::Future { local_symbol } => wire::Contract {
            local_symbol: local_symbol.clone(),
            ..bare(SecurityKind::Future, "", "")
        },
        Wanted::Option {
            underlying,
            expiry,
            terms,
        } => wire::Contract {
            last_trade_date_or_contract_month: expiry.wire(),
            strike: to_f64(terms.strike.get())?,
            right: Some(match terms.right {
                Right::Call => wire::OptionRight::Call,
                Right::Put => wire::OptionRight::Put,
            }),
            ..bare(SecurityKind::Option, underlying, "")
        },
        Wanted::Text(_) => return None,
    })
}

/// Asks for every option of a class and expiry.
pub fn options(underlying: &Contract, class: &OptionClass, expiry: Expiry) -> wire::Contract {
    wire::Contract {
        symbol: underlying.symbol.as_str().into(),
        security_type: wire::SecurityType::Option,
        exchange: class.exchange.as_str().into(),
        currency: underlying.currency.as_str().into(),
        last_trade_date_or_contract_month: expiry.wire(),
        trading_class: class.trading_class.clone(),
        multiplier: class.multiplier.normalize().to_string(),
        ..wire::Contract::default()
    }
}

/// Asks for a contract by nothing but its conId.
pub fn by_id(con_id: ConId) -> wire::Contract {
    wire::Contract {
        contract_id: con_id.get(),
        security_type: wire::SecurityType::Other(String::new()),
        exchange: "".into(),
        currency: "".into(),
        ..wire::Contract::default()
    }
}

fn security_type(kind: SecurityKind) -> wire::SecurityType {
    match kind {
        SecurityKind::Stock => wire::SecurityType::Stock,
        SecurityKind::Option => wire::SecurityType::Option,
        SecurityKind::Future => wire::SecurityType::Future,
        SecurityKind::FutureOption => wire::SecurityType::FuturesOption,
        SecurityKind::Forex => wire::SecurityType::ForexPair,
        SecurityKind::Index => wire::SecurityType::Index,
        SecurityKind::Combo => wire::SecurityType::Spread,
        SecurityKind::Other => wire::SecurityType::Other(String::new()),
    }
}

/// A figure of an order as a float; the error is for a person.
pub fn exact(what: &str, value: Decimal) -> Result<f64, String> {
    to_f64(value).ok_or_else(|| {
        format!("the {what} {value} has more digits than the gateway's protocol carries")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apple() -> wire::Contract {
        wire::Contract {
            contract_id: 265_598,
            symbol: "AAPL".into(),
            currency: "USD".into(),
            exchange: "".into(),
            local_symbol: "AAPL".into(),
            ..wire::Contract::default()
        }
    }

    #[test]
    fn a_stock_without_exchange_and_multiplier_is_routed_and_counts_one() {
        let contract = read(&apple()).unwrap();
        assert_eq!(contract.exchange, "SMART");
        assert_eq!(contract.multiplier, Decimal::ONE);
        assert_eq!(contract.local_symbol, None);
    }

    #[test]
    fn an_option_without_a_multiplier_is_not_guessed_at() {
        let option = wire::Contract {
            security_type: wire::SecurityType::Option,
            ..apple()
        };
        assert!(read(&option).unwrap_err().contains("no multiplier"));
    }

    #[test]
    fn what_is_read_is_written_back() {
        let contract = read(&apple()).unwrap();
        let written = write(&contract);
        assert_eq!(written.contract_id, 265_598);
        assert_eq!(read(&written).unwrap(), contract);
    }

    #[test]
    fn a_contract_without_a_con_id_or_currency_is_refused() {
        let mut contract = apple();
        contract.contract_id = 0;
        assert!(read(&contract).is_err());
        let mut contract = apple();
        contract.currency = "".into();
        assert!(read(&contract).is_err());
    }
}
