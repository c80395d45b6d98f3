//! The table of cases in words, `cases.txt`, and what holds for every order and every book.

use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, AccountKind, Mode, Tag};
use gatehouse_domain::contract::{Contract, Instrument, SecurityKind};
use gatehouse_domain::decimal::{Currency, Price};
use gatehouse_domain::derivative::{Derivative, Expiry, OptionTerms, Right};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::id::{ConId, Symbol};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::quote::{Quote, QuoteField};
use gatehouse_rules::book::Value;
use gatehouse_rules::facts::{Exposure, Holdings, Sent};
use gatehouse_rules::{Facts, Finding, Mend, RuleBook, Severity, Verdict, judge, rule_named};
use gatehouse_testkit::{START, account, apple, dec, limit, market, quote, set_figure, tick};
use proptest::prelude::*;
use std::time::Duration;

/// What a case is given.
struct World {
    now: UnixMillis,
    mode: Mode,
    armed: bool,
    connected: bool,
    stopped: bool,
    intent_sent: bool,
    account: Option<Account>,
    instrument: Instrument,
    quote: Option<Quote>,
    position: Option<Decimal>,
    selling: Decimal,
    buying: Decimal,
    owing: Option<Decimal>,
    exposure: Exposure,
    sent: Sent,
    high_water: Option<Decimal>,
    elsewhere: Option<Decimal>,
    held: Vec<(Contract, Decimal)>,
    working: Vec<(Contract, Decimal)>,
}

/// `20261218:190:C`, an option on Apple; `AAPL`, its stock.
fn contract_named(word: &str) -> Contract {
    if word == "AAPL" {
        return apple().contract;
    }
    let mut parts = word.split(':');
    let mut next = || parts.next().unwrap_or_else(|| panic!("{word}"));
    let (expiry, strike, right) = (next(), next(), next());
    let mut contract = apple().contract;
    let call = right == "C";
    let id = expiry[3..8].parse::<i32>().unwrap() * 10_000 + strike.parse::<i32>().unwrap() * 10;
    contract.con_id = ConId::new(id + i32::from(call)).unwrap();
    contract.kind = SecurityKind::Option;
    contract.multiplier = Decimal::ONE_HUNDRED;
    contract.derivative = Some(Derivative {
        expiry: Expiry::from_wire(expiry).unwrap(),
        option: Some(OptionTerms {
            strike: Price::parse(strike).unwrap(),
            right: if call { Right::Call } else { Right::Put },
        }),
    });
    contract
}

fn lots(lots: &[(Contract, Decimal)]) -> Vec<(&Contract, Decimal)> {
    lots.iter()
        .map(|(contract, amount)| (contract, *amount))
        .collect()
}

/// `20261218:190:C=-1`, so many of it.
fn lot(word: &str) -> (Contract, Decimal) {
    let (name, amount) = word.split_once('=').expect("name=amount");
    (contract_named(name), dec(amount))
}

fn kind(word: &str) -> Option<AccountKind> {
    Some(match word {
        "roth" => AccountKind::RothIra,
        "traditional" => AccountKind::TraditionalIra,
        "individual" => AccountKind::Individual,
        "joint" => AccountKind::Joint,
        "entity" => AccountKind::Entity,
        "trust" => AccountKind::Trust,
        "unknown" => AccountKind::Unknown,
        _ => return None,
    })
}

fn figure(account: Option<&mut Account>, tag: Tag, value: &str) {
    let account = account.expect("an account");
    match value {
        "?" => drop(account.figures.remove(&tag)),
        value => set_figure(account, tag, value),
    }
}

fn known(value: &str) -> Option<Decimal> {
    (value != "?").then(|| dec(value))
}

fn count(value: &str) -> u32 {
    value.parse().expect("a count")
}

