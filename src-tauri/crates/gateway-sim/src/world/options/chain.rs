//! The series that exist, and the instruments of each, made when first asked for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::calendar;
use super::super::catalog::Profile;
use super::super::ids::ConId;
use super::super::instrument::{Instrument, SecType};
use super::super::query::ContractQuery;
use super::classes::{self, Class};
use super::expiries::{self, Expiry};
use super::instrument::{self, Right};
use super::ladder;
use super::number::{self, Parts};

/// One class's options that end together.
#[derive(Debug, Clone)]
pub(in super::super) struct Series {
    /// Place in [`classes::ALL`].
    pub(super) class: usize,
    pub(super) weekday: i32,
    pub(super) expiry: Expiry,
    /// Unix ms.
    pub(super) ends_at: i64,
    /// Calls and puts in turn, by strike.
    contracts: OnceLock<Vec<Instrument>>,
}

/// A class whose underlying is in the catalogue.
#[derive(Debug, Clone)]
pub(in super::super) struct Listed {
    pub(super) class: &'static Class,
    pub(in super::super) profile: Profile,
    /// The underlying's place in the catalogue.
    pub(in super::super) underlying: usize,
    /// What one unit of the multiplier brings, at the scenario's start.
    pub(super) base: f64,
}

/// Every chain.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Chains {
    listed: BTreeMap<usize, Listed>,
    series: BTreeMap<(usize, i32), Series>,
}

/// One class of options as reqSecDefOptParams tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionChain {
    /// `AAPL`, `SPXW`; `TLT1` after a split.
    pub trading_class: String,
    /// Where it trades; the same chain on each.
    pub exchanges: &'static [&'static str],
    /// conId of the underlying.
    pub under_con_id: ConId,
    /// Units for one contract.
    pub multiplier: Decimal,
    /// Last trading days, `YYYYMMDD`, earliest first.
    pub expirations: Vec<String>,
    /// Strikes of any of them, lowest first. Not every one exists for every expiry.
    pub strikes: Vec<Decimal>,
}

impl Chains {
    /// The chains on these instruments in a world that starts on this day.
    pub(in super::super) fn on(
        instruments: &[Instrument],
        profiles: &[Profile],
        start: i64,
    ) -> Self {
        let start = calendar::eastern_date(start);
        let mut chains = Self::default();
        for (number, class) in classes::ALL.iter().enumerate() {
            let found = instruments.iter().zip(profiles).enumerate();
            let Some((underlying, (_, profile))) = found
                .into_iter()
                .find(|(_, (one, _))| one.con_id == class.underlying)
            else {
                continue;
            };
            for expiry in expiries::of(class.calendar, start) {
                let weekday = number::weekday(expiry.date);
                let series = Series {
                    class: number,
                    weekday,
                    expiry,
                    ends_at: instrument::end_of(class, expiry.date),
                    contracts: OnceLock::new(),
                };
                chains.series.insert((number, weekday), series);
            }
            let listed = Listed {
                class,
                profile: instrument::profile(class, profile),
                underlying,
                base: profile.base as f64 / 1e6 * class.size.share(),
            };
            chains.listed.insert(number, listed);
        }
        chains
    }

