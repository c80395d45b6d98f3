//! How many orders, how alike, how large against what the person usually does.

use super::{Rule, Said, over, spoken};
use crate::rule::{ParamInfo, RuleInfo, Severity, Unit, number};
use crate::verdict::Mend;
use gatehouse_domain::Decimal;

pub(crate) const ORDERS: Rule = Rule {
    info: RuleInfo {
        id: "limit.orders",
        title: "Number of orders",
        sentence: "No more than so many orders go out in a minute and in 24 hours, from one account and from all. Changes don't count. Off until you set a number.",
        params: &[
            ParamInfo::most("minute", "In a minute, in one account", Unit::Count, None),
            ParamInfo::most("day", "In 24 hours, in one account", Unit::Count, None),
            ParamInfo::most(
                "minute_over_all",
                "In a minute, in all accounts",
                Unit::Count,
                None,
            ),
            ParamInfo::most(
                "day_over_all",
                "In 24 hours, in all accounts",
                Unit::Count,
                None,
            ),
        ],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let sent = &case.facts.sent;
        let caps = [
            ("minute", sent.minute, "in the last minute in this account"),
            ("day", sent.day, "in the last 24 hours in this account"),
            (
                "minute_over_all",
                sent.minute_over_all,
                "in the last minute in all accounts",
            ),
            (
                "day_over_all",
                sent.day_over_all,
                "in the last 24 hours in all accounts",
            ),
        ];
        if case.draft.changes.is_some() || caps.iter().all(|(key, ..)| case.number(key).is_none()) {
            return Said::not_applicable();
        }
        for (key, count, place) in caps {
            if let Some(most) = case.number(key)
                && Decimal::from(count) >= most
            {
                return Said::fails(format!(
                    "{count} orders went out {place}; your limit is {}.",
                    spoken(most)
                ));
            }
        }
        Said::passed("It stays within your number of orders.")
    },
};

pub(crate) const DUPLICATE: Rule = Rule {
    info: RuleInfo {
        id: "limit.duplicate",
        title: "Twice the same order",
        sentence: "An order that is like one sent a moment ago, same account, instrument, side and quantity, is told. Thirty seconds unless you set another time.",
        severity: Some(Severity::Warn),
        params: &[ParamInfo::least(
            "seconds",
            "For how long an order counts as recent",
            Unit::Seconds,
            Some(number(30, 0)),
        )],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        if case.draft.changes.is_some() {
            return Said::not_applicable();
        }
        let (Some(window), Some(last)) = (case.number("seconds"), case.facts.sent.alike) else {
            return Said::passed("No such order went out lately.");
        };
        let ago = case.now.since(last).as_secs();
        if Decimal::from(ago) > window {
            return Said::passed("No such order went out lately.");
        }
        Said::fails(format!(
            "The same order went out {ago} s ago: {} {} in {}. Look in Orders before you send another.",
            spoken(case.draft.quantity.get()),
            case.facts.instrument.contract.label(),
            case.draft.account
        ))
    },
};

pub(crate) const FAT_FINGER: Rule = Rule {
    info: RuleInfo {
        id: "limit.fat-finger",
        title: "Unusual size",
        sentence: "An order for many times what you usually order of this kind of instrument is told: ten times the median of your orders, once there are five.",
        severity: Some(Severity::Warn),
        params: &[ParamInfo::most(
            "times",
            "How many times your usual quantity",
            Unit::Times,
            Some(Decimal::TEN),
        )],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let (Some(times), Some(usual)) = (case.number("times"), case.facts.sent.usual) else {
            return Said::not_applicable();
        };
        let wanted = case.draft.quantity.get();
        if wanted <= usual * times {
            return Said::passed(format!("You usually order {}.", spoken(usual)));
        }
        Said::fails(format!(
            "{} is {} times what you usually order of this kind ({}).",
            spoken(wanted),
            spoken(over(wanted, usual).round_dp(1)),
            spoken(usual)
        ))
        .mended_by(Mend::Quantity {
            value: usual.normalize().to_string(),
        })
    },
};