impl World {
    fn read(text: &str) -> Self {
        let mut words = text.split_whitespace();
        let first = words.next().expect("an account");
        let nothing = Some(Decimal::ZERO);
        let mut world = Self {
            now: START,
            mode: Mode::Paper,
            armed: false,
            connected: true,
            stopped: false,
            intent_sent: false,
            account: kind(first).map(|kind| account("DU1", kind)),
            instrument: apple(),
            quote: Some(quote("180.00", "180.02", START)),
            position: nothing,
            selling: Decimal::ZERO,
            buying: Decimal::ZERO,
            owing: nothing,
            exposure: Exposure {
                position: nothing,
                symbol: nothing,
                gross: nothing,
                net: nothing,
                symbol_over_all: nothing,
                gross_over_all: nothing,
                nlv_over_all: Some(dec("100000")),
                daily_pnl_over_all: nothing,
                unrealized: nothing,
            },
            sent: Sent::default(),
            high_water: None,
            elsewhere: nothing,
            held: Vec::new(),
            working: Vec::new(),
        };
        assert!(world.account.is_some() || first == "none", "{first}");
        while let Some(word) = words.next() {
            world.take(word, &mut words);
        }
        world
    }

    fn take<'a>(&mut self, word: &str, words: &mut impl Iterator<Item = &'a str>) {
        match word {
            "live" => return self.mode = Mode::Live,
            "nomode" => return self.mode = Mode::Unknown,
            "armed" => return self.armed = true,
            "down" => return self.connected = false,
            "stopped" => return self.stopped = true,
            "sent" => return self.intent_sent = true,
            "noquote" => return self.quote = None,
            _ => {}
        }
        let value = words.next().unwrap_or_else(|| panic!("{word} of what?"));
        let con_id = self.instrument.contract.con_id;
        let ago = |secs: &str| UnixMillis(START.0 - secs.parse::<i64>().expect("seconds") * 1000);
        match word {
            "holds" => self.position = known(value),
            "selling" => self.selling = dec(value),
            "buying" => self.buying = dec(value),
            "owing" => self.owing = known(value),
            "trades" => self.instrument.contract = contract_named(value),
            "named" => self.instrument.contract.symbol = Symbol::new(value).unwrap(),
            "future" => {
                self.instrument.contract.symbol = Symbol::new(value).unwrap();
                self.instrument.contract.kind = SecurityKind::Future;
            }
            "daytrades" => figure(self.account.as_mut(), Tag::DayTradesRemaining, value),
            "elsewhere" => self.elsewhere = known(value),
            "has" => self.held.push(lot(value)),
            "works" => self.working.push(lot(value)),
            "settled" => figure(self.account.as_mut(), Tag::SettledCash, value),
            "cash" => figure(self.account.as_mut(), Tag::TotalCashValue, value),
            "nlv" => figure(self.account.as_mut(), Tag::NetLiquidation, value),
            "pnl" => figure(self.account.as_mut(), Tag::DailyPnl, value),
            "excess" => figure(self.account.as_mut(), Tag::ExcessLiquidity, value),
            "high" => self.high_water = known(value),
            "value" => self.exposure.position = known(value),
            "symbol" => self.exposure.symbol = known(value),
            "gross" => self.exposure.gross = known(value),
            "net" => self.exposure.net = known(value),
            "symbolall" => self.exposure.symbol_over_all = known(value),
            "grossall" => self.exposure.gross_over_all = known(value),
            "nlvall" => self.exposure.nlv_over_all = known(value),
            "unrealized" => self.exposure.unrealized = known(value),
            "pnlall" => self.exposure.daily_pnl_over_all = known(value),
            "minute" => self.sent.minute = count(value),
            "day" => self.sent.day = count(value),
            "minuteall" => self.sent.minute_over_all = count(value),
            "dayall" => self.sent.day_over_all = count(value),
            "alike" => self.sent.alike = Some(ago(value)),
            "usual" => self.sent.usual = known(value),
            "currency" => self.instrument.contract.currency = Currency::parse(value).unwrap(),
            "old" => self.quote = Some(quote("180.00", "180.02", ago(value))),
            "time" => {
                let at: jiff::Timestamp = value.parse().expect("a moment");
                self.now = UnixMillis(at.as_millisecond());
                self.quote = Some(quote("180.00", "180.02", self.now));
            }
            "bid" | "ask" | "bidsize" | "asksize" | "volume" => {
                let field = match word {
                    "bid" => QuoteField::Bid,
                    "ask" => QuoteField::Ask,
                    "bidsize" => QuoteField::BidSize,
                    "asksize" => QuoteField::AskSize,
                    _ => QuoteField::Volume,
                };
                let quote = self.quote.as_mut().expect("a quote");
                quote.take(&tick(con_id, field, value, START));
            }
            other => panic!("nothing is called {other}"),
        }
    }

    fn judge(&self, draft: &Draft, book: &RuleBook) -> Verdict {
        let contract = &self.instrument.contract;
        let holdings = self.position.map(|held| Holdings {
            held: [vec![(contract, held)], lots(&self.held)].concat(),
            working: [vec![(contract, -self.selling)], lots(&self.working)]
                .concat()
                .into_iter()
                .map(|lot| vec![lot])
                .collect(),
        });
        let facts = Facts {
            mode: self.mode,
            armed_until: self.armed.then(|| self.now.plus(Duration::from_secs(60))),
            stopped: self.stopped,
            connected: self.connected,
            account: self.account.as_ref(),
            quote: self.quote.as_ref(),
            position: self.position,
            working_sells: self.selling,
            working_buys: self.buying,
            working_buys_cost: self.owing,
            ends_elsewhere: self.elsewhere,
            intent_already_sent: self.intent_sent,
            holdings: holdings.as_ref(),
            exposure: self.exposure,
            sent: self.sent,
            high_water: self.high_water,
            ..Facts::of(&self.instrument)
        };
        judge(draft, &facts, book, self.now).verdict().clone()
    }
}

