//! The catalogue: which instruments exist, and how their markets behave.
//!
//! Options are not listed but made on demand; see [`super::options`] for them and their numbers.
//!
//! conIds are IBKR's own where they are publicly known. All others come from 2,100,000,000 up,
//! far above what IBKR has handed out, so that they cannot be mistaken for a real instrument:
//! `OWN_IDS + n` for what the tables number by hand, `FUTURE_IDS + product × 100,000 + YYMM` for
//! futures months.
//!
//! Instruments on the same index follow one of them, so that ES and MES agree.
//!
//! The months of futures follow from the scenario's start: the two nearest that have more than
//! eight days left. They do not roll while a world runs.

mod abroad;
mod forex;
mod futures;
mod invented;
mod rules;
mod stocks;

use std::collections::HashMap;

use super::currency::Currency;
use super::ids::ConId;
use super::instrument::{Instrument, MarketRule, SecType};
use super::invented::Invented;
use super::options::{Chains, OptionChain};
use super::query::ContractQuery;

const OWN_IDS: i32 = 2_100_000_000;
const FUTURE_IDS: i32 = 2_110_000_000;

/// How an instrument's market behaves. Prices are in millionths.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    /// Price at the scenario's start.
    pub(super) base: i64,
    /// Rungs of (low edge, increment), lowest first.
    pub(super) ladder: Vec<(i64, i64)>,
    /// Yearly volatility in percent.
    pub(super) volatility: i64,
    /// Typical displayed size in units.
    pub(super) size: i64,
    /// Sizes are multiples of this.
    pub(super) size_step: i64,
    /// Milliseconds between steps.
    pub(super) cadence: i64,
    /// Whether there is a bid and an offer.
    pub(super) two_sided: bool,
    /// Whether trades print with size and volume.
    pub(super) prints_volume: bool,
    /// An instrument earlier in the catalogue whose moves this one repeats, so that what follows the
    /// same index cannot drift apart.
    pub(super) leader: Option<ConId>,
}

/// All instruments, with the ways to find them.
#[derive(Debug, Clone)]
pub(super) struct Catalog {
    instruments: Vec<Instrument>,
    profiles: Vec<Profile>,
    leaders: Vec<Option<usize>>,
    rules: Vec<MarketRule>,
    index: HashMap<ConId, usize>,
    chains: Chains,
}

/// An instrument with what its market needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listing<'a> {
    pub(super) instrument: &'a Instrument,
    pub(super) profile: &'a Profile,
    /// Place in the catalogue of the instrument, or of the underlying where `is_option`.
    pub(super) place: usize,
}

/// The price ladders of options.
pub(super) mod option_rules {
    use rust_decimal::Decimal;

    use super::rules;

    pub(in super::super) const CENT: i32 = rules::US_STOCK;
    pub(in super::super) const PENNY: i32 = rules::PENNY_OPTION;
    pub(in super::super) const NICKEL: i32 = rules::NICKEL_OPTION;

    pub(in super::super) fn ladder(id: i32) -> &'static [(i64, i64)] {
        rules::ladder(id)
    }

    pub(in super::super) fn smallest(id: i32) -> Decimal {
        rules::smallest_tick(id)
    }
}

impl Catalog {
    /// The catalogue of a world that starts at this moment (unix ms) and brings these instruments.
    pub(super) fn at(start: i64, own: &[Invented]) -> Self {
        let mut rules = rules::all();
        let mut listed: Vec<(Instrument, Profile)> = stocks::list()
            .chain(abroad::list())
            .chain(std::iter::once(stocks::index()))
            .chain(futures::list(start))
            .chain(forex::list())
            .collect();
        for (instrument, profile, rule) in invented::list(own) {
            listed.push((instrument, profile));
            rules.push(rule);
        }
        let (instruments, profiles): (Vec<_>, Vec<_>) = listed.into_iter().unzip();
        let index: HashMap<ConId, usize> = instruments
            .iter()
            .enumerate()
            .map(|(at, listed)| (listed.con_id, at))
            .collect();
        let leaders = profiles
            .iter()
            .enumerate()
            .map(|(at, profile)| {
                let leader = profile
                    .leader
                    .and_then(|con_id| index.get(&con_id).copied());
                leader.filter(|leader| *leader < at)
            })
            .collect();
        let chains = Chains::on(&instruments, &profiles, start);
        Self {
            chains,
            instruments,
            profiles,
            leaders,
            rules,
            index,
        }
    }

