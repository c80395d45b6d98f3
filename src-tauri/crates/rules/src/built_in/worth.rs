//! What an order is worth at worst, in the account's base currency.

use super::{Case, Said, worst_case_price};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Account;

/// An order in money.
pub(crate) struct Worth<'a> {
    pub account: &'a Account,
    /// What one share or contract costs or brings.
    pub each: Decimal,
}

impl Worth<'_> {
    /// ` USD`; nothing while the base currency is not known.
    pub(super) fn currency(&self) -> String {
        self.account.base.map_or(String::new(), |c| format!(" {c}"))
    }
}

/// What a rule that needs it says when it can't be reckoned: nothing is taken for harmless.
pub(crate) fn worth<'a>(case: &Case<'a>) -> Result<Worth<'a>, Said> {
    let contract = &case.facts.instrument.contract;
    let Some(price) = worst_case_price(case.draft, case.facts.quote, case.book) else {
        return Err(Said::lacks(format!(
            "There is no price of {} to reckon the order's value from. Use a limit order, or wait \
             for a price.",
            contract.symbol
        )));
    };
    let Some(account) = case.facts.account else {
        return Err(Said::not_applicable());
    };
    let Some(rate) = account.rate(contract.currency) else {
        return Err(Said::lacks(format!(
            "The value of {} in the account's base currency is not known.",
            contract.currency
        )));
    };
    let each = price
        .checked_mul(contract.multiplier)
        .and_then(|each| each.checked_mul(rate));
    match each {
        Some(each) => Ok(Worth { account, each }),
        None => Err(Said::lacks(
            "The order's value is too large to be reckoned.",
        )),
    }
}
