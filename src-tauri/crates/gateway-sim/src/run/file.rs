//! A scenario file: TOML in, a run out, and for every mistake its line.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use rust_decimal::Decimal;
use serde::Deserialize;
use toml::Spanned;

use crate::amount::Amount;
use crate::server::{Faults, Planned, SimConfig, Trigger, When};
use crate::world::{
    AccountId, Capability, ConId, Currency, Hours, OpeningAccount, OpeningPosition, OptionLevel,
    Permissions, Scenario, World,
};

use super::Run;
use super::instruments::{DividendEntry, InstrumentEntry};

/// The most accounts that a login may have here.
const MOST_ACCOUNTS: usize = 1_000;

/// What is wrong with a scenario file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    line: Option<usize>,
    reason: String,
}

impl FileError {
    /// The line, counted from 1; `None` when the fault lies in what is missing.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    pub(super) fn at(text: &str, span: Range<usize>, reason: impl Into<String>) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        Self {
            line: Some(before.matches('\n').count() + 1),
            reason: reason.into(),
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

impl std::error::Error for FileError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    #[serde(default = "one")]
    seed: u64,
    start: Option<Spanned<String>>,
    #[serde(default)]
    clock: ClockName,
    speed: Option<Spanned<f64>>,
    #[serde(default)]
    hours: HoursName,
    record: Option<PathBuf>,
    #[serde(default)]
    early_assignment: bool,
    #[serde(default = "yes")]
    live_data: bool,
    #[serde(default)]
    master_client: i32,
    #[serde(default)]
    account: Vec<Spanned<AccountEntry>>,
    #[serde(default)]
    instrument: Vec<Spanned<InstrumentEntry>>,
    #[serde(default)]
    dividend: Vec<DividendEntry>,
    #[serde(default)]
    faults: Faults,
    #[serde(default)]
    plan: Vec<Spanned<toml::Table>>,
}

const fn one() -> u64 {
    1
}

