//! From what is held to what is wanted: which orders bring the weights about, account by account
//! or over the household, each with the reason for its place in a sentence.
//!
//! A *scope* is what weights are shares of: one account, or the household. Its *pot* is the cash of
//! its accounts, less what is to be kept, and the value of the positions that have a target. What
//! has no target and stays is outside of the pot and never touched.
//!
//! A purchase goes where it is best for tax, and among accounts that are alike to each by the cash
//! that is free in it. It spends cash that is there: settled cash in an IRA and in a cash account,
//! else cash and what the plan's own sales bring; never what working orders may take or what sold
//! options bind. Nothing is sold short, and nothing is borrowed but, in a margin account that holds
//! several currencies, one of them against another. What has no fresh price,
//! no exchange rate, or an order that still works, is stopped and said, never counted as zero.
//!
//! Deliberately not here: moving a position from one account to another to save tax, prices to
//! trade at, rules, and anything that sends an order.

mod buy;
pub mod commission;
mod place;
mod pot;
pub mod read;

use gatehouse_domain::Decimal;
use gatehouse_domain::account::AccountKind;
use gatehouse_domain::decimal::Currency;
use gatehouse_domain::draft::Side;
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::observed::Observed;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of an account; money is in its base currency.
#[derive(Debug, Clone)]
pub struct AccountFacts {
    pub id: AccountId,
    pub kind: AccountKind,
    /// It spends settled cash only: an IRA, or an account that trades in cash.
    pub settled_only: bool,
    pub base: Option<Currency>,
    pub cash: Option<Decimal>,
    pub settled_cash: Option<Decimal>,
    /// What its working purchases may still cost; `None` when one of them can't be priced.
    pub working_buys: Option<Decimal>,
    /// What options that it sold may cost at their end, where cash secures them; `None` when that
    /// can't be reckoned.
    pub bound: Option<Decimal>,
    /// What one unit of another currency is worth in the base currency.
    pub rates: BTreeMap<Currency, Decimal>,
    /// The person wants it left alone.
    pub locked: bool,
}

impl AccountFacts {
    fn rate(&self, currency: Currency) -> Option<Decimal> {
        if self.base == Some(currency) {
            return Some(Decimal::ONE);
        }
        let sane =
            |rate: &Decimal| *rate >= Decimal::new(1, 6) && *rate <= Decimal::from(1_000_000);
        self.rates.get(&currency).copied().filter(sane)
    }
}

/// What the market says of a listing.
#[derive(Debug, Clone, Copy)]
pub enum Quoted {
    /// Live and fresh.
    Fresh {
        mark: Observed<Decimal>,
        bid: Option<Decimal>,
        ask: Option<Decimal>,
    },
    /// Old, delayed or frozen: it values what is held, and nothing is traded on it.
    Stale(Observed<Decimal>),
    Missing,
}

/// Something that may be bought or sold by the share.
#[derive(Debug, Clone)]
pub struct Listing {
    pub con_id: ConId,
    pub symbol: String,
    pub currency: Currency,
    /// The step of quantities; `None` when it is not known.
    pub step: Option<Decimal>,
    pub quoted: Quoted,
    /// The person wants it left alone.
    pub locked: bool,
    /// Its income is taxed as it comes, so an IRA is its better place.
    pub tax_inefficient: bool,
    /// The person wants it in a Roth IRA first.
    pub roth_first: bool,
    /// Some account bought it in the last 30 days.
    pub bought_lately: bool,
    /// Some taxable account sold it at a loss in the last 30 days.
    pub sold_at_loss_lately: bool,
}

/// What an account has of a listing.
#[derive(Debug, Clone, Copy)]
pub struct Holding {
    /// Its place in [`Household::accounts`].
    pub account: usize,
    /// Its place in [`Household::listings`].
    pub listing: usize,
    /// Below zero when short.
    pub quantity: Decimal,
    /// How many of them can be sold with every option that was sold left covered; `None` when that
    /// is not known.
    pub free: Option<Decimal>,
    /// What one cost on average, in the listing's currency.
    pub cost: Option<Decimal>,
    /// What the broker says it is worth, in the account's base currency.
    pub value: Option<Decimal>,
}

/// All that a plan is made from.
#[derive(Debug, Clone, Default)]
pub struct Household {
    pub accounts: Vec<AccountFacts>,
    pub listings: Vec<Listing>,
    pub holdings: Vec<Holding>,
    /// Account and listing of orders that may still fill, or have and the holdings do not show it.
    pub working: BTreeSet<(usize, usize)>,
}

/// What a weight is given to.
#[derive(Debug, Clone)]
pub enum Wanted {
    Listing(usize),
    /// Split over its members as they are held; evenly when none is.
    Tag {
        name: String,
        members: Vec<usize>,
    },
    /// Nobody knows what it is: its share stays in cash.
    Unknown(String),
}

/// A wanted weight.
#[derive(Debug, Clone)]
pub struct Target {
    /// In this account alone; `None` as [`Wish::spread`] says.
    pub account: Option<usize>,
    pub wanted: Wanted,
    /// In percent of the pot.
    pub weight: Decimal,
    /// How many percentage points the weight may be off; `None`: as [`Wish::band`] says.
    pub band: Option<Decimal>,
}

/// Where the targets hold that name no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Over the accounts together that have no targets of their own.
    Household,
    /// In each of those accounts by itself.
    EachAccount,
}

/// What becomes of positions without a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    Keep,
    Sell,
}

