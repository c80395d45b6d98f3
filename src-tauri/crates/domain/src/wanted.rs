//! What a person may mean by what they typed into a search box.
//!
//! Deliberately not here: whether there is such an instrument, which only the broker knows.

use crate::decimal::{Currency, Price, parse_plain};
use crate::derivative::{Expiry, OptionTerms, Right};
use crate::id::ConId;

/// One thing that a typed text may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The instrument with this conId.
    ConId(ConId),
    /// A stock on one exchange: `700.HK`.
    Stock {
        symbol: String,
        exchange: &'static str,
        currency: Currency,
    },
    /// A currency pair: `EUR.USD`.
    Forex { base: Currency, quote: Currency },
    /// A future by the exchange's own symbol: `ESZ6`.
    Future { local_symbol: String },
    /// One option.
    Option {
        underlying: String,
        expiry: Expiry,
        terms: OptionTerms,
    },
    /// A symbol or a name, in whole or in part.
    Text(String),
}

/// Suffixes of other programs' symbols: IBKR's exchange and the currency there.
const SUFFIXES: &[(&str, &str, &str)] = &[
    ("HK", "SEHK", "HKD"),
    ("L", "LSE", "GBP"),
    ("DE", "IBIS", "EUR"),
    ("PA", "SBF", "EUR"),
    ("AS", "AEB", "EUR"),
    ("MI", "BVME", "EUR"),
    ("MC", "BM", "EUR"),
    ("SW", "EBS", "CHF"),
    ("ST", "SFB", "SEK"),
    ("T", "TSEJ", "JPY"),
    ("TO", "TSE", "CAD"),
    ("AX", "ASX", "AUD"),
    ("SI", "SGX", "SGD"),
];

/// Futures' months, January first.
const MONTH_CODES: &str = "FGHJKMNQUVXZ";

impl Wanted {
    /// Everything that the text may mean, the likeliest first; nothing for an empty text.
    #[must_use]
    pub fn meanings(text: &str) -> Vec<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Vec::new();
        }
        let upper = text.to_ascii_uppercase();
        if let Some(option) = occ(&upper).or_else(|| spelled(&upper)) {
            return vec![option];
        }
        let mut meanings = Vec::new();
        meanings.extend(pair(&upper));
        meanings.extend(suffixed(&upper));
        meanings.extend(future(&upper));
        // A number may be a conId as well as a symbol in Hong Kong or Tokyo.
        let number = upper.parse::<i32>().ok().filter(|_| upper.len() >= 4);
        meanings.extend(number.and_then(ConId::new).map(Self::ConId));
        meanings.push(Self::Text(text.to_owned()));
        meanings
    }
}

/// `EUR.USD` or `EUR/USD`. Three letters on both sides may also be a share class; both are
/// looked for.
fn pair(text: &str) -> Option<Wanted> {
    let (base, quote) = text.split_once(['.', '/'])?;
    Some(Wanted::Forex {
        base: Currency::parse(base)?,
        quote: Currency::parse(quote)?,
    })
}

fn suffixed(text: &str) -> Option<Wanted> {
    let (symbol, suffix) = text.rsplit_once('.')?;
    let (_, exchange, currency) = SUFFIXES.iter().find(|(s, _, _)| *s == suffix)?;
    // Hong Kong's codes are padded with zeros elsewhere, not at IBKR.
    let digits = symbol.bytes().all(|b| b.is_ascii_digit());
    let symbol = if digits && *exchange == "SEHK" {
        symbol.trim_start_matches('0')
    } else {
        symbol
    };
    (!symbol.is_empty()).then(|| Wanted::Stock {
        symbol: symbol.to_owned(),
        exchange,
        currency: Currency::parse(currency).unwrap_or(Currency::USD),
    })
}

/// `ESZ6` or `ESZ26`.
fn future(text: &str) -> Option<Wanted> {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) || !text.is_ascii() {
        return None;
    }
    let (head, year) = text.split_at(text.len() - digits);
    let month = head.chars().last().filter(|c| MONTH_CODES.contains(*c))?;
    let root = head.strip_suffix(month)?;
    let named = (1..=4).contains(&root.len()) && root.bytes().all(|b| b.is_ascii_alphanumeric());
    // IBKR writes the last digit of the year.
    let year = &year[digits - 1..];
    named.then(|| Wanted::Future {
        local_symbol: format!("{root}{month}{year}"),
    })
}

/// The OCC's 21 characters, with or without the blanks: `AAPL  261218C00180000`.
fn occ(text: &str) -> Option<Wanted> {
    if !text.is_ascii() || text.len() < 16 {
        return None;
    }
    let (root, rest) = text.split_at(text.len() - 15);
    let root = root.trim_end();
    let named = (1..=6).contains(&root.len()) && root.bytes().all(|b| b.is_ascii_alphanumeric());
    let right = Right::parse(&rest[6..7])?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !named || !digits(&rest[..6]) || !digits(&rest[7..]) {
        return None;
    }
    let expiry = Expiry::from_wire(&format!("20{}", &rest[..6]))?;
    let thousandths: i64 = rest[7..].parse().ok()?;
    let strike = Price::new(rust_decimal::Decimal::new(thousandths, 3)).ok()?;
    Some(Wanted::Option {
        underlying: root.to_owned(),
        expiry,
        terms: OptionTerms { strike, right },
    })
}

