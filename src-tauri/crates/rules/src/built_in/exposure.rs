//! Limits on what an account, and all of them together, may hold. Orders that only make a
//! position smaller pass them all.

use super::closing::{Closing, closing};
use super::worth::worth;
use super::{Case, Rule, Said, money, most_that_fits, spoken};
use crate::rule::{ParamInfo, RuleInfo, Unit};
use crate::verdict::Mend;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Tag;
use gatehouse_domain::draft::Side;

pub(super) const CLOSES: &str = "It only makes a position smaller.";

/// A limit that is off until a number is set.
const fn money_most(title: &'static str) -> ParamInfo {
    ParamInfo::most("most", title, Unit::Money, None)
}

pub(super) fn offer(says: String, case: &Case<'_>, room: Decimal, each: Decimal) -> Said {
    let most = most_that_fits(case, room, each);
    let said = Said::fails(says);
    // A combination's quantity is not that of a position.
    if most > Decimal::ZERO && most < case.facts.to_fill(case.draft) && case.facts.changed.is_none()
    {
        said.mended_by(Mend::Quantity {
            value: most.normalize().to_string(),
        })
    } else {
        said
    }
}

/// How many working orders on the same side may still bring.
pub(super) fn on_the_way(case: &Case<'_>) -> Decimal {
    match case.draft.side {
        Side::Buy => case.facts.working_buys,
        Side::Sell => -case.facts.working_sells,
    }
}

pub(crate) const POSITION_SIZE: Rule = Rule {
    info: RuleInfo {
        id: "limit.position-size",
        title: "Position size",
        sentence: "No position grows beyond so many shares or contracts, working orders counted. Off until you set a number.",
        params: &[ParamInfo::most(
            "most",
            "The most shares or contracts held",
            Unit::Quantity,
            None,
        )],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let Some(most) = case.number("most") else {
            return Said::not_applicable();
        };
        if closing(case) == Closing::Closes {
            return Said::passed(CLOSES);
        }
        let Some(held) = case.facts.position else {
            return Said::lacks("What the account holds is not known yet. Wait for the positions.");
        };
        let before = held + on_the_way(case);
        let after = (before + case.draft.side.sign() * case.facts.to_fill(case.draft)).abs();
        if after <= most {
            return Said::passed(format!(
                "{} afterwards, within {}.",
                spoken(after),
                spoken(most)
            ));
        }
        let says = format!(
            "The position would be {}, working orders counted; your limit is {}.",
            spoken(after),
            spoken(most)
        );
        offer(
            says,
            case,
            most - case.draft.side.sign() * before,
            Decimal::ONE,
        )
    },
};

/// The value of the position after the order, working orders on its side counted; what the order
/// adds, and what one of it is worth.
fn position_value(case: &Case<'_>) -> Result<(Decimal, Decimal), Said> {
    let worth = worth(case)?;
    let Some(held) = case.facts.exposure.position else {
        return Err(Said::lacks(
            "What the position is worth is not known yet. Wait for its price.",
        ));
    };
    let before = held + on_the_way(case) * worth.each;
    Ok((before * case.draft.side.sign(), worth.each))
}

pub(crate) const POSITION_VALUE: Rule = Rule {
    info: RuleInfo {
        id: "limit.position-value",
        title: "Position value",
        sentence: "No position is worth more than so much in the account's base currency, working orders counted. Off until you set a number.",
        params: &[money_most("The most that one position may be worth")],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let Some(most) = case.number("most") else {
            return Said::not_applicable();
        };
        if closing(case) == Closing::Closes {
            return Said::passed(CLOSES);
        }
        match position_value(case) {
            Err(said) => said,
            Ok((before, each)) => {
                let after = before + each * case.facts.to_fill(case.draft);
                within(case, "The position", after, most, most - before, each)
            }
        }
    },
};

