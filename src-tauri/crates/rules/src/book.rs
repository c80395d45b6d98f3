//! The rule book: the parameters of the rules.

use gatehouse_domain::Decimal;
use std::time::Duration;

/// Parameters of the built-in rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleBook {
    /// The most shares or contracts in one order.
    pub max_quantity: Decimal,
    /// The most that one order may cost or bring, in the account's base currency.
    pub max_value: Decimal,
    /// A price older than this is not fresh.
    pub fresh_within: Duration,
    /// How far through the market a limit may be, as a share of the price (0.10 = 10 %).
    pub collar: Decimal,
    /// What is added to the ask when a market order's cost is estimated (0.05 = 5 %).
    pub market_cushion: Decimal,
    /// How long a preview can be confirmed.
    pub preview_valid_for: Duration,
    /// How far the price may move between preview and confirmation, as a share.
    pub preview_drift: Decimal,
}

impl Default for RuleBook {
    fn default() -> Self {
        Self {
            max_quantity: Decimal::ONE_THOUSAND,
            max_value: Decimal::new(250_000, 0),
            fresh_within: Duration::from_secs(15),
            collar: Decimal::new(10, 2),
            market_cushion: Decimal::new(5, 2),
            preview_valid_for: Duration::from_secs(60),
            preview_drift: Decimal::new(2, 2),
        }
    }
}
