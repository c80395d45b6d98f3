//! Caps on the size of one order.

use super::{Case, Rule, Said, money, most_that_fits, spoken, worst_case_price};
use crate::rule::{ParamInfo, RuleInfo, Unit, number};
use crate::verdict::Mend;
use gatehouse_domain::Decimal;

pub(crate) const QUANTITY_CAP: Rule = Rule {
    info: RuleInfo {
        id: "cap.quantity",
        title: "Order cap: quantity",
        sentence: "One order is for no more than the capped quantity.",
        params: &[ParamInfo::most(
            "most",
            "The most shares or contracts in one order",
            Unit::Quantity,
            Some(Decimal::ONE_THOUSAND),
        )],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let wanted = case.draft.quantity.get();
        let Some(cap) = case.number("most") else {
            return Said::not_applicable();
        };
        if wanted <= cap {
            return Said::passed(format!(
                "{} is within the cap of {}.",
                spoken(wanted),
                spoken(cap)
            ));
        }
        Said::fails(format!(
            "{} is more than the cap of {} in one order. Order {} at most.",
            spoken(wanted),
            spoken(cap),
            spoken(cap)
        ))
        .mended_by(Mend::Quantity {
            value: cap.normalize().to_string(),
        })
    },
};

pub(crate) const VALUE_CAP: Rule = Rule {
    info: RuleInfo {
        id: "cap.value",
        title: "Order cap: value",
        sentence: "One order is worth no more than the capped value in the account's base currency.",
        params: &[ParamInfo::most(
            "most",
            "The most that one order may cost or bring",
            Unit::Money,
            Some(number(250_000, 0)),
        )],
        ..RuleInfo::LIMIT
    },
    ask: value_cap,
};

fn value_cap(case: &Case<'_>) -> Said {
    let Some(cap) = case.number("most") else {
        return Said::not_applicable();
    };
    let contract = &case.facts.instrument.contract;
    let Some(price) = worst_case_price(case.draft, case.facts.quote, case.book) else {
        return Said::lacks(format!(
            "There is no price of {} to reckon the order's value from. Use a limit order, or wait \
             for a price.",
            contract.symbol
        ));
    };
    let Some(account) = case.facts.account else {
        return Said::not_applicable();
    };
    let Some(rate) = account.rate(contract.currency) else {
        return Said::lacks(format!(
            "The value of {} in the account's base currency is not known.",
            contract.currency
        ));
    };
    let unit = price * contract.multiplier * rate;
    let value = unit * case.draft.quantity.get();
    let base = account.base.map_or(String::new(), |c| format!(" {c}"));
    if value <= cap {
        return Said::passed(format!(
            "About {}{base}, within the cap of {}.",
            money(value),
            money(cap)
        ));
    }
    let most = most_that_fits(case, cap, unit);
    let said = Said::fails(format!(
        "At worst {}{base}, more than the cap of {} for one order. {}",
        money(value),
        money(cap),
        if most > Decimal::ZERO {
            format!("Order {} at most.", spoken(most))
        } else {
            "Not even the smallest order fits.".to_owned()
        }
    ));
    if most > Decimal::ZERO {
        said.mended_by(Mend::Quantity {
            value: most.normalize().to_string(),
        })
    } else {
        said
    }
}