/// What the person wants.
#[derive(Debug, Clone)]
pub struct Wish {
    pub targets: Vec<Target>,
    pub spread: Spread,
    pub others: Others,
    /// In percentage points.
    pub band: Decimal,
    /// In each account, in its base currency.
    pub cash_to_keep: Decimal,
    /// Orders of less than this are left out; in the account's base currency.
    pub least: Decimal,
    /// Parts of a share, where the listing has them.
    pub fractions: bool,
    /// What a purchase may cost beyond the offer, as a share of it.
    pub cushion: Decimal,
}

/// What comes of it.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub scopes: Vec<ScopePlan>,
}

/// What weights are shares of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pot {
    pub currency: Currency,
    /// Below zero when money is owed.
    pub cash: Decimal,
    pub to_keep: Decimal,
    /// The positions with a target.
    pub held: Decimal,
}

impl Pot {
    #[must_use]
    pub fn total(&self) -> Decimal {
        self.cash + self.held - self.to_keep
    }
}

/// The plan of one scope.
#[derive(Debug, Clone)]
pub struct ScopePlan {
    /// Places in [`Household::accounts`].
    pub accounts: Vec<usize>,
    /// `None` when there is a [`problem`](Self::problem).
    pub pot: Option<Pot>,
    /// Why nothing can be reckoned.
    pub problem: Option<Problem>,
    /// The sum of the weights, in percent.
    pub weights: Decimal,
    /// One for each target, or one for each order of it; sales first.
    pub rows: Vec<Row>,
}

/// Why a scope has no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The weights add to more than 100 %.
    Over(Decimal),
    /// The broker has not told the account's base currency.
    NoBase(usize),
    /// The broker has not told the account's cash.
    NoCash(usize),
    /// No rate from the account's base currency into the scope's.
    NoRate { account: usize, currency: Currency },
    /// What this account holds of this listing has no value.
    NoValue { account: usize, listing: usize },
    /// There is nothing to share out.
    Empty,
    /// A sum is too large to be reckoned.
    TooLarge,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub listing: usize,
    /// In percent of the pot; `None` for what is outside of it.
    pub target: Option<Decimal>,
    pub before: Option<Decimal>,
    pub after: Option<Decimal>,
    pub outcome: Outcome,
}

/// What is to be done, or why nothing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Order(Line),
    Left(Left),
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub account: usize,
    pub side: Side,
    /// Above zero.
    pub quantity: Decimal,
    /// What it was reckoned with.
    pub mark: Observed<Decimal>,
    /// Quantity × mark in the account's base currency.
    pub value: Decimal,
    /// An estimate in the account's base currency; `None` where no tariff is known here.
    pub commission: Option<Decimal>,
    pub place: Place,
    /// Whether accounts that are alike share the purchase, each by the cash that is free in it.
    pub shared: bool,
    /// Why it is for less than wanted.
    pub cut: Option<Cut>,
    pub wash: Option<Wash>,
}

/// Why an order is in its account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// There is only this one.
    Own,
    /// A loss of so much a share, which counts for tax.
    Loss(Decimal),
    /// An IRA realizes no gain.
    NoTax,
    /// A loss that a purchase of the last 30 days takes away.
    WashedLoss(Decimal),
    /// A gain of so much a share; what is cheaper to sell was sold first.
    Gain(Decimal),
    /// What it cost is not known.
    CostUnknown,
    /// Its income is not taxed in an IRA.
    SheltersIncome,
    /// The person wants it in a Roth IRA.
    Roth,
    /// The taxable accounts come first for what is tagged in no way.
    Taxable,
    /// A purchase in an IRA would lose the loss of a sale for good.
    AwayFromIra,
    /// The better places have no cash left.
    CashIsHere,
}

/// Why an order is for less than wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// What was wanted over all accounts of the scope.
    pub wanted: Decimal,
    pub short_of: ShortOf,
}

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShortOf {
    Cash,
    /// Sales of the plan bring cash that settles later.
    SettledCash,
    /// Options that were sold bind cash.
    FreeCash,
    /// Shares cover options that were sold; of a sale only.
    FreeShares,
    /// What a working order or sold options may cost is not known, so what is left isn't either.
    KnownCash,
}

/// How the wash-sale rule speaks to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wash {
    /// It sells at a loss what was bought in the last 30 days.
    BoughtLately,
    /// It sells at a loss what another order of the plan buys.
    PlanBuys,
    /// It buys what was sold at a loss in the last 30 days, or what the plan sells at one.
    SoldAtLoss { in_ira: bool },
}

/// Why there is no order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    InBand,
    /// It would be for less than one step.
    LessThanAStep,
    TooSmall,
    Locked,
    /// An order for it still works in an account of the scope.
    Working,
    NoPrice,
    StalePrice(Observed<Decimal>),
    NoRate(Currency),
    Short,
    /// Nothing that could be sold is in the scope's accounts.
    NothingToSell,
    /// What could be sold covers options that were sold.
    Covers,
    NoCash(ShortOf),
    /// It has no target, and stays.
    NotNamed,
}

impl Plan {
    /// The orders with their listing, as they stand in the table.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.scopes
            .iter()
            .flat_map(|scope| &scope.rows)
            .filter_map(|row| match &row.outcome {
                Outcome::Order(line) => Some((row.listing, line)),
                Outcome::Left(_) => None,
            })
    }
}

/// Makes the plan. Indices in `wish` and `household` have to be of this household.
#[must_use]
pub fn plan(household: &Household, wish: &Wish) -> Plan {
    let mut held = vec![Vec::new(); household.accounts.len()];
    for holding in household.holdings.iter().filter(|h| !h.quantity.is_zero()) {
        held[holding.account].push(holding);
    }
    let mut plan = Plan {
        scopes: pot::scopes(household, wish)
            .map(|scope| place::plan(household, &held, wish, scope))
            .collect(),
    };
    place::mark_washes(household, &mut plan);
    plan
}
