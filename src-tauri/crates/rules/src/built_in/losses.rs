//! What follows losses: only orders that make a position smaller.

use super::closing::{Closing, closing};
use super::{Case, Rule, Said, money, over, spoken};
use crate::rule::{ParamInfo, RuleInfo, Unit};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Tag;

/// What a rule says once its line is crossed: closing goes on, opening does not.
fn closing_only(case: &Case<'_>, why: String) -> Said {
    match closing(case) {
        Closing::Closes => Said::passed(format!("{why} This only makes a position smaller.")),
        Closing::Unknown => Said::lacks(format!(
            "{why} Whether this makes a position smaller is not known yet."
        )),
        Closing::Opens { .. } => Said::fails(format!(
            "{why} Only orders that make a position smaller go out."
        )),
    }
}

pub(crate) const DAILY_LOSS: Rule = Rule {
    info: RuleInfo {
        id: "limit.daily-loss",
        title: "Daily loss",
        sentence: "After a loss of so much on a day, realized and unrealized, positions are only made smaller. Off until you set a number.",
        params: &[
            ParamInfo::most(
                "most",
                "The most that the account may lose on a day",
                Unit::Money,
                None,
            ),
            ParamInfo::most(
                "most_over_all",
                "The most that all accounts may lose on a day",
                Unit::Money,
                None,
            ),
        ],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let here = case
            .facts
            .account
            .and_then(|account| account.figure(Tag::DailyPnl));
        let places = [
            (case.number("most"), here, "The account"),
            (
                case.number("most_over_all"),
                case.facts.exposure.daily_pnl_over_all,
                "All accounts together",
            ),
        ];
        if places.iter().all(|(most, ..)| most.is_none()) {
            return Said::not_applicable();
        }
        for (most, pnl, who) in places {
            let Some(most) = most else { continue };
            let Some(pnl) = pnl else {
                return Said::lacks("The day's profit and loss is not known yet.");
            };
            if -pnl >= most {
                let why = format!(
                    "{who} lost {} today; your limit is {}.",
                    money(-pnl),
                    money(most)
                );
                return closing_only(case, why);
            }
        }
        Said::passed("The day's loss is within your limit.")
    },
};

pub(crate) const DRAWDOWN: Rule = Rule {
    info: RuleInfo {
        id: "limit.drawdown",
        title: "Drawdown",
        sentence: "When the account's value lies so far below the highest that Gatehouse has seen of it since the limit was set, positions are only made smaller. A withdrawal counts as a loss. Off until you set a number.",
        params: &[ParamInfo::most(
            "percent",
            "How far below its highest value",
            Unit::Percent,
            None,
        )],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let Some(percent) = case.number("percent") else {
            return Said::not_applicable();
        };
        let nlv = case
            .facts
            .account
            .and_then(|account| account.figure(Tag::NetLiquidation));
        let (Some(nlv), Some(high)) = (nlv, case.facts.high_water) else {
            return Said::lacks("The account's value, or its highest, is not known yet.");
        };
        if high <= Decimal::ZERO {
            return Said::lacks("The account's highest value is not above zero.");
        }
        let down = over(high - nlv, high) * Decimal::ONE_HUNDRED;
        if down < percent {
            return Said::passed(format!(
                "{} % below its highest value.",
                spoken(down.max(Decimal::ZERO).round_dp(1))
            ));
        }
        let why = format!(
            "The account is worth {}, {} % below its highest value of {}; your limit is {} %.",
            money(nlv),
            spoken(down.round_dp(1)),
            money(high),
            spoken(percent)
        );
        closing_only(case, why)
    },
};

pub(crate) const CUSHION: Rule = Rule {
    info: RuleInfo {
        id: "limit.margin-cushion",
        title: "Margin cushion",
        sentence: "When excess liquidity is less than a share of the account's value, positions are only made smaller. Judged by the figures before the order. Off until you set a number.",
        params: &[ParamInfo::least(
            "percent",
            "The least share of the account's value",
            Unit::Percent,
            None,
        )],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let Some(percent) = case.number("percent") else {
            return Said::not_applicable();
        };
        let figure = |tag| case.facts.account.and_then(|account| account.figure(tag));
        let (Some(excess), Some(nlv)) = (figure(Tag::ExcessLiquidity), figure(Tag::NetLiquidation))
        else {
            return Said::lacks("The account's excess liquidity is not known yet.");
        };
        let cushion = match nlv > Decimal::ZERO {
            true => over(excess, nlv) * Decimal::ONE_HUNDRED,
            false => Decimal::ZERO,
        };
        if cushion >= percent && nlv > Decimal::ZERO {
            return Said::passed(format!("The cushion is {} %.", spoken(cushion.round_dp(1))));
        }
        let why = format!(
            "The margin cushion is {} %; your floor is {} %.",
            spoken(cushion.round_dp(1)),
            spoken(percent)
        );
        closing_only(case, why)
    },
};