/// `AAPL 20261218 180 C`, `AAPL 18DEC26 180 CALL`, `AAPL 2026-12-18 180C`, `AAPL DEC 18 26 180 P`.
fn spelled(text: &str) -> Option<Wanted> {
    let mut words: Vec<String> = text
        .replace('\'', " ")
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    // The right may stand at the end of the strike.
    let last = words.last()?.clone();
    if Right::parse(&last).is_none() {
        let at = last
            .len()
            .checked_sub(1)
            .filter(|at| last.is_char_boundary(*at))?;
        let (strike, right) = last.split_at(at);
        Right::parse(right).filter(|_| !strike.is_empty())?;
        words.pop();
        words.push(strike.to_owned());
        words.push(right.to_owned());
    }
    let right = Right::parse(&words.pop()?)?;
    let strike = Price::new(parse_plain(&words.pop()?).ok()?).ok()?;
    if words.len() < 2 {
        return None;
    }
    let underlying = words.remove(0);
    let expiry = day(&words.concat()).or_else(|| day_first(&words))?;
    Some(Wanted::Option {
        underlying,
        expiry,
        terms: OptionTerms { strike, right },
    })
}

/// `20261218`, `2026-12-18`, `18DEC26`, `18DEC2026`.
fn day(text: &str) -> Option<Expiry> {
    let plain = text.replace(['-', '/'], "");
    if plain.len() == 8 && plain.bytes().all(|b| b.is_ascii_digit()) {
        return Expiry::from_wire(&plain);
    }
    let at = plain.find(|c: char| c.is_ascii_alphabetic())?;
    let end = at + 3;
    let month = month(plain.get(at..end)?)?;
    let day: i8 = plain[..at].parse().ok()?;
    Expiry::new(year(plain.get(end..)?)?, month, day)
}

/// `DEC 18 26`.
fn day_first(words: &[String]) -> Option<Expiry> {
    let [name, day, year_text] = words else {
        return None;
    };
    Expiry::new(year(year_text)?, month(name)?, day.parse().ok()?)
}

fn month(name: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ];
    let at = NAMES.iter().position(|known| *known == name)?;
    i8::try_from(at + 1).ok()
}

fn year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn option(underlying: &str, strike: &str, right: Right) -> Wanted {
        Wanted::Option {
            underlying: underlying.into(),
            expiry: Expiry::new(2026, 12, 18).unwrap(),
            terms: OptionTerms {
                strike: Price::parse(strike).unwrap(),
                right,
            },
        }
    }

    #[test]
    fn an_option_is_understood_however_it_is_spelled() {
        for text in [
            "AAPL 20261218 180 C",
            "aapl 18dec26 180 call",
            "AAPL 2026-12-18 180C",
            "AAPL Dec 18 '26 180 C",
            "AAPL DEC 18 2026 180 Call",
            "AAPL  261218C00180000",
            "AAPL261218C00180000",
        ] {
            assert_eq!(
                Wanted::meanings(text),
                [option("AAPL", "180", Right::Call)],
                "{text}"
            );
        }
        assert_eq!(
            Wanted::meanings("SPY 20261218 612.5 P"),
            [option("SPY", "612.5", Right::Put)]
        );
    }

    #[test]
    fn hong_kong_codes_lose_their_zeros() {
        let tencent = Wanted::Stock {
            symbol: "700".into(),
            exchange: "SEHK",
            currency: Currency::parse("HKD").unwrap(),
        };
        for text in ["700.HK", "0700.hk"] {
            assert_eq!(Wanted::meanings(text)[0], tencent, "{text}");
        }
    }

    #[test]
    fn pairs_futures_and_numbers_are_also_looked_for_as_texts() {
        let eur_usd = Wanted::Forex {
            base: Currency::parse("EUR").unwrap(),
            quote: Currency::USD,
        };
        assert_eq!(Wanted::meanings("eur/usd")[0], eur_usd);
        let es = Wanted::Future {
            local_symbol: "ESZ6".into(),
        };
        assert_eq!(Wanted::meanings("ESZ26")[0], es);
        assert_eq!(Wanted::meanings("esz6"), [es, Wanted::Text("esz6".into())]);
        assert_eq!(
            Wanted::meanings("265598")[0],
            Wanted::ConId(ConId::new(265_598).unwrap())
        );
        assert_eq!(Wanted::meanings("700"), [Wanted::Text("700".into())]);
    }

    #[test]
    fn a_name_is_a_name() {
        for text in ["Apple", "BRK B", "S&P 500", "AAPL 180", "C", "T"] {
            assert_eq!(
                Wanted::meanings(text),
                [Wanted::Text(text.into())],
                "{text}"
            );
        }
        assert_eq!(Wanted::meanings("  "), []);
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "\\PC{0,30}") {
            let _ = Wanted::meanings(&text);
        }

        #[test]
        fn no_text_of_its_own_letters_breaks_it(text in "[A-Za-z0-9 .'/-]{0,26}") {
            let _ = Wanted::meanings(&text);
        }
    }
}
