//! The table of cases in words, `cases.txt`, and what holds for every order and every book.

use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Account, AccountKind, Mode, Tag};
use gatehouse_domain::contract::{Contract, Instrument, SecurityKind, Underlying};
use gatehouse_domain::decimal::{Currency, Price};
use gatehouse_domain::derivative::{Derivative, Expiry, OptionTerms, Right};
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::id::{AccountId, ConId, Symbol};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Observed;
use gatehouse_domain::quote::{Quote, QuoteField};
use gatehouse_domain::what_if::{BeforeAfter, WhatIf};
use gatehouse_rules::book::Value;
use gatehouse_rules::facts::{Exposure, Holdings, InIndustry, Open, Sent, Trade};
use gatehouse_rules::rule::{Changeable, Stricter};
use gatehouse_rules::{
    Facts, Finding, Mend, RuleBook, Severity, Verdict, judge, rule_named, rules,
};
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
    cost: Option<Decimal>,
    since: Option<UnixMillis>,
    spending: Option<Decimal>,
    trades: Vec<Traded>,
    open: Vec<Traded>,
    by_symbol: Vec<(String, Option<Decimal>)>,
    /// Industry, here, over all.
    industries: Vec<(Option<String>, Option<Decimal>, Option<Decimal>)>,
    what_if: Option<WhatIf>,
    margin: Option<Decimal>,
}

/// `joint:sold:AAPL:10:12:-50`: of which kind of account, which way, what, how many, so many days
/// ago and what it realized.
struct Traded {
    account: AccountId,
    kind: AccountKind,
    contract: Contract,
    side: Side,
    quantity: Decimal,
    at: UnixMillis,
    realized: Option<Decimal>,
    loses: Option<bool>,
}

impl Traded {
    fn read(text: &str, now: UnixMillis) -> Self {
        let words: Vec<&str> = text.split('/').collect();
        let [whose, side, what, quantity, ago, realized] = words[..] else {
            panic!("{text}");
        };
        let (account, kind) = match whose {
            "here" => ("DU1", AccountKind::Individual),
            whose => ("DU2", kind(whose).expect("a kind")),
        };
        let back = i64::from(count(ago)) * 24 * 3600 * 1000;
        Self {
            account: AccountId::new(account).unwrap(),
            kind,
            contract: contract_named(what),
            side: match side {
                "bought" | "buys" => Side::Buy,
                "sold" | "sells" => Side::Sell,
                other => panic!("{other}"),
            },
            quantity: dec(quantity),
            at: UnixMillis(now.0 - back),
            realized: match realized {
                "loss" | "gain" => None,
                realized => known(realized),
            },
            loses: match realized {
                "loss" => Some(true),
                "gain" => Some(false),
                _ => None,
            },
        }
    }
}