    /// The option with this number, with how its class is quoted.
    pub(in super::super) fn get<'a>(
        &'a self,
        con_id: ConId,
        instruments: &'a [Instrument],
    ) -> Option<(&'a Instrument, &'a Listed)> {
        let parts = Parts::of(con_id)?;
        let listed = self.listed.get(&parts.class)?;
        let series = self.series.get(&(parts.class, parts.weekday))?;
        let contracts = self.contracts(series, instruments)?;
        let at = contracts
            .binary_search_by_key(&con_id, |one| one.con_id)
            .ok()?;
        Some((contracts.get(at)?, listed))
    }

    fn contracts<'a>(
        &'a self,
        series: &'a Series,
        instruments: &[Instrument],
    ) -> Option<&'a Vec<Instrument>> {
        let listed = self.listed.get(&series.class)?;
        let underlying = instruments.get(listed.underlying)?;
        Some(series.contracts.get_or_init(|| {
            ladder::strikes(listed.class, listed.base, series.expiry.kind)
                .into_iter()
                .flat_map(|strike| {
                    [Right::Call, Right::Put].map(|right| {
                        instrument::listed(series, listed.class, underlying, strike, right)
                    })
                })
                .collect()
        }))
    }

    /// Options that fit a contract as a client wrote it, of the series that are shown at this moment.
    pub(in super::super) fn resolve<'a>(
        &'a self,
        query: &ContractQuery,
        instruments: &'a [Instrument],
        now: i64,
    ) -> Vec<&'a Instrument> {
        if let Some(con_id) = query.con_id {
            let found = self.get(con_id, instruments).map(|(one, _)| one);
            return found.filter(|one| query.matches(one)).into_iter().collect();
        }
        if !asks_for_options(query) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (series, listed) in self.shown(now) {
            let Some(underlying) = instruments.get(listed.underlying) else {
                continue;
            };
            let fits = |wanted: &Option<String>, has: &str| {
                wanted
                    .as_deref()
                    .is_none_or(|wanted| wanted.eq_ignore_ascii_case(has))
            };
            let day = calendar::compact(series.expiry.last_trade);
            let worth_a_look = fits(&query.symbol, &underlying.symbol)
                && fits(&query.trading_class, listed.class.name)
                && query
                    .expiry
                    .as_deref()
                    .is_none_or(|wanted| day.starts_with(wanted))
                && query.local_symbol.as_deref().is_none_or(|wanted| {
                    let ends = calendar::compact(series.expiry.date);
                    wanted
                        .get(..6)
                        .is_some_and(|root| root.trim_end() == listed.class.name)
                        && wanted.get(6..12) == ends.get(2..)
                });
            if worth_a_look && let Some(contracts) = self.contracts(series, instruments) {
                found.extend(contracts.iter().filter(|one| query.matches(one)));
            }
        }
        found
    }

    /// What exists on an underlying at this moment.
    pub(in super::super) fn of(&self, underlying: ConId, now: i64) -> Vec<OptionChain> {
        let mut chains: BTreeMap<usize, (Vec<String>, Vec<i32>)> = BTreeMap::new();
        for (series, listed) in self.shown(now) {
            if listed.class.underlying == underlying {
                let (days, strikes) = chains.entry(series.class).or_default();
                days.push(calendar::compact(series.expiry.last_trade));
                strikes.extend(ladder::strikes(
                    listed.class,
                    listed.base,
                    series.expiry.kind,
                ));
            }
        }
        chains
            .into_iter()
            .filter_map(|(number, (mut expirations, mut strikes))| {
                let class = self.listed.get(&number)?.class;
                expirations.sort_unstable();
                strikes.sort_unstable();
                strikes.dedup();
                Some(OptionChain {
                    trading_class: class.name.to_owned(),
                    exchanges: instrument::venues(class),
                    under_con_id: underlying,
                    multiplier: class.size.multiplier(),
                    expirations,
                    strikes: strikes
                        .into_iter()
                        .map(|count| class.unit.strike(count))
                        .collect(),
                })
            })
            .collect()
    }

    /// Whether options on it exist.
    pub(in super::super) fn has(&self, underlying: ConId) -> bool {
        self.listed
            .values()
            .any(|listed| listed.class.underlying == underlying)
    }

    fn shown(&self, now: i64) -> impl Iterator<Item = (&Series, &Listed)> {
        let today: Date = calendar::eastern_date(now);
        self.series.values().filter_map(move |series| {
            let shown = series.ends_at > now && series.expiry.is_shown(today);
            Some((series, self.listed.get(&series.class)?)).filter(|_| shown)
        })
    }
}

/// Options answer only who asks for them: by kind, by strike or right, or by an option's local symbol.
fn asks_for_options(query: &ContractQuery) -> bool {
    let named =
        query.symbol.is_some() || query.trading_class.is_some() || query.local_symbol.is_some();
    let local = query
        .local_symbol
        .as_deref()
        .is_some_and(|local| local.len() == 21);
    named
        && match query.sec_type.as_deref() {
            Some(kind) => kind.eq_ignore_ascii_case(SecType::Option.code()),
            None => local || query.strike.is_some() || query.right.is_some(),
        }
}