    pub(super) fn instruments(&self) -> &[Instrument] {
        &self.instruments
    }

    pub(super) fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// For each instrument the place of the one that it follows; always an earlier one.
    pub(super) fn leaders(&self) -> &[Option<usize>] {
        &self.leaders
    }

    pub(super) fn position(&self, con_id: ConId) -> Option<usize> {
        self.index.get(&con_id).copied()
    }

    pub(super) fn get(&self, con_id: ConId) -> Option<&Instrument> {
        self.listing(con_id).map(|listing| listing.instrument)
    }

    /// The instrument with this number, option or not.
    pub(super) fn listing(&self, con_id: ConId) -> Option<Listing<'_>> {
        if let Some(place) = self.position(con_id) {
            return Some(Listing {
                instrument: self.instruments.get(place)?,
                profile: self.profiles.get(place)?,
                place,
            });
        }
        let (instrument, listed) = self.chains.get(con_id, &self.instruments)?;
        Some(Listing {
            instrument,
            profile: &listed.profile,
            place: listed.underlying,
        })
    }

    pub(super) fn chains(&self) -> &Chains {
        &self.chains
    }

    /// The options on an underlying at this moment.
    pub(super) fn options_on(&self, underlying: ConId, now: i64) -> Vec<OptionChain> {
        self.chains.of(underlying, now)
    }

    pub(super) fn rule(&self, id: i32) -> Option<&MarketRule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    pub(super) fn resolve(&self, query: &ContractQuery, now: i64) -> Vec<&Instrument> {
        let listed = self.instruments.iter();
        let mut found: Vec<&Instrument> = listed
            .filter(|instrument| query.matches(instrument))
            .collect();
        found.extend(self.chains.resolve(query, &self.instruments, now));
        found
    }

    /// Exact symbols first, then symbols that begin with the pattern, then names with a word that does.
    pub(super) fn search(&self, pattern: &str) -> Vec<&Instrument> {
        let wanted = pattern.trim().to_uppercase();
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut hits: Vec<(u8, &Instrument)> = self
            .instruments
            .iter()
            .filter_map(|instrument| rank(instrument, &wanted).map(|rank| (rank, instrument)))
            .collect();
        hits.sort_by_key(|(rank, _)| *rank);
        hits.into_iter().map(|(_, instrument)| instrument).collect()
    }

    /// Where the rate of a currency is read, and whether the pair is quoted the other way round.
    pub(super) fn rate_source(&self, currency: Currency) -> Option<(usize, bool)> {
        forex::rate_pair(currency)
            .and_then(|(con_id, inverse)| self.position(con_id).map(|at| (at, inverse)))
    }
}

fn rank(instrument: &Instrument, wanted: &str) -> Option<u8> {
    if instrument.symbol == wanted || instrument.local_symbol == wanted {
        return Some(0);
    }
    if instrument.symbol.starts_with(wanted) || instrument.local_symbol.starts_with(wanted) {
        return Some(1);
    }
    let name = instrument.long_name.to_uppercase();
    let begins = name.starts_with(wanted)
        || name
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word.starts_with(wanted));
    begins.then_some(2)
}

/// The S&P 500 fund, which the index, its futures and the other fund on it follow.
const SPY: ConId = ConId::new(756_733);
/// The Nasdaq 100 fund, which the futures on that index follow.
const QQQ: ConId = ConId::new(320_227_571);
/// Alphabet's voting share, which the other class follows.
const GOOGL: ConId = ConId::new(208_813_719);

fn cadence(sec_type: SecType) -> i64 {
    match sec_type {
        SecType::Stock | SecType::Future | SecType::Option => 250,
        SecType::Index => 1_000,
        SecType::Cash => 100,
    }
}