const fn yes() -> bool {
    true
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ClockName {
    #[default]
    Real,
    Fast,
    Stepped,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum HoursName {
    #[default]
    Always,
    Exchange,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum MarginName {
    RegT,
    Limited,
    Cash,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AccountEntry {
    id: Spanned<String>,
    count: Option<Spanned<usize>>,
    #[serde(rename = "type")]
    kind: String,
    margin: MarginName,
    cash: Spanned<BTreeMap<String, Amount>>,
    #[serde(default)]
    unsettled: Option<Spanned<BTreeMap<String, Amount>>>,
    permissions: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    position: Vec<PositionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PositionEntry {
    instrument: Spanned<String>,
    quantity: Amount,
    cost: Amount,
}

pub(super) fn read(text: &str) -> Result<Run, FileError> {
    let file: File = toml::from_str(text).map_err(|error| match error.span() {
        Some(span) => FileError::at(text, span, error.message()),
        None => FileError {
            line: None,
            reason: error.message().to_owned(),
        },
    })?;
    Reader { text }.run(file)
}

pub(super) struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    pub(super) fn wrong<T>(&self, at: &Spanned<T>, reason: impl Into<String>) -> FileError {
        FileError::at(self.text, at.span(), reason)
    }

    fn run(&self, file: File) -> Result<Run, FileError> {
        let start = file.start.as_ref().map(|start| {
            let moment: Result<jiff::Timestamp, _> = start.get_ref().parse();
            moment
                .map(|moment| moment.as_millisecond())
                .map_err(|error| self.wrong(start, error.to_string()))
        });
        let start = start.transpose()?;
        let speed = match (file.clock, &file.speed) {
            (ClockName::Fast, None) => 60.0,
            (_, None) => 1.0,
            (ClockName::Fast, Some(speed))
                if *speed.get_ref() > 0.0 && speed.get_ref().is_finite() =>
            {
                *speed.get_ref()
            }
            (ClockName::Fast, Some(speed)) => return Err(self.wrong(speed, "a speed is above 0")),
            (_, Some(speed)) => {
                return Err(self.wrong(speed, "only clock = \"fast\" has a speed"));
            }
        };
        let mut scenario = Scenario {
            start: start.unwrap_or(Scenario::DEFAULT_START),
            hours: match file.hours {
                HoursName::Always => Hours::Always,
                HoursName::Exchange => Hours::Exchange,
            },
            early_assignment: file.early_assignment,
            ..Scenario::of(file.seed, Vec::new())
        };
        scenario.invented = self.invented(&World::new(&scenario), &file.instrument)?;
        let world = World::new(&scenario);
        scenario.accounts = self.accounts(&world, file.account)?;
        scenario.dividends = self.dividends(&world, &file.dividend)?;
        let mut plan = self.markets(&world, &file.instrument)?;
        for entry in file.plan {
            plan.push(self.planned(entry)?);
        }
        Ok(Run {
            config: SimConfig {
                speed,
                stepped: matches!(file.clock, ClockName::Stepped),
                live_data: file.live_data,
                master_client: file.master_client,
                faults: file.faults,
                record: file.record,
                plan,
                ..SimConfig::new(scenario)
            },
            start_is_fixed: start.is_some(),
        })
    }

    fn accounts(
        &self,
        world: &World,
        entries: Vec<Spanned<AccountEntry>>,
    ) -> Result<Vec<OpeningAccount>, FileError> {
        let mut accounts: Vec<OpeningAccount> = Vec::new();
        for entry in entries {
            let (span, entry) = (entry.span(), entry.into_inner());
            let first = self.account(world, &entry)?;
            let count = entry.count.as_ref().map_or(1, |count| *count.get_ref());
            if count == 0 || accounts.len() + count > MOST_ACCOUNTS {
                let reason = format!("from 1 to {MOST_ACCOUNTS} accounts are possible");
                return Err(FileError::at(self.text, span, reason));
            }
            let ids = numbered(entry.id.get_ref(), count).ok_or_else(|| {
                self.wrong(&entry.id, "an id that is counted on from ends in digits")
            })?;
            for id in ids {
                let id = AccountId::new(id);
                if accounts.iter().any(|other| other.id == id) {
                    return Err(self.wrong(&entry.id, format!("there is an account {id} already")));
                }
                accounts.push(OpeningAccount {
                    id,
                    ..first.clone()
                });
            }
        }
        if accounts.is_empty() {
            return Err(FileError {
                line: None,
                reason: "there is no [[account]]".to_owned(),
            });
        }
        Ok(accounts)
    }

    fn account(&self, world: &World, entry: &AccountEntry) -> Result<OpeningAccount, FileError> {
        let id = entry.id.get_ref();
        let digits = id.trim_start_matches(|c: char| c.is_ascii_uppercase());
        if digits.is_empty() || digits == id || !digits.bytes().all(|b| b.is_ascii_digit()) {
            let reason = format!("'{id}' is not an account id such as DU1234567 or U1234567");
            return Err(self.wrong(&entry.id, reason));
        }
        let permissions = match &entry.permissions {
            None => Permissions::WITHOUT_FUTURES,
            Some(listed) => self.permissions(listed)?,
        };
        let positions = entry
            .position
            .iter()
            .map(|held| {
                Ok(OpeningPosition {
                    con_id: self.instrument(world, &held.instrument)?,
                    quantity: held.quantity.0,
                    average_cost: held.cost.0,
                })
            })
            .collect::<Result<_, FileError>>()?;
        Ok(OpeningAccount {
            id: AccountId::new(id.clone()),
            account_type: entry.kind.clone(),
            capability: match entry.margin {
                MarginName::RegT => Capability::RegTMargin,
                MarginName::Limited => Capability::LimitedMargin,
                MarginName::Cash => Capability::Cash,
            },
            permissions,
            cash: self.money(&entry.cash)?,
            unsettled: entry
                .unsettled
                .as_ref()
                .map(|sums| self.money(sums))
                .transpose()?
                .unwrap_or_default(),
            positions,
        })
    }

    fn permissions(&self, listed: &[Spanned<String>]) -> Result<Permissions, FileError> {
        let mut has = Permissions::SHARES;
        for permission in listed {
            match permission.get_ref().as_str() {
                "stocks" => {}
                "futures" => has.futures = true,
                "forex" => has.forex = true,
                "options-1" => has.options = OptionLevel::Covered,
                "options-2" => has.options = OptionLevel::Long,
                "options-3" => has.options = OptionLevel::Spreads,
                "options-4" | "options" => has.options = OptionLevel::All,
                other => {
                    let reason = format!(
                        "'{other}' is none of the permissions stocks, forex, futures, options, options-1 to options-4"
                    );
                    return Err(self.wrong(permission, reason));
                }
            }
        }
        Ok(has)
    }

    fn money(
        &self,
        sums: &Spanned<BTreeMap<String, Amount>>,
    ) -> Result<Vec<(Currency, Decimal)>, FileError> {
        let known = || Currency::ALL.map(Currency::code).join(", ");
        sums.get_ref()
            .iter()
            .map(|(code, amount)| match Currency::from_code(code) {
                Some(currency) => Ok((currency, amount.0)),
                None => {
                    let reason = format!("'{code}' is none of the currencies {}", known());
                    Err(self.wrong(sums, reason))
                }
            })
            .collect()
    }

    pub(super) fn instrument(
        &self,
        world: &World,
        name: &Spanned<String>,
    ) -> Result<ConId, FileError> {
        let by_number = name.get_ref().parse().ok().map(ConId::new);
        by_number
            .filter(|con_id| world.by_con_id(*con_id).is_some())
            .or_else(|| world.named(name.get_ref()))
            .ok_or_else(|| {
                let reason = format!("there is no one instrument '{}'", name.get_ref());
                self.wrong(name, reason)
            })
    }

    fn planned(&self, entry: Spanned<toml::Table>) -> Result<Planned, FileError> {
        #[derive(Deserialize)]
        struct On {
            on: Trigger,
        }
        let span = entry.span();
        let wrong = |reason: String| FileError::at(self.text, span.clone(), reason);
        let mut table = entry.into_inner();
        let (after, on) = (table.remove("after-ms"), table.remove("on"));
        let nth = table.remove("nth");
        let when = match (after, on, nth) {
            (Some(toml::Value::Integer(ms)), None, None) if ms >= 0 => When::After(ms),
            (None, Some(on), nth) => {
                let on = toml::Table::from_iter([("on".to_owned(), on)]);
                let On { on } = on
                    .try_into()
                    .map_err(|error: toml::de::Error| wrong(error.message().to_owned()))?;
                let nth = match nth {
                    None => 1,
                    Some(toml::Value::Integer(nth)) => u64::try_from(nth)
                        .ok()
                        .filter(|nth| *nth > 0)
                        .ok_or_else(|| wrong("nth counts from 1".to_owned()))?,
                    Some(_) => return Err(wrong("nth is a whole number".to_owned())),
                };
                When::On(on, nth)
            }
            _ => {
                let reason =
                    "a plan has either after-ms = MILLISECONDS or on = \"…\" (and nth = N)";
                return Err(wrong(reason.to_owned()));
            }
        };
        let action = table
            .try_into()
            .map_err(|error: toml::de::Error| wrong(error.message().to_owned()))?;
        Ok(Planned { when, action })
    }
}

/// `count` ids from this one on; `None` when its digits run out.
fn numbered(first: &str, count: usize) -> Option<Vec<String>> {
    let digits = first.trim_start_matches(|c: char| !c.is_ascii_digit());
    let prefix = first.strip_suffix(digits)?;
    let from: usize = digits.parse().ok()?;
    let width = digits.len();
    (from..from.checked_add(count)?)
        .map(|number| {
            let text = format!("{number:0width$}");
            (text.len() == width).then(|| format!("{prefix}{text}"))
        })
        .collect()
}