/// `buy 10 at 180`, `sell 5 market`.
fn order(text: &str) -> Draft {
    let words: Vec<&str> = text.split_whitespace().collect();
    let side = match words[0] {
        "buy" => Side::Buy,
        "sell" => Side::Sell,
        other => panic!("{other}"),
    };
    match words[2..] {
        ["market"] => market("DU1", side, words[1]),
        ["at", price] => limit("DU1", side, words[1], price),
        _ => panic!("{text}"),
    }
}

/// `cap.quantity.most=5 cap.quantity.severity=warn`, or an own rule called mine:
/// `own severity = "block"; when = "order.value > 5000"`.
fn book(text: &str) -> RuleBook {
    if let Some(own) = text.strip_prefix("own ") {
        let lines = own.replace(';', "\n");
        let file = format!("version = 1\n[[own]]\nid = \"mine\"\ntitle = \"Mine\"\n{lines}\n");
        return RuleBook::parse(&file).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    }
    text.split_whitespace()
        .fold(RuleBook::default(), |book, setting| {
            let (name, value) = setting.split_once('=').expect("name=value");
            let (rule, key) = name.rsplit_once('.').expect("rule.key");
            let words = || Value::Words(value.split(',').map(str::to_owned).collect());
            let changed = match (key, value) {
                ("severity", "off") => book.with_severity(rule, None),
                ("severity", "inform") => book.with_severity(rule, Some(Severity::Inform)),
                ("severity", "warn") => book.with_severity(rule, Some(Severity::Warn)),
                ("severity", "override") => book.with_severity(rule, Some(Severity::Override)),
                ("severity", "block") => book.with_severity(rule, Some(Severity::Block)),
                _ => {
                    let words_wanted = rule_named(rule)
                        .and_then(|info| info.param(key))
                        .is_some_and(|param| param.unit.is_words());
                    match words_wanted {
                        true => book.with_value(rule, key, words()),
                        false => book.with_number(rule, key, dec(value)),
                    }
                }
            };
            changed.unwrap()
        })
}

fn told(finding: &Finding) -> String {
    let outcome = serde_json::to_value(finding.outcome).unwrap();
    let outcome = outcome.as_str().unwrap().to_owned();
    match &finding.mend {
        Some(Mend::Quantity { value } | Mend::LimitPrice { value }) => {
            format!("{outcome} mend {value}")
        }
        _ => outcome,
    }
}