pub(crate) const NLV_SHARE: Rule = Rule {
    info: RuleInfo {
        id: "limit.share-of-nlv",
        title: "Share of the account",
        sentence: "No position is worth more than a share of the account's net liquidation value, working orders counted. Off until you set a number.",
        params: &[ParamInfo::most(
            "percent",
            "The largest share of the account in one position",
            Unit::Percent,
            None,
        )],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let Some(percent) = case.number("percent") else {
            return Said::not_applicable();
        };
        if closing(case) == Closing::Closes {
            return Said::passed(CLOSES);
        }
        let most = match share_of_nlv(case, percent) {
            Ok(most) => most,
            Err(said) => return said,
        };
        match position_value(case) {
            Err(said) => said,
            Ok((before, each)) => {
                let after = before + each * case.facts.to_fill(case.draft);
                within(case, "The position", after, most, most - before, each)
            }
        }
    },
};

fn share_of_nlv(case: &Case<'_>, percent: Decimal) -> Result<Decimal, Said> {
    let nlv = case
        .facts
        .account
        .and_then(|account| account.figure(Tag::NetLiquidation));
    match nlv {
        // A share of nothing, or less, leaves no room.
        Some(nlv) => Ok((nlv * percent / Decimal::ONE_HUNDRED).max(Decimal::ZERO)),
        None => Err(Said::lacks(
            "The account's net liquidation value is not known yet. Wait for its figures.",
        )),
    }
}

fn within(
    case: &Case<'_>,
    what: &str,
    after: Decimal,
    most: Decimal,
    room: Decimal,
    each: Decimal,
) -> Said {
    if after <= most {
        return Said::passed(format!(
            "{what} comes to {}, within {}.",
            money(after),
            money(most)
        ));
    }
    let says = format!(
        "{what} would come to {}, working orders counted; your limit is {}.",
        money(after),
        money(most)
    );
    offer(says, case, room, each)
}

pub(crate) const CONCENTRATION: Rule = Rule {
    info: RuleInfo {
        id: "limit.concentration",
        title: "Concentration in one symbol",
        sentence: "Shares, options and whatever else is on one symbol are together worth no more than a share of the account, or of all accounts. Options count at their market value. Off until you set a number.",
        params: &[
            ParamInfo::most(
                "percent",
                "The largest share of the account in one symbol",
                Unit::Percent,
                None,
            ),
            ParamInfo::most(
                "percent_over_all",
                "The largest share of all accounts in one symbol",
                Unit::Percent,
                None,
            ),
        ],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let here = case.number("percent");
        let over_all = case.number("percent_over_all");
        if here.is_none() && over_all.is_none() {
            return Said::not_applicable();
        }
        if closing(case) == Closing::Closes {
            return Said::passed(CLOSES);
        }
        let symbol = &case.facts.instrument.contract.symbol;
        let exposure = &case.facts.exposure;
        let nlv = case
            .facts
            .account
            .and_then(|account| account.figure(Tag::NetLiquidation));
        let places = [
            (here, exposure.symbol, nlv, "the account"),
            (
                over_all,
                exposure.symbol_over_all,
                exposure.nlv_over_all,
                "all accounts",
            ),
        ];
        let worth = match worth(case) {
            Ok(worth) => worth,
            Err(said) => return said,
        };
        let adds = worth.each * (case.facts.to_fill(case.draft) + on_the_way(case).abs());
        for (percent, held, nlv, place) in places {
            let Some(percent) = percent else { continue };
            let (Some(held), Some(nlv)) = (held, nlv) else {
                return Said::lacks(format!(
                    "How much of {place} is in {symbol} is not known: a price, an exchange rate or \
                     a figure is missing."
                ));
            };
            let most = (nlv * percent / Decimal::ONE_HUNDRED).max(Decimal::ZERO);
            if held + adds > most {
                return offer(
                    format!(
                        "{symbol} would come to {} in {place}; your limit of {} % is {}.",
                        money(held + adds),
                        spoken(percent),
                        money(most)
                    ),
                    case,
                    most - held - worth.each * on_the_way(case).abs(),
                    worth.each,
                );
            }
        }
        Said::passed(format!("{symbol} stays within its share."))
    },
};

