//! The rule book in force: shown, planned anew, exchanged. A book is in force only once its
//! record is on disk; previews made under another are judged by it when they are confirmed.
//!
//! Deliberately not here: the rule file, which is the shell's.

use super::Desk;
use crate::effect::{Answer, AskId, Awaited, Effect, RulePlan};
use crate::error::{ApiError, ErrorCode};
use crate::record::{Entry, Record, RulesBy};
use crate::view::{
    ModeOnView, RuleChoice, RuleFault, RuleParamView, RuleSettingView, RuleValue, RuleView,
    RulesHeadView, RulesView, Tone,
};
use gatehouse_domain::Decimal;
use gatehouse_domain::id::AccountId;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_rules::book::{Setting, Value};
use gatehouse_rules::rule::{Changeable, Group, ParamInfo, Unit};
use gatehouse_rules::{RuleBook, RuleInfo, Severity, rule_named, rules};

/// What is to be typed for a change that lets more through.
const WORD: &str = "LOOSEN";

/// What the page and the journal know of the book.
#[derive(Debug, Default)]
pub(super) struct BookState {
    revision: u32,
    /// Why the rule file is not what holds.
    fault: Option<String>,
    /// The book that was written into the journal last.
    written: Option<String>,
}

impl BookState {
    pub(super) fn new(fault: Option<String>) -> Self {
        Self {
            fault,
            ..Self::default()
        }
    }
}

impl Desk {
    pub(super) fn restore_book(&mut self, record: &Record) {
        if let Entry::RulesChanged { book, .. } = &record.entry {
            self.book_state.written = Some(book.clone());
        }
    }

    /// What a new run writes of the book that it starts with: how it differs from the one that
    /// was in force last, and why it is not the rule file's.
    pub(crate) fn book_at_start(&mut self, now: UnixMillis) -> Vec<Record> {
        let mut records = Vec::new();
        if let Some(why) = self.book_state.fault.clone() {
            self.tell(now, Tone::Alarm, &why, None);
            records.push(self.record(now, None, None, Entry::RulesFault { why }));
        }
        let book = self.options.book.text();
        let last = match &self.book_state.written {
            Some(text) if *text == book => return records,
            Some(text) => RuleBook::parse(text).unwrap_or_default(),
            None => RuleBook::default(),
        };
        records.extend(self.book_record(&last, RulesBy::File, now));
        records
    }

    /// Says and records what differs from `before`; none when nothing does.
    fn book_record(&mut self, before: &RuleBook, by: RulesBy, now: UnixMillis) -> Option<Record> {
        let changes = self.options.book.changes_from(before);
        let changed: Vec<String> = changes.iter().map(|change| change.says.clone()).collect();
        if changed.is_empty() {
            return None;
        }
        if by == RulesBy::File {
            let tone = if changes.iter().any(|change| change.looser) {
                Tone::Warning
            } else {
                Tone::Quiet
            };
            let text = format!("The rule file was changed. {}", changed.join(" "));
            self.tell(now, tone, &text, None);
        }
        let entry = Entry::RulesChanged {
            by,
            changes: changed,
            book: self.options.book.text(),
        };
        Some(self.record(now, None, None, entry))
    }

    /// The head that the stream carries.
    pub(super) fn rules_head(&self) -> RulesHeadView {
        RulesHeadView {
            revision: self.book_state.revision,
            fault: self.book_state.fault.clone(),
            modes: modes_on(&self.options.book),
        }
    }

    pub(super) fn rules_view(&self, now: UnixMillis) -> RulesView {
        let book = &self.options.book;
        let accounts: Vec<&AccountId> = book.accounts().collect();
        RulesView {
            rules: rules()
                .map(|rule| rule_view(rule, book, &accounts, now))
                .collect(),
            own: self.own_views(now),
            accounts: accounts.iter().map(ToString::to_string).collect(),
            fault: self.book_state.fault.clone(),
        }
    }

