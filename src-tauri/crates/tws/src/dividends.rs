//! What a share pays, as tick 59 writes it: the sums of the twelve months before and to come, the
//! next one's day and amount (`0.83,0.92,20130219,0.23`). A part that is not known is empty.

use gatehouse_domain::chain::Dividends;
use gatehouse_domain::derivative::Expiry;
use ibapi::contracts::tick_types::TickType;
use ibapi::market_data::realtime::TickString;
use rust_decimal::Decimal;

/// `None` for other ticks, and where nothing of it is told.
pub fn read(told: &TickString) -> Option<Dividends> {
    if told.tick_type != TickType::IbDividends {
        return None;
    }
    let mut parts = told.value.split(',').map(str::trim);
    let past_year = parts.next().and_then(amount);
    let next_year = parts.next().and_then(amount);
    let day = parts.next().and_then(Expiry::from_wire);
    let next = day.zip(parts.next().and_then(amount));
    let dividends = Dividends {
        past_year,
        next_year,
        next,
    };
    let says_anything = past_year.is_some() || next_year.is_some() || next.is_some();
    says_anything.then_some(dividends)
}

fn amount(text: &str) -> Option<Decimal> {
    text.parse().ok().filter(|amount| *amount >= Decimal::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(value: &str) -> Option<Dividends> {
        read(&TickString {
            tick_type: TickType::IbDividends,
            value: value.into(),
        })
    }

    #[test]
    fn the_sums_and_the_next_one_are_read() {
        let told = told("0.83,0.92,20130219,0.23").unwrap();
        assert_eq!(told.past_year, Some(Decimal::new(83, 2)));
        assert_eq!(told.next_year, Some(Decimal::new(92, 2)));
        let next = (Expiry::new(2013, 2, 19).unwrap(), Decimal::new(23, 2));
        assert_eq!(told.next, Some(next));
    }

    #[test]
    fn what_is_not_told_is_not_known() {
        for nothing in ["", ",,,", "?", "-1,x,20130219,"] {
            assert_eq!(told(nothing), None, "{nothing}");
        }
        let some = told("0.83,,,").unwrap();
        assert_eq!((some.next_year, some.next), (None, None));
    }

    #[test]
    fn other_texts_are_none_of_it() {
        let time = TickString {
            tick_type: TickType::LastTimestamp,
            value: "1,2,20130219,3".into(),
        };
        assert_eq!(read(&time), None);
    }
}
