//! The facts of an order that is being judged.

use super::draft_facts::{of_draft, of_moment};
use super::fact::{Fact, Knows, plain};
use super::field::Field;
use super::scope::{account_word, kind_word};
use crate::book::RuleBook;
use crate::built_in::{Case, Closing, Question, closing, worth};
use crate::facts::Facts;
use crate::rule::RuleInfo;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::{Mode, Tag};
use gatehouse_domain::contract::SecurityKind;
use gatehouse_domain::derivative::Right;
use gatehouse_domain::draft::Draft;
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::observed::Source;
use gatehouse_domain::quote::QuoteField;
use jiff::civil::Date;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Stands where a built-in rule stands when its reckoning is used.
static OWN: RuleInfo = RuleInfo::LIMIT;

/// The facts of an order, each found once.
pub(crate) struct Live<'a> {
    case: Case<'a>,
    today: Option<Date>,
    found: [OnceCell<Fact<'a>>; Field::ALL.len()],
}

impl<'a> Live<'a> {
    pub(crate) fn new(question: &Question<'a>) -> Self {
        Self {
            case: question.case(&OWN),
            today: question.today,
            found: std::array::from_fn(|_| OnceCell::new()),
        }
    }

    pub(super) fn draft(&self) -> &'a Draft {
        self.case.draft
    }

    pub(super) fn mode(&self) -> Mode {
        self.case.facts.mode
    }

    pub(super) fn today(&self) -> Option<Date> {
        self.today
    }

    fn find(&self, field: Field) -> Fact<'a> {
        if let Some(fact) = of_draft(self.case.draft, field) {
            return fact;
        }
        if let Some(fact) = of_moment(self.case.now, field) {
            return fact;
        }
        self.of_instrument(field)
            .or_else(|| self.of_account(field))
            .unwrap_or_else(|| self.of_market(field))
    }

    fn of_instrument(&self, field: Field) -> Option<Fact<'a>> {
        let contract = &self.case.facts.instrument.contract;
        let option = contract.derivative.and_then(|terms| terms.option);
        let of_option = |fact: Option<Fact<'a>>| match option {
            Some(_) => fact.unwrap_or(Fact::Unknown),
            None if contract.kind == SecurityKind::Combo => Fact::Unknown,
            None => Fact::Absent,
        };
        Some(match field {
            Field::OrderSymbol => Fact::word(contract.symbol.as_str()),
            Field::OrderKind => kind_word(contract.kind).map_or(Fact::Unknown, Fact::word),
            Field::OrderCurrency => Fact::word(contract.currency.as_str()),
            Field::OrderListedOn => contract
                .primary_exchange
                .as_deref()
                .map_or(Fact::Unknown, Fact::word),
            Field::OrderCloses => match closing(&self.case) {
                Closing::Closes => Fact::yes(true),
                Closing::Opens { .. } => Fact::yes(false),
                Closing::Unknown => Fact::Unknown,
            },
            Field::OrderValue => Fact::known(self.value()),
            Field::OrderShareOfNlv => self.share(self.value(), Tag::NetLiquidation),
            Field::OrderShareOfFunds => self.share(self.value(), Tag::AvailableFunds),
            Field::OptionRight => of_option(option.map(|terms| {
                Fact::word(match terms.right {
                    Right::Call => "call",
                    Right::Put => "put",
                })
            })),
            Field::OptionDays => self.days_to_expiry(),
            Field::OptionDelta => of_option(self.quoted(QuoteField::Delta).map(Fact::Number)),
            Field::OptionOutOfMoney => of_option(option.and_then(|terms| {
                let at = self.quoted(QuoteField::UnderlyingPrice)?;
                let above = percent(terms.strike.get().checked_sub(at)?, at)?;
                Some(Fact::Number(match terms.right {
                    Right::Call => above,
                    Right::Put => -above,
                }))
            })),
            _ => return None,
        })
    }

    fn of_account(&self, field: Field) -> Option<Fact<'a>> {
        let facts = self.case.facts;
        let figure = |tag| Fact::known(self.figure(tag));
        Some(match field {
            Field::AccountKind => facts
                .account
                .and_then(|account| account_word(account.kind))
                .map_or(Fact::Unknown, Fact::word),
            Field::AccountNlv => figure(Tag::NetLiquidation),
            Field::AccountCash => figure(Tag::TotalCashValue),
            Field::AccountSettledCash => figure(Tag::SettledCash),
            Field::AccountAvailableFunds => figure(Tag::AvailableFunds),
            Field::AccountBuyingPower => figure(Tag::BuyingPower),
            Field::AccountExcess => figure(Tag::ExcessLiquidity),
            Field::AccountDailyPnl => figure(Tag::DailyPnl),
            Field::AccountCushion => {
                self.share(self.figure(Tag::ExcessLiquidity), Tag::NetLiquidation)
            }
            Field::AccountDailyPnlShare => {
                self.share(self.figure(Tag::DailyPnl), Tag::NetLiquidation)
            }
            Field::AccountLeverage => {
                match self.share(self.figure(Tag::GrossPositionValue), Tag::NetLiquidation) {
                    Fact::Number(percent) => Fact::Number(percent / Decimal::ONE_HUNDRED),
                    fact => fact,
                }
            }
            Field::AccountOrdersMinute => Fact::Number(facts.sent.minute.into()),
            Field::AccountOrdersDay => Fact::Number(facts.sent.day.into()),
            Field::PositionQuantity => Fact::known(facts.position),
            Field::PositionValue => Fact::known(facts.exposure.position),
            Field::PositionShareOfNlv => self.share(
                facts.exposure.position.map(|value| value.abs()),
                Tag::NetLiquidation,
            ),
            Field::PositionSymbolShare => self.share(facts.exposure.symbol, Tag::NetLiquidation),
            Field::PositionAverageCost => match facts.position {
                Some(held) if held.is_zero() => Fact::Absent,
                _ => Fact::known(facts.average_cost),
            },
            Field::PositionUnrealized => match facts.position {
                Some(held) if held.is_zero() => Fact::Absent,
                _ => Fact::known(facts.exposure.unrealized),
            },
            _ => return None,
        })
    }

    fn of_market(&self, field: Field) -> Fact<'a> {
        let quote = self.case.facts.quote;
        let middle = || {
            let (bid, ask) = (self.quoted(QuoteField::Bid)?, self.quoted(QuoteField::Ask)?);
            let middle = bid.checked_add(ask)? / Decimal::TWO;
            (middle > Decimal::ZERO && ask >= bid).then_some((bid, ask, middle))
        };
        match field {
            Field::OrderLimitDistance => Fact::known(middle().and_then(|(_, _, middle)| {
                let limit = self.case.draft.pricing.limit()?.get();
                percent(limit.checked_sub(middle)?.abs(), middle)
            })),
            Field::MarketBid => Fact::known(self.quoted(QuoteField::Bid)),
            Field::MarketAsk => Fact::known(self.quoted(QuoteField::Ask)),
            Field::MarketLast => Fact::known(self.quoted(QuoteField::Last)),
            Field::MarketSpread => Fact::known(
                middle().and_then(|(bid, ask, middle)| percent(ask.checked_sub(bid)?, middle)),
            ),
            Field::MarketVolume => Fact::known(self.quoted(QuoteField::Volume)),
            Field::MarketChange => Fact::known(self.quoted(QuoteField::Last).and_then(|last| {
                let close = self.quoted(QuoteField::Close)?;
                percent(last.checked_sub(close)?, close)
            })),
            Field::MarketVolatility => Fact::known(
                self.quoted(QuoteField::ImpliedVolatility)
                    .and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED)),
            ),
            Field::MarketAge => Fact::known(
                quote
                    .and_then(|quote| quote.newest())
                    .map(|at| self.case.now.since(at).as_secs().into()),
            ),
            Field::MarketDelayed => quote
                .and_then(|quote| quote.mark())
                .map_or(Fact::Unknown, |mark| Fact::yes(mark.source != Source::Live)),
            _ => Fact::Unknown,
        }
    }

    fn quoted(&self, field: QuoteField) -> Option<Decimal> {
        Some(self.case.facts.quote?.get(field)?.value)
    }

    fn figure(&self, tag: Tag) -> Option<Decimal> {
        self.case.facts.account?.figure(tag)
    }

    /// What the whole order costs or brings at worst, in the account's base currency.
    fn value(&self) -> Option<Decimal> {
        let each = worth(&self.case).ok()?.each;
        each.checked_mul(self.case.draft.quantity.get())
    }

    /// So many hundredths of a figure of the account. Of nothing, or less, there is no share.
    fn share(&self, amount: Option<Decimal>, of: Tag) -> Fact<'a> {
        let whole = self.figure(of).filter(|whole| *whole > Decimal::ZERO);
        Fact::known(amount.zip(whole).and_then(|(part, of)| percent(part, of)))
    }

    /// Of a combination those to the first expiry of its legs.
    fn days_to_expiry(&self) -> Fact<'a> {
        let facts = self.case.facts;
        let contract = &facts.instrument.contract;
        let expiry = if contract.kind == SecurityKind::Combo {
            let mut first = None;
            for leg in facts.legs {
                let Some(contract) = leg.contract else {
                    return Fact::Unknown;
                };
                let expiry = contract.derivative.map(|terms| terms.expiry);
                first = match (first, expiry) {
                    (Some(first), Some(expiry)) => Some(std::cmp::min(first, expiry)),
                    (first, expiry) => first.or(expiry),
                };
            }
            first
        } else {
            match (contract.kind, contract.derivative) {
                (SecurityKind::Stock | SecurityKind::Forex, _) => return Fact::Absent,
                // What expires and does not say when.
                (_, None) => return Fact::Unknown,
                (_, Some(terms)) => Some(terms.expiry),
            }
        };
        let Some(expiry) = expiry else {
            return Fact::Absent;
        };
        let today = crate::sessions::new_york(self.case.now).map(|(day, _)| day);
        let days = today.and_then(|day| day.until(expiry.date()).ok());
        Fact::known(days.map(|span| span.get_days().into()))
    }
}

impl Knows for Live<'_> {
    fn fact(&self, field: Field) -> Fact<'_> {
        self.found[field as usize]
            .get_or_init(|| self.find(field))
            .clone()
    }
}

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_div(whole)?.checked_mul(Decimal::ONE_HUNDRED)
}

/// The facts that own rules could know of an order at this moment, by their names: for what is
/// absent nothing, and those that are not known left out. So an order can be held against a rule
/// that is written later ([`super::Past`]).
#[must_use]
pub fn seen(
    draft: &Draft,
    facts: &Facts<'_>,
    book: &RuleBook,
    now: UnixMillis,
) -> BTreeMap<String, Option<String>> {
    let live = Live::new(&Question::new(draft, facts, book, now));
    let told = |field: Field| {
        // The order and the moment tell these again at any time.
        if of_draft(draft, field).is_some() || of_moment(now, field).is_some() {
            return None;
        }
        let text = match live.fact(field) {
            Fact::Unknown => return None,
            Fact::Absent => None,
            Fact::Number(number) => Some(plain(number, field.measure())),
            Fact::Word(word) => Some(word.into_owned()),
        };
        Some((field.info().key.to_owned(), text))
    };
    Field::ALL.into_iter().filter_map(told).collect()
}
