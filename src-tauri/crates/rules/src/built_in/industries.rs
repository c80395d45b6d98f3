//! Concentration in one industry, as the broker sorts its contracts.
//!
//! Deliberately not here: groups that the person makes, see [`super::groups`].

use super::closing::{Closing, closing};
use super::exposure::{CLOSES, offer, on_the_way};
use super::worth::{Worth, worth};
use super::{Case, Rule, Said, money, spoken};
use crate::rule::{ParamInfo, RuleInfo, Scope, Unit};
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Tag;
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::draft::Side;

pub(crate) const INDUSTRIES: Rule = Rule {
    info: RuleInfo {
        id: "limit.industry-concentration",
        title: "Concentration in one industry",
        sentence: "Stocks and options of one industry, as IBKR sorts them, are together worth no more than a share of the account, or of all accounts; working purchases are counted, options at their market value. Off until you set a number.",
        scope: Scope {
            securities: &[
                SecurityKind::Stock,
                SecurityKind::Option,
                SecurityKind::Combo,
            ],
            ..Scope::ALL
        },
        params: &[
            ParamInfo::most(
                "percent",
                "The largest share of the account in one industry",
                Unit::Percent,
                None,
            ),
            ParamInfo::most(
                "percent_over_all",
                "The largest share of all accounts in one industry",
                Unit::Percent,
                None,
            ),
            ParamInfo::words(
                "industries",
                "Industries with a share of their own in the account, such as Technology: 30",
                Unit::Symbols,
                &[],
            ),
        ],
        ..RuleInfo::LIMIT
    },
    ask: industries,
};

fn industries(case: &Case<'_>) -> Said {
    let instrument = case.facts.instrument;
    let symbol = &instrument.contract.symbol;
    let over_all = case.number("percent_over_all");
    let named = case.words("industries");
    if case.number("percent").is_none() && over_all.is_none() && named.is_empty() {
        return Said::not_applicable();
    }
    if closing(case) == Closing::Closes {
        return Said::passed(CLOSES);
    }
    let Some(industry) = instrument.business.industry.as_deref() else {
        return Said::lacks(format!(
            "IBKR does not tell which industry {symbol} is in, so what it would add to is not known."
        ));
    };
    let here = match own_share(&named, industry) {
        Ok(share) => share.or_else(|| case.number("percent")),
        Err(line) => {
            return Said::lacks(format!(
                "\u{201c}{line}\u{201d} is no industry with its share. Write it as Technology: 30."
            ));
        }
    };
    if here.is_none() && over_all.is_none() {
        return Said::not_applicable();
    }
    let worth = match worth(case) {
        Ok(worth) => worth,
        Err(said) => return said,
    };
    let nlv = worth.account.figure(Tag::NetLiquidation);
    let places = [
        (here, In::Account, nlv),
        (over_all, In::All, case.facts.exposure.nlv_over_all),
    ];
    places
        .into_iter()
        .filter_map(|(percent, place, nlv)| Some((percent?, place, nlv)))
        .find_map(|(percent, place, nlv)| exceeded(case, &worth, industry, percent, place, nlv))
        .unwrap_or_else(|| Said::passed(format!("{industry} stays within its share.")))
}

/// Where something is held.
#[derive(Debug, Clone, Copy)]
enum In {
    Account,
    All,
}

impl In {
    fn words(self) -> &'static str {
        match self {
            Self::Account => "the account",
            Self::All => "all accounts",
        }
    }

    /// What is held of an industry, and of what the industry was not told; each `None` while it
    /// is not known.
    fn held(self, case: &Case<'_>, industry: &str) -> Option<(Option<Decimal>, Option<Decimal>)> {
        let sums = case.facts.by_industry?;
        let sum = |of: &dyn Fn(Option<&str>) -> bool| -> Option<Decimal> {
            let of_it = sums.iter().filter(|sum| of(sum.industry));
            of_it
                .map(|sum| match self {
                    Self::Account => sum.here,
                    Self::All => sum.over_all,
                })
                .sum()
        };
        let same = |other: Option<&str>| other.is_some_and(|o| o.eq_ignore_ascii_case(industry));
        Some((sum(&same), sum(&|other| other.is_none())))
    }
}

/// What is wrong in one place after the order; `None` when nothing is.
fn exceeded(
    case: &Case<'_>,
    worth: &Worth<'_>,
    industry: &str,
    percent: Decimal,
    place: In,
    nlv: Option<Decimal>,
) -> Option<Said> {
    let at = place.words();
    let held = place.held(case, industry);
    let (Some((Some(held), untold)), Some(nlv)) = (held, nlv) else {
        return Some(Said::lacks(format!(
            "How much of {at} is in {industry} is not known: a price, an exchange rate or a figure \
             is missing."
        )));
    };
    // Working purchases are in what is held.
    let on_the_way = match case.draft.side {
        Side::Buy => Decimal::ZERO,
        Side::Sell => on_the_way(case).abs() * worth.each,
    };
    let most = (nlv * percent / Decimal::ONE_HUNDRED).max(Decimal::ZERO);
    let after = held + on_the_way + worth.each * case.facts.to_fill(case.draft);
    if after > most {
        let says = format!(
            "{industry} would come to {}{} in {at}; your limit of {} % is {}.",
            money(after),
            worth.currency(),
            spoken(percent),
            money(most)
        );
        return Some(offer(says, case, most - held - on_the_way, worth.each));
    }
    let within = untold.is_some_and(|untold| after + untold <= most);
    (!within).then(|| {
        Said::lacks(format!(
            "{industry} would come to {} in {at}, and {} more is held of which IBKR did not tell \
             the industry; your limit of {} % is {}.",
            money(after),
            untold.map_or_else(|| "an amount that is not known".to_owned(), money),
            spoken(percent),
            money(most)
        ))
    })
}

/// The share that is set for this very industry; the line that can't be read otherwise.
fn own_share<'a>(lines: &[&'a str], industry: &str) -> Result<Option<Decimal>, &'a str> {
    let mut found = None;
    for line in lines {
        let (name, share) = line.rsplit_once(':').ok_or(*line)?;
        let share: Decimal = share
            .trim()
            .trim_end_matches('%')
            .trim()
            .parse()
            .map_err(|_| *line)?;
        if share.is_sign_negative() || share > Decimal::ONE_THOUSAND {
            return Err(line);
        }
        if name.trim().eq_ignore_ascii_case(industry) {
            found = Some(share);
        }
    }
    Ok(found)
}
