//! Accounts: what kind they are, whether they are real, and what the broker says of them.

use crate::decimal::Currency;
use crate::id::AccountId;
use crate::observed::Observed;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What kind of account the broker says it is. `Unknown` gets the strictest rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum AccountKind {
    /// One person's taxable account.
    Individual,
    /// A taxable account of two or more people.
    Joint,
    /// A Roth IRA.
    RothIra,
    /// A traditional, rollover or SEP IRA.
    TraditionalIra,
    /// A corporation, LLC or partnership.
    Entity,
    /// A trust.
    Trust,
    /// Not told, or told in words that are not known here.
    Unknown,
}

impl AccountKind {
    /// Reads the `AccountType` tag of the account summary, whose wording varies
    /// (`INDIVIDUAL`, `IRA-ROTH NEW`, `CORPORATION`, …).
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let upper = text.to_ascii_uppercase();
        let has = |word: &str| upper.contains(word);
        let word = |wanted: &str| {
            upper
                .split(|c: char| !c.is_ascii_alphanumeric())
                .any(|part| part == wanted)
        };
        if has("ROTH") {
            Self::RothIra
        } else if word("IRA") || has("ROLLOVER") || word("SEP") || has("TRADITIONAL") {
            Self::TraditionalIra
        } else if has("JOINT") {
            Self::Joint
        } else if has("TRUST") {
            Self::Trust
        } else if has("CORPORATION") || word("LLC") || has("PARTNERSHIP") || word("CORP") {
            Self::Entity
        } else if has("INDIVIDUAL") {
            Self::Individual
        } else {
            Self::Unknown
        }
    }

    /// Whether the rules of an individual retirement account hold.
    #[must_use]
    pub fn is_ira(self) -> bool {
        matches!(self, Self::RothIra | Self::TraditionalIra)
    }

    /// How strict the rules of the kind are, compared with others'.
    fn strictness(self) -> u8 {
        match self {
            Self::Individual | Self::Joint | Self::Entity | Self::Trust => 0,
            Self::RothIra | Self::TraditionalIra => 1,
            Self::Unknown => 2,
        }
    }

    /// The kind whose rules hold, from what the broker told and what a person says: the
    /// person's word where it is as strict as the broker's or stricter, and where the broker
    /// told nothing that is known here.
    #[must_use]
    pub fn in_force(told: Self, said: Option<Self>) -> Self {
        match said {
            Some(said) if told == Self::Unknown || said.strictness() >= told.strictness() => said,
            _ => told,
        }
    }

    /// As a person says it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Individual => "Individual",
            Self::Joint => "Joint",
            Self::RothIra => "Roth IRA",
            Self::TraditionalIra => "Traditional IRA",
            Self::Entity => "Company",
            Self::Trust => "Trust",
            Self::Unknown => "Unknown type",
        }
    }
}

/// Whether orders spend real money, proved from the account ids of the login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// Every account id begins with `D`: paper.
    Paper,
    /// At least one does not. A mixture is treated as live and is an error in itself.
    Live,
    /// No account is known yet.
    Unknown,
}

impl Mode {
    /// Decides from the managed account ids; never from a port or a host.
    #[must_use]
    pub fn of<'a>(accounts: impl IntoIterator<Item = &'a AccountId>) -> Self {
        let mut mode = Self::Unknown;
        for account in accounts {
            if !account.as_str().starts_with('D') {
                return Self::Live;
            }
            mode = Self::Paper;
        }
        mode
    }
}

/// Which kind of login a person expects to find at a gateway.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "camelCase")]
pub enum Expects {
    /// Whatever is found will do.
    #[default]
    Either,
    /// Paper accounts.
    Paper,
    /// Real money.
    Live,
}

impl Expects {
    /// Whether a login of this mode is what was expected. One that is not known yet is not.
    #[must_use]
    pub fn agrees(self, found: Mode) -> bool {
        match self {
            Self::Either => true,
            Self::Paper => found == Mode::Paper,
            Self::Live => found == Mode::Live,
        }
    }
}

/// One figure of an account, named as in IBKR's account summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tag {
    NetLiquidation,
    TotalCashValue,
    SettledCash,
    BuyingPower,
    AvailableFunds,
    ExcessLiquidity,
    EquityWithLoanValue,
    GrossPositionValue,
    InitMarginReq,
    MaintMarginReq,
    Cushion,
    Leverage,
    DayTradesRemaining,
    DailyPnl,
    UnrealizedPnl,
    RealizedPnl,
}

impl Tag {
    /// The tag of this name on the wire, when it is one that Gatehouse reads.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        Some(match name {
            "NetLiquidation" => Self::NetLiquidation,
            "TotalCashValue" => Self::TotalCashValue,
            "SettledCash" => Self::SettledCash,
            "BuyingPower" => Self::BuyingPower,
            "AvailableFunds" => Self::AvailableFunds,
            "ExcessLiquidity" => Self::ExcessLiquidity,
            "EquityWithLoanValue" => Self::EquityWithLoanValue,
            "GrossPositionValue" => Self::GrossPositionValue,
            "InitMarginReq" => Self::InitMarginReq,
            "MaintMarginReq" => Self::MaintMarginReq,
            "Cushion" => Self::Cushion,
            "Leverage" => Self::Leverage,
            "DayTradesRemaining" => Self::DayTradesRemaining,
            "UnrealizedPnL" => Self::UnrealizedPnl,
            "RealizedPnL" => Self::RealizedPnl,
            _ => return None,
        })
    }
}

