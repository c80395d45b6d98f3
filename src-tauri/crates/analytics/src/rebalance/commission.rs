//! What a trade in US shares costs at IBKR's fixed pricing, as of 2026-11: 0.005 USD a share, at
//! least 1.00, at most 1 % of the trade's value. An estimate: the broker's what-if is the truth, and
//! fees of exchanges and authorities come on top.

use gatehouse_domain::Decimal;
use gatehouse_domain::decimal::Currency;

/// For so many shares at this price; `None` in a currency whose tariff is not known here.
#[must_use]
pub fn estimate(currency: Currency, quantity: Decimal, price: Decimal) -> Option<Decimal> {
    if currency != Currency::USD {
        return None;
    }
    let each = Decimal::new(5, 3);
    let most = (quantity * price / Decimal::ONE_HUNDRED).round_dp(2);
    Some((each * quantity).max(Decimal::ONE).min(most).round_dp(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trade_costs_at_least_a_dollar_and_at_most_a_hundredth() {
        let of = |quantity: i64, price: i64| {
            estimate(Currency::USD, Decimal::from(quantity), Decimal::from(price)).unwrap()
        };
        assert_eq!(of(10, 180), Decimal::ONE);
        assert_eq!(of(1_000, 180), Decimal::from(5));
        assert_eq!(of(1, 50), Decimal::new(50, 2));
    }

    #[test]
    fn elsewhere_it_is_not_known() {
        let euro = Currency::parse("EUR").unwrap();
        assert_eq!(estimate(euro, Decimal::TEN, Decimal::TEN), None);
    }
}