    /// What would come of a choice. Changes nothing.
    pub(super) fn plan_rule(&self, choice: &RuleChoice) -> Result<RulePlan, ApiError> {
        self.refuse_faulty_file()?;
        let unknown = |what: &str| ApiError::new(ErrorCode::NotFound, what.to_owned());
        let rule = rule_named(&choice.rule).ok_or_else(|| unknown("There is no such rule."))?;
        let account = choice
            .account
            .as_deref()
            .map(AccountId::new)
            .transpose()
            .map_err(|fault| unknown(&fault.to_string()))?;
        let book = &self.options.book;
        let setting = match parse_setting(rule, choice) {
            Ok(setting) => setting,
            Err(faults) => return Ok(RulePlan::Faulty(faults)),
        };
        // Each value by itself first, so that a fault is told at its field.
        let faults: Vec<RuleFault> = setting
            .values
            .iter()
            .filter_map(|(key, value)| {
                let mut one = Setting::default();
                one.values.insert(key.clone(), value.clone());
                let fault = book.clone().with(rule, account.as_ref(), one).err()?;
                Some(at(key, fault.to_string()))
            })
            .collect();
        if !faults.is_empty() {
            return Ok(RulePlan::Faulty(faults));
        }
        let planned = match book.clone().with(rule, account.as_ref(), setting) {
            Ok(planned) => planned,
            Err(fault) => {
                return Ok(RulePlan::Faulty(vec![RuleFault {
                    key: None,
                    says: fault.to_string(),
                }]));
            }
        };
        Ok(self.asks_word(planned, choice.word.as_deref()))
    }

    /// While the rule file can't be used, writing it would lose what stands in it.
    pub(super) fn refuse_faulty_file(&self) -> Result<(), ApiError> {
        match &self.book_state.fault {
            None => Ok(()),
            Some(fault) => Err(ApiError::new(
                ErrorCode::BadInput,
                format!("Mend the rule file first, or set it aside. {fault}"),
            )),
        }
    }

    /// A book that lets more through is ready only once the word for it was typed.
    pub(super) fn asks_word(&self, planned: RuleBook, word: Option<&str>) -> RulePlan {
        let looser: Vec<String> = planned
            .changes_from(&self.options.book)
            .into_iter()
            .filter(|change| change.looser)
            .map(|change| change.says)
            .collect();
        let typed = word.unwrap_or_default().trim();
        if !looser.is_empty() && !typed.eq_ignore_ascii_case(WORD) {
            return RulePlan::AsksWord {
                says: looser,
                word: WORD.to_owned(),
            };
        }
        RulePlan::Ready(Box::new(planned))
    }

    /// Puts a book in force, or with `None` leaves the one that is, and keeps what is wrong with
    /// the rule file.
    pub(super) fn take_book(
        &mut self,
        id: AskId,
        book: Option<RuleBook>,
        by: RulesBy,
        fault: Option<String>,
        now: UnixMillis,
    ) -> Vec<Effect> {
        let fault_before = std::mem::replace(&mut self.book_state.fault, fault);
        let before = match book {
            Some(book) => std::mem::replace(&mut self.options.book, book),
            None => self.options.book.clone(),
        };
        self.book_changed();
        let mut records: Vec<Record> = Vec::new();
        if self.book_state.fault != fault_before
            && let Some(why) = self.book_state.fault.clone()
        {
            self.tell(now, Tone::Alarm, &why, None);
            records.push(self.record(now, None, None, Entry::RulesFault { why }));
        }
        records.extend(self.book_record(&before, by, now));
        let done = Effect::Answer {
            id,
            answer: Ok(Answer::Rules(Box::new(self.rules_view(now)))),
        };
        if records.is_empty() {
            return vec![done];
        }
        let awaited = Awaited::Book {
            id,
            before: Box::new(before),
            fault: fault_before,
        };
        vec![self.commit(records, vec![done], awaited)]
    }

    /// The change could not be written, so all stays as it was.
    pub(super) fn keeps_book(&mut self, before: RuleBook, fault: Option<String>) {
        self.options.book = before;
        self.book_state.fault = fault;
        self.book_changed();
    }

    fn book_changed(&mut self) {
        self.book_state.revision = self.book_state.revision.wrapping_add(1);
        self.page.rules = true;
    }
}

/// The modes that are on, over all accounts and then where one has them for itself.
fn modes_on(book: &RuleBook) -> Vec<ModeOnView> {
    let places = std::iter::once(None).chain(book.accounts().map(Some));
    places
        .flat_map(|place| rules().map(move |rule| (place, rule)))
        .filter(|(_, rule)| rule.group == Group::Modes && rule.changeable == Changeable::Freely)
        .filter_map(|(place, rule)| {
            let weight = book.at(place).severity(rule)?;
            let is_own = place.is_none() || book.at(None).severity(rule) != Some(weight);
            is_own.then(|| ModeOnView {
                rule: rule.id.to_owned(),
                title: rule.title.to_owned(),
                account: place.map(ToString::to_string),
                says: keeps_back(rule, weight),
            })
        })
        .collect()
}