#[test]
fn every_case_comes_out_as_it_is_written() {
    let cases = come_out_as_written(include_str!("cases.txt"));
    assert!(cases >= 150, "{cases} cases");
}

#[test]
fn every_case_of_an_own_rule_comes_out_as_it_is_written() {
    let cases = come_out_as_written(include_str!("own_cases.txt"));
    assert!(cases >= 60, "{cases} cases");
}

fn come_out_as_written(table: &str) -> u32 {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for line in table.lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        cases += 1;
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [given, when, with, then, because] = parts[..] else {
            panic!("five parts: {line}");
        };
        assert!(!because.is_empty(), "{line}");
        let (rule, expected) = then.split_once(' ').expect("rule outcome");
        let verdict = World::read(given).judge(&order(when), &book(with));
        let finding = verdict
            .findings()
            .iter()
            .find(|finding| finding.rule.id() == rule)
            .unwrap_or_else(|| panic!("no rule {rule}"));
        if told(finding) != expected {
            wrong.push(format!(
                "{line}\n    came out {}: {}",
                told(finding),
                finding.says
            ));
        }
        // What can't be checked under a rule that blocks never passes.
        if finding.outcome == gatehouse_rules::Outcome::LacksFact {
            let blocks = finding.severity == Some(Severity::Block);
            assert!(!finding.says.is_empty(), "{line}");
            assert_eq!(finding.blocks(), blocks, "{line}");
            assert!(!blocks || !verdict.is_clear(), "{line}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    cases
}

/// Rules whose one number bounds an order, with the way in which it is stricter.
const BOUNDS: [(&str, &str, bool); 14] = [
    ("cap.quantity", "most", true),
    ("cap.value", "most", true),
    ("limit.position-size", "most", true),
    ("limit.position-value", "most", true),
    ("limit.share-of-nlv", "percent", true),
    ("limit.concentration", "percent", true),
    ("limit.gross-exposure", "most", true),
    ("limit.net-exposure", "most", true),
    ("limit.leverage", "times", true),
    ("limit.daily-loss", "most", true),
    ("limit.margin-cushion", "percent", false),
    ("price.collar", "percent", true),
    ("price.fresh", "seconds", true),
    ("limit.orders", "minute", true),
];

proptest! {
    #[test]
    fn a_stricter_limit_never_lets_more_through(
        bound in prop::sample::select(BOUNDS.to_vec()),
        one in 0u32..3000, other in 0u32..3000,
        quantity in 1u32..1500, price in 100u32..260,
        held in -100i64..100, pnl in -3000i64..3000, sent in 0u32..30,
        side in prop::sample::select(vec!["buy", "sell"]),
    ) {
        let (rule, key, lower) = bound;
        let (strict, lax) = match lower {
            true => (one.min(other), one.max(other)),
            false => (one.max(other), one.min(other)),
        };
        let given = format!(
            "individual holds {held} pnl {pnl} excess 50000 minute {sent} value {} gross {} net {} symbol {}",
            held * 180, held.abs() * 180, held * 180, held.abs() * 180
        );
        let world = World::read(&given);
        let draft = order(&format!("{side} {quantity} at {price}"));
        let passes = |number: u32| {
            world.judge(&draft, &book(&format!("{rule}.{key}={number}"))).is_clear()
        };
        prop_assert!(passes(lax) || !passes(strict), "{rule} {strict} {lax}");
    }

    #[test]
    fn a_severer_rule_never_lets_more_through(
        rule in prop::sample::select(vec!["cap.quantity", "cap.value", "price.fresh", "price.collar"]),
        quantity in 1u32..2500, price in 100u32..260, age in 0u32..40,
    ) {
        let world = World::read(&format!("individual old {age}"));
        let draft = order(&format!("buy {quantity} at {price}"));
        let goes: Vec<bool> = ["off", "inform", "warn", "override", "block"]
            .iter()
            .map(|severity| {
                world.judge(&draft, &book(&format!("{rule}.severity={severity}"))).is_clear()
            })
            .collect();
        prop_assert!(goes.windows(2).all(|pair| pair[0] || !pair[1]), "{goes:?}");
    }
}