/// What is known of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its kind, by whose rules it is judged: see [`AccountKind::in_force`].
    pub kind: AccountKind,
    /// The broker's own words for the kind, when it told them.
    pub kind_text: Option<String>,
    /// What a person says that it is.
    pub said_kind: Option<AccountKind>,
    /// The currency that its figures are in.
    pub base: Option<Currency>,
    /// Its figures, in the base currency; a figure that was never told is absent.
    pub figures: BTreeMap<Tag, Observed<Decimal>>,
    /// What one unit of a currency is worth in the base currency.
    pub exchange_rates: BTreeMap<Currency, Observed<Decimal>>,
    /// Its cash in each currency, in that currency, unsettled cash included; below zero when it
    /// is owed.
    pub cash: BTreeMap<Currency, Observed<Decimal>>,
}

impl Account {
    /// An account of which only the id is known.
    #[must_use]
    pub fn new(id: AccountId) -> Self {
        Self {
            id,
            kind: AccountKind::Unknown,
            kind_text: None,
            said_kind: None,
            base: None,
            figures: BTreeMap::new(),
            exchange_rates: BTreeMap::new(),
            cash: BTreeMap::new(),
        }
    }

    /// Its kind in the broker's words alone.
    #[must_use]
    pub fn told_kind(&self) -> AccountKind {
        self.kind_text
            .as_deref()
            .map_or(AccountKind::Unknown, AccountKind::parse)
    }

    /// The broker tells its type.
    pub fn tell_kind(&mut self, text: String) {
        self.kind_text = Some(text);
        self.kind = AccountKind::in_force(self.told_kind(), self.said_kind);
    }

    /// A person says what it is, or takes that back.
    pub fn say_kind(&mut self, said: Option<AccountKind>) {
        self.said_kind = said;
        self.kind = AccountKind::in_force(self.told_kind(), said);
    }

    /// A figure's value, when it is known.
    #[must_use]
    pub fn figure(&self, tag: Tag) -> Option<Decimal> {
        self.figures.get(&tag).map(|seen| seen.value)
    }

    /// What one unit of `currency` is worth in the base currency, when it is known.
    #[must_use]
    pub fn rate(&self, currency: Currency) -> Option<Decimal> {
        if self.base == Some(currency) {
            return Some(Decimal::ONE);
        }
        self.exchange_rates.get(&currency).map(|seen| seen.value)
    }

    /// The cash in one currency; `None` before the broker listed any. A currency that is not
    /// listed is one that the account never had.
    #[must_use]
    pub fn cash_in(&self, currency: Currency) -> Option<Decimal> {
        let held = self.cash.get(&currency).map(|seen| seen.value);
        held.or_else(|| (!self.cash.is_empty()).then_some(Decimal::ZERO))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> AccountId {
        AccountId::new(text).unwrap()
    }

    #[test]
    fn the_brokers_wordings_of_account_types_are_understood() {
        for (text, kind) in [
            ("INDIVIDUAL", AccountKind::Individual),
            ("IRA-ROTH NEW", AccountKind::RothIra),
            ("IRA-TRADITIONAL NEW", AccountKind::TraditionalIra),
            ("IRA ROLLOVER", AccountKind::TraditionalIra),
            ("JOINT", AccountKind::Joint),
            ("CORPORATION", AccountKind::Entity),
            ("LLC", AccountKind::Entity),
            ("TRUST", AccountKind::Trust),
            ("", AccountKind::Unknown),
            ("SPIRAL", AccountKind::Unknown),
        ] {
            assert_eq!(AccountKind::parse(text), kind, "{text}");
        }
    }

    #[test]
    fn a_persons_word_holds_where_it_is_no_milder_than_the_brokers() {
        use AccountKind::{Entity, Individual, RothIra, TraditionalIra, Unknown};
        for (told, said, holds) in [
            (Unknown, None, Unknown),
            (Unknown, Some(Individual), Individual),
            (Individual, Some(RothIra), RothIra),
            (Individual, Some(Entity), Entity),
            (RothIra, Some(TraditionalIra), TraditionalIra),
            (RothIra, Some(Individual), RothIra),
            (Entity, Some(Unknown), Unknown),
        ] {
            assert_eq!(
                AccountKind::in_force(told, said),
                holds,
                "{told:?} {said:?}"
            );
        }
    }

    #[test]
    fn one_account_that_is_not_paper_makes_the_login_live() {
        assert_eq!(Mode::of([&id("DU1"), &id("DF2")]), Mode::Paper);
        assert_eq!(Mode::of([&id("DU1"), &id("U2")]), Mode::Live);
        assert_eq!(Mode::of([]), Mode::Unknown);
    }
}
