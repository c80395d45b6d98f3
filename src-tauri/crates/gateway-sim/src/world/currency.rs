//! The currencies of the simulated world.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A currency that accounts hold or instruments trade in. The base is always [`Currency::Usd`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Currency {
    /// US dollar, the base currency of every account.
    Usd,
    /// Euro.
    Eur,
    /// Pound sterling.
    Gbp,
    /// Hong Kong dollar.
    Hkd,
    /// Japanese yen.
    Jpy,
}

impl Currency {
    /// Every currency, base first.
    pub const ALL: [Self; 5] = [Self::Usd, Self::Eur, Self::Gbp, Self::Hkd, Self::Jpy];

    /// ISO 4217 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::Eur => "EUR",
            Self::Gbp => "GBP",
            Self::Hkd => "HKD",
            Self::Jpy => "JPY",
        }
    }

    /// The currency with this ISO code, in any case.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|currency| currency.code().eq_ignore_ascii_case(code))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
