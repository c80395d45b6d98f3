//! What legs make together: their name, legs from a name, and the strategies in what is held.
//!
//! Only what is sure gets a name; everything else is custom. Legs are on one underlying in one
//! currency; whoever gathers them sees to that. The names are those of the ticket's combinations.

pub mod build;
pub mod cover;
pub(in crate::options) mod recognise;
pub mod roll;

pub use recognise::recognise;

use gatehouse_domain::derivative::Right;
use gatehouse_domain::draft::Side;
use std::fmt;

/// The most option legs of a strategy; the stock comes beside them.
pub const MOST_OPTION_LEGS: usize = 8;

/// A strategy by what is done with it: `side` is `Buy` for the long one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Strategy {
    /// The stock alone.
    Stock { side: Side },
    /// One option alone.
    Single { right: Right, side: Side },
    /// A put that is sold against its whole strike in cash.
    CashSecuredPut,
    /// Stock with a call sold against all of it.
    CoveredCall,
    /// Stock with a put bought for all of it.
    ProtectivePut,
    /// Stock with a put bought and a call sold at a higher strike.
    Collar,
    /// Stock with a put bought and a call sold at one strike and on one day: sold for that strike.
    Conversion,
    /// One right, one expiry, two strikes, as many bought as sold.
    Vertical { right: Right, bull: bool },
    /// One right, one expiry, two strikes, not as many bought as sold.
    Ratio {
        right: Right,
        bought: u32,
        sold: u32,
    },
    /// Call and put at one strike.
    Straddle { side: Side },
    /// Put and, at a higher strike, call.
    Strangle { side: Side },
    /// One strike, two expiries; long when the later one is bought.
    Calendar { right: Right, side: Side },
    /// Two strikes and two expiries.
    Diagonal { right: Right, side: Side },
    /// Three strikes, the middle one twice.
    Butterfly {
        right: Right,
        side: Side,
        even: bool,
    },
    /// Four strikes of one right.
    Condor {
        right: Right,
        side: Side,
        even: bool,
    },
    /// A straddle within a strangle; `Sell` for the usual one, whose middle is sold.
    IronButterfly { side: Side, even: bool },
    /// A strangle within a strangle; `Sell` for the usual one, whose inner strikes are sold.
    IronCondor { side: Side, even: bool },
    /// A call spread and a put spread between the same strikes: a loan.
    Box { side: Side },
    /// Anything else, with so many legs.
    Custom { legs: usize },
}

impl fmt::Display for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = |side| match side {
            Side::Buy => "Long",
            Side::Sell => "Short",
        };
        let wings = |even| if even { "" } else { ", wings not equal" };
        let reverse = |side, name: &str| match side {
            Side::Sell => capital(name),
            Side::Buy => format!("Reverse {name}"),
        };
        match *self {
            Self::Stock { side } => write!(f, "{} stock", held(side)),
            Self::Single { right, side } => write!(f, "{} {}", held(side), word(right)),
            Self::CashSecuredPut => f.write_str("Cash-secured put"),
            Self::CoveredCall => f.write_str("Covered call"),
            Self::ProtectivePut => f.write_str("Protective put"),
            Self::Collar => f.write_str("Collar"),
            Self::Conversion => f.write_str("Conversion"),
            Self::Vertical { right, bull } => {
                let kind = if bull { "Bull" } else { "Bear" };
                write!(f, "{kind} {} spread", word(right))
            }
            Self::Ratio {
                right,
                bought,
                sold,
            } => write!(
                f,
                "{} ratio spread, {bought} bought against {sold} sold",
                capital(word(right))
            ),
            Self::Straddle { side } => write!(f, "{} straddle", held(side)),
            Self::Strangle { side } => write!(f, "{} strangle", held(side)),
            Self::Calendar { right, side } => write!(f, "{} {} calendar", held(side), word(right)),
            Self::Diagonal { right, side } => write!(f, "{} {} diagonal", held(side), word(right)),
            Self::Butterfly { right, side, even } => {
                write!(f, "{} {} butterfly{}", held(side), word(right), wings(even))
            }
            Self::Condor { right, side, even } => {
                write!(f, "{} {} condor{}", held(side), word(right), wings(even))
            }
            Self::IronButterfly { side, even } => {
                write!(f, "{}{}", reverse(side, "iron butterfly"), wings(even))
            }
            Self::IronCondor { side, even } => {
                write!(f, "{}{}", reverse(side, "iron condor"), wings(even))
            }
            Self::Box { side } => write!(f, "{} box", held(side)),
            Self::Custom { legs: 1 } => f.write_str("Custom, 1 leg"),
            Self::Custom { legs } => write!(f, "Custom, {legs} legs"),
        }
    }
}

fn word(right: Right) -> &'static str {
    match right {
        Right::Call => "call",
        Right::Put => "put",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
