//! Combinations: from a client's legs to the exchange's and back.

use rust_decimal::Decimal;

use crate::messages::{ComboLeg, Contract, Order};
use crate::world::{COMBO, Combo, ConId, Leg, Side};

use super::order_terms::invalid;
use super::orders::Refusal;

/// A price for each of two legs, as net price of one combination; `None` without.
pub fn leg_limits(contract: &Contract, order: &Order) -> Option<Decimal> {
    let ([one, other], [first, second]) =
        (contract.combo_legs.as_slice(), order.leg_prices.as_slice())
    else {
        return None;
    };
    let net = |leg: &ComboLeg, price: Decimal| {
        let sign = if leg.action == "BUY" { 1 } else { -1 };
        price * Decimal::from(leg.ratio * sign)
    };
    Some(net(one, (*first)?) + net(other, (*second)?))
}

/// The legs that a client named.
///
/// # Errors
/// Why they make no combination.
pub fn combo(contract: &Contract, order: &Order) -> Result<Combo, Refusal> {
    let free = |(tag, value): &(String, String)| tag == "NonGuaranteed" && value == "1";
    let non_guaranteed = order.combo_routing.iter().any(free);
    if order.leg_prices.iter().any(Option::is_some)
        && (leg_limits(contract, order).is_none() || !non_guaranteed)
    {
        return Err((
            10_058,
            "Leg prices are not supported for this combo order.".to_owned(),
        ));
    }
    if contract.combo_legs.len() < 2 {
        return Err(invalid("A combination needs two legs or more."));
    }
    let legs = contract
        .combo_legs
        .iter()
        .map(|leg| {
            let side = match leg.action.as_str() {
                "BUY" => Side::Buy,
                "SELL" | "SSHORT" => Side::Sell,
                other => return Err(invalid(&format!("invalid action '{other}' of a leg"))),
            };
            if !(1..=1_000).contains(&leg.ratio) {
                return Err(invalid(&format!("invalid ratio {} of a leg", leg.ratio)));
            }
            Ok(Leg {
                con_id: ConId::new(leg.con_id),
                ratio: Decimal::from(leg.ratio),
                side,
                exchange: leg.exchange.clone(),
            })
        })
        .collect::<Result<_, Refusal>>()?;
    Ok(Combo {
        symbol: contract.symbol.clone(),
        currency: contract.currency.clone(),
        legs,
        non_guaranteed,
    })
}

/// The contract of a combination.
pub fn combo_contract(combo: &Combo) -> Contract {
    let legs = combo.legs.iter().map(|leg| ComboLeg {
        con_id: leg.con_id.get(),
        ratio: i32::try_from(leg.ratio).unwrap_or_default(),
        action: leg.side.action().to_owned(),
        exchange: leg.exchange.clone(),
        exempt_code: -1,
        ..ComboLeg::default()
    });
    Contract {
        con_id: COMBO.get(),
        symbol: combo.symbol.clone(),
        sec_type: "BAG".to_owned(),
        currency: combo.currency.clone(),
        exchange: "SMART".to_owned(),
        local_symbol: combo.symbol.clone(),
        trading_class: "COMB".to_owned(),
        combo_legs: legs.collect(),
        ..Contract::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::order_terms::kind;
    use crate::world::OrderKind;

    fn spread(legs: &[(&str, i32)], prices: &[Option<i64>], free: bool) -> (Contract, Order) {
        let legs = legs.iter().map(|(action, ratio)| ComboLeg {
            con_id: 1,
            ratio: *ratio,
            action: (*action).to_owned(),
            ..ComboLeg::default()
        });
        let contract = Contract {
            combo_legs: legs.collect(),
            ..Contract::default()
        };
        let routing = ("NonGuaranteed".to_owned(), u8::from(free).to_string());
        let order = Order {
            order_type: "LMT".to_owned(),
            leg_prices: prices
                .iter()
                .map(|price| price.map(Decimal::from))
                .collect(),
            combo_routing: vec![routing],
            ..Order::default()
        };
        (contract, order)
    }

    #[test]
    fn prices_of_legs_are_for_two_legs_that_may_fill_apart() {
        let two = [("BUY", 2), ("SELL", 1)];
        let (contract, order) = spread(&two, &[Some(270), Some(470)], true);
        assert!(combo(&contract, &order).is_ok());
        let net = kind(&contract, &order, Side::Buy);
        assert_eq!(net, Ok(OrderKind::Limit(Decimal::from(70))));
        let three = [("BUY", 1), ("SELL", 2), ("BUY", 1)];
        for (legs, prices, free) in [
            (&two[..], &[Some(270), Some(470)][..], false),
            (&two[..], &[Some(270), None][..], true),
            (&three[..], &[Some(1), Some(2), Some(3)][..], true),
        ] {
            let (contract, order) = spread(legs, prices, free);
            let refusal = combo(&contract, &order).map(|_| ()).unwrap_err();
            assert_eq!(refusal.0, 10_058);
        }
        let (contract, order) = spread(&three, &[], false);
        assert!(combo(&contract, &order).is_ok());
        assert!(
            kind(&contract, &order, Side::Buy).is_err(),
            "no price at all"
        );
    }
}
