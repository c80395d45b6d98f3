//! An order as a person means it, before anyone has judged it.

use crate::contract::{Instrument, SecurityKind};
use crate::decimal::{NumberError, Price, Quantity};
use crate::id::{AccountId, ConId, IntentId, InvalidId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Buy or sell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    Buy,
    Sell,
}

impl Side {
    /// As a verb: `Buy` or `Sell`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Buy => "Buy",
            Self::Sell => "Sell",
        }
    }

    /// +1 for a buy, −1 for a sale.
    #[must_use]
    pub fn sign(self) -> Decimal {
        match self {
            Self::Buy => Decimal::ONE,
            Self::Sell => Decimal::NEGATIVE_ONE,
        }
    }
}

/// How the order is priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Pricing {
    /// `MKT`: whatever the market asks.
    Market,
    /// `LMT`: this price or better.
    Limit { price: Price },
}

impl Pricing {
    /// The limit price, when there is one.
    #[must_use]
    pub fn limit(self) -> Option<Price> {
        match self {
            Self::Market => None,
            Self::Limit { price } => Some(price),
        }
    }
}

/// How long the order stands (`TIF`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum TimeInForce {
    /// Until the close of the day.
    Day,
    /// Until it is cancelled.
    Gtc,
}

/// Things a rule wants said out loud before it lets an order pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Waivers {
    /// The person goes on without a fresh price.
    pub stale_price: bool,
}

/// A complete, well-formed order that has not been judged. Made by [`DraftInput::parse`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// What it is recognised by, for ever.
    pub intent: IntentId,
    /// For which account.
    pub account: AccountId,
    /// What is traded.
    pub con_id: ConId,
    /// Buy or sell.
    pub side: Side,
    /// How many.
    pub quantity: Quantity,
    /// At what price.
    pub pricing: Pricing,
    /// For how long.
    pub tif: TimeInForce,
    /// What the person has said out loud.
    pub waivers: Waivers,
}

/// What the ticket holds, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftInput {
    /// Given once when the ticket is opened; the same for every preview of the same order.
    pub intent: String,
    /// The account; empty when none is chosen.
    pub account: String,
    /// The instrument's conId; none when none is chosen.
    pub con_id: Option<i32>,
    /// Buy or sell.
    pub side: Side,
    /// As typed.
    pub quantity: String,
    /// As typed; ignored for a market order.
    pub limit_price: String,
    /// Market or limit.
    pub order_type: OrderType,
    /// Day or GTC.
    pub tif: TimeInForce,
    /// What the person has said out loud.
    pub waivers: Waivers,
}

/// The order type as the ticket offers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum OrderType {
    /// `MKT`.
    Market,
    /// `LMT`.
    Limit,
}

/// A field of the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum DraftField {
    Intent,
    Account,
    Instrument,
    Quantity,
    LimitPrice,
}

/// What is wrong with one field of the ticket, and a value that would do, when there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftFault {
    /// The field.
    pub field: DraftField,
    /// What is wrong, in a sentence that says what to do.
    pub says: String,
    /// A value for the field that mends it.
    pub mend: Option<String>,
}

fn fault(field: DraftField, says: impl ToString) -> DraftFault {
    DraftFault {
        field,
        says: says.to_string(),
        mend: None,
    }
}

impl DraftInput {
    /// Reads the ticket. `instrument` is the one with the input's conId, when it is known.
    ///
    /// # Errors
    /// One fault for every field that is wrong, so that all are shown at once.
    pub fn parse(&self, instrument: Option<&Instrument>) -> Result<Draft, Vec<DraftFault>> {
        let mut faults = Vec::new();
        let mut keep = |fault| faults.push(fault);
        let intent = IntentId::new(&self.intent)
            .map_err(|e: InvalidId| keep(fault(DraftField::Intent, e)))
            .ok();
        let account = if self.account.is_empty() {
            keep(fault(DraftField::Account, "Choose an account first."));
            None
        } else {
            AccountId::new(&self.account)
                .map_err(|e| keep(fault(DraftField::Account, e)))
                .ok()
        };
        let instrument = instrument.filter(|i| Some(i.contract.con_id.get()) == self.con_id);
        match instrument {
            None => keep(fault(
                DraftField::Instrument,
                "Choose an instrument: type a symbol or a name and pick one from the list.",
            )),
            Some(i) if i.contract.kind == SecurityKind::Index => keep(fault(
                DraftField::Instrument,
                "An index can't be traded itself. Choose a fund, future or option on it.",
            )),
            Some(_) => {}
        }
        let quantity = self.parse_quantity(instrument).map_err(&mut keep).ok();
        let pricing = self.parse_pricing(instrument).map_err(&mut keep).ok();
        match (intent, account, instrument, quantity, pricing) {
            (Some(intent), Some(account), Some(instrument), Some(quantity), Some(pricing))
                if faults.is_empty() =>
            {
                Ok(Draft {
                    intent,
                    account,
                    con_id: instrument.contract.con_id,
                    side: self.side,
                    quantity,
                    pricing,
                    tif: self.tif,
                    waivers: self.waivers,
                })
            }
            _ => Err(faults),
        }
    }

