//! A plan in sentences.

use super::super::words::{count, money, number, price};
use super::gather::Gathered;
use gatehouse_analytics::rebalance::{
    AccountFacts, Left, Line, Others, Outcome, Place, Pot, Problem, Row, ScopePlan, ShortOf,
    Wanted, Wash, Wish,
};
use gatehouse_domain::Decimal;
use gatehouse_domain::draft::Side;

pub(super) fn title(scope: &ScopePlan, gathered: &Gathered) -> String {
    let named = |at: usize| {
        let account = &gathered.household.accounts[at];
        format!("{} {}", account.kind.words(), account.id)
    };
    match scope.accounts[..] {
        [one] => named(one),
        ref several => format!("Household of {} accounts", several.len()),
    }
}

pub(super) fn pot(pot: &Pot) -> String {
    let kept = match pot.to_keep.is_zero() {
        true => String::new(),
        false => format!(" less {} to keep", money(pot.to_keep)),
    };
    format!(
        "Weights are of {} {}: cash of {}{kept}, and {} of positions that have a target.",
        money(pot.total()),
        pot.currency,
        money(pot.cash),
        money(pot.held)
    )
}

pub(super) fn problem(problem: &Problem, gathered: &Gathered) -> String {
    let id = |at: &usize| gathered.household.accounts[*at].id.as_str();
    match problem {
        Problem::Over(sum) => {
            format!(
                "The weights add to {} %. Bring them to 100 % at most.",
                number(*sum)
            )
        }
        Problem::NoBase(at) => format!(
            "The broker has not told the base currency of {} yet. Wait a moment, or leave the account alone.",
            id(at)
        ),
        Problem::NoCash(at) => format!(
            "The cash of {} is not known in this session yet. Wait a moment, or leave the account alone.",
            id(at)
        ),
        Problem::NoRate { account, currency } => format!(
            "{} has another base currency, and its exchange rate to {currency} is not known. Plan \
             each account by itself, or leave this one alone.",
            id(account)
        ),
        Problem::NoValue { account, listing } => {
            let symbol = &gathered.household.listings[*listing].symbol;
            format!(
                "What {} holds of {symbol} has no price and no value, so no weight can be reckoned. \
                 Wait for a price, or take {symbol} out of the targets.",
                id(account)
            )
        }
        Problem::Empty => {
            "After what is owed and what is to be kept there is nothing to share out.".to_owned()
        }
        Problem::TooLarge => "A figure is too large to be reckoned with.".to_owned(),
    }
}

/// What to know of a scope beside its rows.
pub(super) fn scope_notes(scope: &ScopePlan, gathered: &Gathered) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(pot) = scope.pot else {
        return notes;
    };
    if scope.weights < Decimal::ONE_HUNDRED {
        notes.push(format!(
            "The weights add to {} %: the other {} % stay in cash.",
            number(scope.weights),
            number(Decimal::ONE_HUNDRED - scope.weights)
        ));
    }
    for at in &scope.accounts {
        let account = &gathered.household.accounts[*at];
        let (Some(cash), Some(base)) = (account.cash, account.base) else {
            continue;
        };
        if cash < Decimal::ZERO {
            notes.push(format!(
                "{} owes {} {base}: what its sales bring pays that first.",
                account.id,
                money(-cash)
            ));
        }
        if account.settled_only {
            notes.push(format!(
                "{} ({}) spends settled cash only: {} {base}{}. What its sales bring can be spent \
                 once it has settled; plan again then.",
                account.id,
                account.kind.words(),
                account.settled_cash.map_or("not known".to_owned(), money),
                taken(account)
            ));
        }
    }
    if pot.to_keep > Decimal::ZERO && pot.cash < pot.to_keep {
        notes.push(format!(
            "There is less cash than is to be kept: {} of {} {}.",
            money(pot.cash),
            money(pot.to_keep),
            pot.currency
        ));
    }
    notes
}