/// `20261218:190:C`, an option on Apple; `AAPL1:20261218:190:C`, one of a class that was adjusted;
/// `AAPL`, its stock.
fn contract_named(word: &str) -> Contract {
    if word == "AAPL" {
        return apple().contract;
    }
    if let Some(plain) = word.strip_prefix("AAPL1:") {
        let plain = contract_named(plain);
        return Contract {
            con_id: ConId::new(plain.con_id.get() + 5).unwrap(),
            local_symbol: Some("AAPL1 261218C00190000".into()),
            ..plain
        };
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

/// `12000/50000`: the broker says that the order takes so much more initial margin, with so much
/// available before it.
fn answer(value: &str) -> WhatIf {
    let (takes, available) = value.split_once('/').expect("takes/available");
    let before = dec("1000");
    WhatIf {
        initial_margin: BeforeAfter {
            before: Some(before),
            after: known(takes).map(|takes| before + takes),
        },
        equity_with_loan: BeforeAfter {
            before: known(available).map(|available| before + available),
            after: None,
        },
        ..WhatIf::default()
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
            cost: None,
            since: None,
            spending: nothing,
            trades: Vec::new(),
            open: Vec::new(),
            by_symbol: Vec::new(),
            industries: Vec::new(),
            what_if: None,
            margin: nothing,
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
            "cost" => self.cost = known(value),
            "seen" => self.since = Some(ago(&(count(value) * 24 * 3600).to_string())),
            "spending" => self.spending = known(value),
            "traded" => self.trades.push(Traded::read(value, self.now)),
            "order" => self.open.push(Traded::read(value, self.now)),
            "worth" => {
                let (symbol, value) = value.split_once('=').expect("symbol=value");
                self.by_symbol.push((symbol.to_owned(), known(value)));
            }
            "has-cash" => {
                let (currency, amount) = value.split_once('=').expect("currency=amount");
                let account = self.account.as_mut().expect("an account");
                let amount = Observed::live(dec(amount), START);
                account
                    .cash
                    .insert(Currency::parse(currency).unwrap(), amount);
            }
            "rate" => {
                let (currency, rate) = value.split_once('=').expect("currency=rate");
                let account = self.account.as_mut().expect("an account");
                let rate = Observed::live(dec(rate), START);
                let currency = Currency::parse(currency).unwrap();
                account.exchange_rates.insert(currency, rate);
            }
            "base" => self.account.as_mut().expect("an account").base = Currency::parse(value),
            "pair" => {
                let (symbol, currency) = value.split_once('.').expect("EUR.USD");
                let contract = &mut self.instrument.contract;
                contract.symbol = Symbol::new(symbol).unwrap();
                contract.currency = Currency::parse(currency).unwrap();
                contract.kind = SecurityKind::Forex;
            }
            "on" => {
                self.instrument.underlying = Some(Underlying {
                    con_id: ConId::new(1).unwrap(),
                    kind: SecurityKind::from_wire(value),
                });
            }
            "selling" => self.selling = dec(value),
            "buying" => self.buying = dec(value),
            "owing" => self.owing = known(value),
            "trades" => self.instrument.contract = contract_named(value),
            "named" => self.instrument.contract.symbol = Symbol::new(value).unwrap(),
            "future" => {
                self.instrument.contract.symbol = Symbol::new(value).unwrap();
                self.instrument.contract.kind = SecurityKind::Future;
            }
            "futureoption" => {
                self.instrument.contract.symbol = Symbol::new(value).unwrap();
                self.instrument.contract.kind = SecurityKind::FutureOption;
            }
            "industry" => {
                self.instrument.business.industry = (value != "?").then(|| value.to_owned());
            }
            "in" => {
                let (industry, sums) = value.split_once('=').expect("industry=here/all");
                let (here, over_all) = sums.split_once('/').expect("here/all");
                let industry = (industry != "?").then(|| industry.to_owned());
                self.industries
                    .push((industry, known(here), known(over_all)));
            }
            "takes" => self.what_if = Some(answer(value)),
            "margin" => self.margin = known(value),
            "available" => figure(self.account.as_mut(), Tag::AvailableFunds, value),
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
            "bid" | "ask" | "bidsize" | "asksize" | "volume" | "average" => {
                let field = match word {
                    "bid" => QuoteField::Bid,
                    "ask" => QuoteField::Ask,
                    "bidsize" => QuoteField::BidSize,
                    "asksize" => QuoteField::AskSize,
                    "average" => QuoteField::AverageVolume,
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
        let trades: Vec<Trade<'_>> = self.trades.iter().map(trade).collect();
        let open: Vec<Open<'_>> = self.open.iter().map(open_order).collect();
        let by_symbol: Vec<(&str, Option<Decimal>)> = self
            .by_symbol
            .iter()
            .map(|(symbol, value)| (symbol.as_str(), *value))
            .collect();
        let by_industry: Vec<InIndustry<'_>> = self
            .industries
            .iter()
            .map(|(industry, here, over_all)| InIndustry {
                industry: industry.as_deref(),
                here: *here,
                over_all: *over_all,
            })
            .collect();
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
            average_cost: self.cost,
            trades: &trades,
            trades_since: self.since,
            open: &open,
            spending: self.spending,
            by_symbol: &by_symbol,
            by_industry: self.position.is_some().then_some(by_industry.as_slice()),
            what_if: self
                .what_if
                .as_ref()
                .map(|said| Observed::live(said, START)),
            working_margin: self.margin,
            ..Facts::of(&self.instrument)
        };
        judge(draft, &facts, book, self.now).verdict().clone()
    }
}

fn trade(traded: &Traded) -> Trade<'_> {
    Trade {
        account: &traded.account,
        kind: traded.kind,
        contract: &traded.contract,
        side: traded.side,
        quantity: traded.quantity,
        at: traded.at,
        realized: traded.realized,
    }
}

fn open_order(traded: &Traded) -> Open<'_> {
    Open {
        account: &traded.account,
        kind: traded.kind,
        contract: &traded.contract,
        side: traded.side,
        loses: traded.loses,
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
            let word = |word: &str| word.replace('_', " ");
            let words = || Value::Words(value.split(',').map(word).collect());
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
        Some(Mend::Exchange {
            pair,
            side,
            quantity,
        }) => format!("{outcome} mend {} {quantity} {pair}", side.words()),
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

/// Everything that can be set as a number, with the way in which it is stricter: of every rule.
fn bounds() -> Vec<(&'static str, &'static str, bool)> {
    let params = rules().flat_map(|rule| rule.params.iter().map(move |param| (rule, param)));
    params
        .filter(|(rule, param)| {
            rule.changeable == Changeable::Freely
                && !param.unit.is_words()
                && param.stricter != Stricter::Neither
        })
        .map(|(rule, param)| (rule.id, param.key, param.stricter == Stricter::Lower))
        .collect()
}

#[test]
fn every_number_that_can_be_set_has_a_stricter_way() {
    assert!(bounds().len() >= 30, "{}", bounds().len());
    for rule in rules() {
        for param in rule.params.iter().filter(|param| !param.unit.is_words()) {
            assert_ne!(
                param.stricter,
                Stricter::Neither,
                "{} {}",
                rule.id,
                param.key
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_stricter_limit_never_lets_more_through(
        bound in prop::sample::select(bounds()),
        one in 0u32..3000, other in 0u32..3000, scale in 0u32..3,
        quantity in 1u32..1500, price in 100u32..260,
        held in -100i64..100, pnl in -3000i64..3000, sent in 0u32..30, age in 0u32..60,
        size in 1u32..1000, usual in 1u32..200, daytrades in -1i32..4,
        side in prop::sample::select(vec!["buy", "sell"]),
        way in prop::sample::select(vec!["market", "limit"]),
    ) {
        let (rule, key, lower) = bound;
        // Some limits are small numbers, some are sums of money.
        let [one, other] = [one, other].map(|set| set / 10u32.pow(scale));
        let (strict, lax) = match lower {
            true => (one.min(other), one.max(other)),
            false => (one.max(other), one.min(other)),
        };
        let worth = held * 180;
        let given = format!(
            "individual old {age} holds {held} pnl {pnl} pnlall {pnl} excess 2000 high 120000 \
             minute {sent} day {sent} minuteall {sent} dayall {sent} alike {sent} usual {usual} \
             value {worth} gross {} net {worth} symbol {} symbolall {} grossall {} \
             daytrades {daytrades} asksize {size} bidsize {size} volume {size} average {size} \
             industry Technology in Technology={}/{} worth AAPL={}",
            worth.abs(), worth.abs(), worth.abs(), worth.abs(), worth.abs(), worth.abs(), worth.abs()
        );
        let world = World::read(&given);
        let draft = match way {
            "market" => order(&format!("{side} {quantity} market")),
            _ => order(&format!("{side} {quantity} at {price}")),
        };
        let passes = |number: u32| {
            let settings = format!(
                "{rule}.severity=block {rule}.{key}={number} day-trading.count.regime=legacy \
                 limit.group-concentration.groups=BIG:_AAPL_MSFT"
            );
            world.judge(&draft, &book(&settings)).is_clear()
        };
        prop_assert!(passes(lax) || !passes(strict), "{rule} {key} {strict} {lax}");
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