    fn parse_quantity(&self, instrument: Option<&Instrument>) -> Result<Quantity, DraftFault> {
        let quantity = Quantity::parse(&self.quantity).map_err(|e| match e {
            NumberError::Empty => fault(DraftField::Quantity, "Type how many."),
            NumberError::NotPositive => fault(
                DraftField::Quantity,
                "The quantity has to be more than zero. To sell, choose Sell.",
            ),
            other => fault(DraftField::Quantity, other),
        })?;
        let Some(instrument) = instrument else {
            return Ok(quantity);
        };
        let step = instrument.size_increment.unwrap_or(Decimal::ONE);
        let least = instrument.min_size.unwrap_or(step).max(step);
        if step > Decimal::ZERO && !(quantity.get() % step).is_zero() || quantity.get() < least {
            let nearest = ((quantity.get() / step).floor() * step)
                .max(least)
                .normalize();
            return Err(DraftFault {
                field: DraftField::Quantity,
                says: format!(
                    "{} trades in steps of {}, at least {}.",
                    instrument.contract.symbol,
                    step.normalize(),
                    least.normalize()
                ),
                mend: Some(nearest.to_string()),
            });
        }
        Ok(quantity)
    }

    fn parse_pricing(&self, instrument: Option<&Instrument>) -> Result<Pricing, DraftFault> {
        if self.order_type == OrderType::Market {
            return Ok(Pricing::Market);
        }
        let price = Price::parse(&self.limit_price).map_err(|e| match e {
            NumberError::Empty => fault(DraftField::LimitPrice, "Type the limit price."),
            NumberError::NotPositive => fault(
                DraftField::LimitPrice,
                "The limit price has to be more than zero.",
            ),
            other => fault(DraftField::LimitPrice, other),
        })?;
        if let Some(instrument) = instrument {
            let increment = instrument.increment_at(price);
            if !price.is_on_tick(increment) {
                let near = price.to_tick(increment);
                return Err(DraftFault {
                    field: DraftField::LimitPrice,
                    says: format!(
                        "At this price {} moves in steps of {}. The nearest price is {near}.",
                        instrument.contract.symbol,
                        increment.normalize()
                    ),
                    mend: Some(near.to_string()),
                });
            }
        }
        Ok(Pricing::Limit { price })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Contract, PriceIncrement};
    use crate::decimal::Currency;
    use crate::id::Symbol;

    fn apple() -> Instrument {
        Instrument {
            contract: Contract {
                con_id: ConId::new(265_598).unwrap(),
                symbol: Symbol::new("AAPL").unwrap(),
                kind: SecurityKind::Stock,
                exchange: "SMART".into(),
                primary_exchange: Some("NASDAQ".into()),
                currency: Currency::USD,
                local_symbol: None,
                multiplier: Decimal::ONE,
            },
            long_name: "Apple Inc".into(),
            increments: vec![PriceIncrement {
                low_edge: Decimal::ZERO,
                increment: "0.01".parse().unwrap(),
            }],
            size_increment: None,
            min_size: None,
            order_types: vec!["LMT".into(), "MKT".into()],
        }
    }

    fn input(quantity: &str, limit: &str) -> DraftInput {
        DraftInput {
            intent: "i-1".into(),
            account: "DU1".into(),
            con_id: Some(265_598),
            side: Side::Buy,
            quantity: quantity.into(),
            limit_price: limit.into(),
            order_type: OrderType::Limit,
            tif: TimeInForce::Day,
            waivers: Waivers::default(),
        }
    }

    fn faults(quantity: &str, limit: &str) -> Vec<DraftFault> {
        input(quantity, limit).parse(Some(&apple())).unwrap_err()
    }

    #[test]
    fn every_bad_quantity_has_its_own_sentence() {
        for (typed, part) in [
            ("", "how many"),
            ("0", "more than zero"),
            ("-5", "choose Sell"),
            ("1,5", "1.5, not 1,5"),
            ("1e30", "not a plain number"),
            ("1.5", "steps of 1"),
            ("9999999999999", "too long"),
        ] {
            let faults = faults(typed, "180");
            assert_eq!(faults.len(), 1, "{typed}");
            assert_eq!(faults[0].field, DraftField::Quantity);
            assert!(faults[0].says.contains(part), "{typed}: {}", faults[0].says);
        }
    }

    #[test]
    fn a_limit_off_tick_names_the_nearest_price_and_offers_it() {
        let faults = faults("10", "180.013");
        assert_eq!(faults[0].mend.as_deref(), Some("180.01"));
        assert!(faults[0].says.contains("steps of 0.01"));
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let mut input = input("", "");
        input.account.clear();
        let faults = input.parse(None).unwrap_err();
        let fields: Vec<_> = faults.iter().map(|f| f.field).collect();
        assert_eq!(
            fields,
            [
                DraftField::Account,
                DraftField::Instrument,
                DraftField::Quantity,
                DraftField::LimitPrice
            ]
        );
    }

    #[test]
    fn an_instrument_other_than_the_chosen_one_is_not_taken() {
        let mut input = input("1", "180");
        input.con_id = Some(8314);
        let faults = input.parse(Some(&apple())).unwrap_err();
        assert_eq!(faults[0].field, DraftField::Instrument);
    }

    #[test]
    fn a_market_order_does_not_read_the_limit_field() {
        let mut input = input("10", "rubbish");
        input.order_type = OrderType::Market;
        assert_eq!(
            input.parse(Some(&apple())).unwrap().pricing,
            Pricing::Market
        );
    }

    #[test]
    fn lots_are_kept() {
        let mut tencent = apple();
        tencent.size_increment = Some(Decimal::ONE_HUNDRED);
        let faults = input("250", "180").parse(Some(&tencent)).unwrap_err();
        assert_eq!(faults[0].mend.as_deref(), Some("200"));
    }
}