/// What of an account's cash is not free, as the end of a sentence.
fn taken(account: &AccountFacts) -> String {
    let known = |sum: Option<Decimal>| sum.map_or("an unknown part".to_owned(), money);
    let mut parts = Vec::new();
    if account.bound != Some(Decimal::ZERO) {
        let bound = known(account.bound);
        parts.push(format!("{bound} of it is bound by options that it sold"));
    }
    if account.working_buys != Some(Decimal::ZERO) {
        let wanted = known(account.working_buys);
        parts.push(format!("{wanted} of it is for working purchases"));
    }
    parts.iter().map(|part| format!(", {part}")).collect()
}

/// What to know of the whole plan.
pub(super) fn notes(wish: &Wish, gathered: &Gathered) -> Vec<String> {
    let mut notes = Vec::new();
    for target in &wish.targets {
        if let Wanted::Unknown(name) = &target.wanted {
            notes.push(match name.strip_prefix('#') {
                Some(_) => format!(
                    "No symbol of {name} is known, so its {} % stay in cash. Check the spelling under Tags.",
                    number(target.weight)
                ),
                None => format!(
                    "{name} is not known, so its {} % stay in cash. Check the spelling, or choose it from \
                     the search.",
                    number(target.weight)
                ),
            });
        }
    }
    let locked: Vec<&str> = gathered
        .household
        .accounts
        .iter()
        .filter(|account| account.locked)
        .map(|account| account.id.as_str())
        .collect();
    if !locked.is_empty() {
        notes.push(format!(
            "Left alone, and not counted: {}.",
            locked.join(", ")
        ));
    }
    notes.push(match wish.others {
        Others::Keep => "Stocks without a target stay as they are.".to_owned(),
        Others::Sell => "Stocks without a target are sold.".to_owned(),
    });
    if gathered.others > 0 {
        notes.push(format!(
            "{} in options, futures and the like: not touched, and not counted.",
            count(
                u32::try_from(gathered.others).unwrap_or(u32::MAX),
                "position"
            )
        ));
    }
    notes
}

pub(super) fn why(row: &Row, gathered: &Gathered) -> String {
    let symbol = &gathered.household.listings[row.listing].symbol;
    let percent = |share: Option<Decimal>| share.map_or("—".to_owned(), number);
    match &row.outcome {
        Outcome::Left(left) => left_alone(left, row, symbol),
        Outcome::Order(line) => {
            let weights = match (line.side, row.target) {
                (Side::Sell, Some(target)) if target.is_zero() => {
                    "It is wanted no more.".to_owned()
                }
                _ => format!(
                    "{} % of the pot, {} % is wanted.",
                    percent(row.before),
                    percent(row.target)
                ),
            };
            let currency = gathered.household.listings[row.listing].currency;
            let place = place(line.place, &currency.to_string());
            let cut = line.cut.map_or_else(String::new, |cut| {
                let of = match cut.short_of {
                    ShortOf::Cash => "there is no cash for more",
                    ShortOf::SettledCash => "no more cash has settled",
                    ShortOf::FreeShares => "the others cover options that were sold",
                    ShortOf::FreeCash => "sold options bind the rest of the cash",
                    ShortOf::KnownCash => {
                        "what a working order or sold options may cost is not known, and so what \
                         cash is left"
                    }
                };
                format!(" {} were wanted in all; {of}.", number(cut.wanted))
            });
            let shared = match line.shared {
                true => " Shared by accounts of this kind, to each by the cash that is free in it.",
                false => "",
            };
            format!("{weights}{place}{shared}{cut}")
        }
    }
}