/// What is held and what working orders and this one may add.
fn gross_after(case: &Case<'_>) -> Result<(Decimal, Decimal, Decimal), Said> {
    let worth = worth(case)?;
    let (Some(gross), Some(working)) = (case.facts.exposure.gross, case.facts.working_buys_cost)
    else {
        return Err(Said::lacks(
            "What the account's positions and working orders come to is not known: a price or an \
             exchange rate is missing.",
        ));
    };
    let before = gross + working;
    Ok((
        before,
        before + worth.each * case.facts.to_fill(case.draft),
        worth.each,
    ))
}

pub(crate) const GROSS: Rule = Rule {
    info: RuleInfo {
        id: "limit.gross-exposure",
        title: "Gross exposure",
        sentence: "Long and short positions together are worth no more than so much, working purchases counted. Off until you set a number.",
        params: &[
            money_most("The most that the account's positions may be worth"),
            ParamInfo::most(
                "most_over_all",
                "The most that the positions of all accounts may be worth",
                Unit::Money,
                None,
            ),
        ],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let (here, over_all) = (case.number("most"), case.number("most_over_all"));
        if here.is_none() && over_all.is_none() {
            return Said::not_applicable();
        }
        if closing(case) == Closing::Closes {
            return Said::passed(CLOSES);
        }
        let (before, after, each) = match gross_after(case) {
            Ok(known) => known,
            Err(said) => return said,
        };
        if let Some(most) = over_all {
            let Some(gross) = case.facts.exposure.gross_over_all else {
                return Said::lacks(
                    "What the positions of all accounts come to is not known, or not in one \
                     currency.",
                );
            };
            let all = gross + (after - case.facts.exposure.gross.unwrap_or_default());
            if all > most {
                let says = format!(
                    "The positions of all accounts would come to {}; your limit is {}.",
                    money(all),
                    money(most)
                );
                return offer(says, case, most - (all - (after - before)), each);
            }
        }
        match here {
            Some(most) => within(
                case,
                "The account's positions",
                after,
                most,
                most - before,
                each,
            ),
            None => Said::passed("The positions of all accounts stay within your limit."),
        }
    },
};

pub(crate) const NET: Rule = Rule {
    info: RuleInfo {
        id: "limit.net-exposure",
        title: "Net exposure",
        sentence: "Long less short positions are worth no more than so much either way. Off until you set a number.",
        params: &[money_most(
            "The most that long less short may come to, either way",
        )],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let Some(most) = case.number("most") else {
            return Said::not_applicable();
        };
        let worth = match worth(case) {
            Ok(worth) => worth,
            Err(said) => return said,
        };
        let Some(net) = case.facts.exposure.net else {
            return Said::lacks("What the account's positions come to is not known.");
        };
        let after = net
            + case.draft.side.sign()
                * worth.each
                * (case.facts.to_fill(case.draft) + on_the_way(case).abs());
        if after.abs() <= most || after.abs() < net.abs() {
            return Said::passed(format!("{} afterwards.", money(after)));
        }
        Said::fails(format!(
            "Long less short would come to {}{}; your limit is {} either way.",
            money(after),
            worth.currency(),
            money(most)
        ))
    },
};

pub(crate) const LEVERAGE: Rule = Rule {
    info: RuleInfo {
        id: "limit.leverage",
        title: "Leverage",
        sentence: "Positions, working purchases counted, are worth no more than so many times the account's net liquidation value. Off until you set a number.",
        params: &[ParamInfo::most(
            "times",
            "How many times the account's value",
            Unit::Times,
            None,
        )],
        ..RuleInfo::LIMIT
    },
    ask: |case| {
        let Some(times) = case.number("times") else {
            return Said::not_applicable();
        };
        if closing(case) == Closing::Closes {
            return Said::passed(CLOSES);
        }
        let most = match share_of_nlv(case, times * Decimal::ONE_HUNDRED) {
            Ok(most) => most,
            Err(said) => return said,
        };
        match gross_after(case) {
            Err(said) => said,
            Ok((before, after, each)) => within(
                case,
                "The account's positions",
                after,
                most,
                most - before,
                each,
            ),
        }
    },
};