/// What a mode keeps from going out, as the end of a sentence.
fn keeps_back(rule: &RuleInfo, weight: Severity) -> String {
    let what = match rule.id {
        "mode.read-only" => "no order goes out",
        "mode.paper-only" => "no order goes out on a live login",
        _ => "orders only make positions smaller",
    };
    match weight {
        Severity::Block => what.to_owned(),
        Severity::Override => format!("{what} unless you type a reason"),
        Severity::Warn => format!("it warns where otherwise {what}"),
        Severity::Inform => format!("it tells where otherwise {what}"),
    }
}

fn at(key: &str, says: impl Into<String>) -> RuleFault {
    RuleFault {
        key: Some(key.to_owned()),
        says: says.into(),
    }
}

fn parse_setting(rule: &RuleInfo, choice: &RuleChoice) -> Result<Setting, Vec<RuleFault>> {
    let mut setting = Setting {
        severity: choice.weight.map(Into::into),
        ..Setting::default()
    };
    let mut faults = Vec::new();
    for RuleValue { key, text } in &choice.values {
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        match rule.param(key).map(|param| parse_value(param, text)) {
            Some(Ok(value)) => {
                setting.values.insert(key.clone(), value);
            }
            Some(Err(says)) => faults.push(at(key, says)),
            None => faults.push(at(key, "The rule has nothing of that name to set.")),
        }
    }
    if faults.is_empty() {
        Ok(setting)
    } else {
        Err(faults)
    }
}

fn parse_value(param: &ParamInfo, text: &str) -> Result<Value, String> {
    match param.unit {
        Unit::Choice => Ok(Value::Words(vec![text.to_owned()])),
        Unit::Symbols | Unit::Kinds => Ok(Value::Words(
            text.split([',', ';', '\n'])
                .map(|word| word.trim().to_ascii_uppercase())
                .filter(|word| !word.is_empty())
                .collect(),
        )),
        _ => text
            .parse::<Decimal>()
            .map(Value::Number)
            .map_err(|_| format!("{text} is not a plain number. Type it as 1000 or 2.5.")),
    }
}

fn rule_view(
    rule: &RuleInfo,
    book: &RuleBook,
    accounts: &[&AccountId],
    now: UnixMillis,
) -> RuleView {
    let places = std::iter::once(None).chain(accounts.iter().copied().map(Some));
    RuleView {
        id: rule.id.to_owned(),
        title: rule.title.to_owned(),
        sentence: rule.sentence.to_owned(),
        group: rule.group,
        source: rule.source.to_string(),
        from: rule.from.map(|day| day.to_string()),
        until: rule.until.map(|day| day.to_string()),
        in_force: rule.in_force(now.day_utc()),
        scope: rule.scope.words(),
        changeable: rule.changeable,
        usual: rule.severity.into(),
        weights: weights(rule),
        params: rule.params.iter().map(param_view).collect(),
        settings: places
            .filter_map(|place| {
                let set = book.settings(place)?.get(rule.id)?;
                Some(RuleSettingView {
                    account: place.map(ToString::to_string),
                    weight: set.severity.map(Into::into),
                    values: set
                        .values
                        .iter()
                        .map(|(key, value)| RuleValue {
                            key: key.clone(),
                            text: value.typed(),
                        })
                        .collect(),
                })
            })
            .collect(),
    }
}

/// What may be chosen.
fn weights(rule: &RuleInfo) -> Vec<crate::view::RuleWeight> {
    let all = [
        None,
        Some(Severity::Inform),
        Some(Severity::Warn),
        Some(Severity::Override),
        Some(Severity::Block),
    ];
    all.into_iter()
        .filter(|severity| match rule.changeable {
            Changeable::No => false,
            Changeable::Stricter => *severity >= rule.severity,
            Changeable::Freely => true,
        })
        .map(Into::into)
        .collect()
}

fn param_view(param: &ParamInfo) -> RuleParamView {
    let is_choice = param.unit == Unit::Choice;
    let usual = if is_choice {
        param.words.first().map(|word| (*word).to_owned())
    } else if param.unit.is_words() {
        (!param.words.is_empty()).then(|| param.words.join(", "))
    } else {
        param.usual.map(|usual| Value::Number(usual).typed())
    };
    RuleParamView {
        key: param.key.to_owned(),
        title: param.title.to_owned(),
        unit: param.unit,
        usual,
        choices: if is_choice {
            param.words.iter().map(|word| (*word).to_owned()).collect()
        } else {
            Vec::new()
        },
    }
}