fn place(place: Place, currency: &str) -> String {
    match place {
        Place::Own => String::new(),
        Place::Loss(each) => format!(
            " Sold here first: it stands at a loss of {} {currency} a share, which counts for tax.",
            money(each)
        ),
        Place::NoTax => " Sold in the IRA: no gain is taxed there.".to_owned(),
        Place::WashedLoss(each) => format!(
            " It stands at a loss of {} {currency} a share here, which a purchase of the last 30 days \
             takes away.",
            money(each)
        ),
        Place::Gain(each) if each.is_zero() => " Sold here at what it cost.".to_owned(),
        Place::Gain(each) => format!(
            " It realizes a gain of {} {currency} a share; the smallest gains are sold first.",
            money(each)
        ),
        Place::CostUnknown => " Sold here last: what it cost is not known.".to_owned(),
        Place::SheltersIncome => {
            " Bought in the IRA: tagged tax-inefficient, and its income is not taxed there.".to_owned()
        }
        Place::Roth => " Bought in the Roth IRA first, as tagged.".to_owned(),
        Place::Taxable => {
            " Bought in the taxable account: the IRAs are left for what gains from them.".to_owned()
        }
        Place::AwayFromIra => {
            " Bought in the taxable account: after a sale at a loss, a purchase in an IRA would lose \
             the loss for good."
                .to_owned()
        }
        Place::CashIsHere => " Bought here because this is where cash is left.".to_owned(),
    }
}

fn left_alone(left: &Left, row: &Row, symbol: &str) -> String {
    match left {
        Left::InBand => "Within its band.".to_owned(),
        Left::LessThanAStep => "Less than one share off.".to_owned(),
        Left::TooSmall => "The trade would be smaller than the least that you set.".to_owned(),
        Left::Locked => "Locked: left as it is.".to_owned(),
        Left::Working => format!(
            "An order in {symbol} is still working, or what it filled does not show in the positions \
             yet. Plan again once it does, so that nothing is done twice."
        ),
        Left::NoPrice => format!("Stopped: there is no price of {symbol}."),
        Left::StalePrice(mark) => format!(
            "Stopped: the price of {symbol}, {}, is not live and fresh.",
            price(mark.value)
        ),
        Left::NoRate(currency) => {
            format!("Stopped: the exchange rate of {currency} is not known.")
        }
        Left::Short => format!("Stopped: {symbol} is held short. Close that in a ticket first."),
        Left::NothingToSell => "Nothing of it is held.".to_owned(),
        Left::Covers | Left::NoCash(ShortOf::FreeShares) => format!(
            "Stopped: {symbol} covers options that were sold, or what covers those is not known. \
             Buy them back first, or close both as one combination."
        ),
        Left::NoCash(ShortOf::Cash) => "There is no cash for it.".to_owned(),
        Left::NoCash(ShortOf::SettledCash) => {
            "There is no settled cash for it. Plan again once the sales have settled.".to_owned()
        }
        Left::NoCash(ShortOf::FreeCash) => {
            "There is no cash for it that sold options do not bind.".to_owned()
        }
        Left::NoCash(ShortOf::KnownCash) => {
            "Stopped: what a working order or sold options may cost is not known, and so what cash \
             is left."
                .to_owned()
        }
        Left::NotNamed if row.target.is_none() => "No target: it stays.".to_owned(),
        Left::NotNamed => "It stays.".to_owned(),
    }
}

pub(super) fn warnings(line: &Line) -> Vec<String> {
    let says = match line.wash {
        None => return Vec::new(),
        Some(Wash::BoughtLately) => {
            "Wash sale: it was bought within 30 days, so the loss does not count now."
        }
        Some(Wash::PlanBuys) => {
            "Wash sale: the plan buys it in another account, so the loss does not count now."
        }
        Some(Wash::SoldAtLoss { in_ira: false }) => {
            "Wash sale: it is bought within 30 days of a sale at a loss, which then does not count now."
        }
        Some(Wash::SoldAtLoss { in_ira: true }) => {
            "Wash sale in an IRA: it is bought within 30 days of a sale at a loss, which is then lost \
             for good (Rev. Rul. 2008-5)."
        }
    };
    vec![says.to_owned()]
}
