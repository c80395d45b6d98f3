//! Day trades, by the regime that the person names for the account.

use super::cash_account::trades_in_cash;
use super::closing::{Closing, closing};
use super::{Case, Rule, Said, money, spoken};
use crate::rule::{Changeable, Group, ParamInfo, RuleInfo, Scope, Severity, Source, Unit, number};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Tag;
use gatehouse_domain::contract::SecurityKind;

/// The regimes, the usual one first.
const REGIMES: &[&str] = &["ask-the-broker", "legacy", "intraday"];

pub(crate) const DAY_TRADES: Rule = Rule {
    info: RuleInfo {
        id: "day-trading.count",
        title: "Day trades",
        sentence: "Brokers may change from counting day trades to intraday margin until 2027-10-20. Until you say which holds, what the broker counts is told.",
        group: Group::DayTrading,
        source: Source {
            name: "FINRA",
            text: "Regulatory Notice 26-10, SEC Release 34-105226; before: Rule 4210(f)(8)",
        },
        scope: Scope {
            securities: &[
                SecurityKind::Stock,
                SecurityKind::Option,
                SecurityKind::Combo,
            ],
            ..Scope::ALL
        },
        severity: Some(Severity::Warn),
        changeable: Changeable::Freely,
        params: &[
            ParamInfo::words("regime", "Which rules hold", Unit::Choice, REGIMES),
            ParamInfo::least(
                "equity",
                "Under the legacy rules, the value from which day trades are not bounded",
                Unit::Money,
                Some(number(25_000, 0)),
            ),
        ],
        ..RuleInfo::HOUSE
    },
    ask: day_trades,
};

fn day_trades(case: &Case<'_>) -> Said {
    let Some(account) = case.facts.account else {
        return Said::not_applicable();
    };
    // Day trades are a matter of margin.
    if trades_in_cash(case) {
        return Said::not_applicable();
    }
    let regime = case.words("regime");
    if regime.contains(&"intraday") {
        return Said::passed(
            "Under intraday margin day trades are not counted; the what-if tells the margin.",
        );
    }
    let left = account.figure(Tag::DayTradesRemaining);
    if left.is_some_and(|left| left < Decimal::ZERO) {
        return Said::passed("The broker does not bound day trades in this account.");
    }
    if regime.contains(&"legacy")
        && let Some(floor) = case.number("equity")
    {
        match account.figure(Tag::NetLiquidation) {
            Some(nlv) if nlv >= floor => {
                return Said::passed(format!(
                    "The account is worth {}, and day trades are bounded below {}.",
                    money(nlv),
                    money(floor)
                ));
            }
            Some(_) => {}
            None => return Said::lacks("The account's value is not known yet."),
        }
    }
    match left {
        None => Said::lacks("The broker has not told how many day trades are left."),
        Some(left) if left >= Decimal::ONE => Said::passed(format!(
            "The broker counts {} day trades left.",
            spoken(left)
        )),
        Some(_) => Said::fails(match closing(case) {
            Closing::Closes => {
                "The broker counts no day trade left. If this closes what was opened today, the \
                 account may be restricted."
            }
            _ => "The broker counts no day trade left: what this opens should not be closed today.",
        }),
    }
}
