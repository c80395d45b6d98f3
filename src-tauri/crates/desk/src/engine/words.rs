//! Sentences that a person would say.

use crate::record::{Entry, RulesBy};
use crate::view::CancelOutcome;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Account;
use gatehouse_domain::contract::Contract;
use gatehouse_domain::decimal::Price;
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::id::Symbol;
use gatehouse_domain::order::{Order, OrderState, OrderTerms, Origin};
use gatehouse_domain::pricing::{Pricing, TrailBy};
use gatehouse_domain::tif::TimeInForce;
use gatehouse_rules::Reason;

/// A number without trailing zeros, with thousands separators.
pub(super) fn number(value: Decimal) -> String {
    grouped(&value.normalize().to_string())
}

/// A price: at least two decimals.
pub(super) fn price(value: Decimal) -> String {
    let mut value = value.round_dp(6).normalize();
    if value.scale() < 2 {
        value.rescale(2);
    }
    grouped(&value.to_string())
}

/// A sum of money: two decimals.
pub(super) fn money(value: Decimal) -> String {
    let mut value = value.round_dp(2);
    value.rescale(2);
    grouped(&value.to_string())
}

fn grouped(text: &str) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("−", digits),
        None => ("", text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

fn trailing(by: TrailBy) -> String {
    match by {
        TrailBy::Amount { amount } => price(amount.get()),
        TrailBy::Percent { percent } => format!("{} %", number(percent.get())),
    }
}

/// How an order is priced, as part of a sentence.
pub(super) fn how(pricing: Option<Pricing>, order_type: &str) -> String {
    let at = |it: Price| price(it.get());
    let capped = |cap: Option<Price>, verb: &str| {
        cap.map_or(String::new(), |cap| format!(", {verb} {}", at(cap)))
    };
    match pricing {
        Some(Pricing::Market) => "at the market".to_owned(),
        Some(Pricing::Limit { price }) => format!("at {} or better", at(price)),
        Some(Pricing::Stop { trigger }) => {
            format!("at the market once it reaches {} (stop)", at(trigger))
        }
        Some(Pricing::StopLimit { trigger, price }) => format!(
            "at {} or better once the market reaches {} (stop limit)",
            at(price),
            at(trigger)
        ),
        Some(Pricing::Trail { by, trigger }) => format!(
            "at the market, with a stop trailing by {}{}",
            trailing(by),
            trigger.map_or(String::new(), |t| format!(", now at {}", at(t)))
        ),
        Some(Pricing::TrailLimit {
            by,
            trigger,
            offset,
        }) => format!(
            "with a stop trailing by {}, now at {}, and a limit {} beyond it",
            trailing(by),
            at(trigger),
            price(offset)
        ),
        Some(Pricing::MarketIfTouched { trigger }) => {
            format!("at the market once it touches {}", at(trigger))
        }
        Some(Pricing::LimitIfTouched { trigger, price }) => format!(
            "at {} or better once the market touches {}",
            at(price),
            at(trigger)
        ),
        Some(Pricing::MarketOnClose) => "in the closing auction".to_owned(),
        Some(Pricing::LimitOnClose { price }) => {
            format!("in the closing auction at {} or better", at(price))
        }
        Some(Pricing::Relative { offset, cap }) => format!(
            "pegged to the best price, bettered by {}{}",
            at(offset),
            capped(cap, "no further than")
        ),
        Some(Pricing::Midprice { cap }) => {
            format!("at the midprice{}", capped(cap, "no further than"))
        }
        Some(Pricing::PegMid { offset, cap }) => format!(
            "pegged to the midpoint{}{}",
            if offset.is_zero() {
                String::new()
            } else {
                format!(", {} away from it", price(offset))
            },
            capped(cap, "no further than")
        ),
        Some(Pricing::MarketToLimit) => {
            "at the market, the rest at the price of the first fill".to_owned()
        }
        None => order_type.to_owned(),
    }
}

fn until(tif: Option<TimeInForce>) -> String {
    match tif {
        Some(TimeInForce::Day) => ", today".to_owned(),
        Some(TimeInForce::Gtc) => ", until cancelled".to_owned(),
        Some(TimeInForce::Gtd { until }) => {
            let at = until.wire_utc().unwrap_or_default();
            let (date, time) = at.split_once('-').unwrap_or((&at, ""));
            let day = |from: usize, to: usize| date.get(from..to).unwrap_or_default();
            format!(
                ", until {}-{}-{} {time} UTC",
                day(0, 4),
                day(4, 6),
                day(6, 8)
            )
        }
        Some(TimeInForce::Ioc) => ", at once and the rest cancelled".to_owned(),
        Some(TimeInForce::Fok) => ", at once and all of it or nothing".to_owned(),
        Some(TimeInForce::Opg) => ", at the open".to_owned(),
        None => String::new(),
    }
}

/// Price and time of an order: "at 180.00 or better, today".
pub(super) fn how_long(terms: &OrderTerms) -> String {
    format!(
        "{}{}",
        how(terms.pricing, &terms.order_type),
        until(terms.tif)
    )
}

/// "Change to: " or nothing.
fn change_of(draft: &Draft) -> &'static str {
    if draft.changes.is_some() {
        "Change to: "
    } else {
        ""
    }
}

/// "Buy 10 AAPL at 180.00 or better, today, in DU1 (Roth IRA)".
pub(super) fn draft_sentence(
    draft: &Draft,
    contract: &Contract,
    account: Option<&Account>,
) -> String {
    let kind = account.map_or("unknown type", |a| a.kind.words());
    if !draft.legs.is_empty() {
        return format!(
            "{}{} {} × {}{}, in {} ({kind})",
            change_of(draft),
            match draft.side {
                Side::Buy => "Pay for",
                Side::Sell => "Receive for",
            },
            number(draft.quantity.get()),
            contract.label(),
            match draft.pricing.limit() {
                Some(limit) => format!(
                    ": {} a share {}{}",
                    price(limit.get()),
                    match draft.side {
                        Side::Buy => "or less",
                        Side::Sell => "or more",
                    },
                    until(Some(draft.tif))
                ),
                None => format!(
                    " {}{}",
                    how(Some(draft.pricing), ""),
                    until(Some(draft.tif))
                ),
            },
            draft.account,
        );
    }
    format!(
        "{}{} {} {} {}{}, in {} ({kind})",
        change_of(draft),
        draft.side.words(),
        number(draft.quantity.get()),
        contract.label(),
        how(Some(draft.pricing), ""),
        until(Some(draft.tif)),
        draft.account,
    )
}

/// "Buy 10 AAPL at 180.00 or better, today, in DU1".
pub(super) fn order_sentence(order: &Order) -> String {
    let terms = &order.terms;
    format!(
        "{} {} {} {}, in {}",
        terms.side.words(),
        number(terms.quantity.get()),
        terms.contract.label(),
        how_long(terms),
        terms.account,
    )
}

/// "Bought 10 AAPL at 179.98 in DU1".
pub(super) fn filled_sentence(order: &Order) -> String {
    let terms = &order.terms;
    let verb = match terms.side {
        Side::Buy => "Bought",
        Side::Sell => "Sold",
    };
    let at = order
        .average_price()
        .map(|average| format!(" at {}", price(average)))
        .unwrap_or_default();
    format!(
        "{verb} {} {}{at} in {}.",
        number(terms.quantity.get()),
        terms.contract.label(),
        terms.account
    )
}

/// Where an order stands, in words.
pub(super) fn order_state(order: &Order) -> String {
    let filled = order.filled();
    let all = order.terms.quantity.get();
    let part = format!("{} of {} filled", number(filled), number(all));
    match &order.state {
        OrderState::Sent => "Sent; not acknowledged yet".to_owned(),
        OrderState::Held => "Held by the broker".to_owned(),
        OrderState::Working if filled.is_zero() => "Working".to_owned(),
        OrderState::Working => format!("Working, {part}"),
        OrderState::Cancelling => "Cancel asked for".to_owned(),
        OrderState::Filled => "Filled".to_owned(),
        OrderState::Cancelled if filled.is_zero() => "Cancelled".to_owned(),
        OrderState::Cancelled => format!("Cancelled, {part}"),
        OrderState::Rejected {
            code: Some(code),
            reason,
        } => format!("Rejected: {reason} (code {code})"),
        OrderState::Rejected { code: None, reason } => format!("Not sent: {reason}"),
        OrderState::Inactive => "Inactive: the broker has it but it does not work".to_owned(),
        OrderState::Unknown => {
            "Not known: the link was lost while it was under way. It will not be sent again; the \
             broker is asked when the link is back"
                .to_owned()
        }
        OrderState::NotAtBroker => {
            "The broker lists it nowhere. Look in TWS before you place it again".to_owned()
        }
    }
}

/// Who made an order that was not made here.
pub(super) fn made_elsewhere(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Gatehouse(_) => None,
        Origin::Elsewhere { client_id: None } => Some("Made elsewhere".to_owned()),
        Origin::Elsewhere { client_id: Some(0) } => Some("Made in TWS".to_owned()),
        Origin::Elsewhere {
            client_id: Some(id),
        } => Some(format!("Made by API client {id}")),
    }
}

fn terms_sentence(terms: &OrderTerms) -> String {
    format!(
        "{} {} {} {}",
        terms.side.words(),
        number(terms.quantity.get()),
        terms.contract.label(),
        how_long(terms)
    )
}

/// "1 order", "3 orders".
pub(super) fn count(n: u32, noun: &str) -> String {
    if n == 1 {
        format!("1 {noun}")
    } else {
        format!("{n} {noun}s")
    }
}

/// What came of cancelling many orders.
pub(super) fn cancel_outcome(outcome: &CancelOutcome) -> String {
    let mut parts = Vec::new();
    if outcome.asked > 0 {
        parts.push(format!(
            "Cancel asked for {}.",
            count(outcome.asked, "order")
        ));
    }
    if outcome.waiting > 0 {
        parts.push(format!(
            "The cancel of {} goes out as soon as the gateway knows {}.",
            count(outcome.waiting, "order"),
            if outcome.waiting == 1 { "it" } else { "them" }
        ));
    }
    if outcome.under_way > 0 {
        parts.push(format!(
            "{} being cancelled already.",
            if outcome.under_way == 1 {
                "1 order was".to_owned()
            } else {
                format!("{} orders were", outcome.under_way)
            }
        ));
    }
    if outcome.elsewhere > 0 {
        parts.push(format!(
            "{} made in TWS or by other programs {} cancelled from here.",
            count(outcome.elsewhere, "order"),
            if outcome.elsewhere == 1 {
                "was not"
            } else {
                "were not"
            }
        ));
    }
    if parts.is_empty() {
        parts.push("There was nothing to cancel.".to_owned());
    }
    parts.join(" ")
}

/// A journal entry in one sentence.
#[must_use]
pub fn journal_sentence(entry: &Entry) -> String {
    match entry {
        Entry::Started { version } => format!("Gatehouse {version} started."),
        Entry::LinkUp {
            server_version,
            accounts,
        } => format!(
            "Connected (server version {server_version}) to {}.",
            accounts
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        ),
        Entry::LinkDown { why } => format!("Link lost. {why}"),
        Entry::WentOn { expects, accounts } => format!(
            "The profile expects {}. A person went on with {}.",
            super::expectation::expected_words(*expects),
            accounts
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        ),
        Entry::LiveArmed { minutes, .. } => {
            format!(
                "Live orders turned on by a person for {}.",
                count(*minutes, "minute")
            )
        }
        Entry::LiveDisarmed { why } => format!("Live orders off. {why}"),
        Entry::TradingStopped { .. } => "Trading stopped by a person.".to_owned(),
        Entry::HighWater { value } => format!("Highest value seen so far: {}.", money(*value)),
        Entry::RulesChanged { by, changes, .. } => {
            let who = match by {
                RulesBy::Person => "by a person",
                RulesBy::File => "by the rule file",
            };
            format!("Rules changed {who}. {}", changes.join(" "))
        }
        Entry::AccountKindSaid { said } => match said {
            Some(said) => format!("Account type set by a person: {}.", said.words()),
            None => "Account type is IBKR's word again.".to_owned(),
        },
        Entry::RulesFault { why } => why.clone(),
        Entry::TradingResumed => "Trading allowed again by a person.".to_owned(),
        Entry::Judged {
            symbol,
            label,
            draft,
            cleared,
            findings,
            ..
        } => {
            let name = label.as_deref().or(symbol.as_ref().map(Symbol::as_str));
            let what = ordered(draft, name);
            if *cleared {
                format!("Cleared by the rules: {what}.")
            } else {
                let why: Vec<&str> = findings
                    .iter()
                    .filter(|f| f.blocks())
                    .map(|f| f.says.as_str())
                    .collect();
                format!("Blocked: {what}. {}", why.join(" "))
            }
        }
        Entry::Previewed {
            preview, what_if, ..
        } => {
            let margin = what_if.initial_margin.after.map_or("—".to_owned(), money);
            format!("Preview {preview} ready; initial margin after it {margin}.")
        }
        Entry::PreviewFailed { why } => format!("No preview. {why}"),
        Entry::Abandoned { preview } => format!("Preview {preview} was let go."),
        Entry::Refused { preview, why } => format!("Confirmation of {preview} refused. {why}"),
        Entry::Approved {
            preview,
            terms,
            typed,
            reasons,
        } => format!(
            "{} ({preview}) and sent: {}.{}",
            confirmed(*typed),
            terms_sentence(terms),
            because(reasons)
        ),
        Entry::Attached { terms, .. } => {
            format!("Sent with its entry: {}.", terms_sentence(terms))
        }
        Entry::ChangeApproved {
            preview,
            terms,
            typed,
            reasons,
            ..
        } => format!(
            "{} ({preview}) and sent, a change to: {}.{}",
            confirmed(*typed),
            terms_sentence(terms),
            because(reasons)
        ),
        Entry::ChangeFailed { why, .. } => why.clone(),
        Entry::Changed { terms } => {
            format!("The broker lists it as: {}.", terms_sentence(terms))
        }
        Entry::PlaceFailed { why, .. } => why.clone(),
        Entry::CancelAsked => "Cancel asked for.".to_owned(),
        Entry::CancelFailed { why } => format!("Not cancelled. {why}"),
        Entry::CancelAllAsked { others } => format!(
            "Cancel of every order of the login asked for, {} made elsewhere among them.",
            count(*others, "order")
        ),
        Entry::CancelAllFailed { why } => format!("Not every order was cancelled. {why}"),
        Entry::Status { state, filled, .. } => {
            let word = match state {
                OrderState::Sent => "sent".to_owned(),
                OrderState::Held => "held".to_owned(),
                OrderState::Working => "working".to_owned(),
                OrderState::Cancelling => "cancel under way".to_owned(),
                OrderState::Filled => "filled".to_owned(),
                OrderState::Cancelled => "cancelled".to_owned(),
                OrderState::Rejected { reason, .. } => format!("rejected: {reason}"),
                OrderState::Inactive => "inactive".to_owned(),
                OrderState::Unknown => "outcome not known".to_owned(),
                OrderState::NotAtBroker => "not at the broker".to_owned(),
            };
            format!("Order {word}; {} filled.", number(*filled))
        }
        Entry::Execution {
            quantity,
            price: at,
            ..
        } => format!("Executed {} at {}.", number(*quantity), price(*at)),
        Entry::TradeSeen {
            contract,
            side,
            quantity,
            price: at,
            ..
        } => format!(
            "{} {} {} at {}, by an order made elsewhere or as a leg.",
            match side {
                Side::Buy => "Bought",
                Side::Sell => "Sold",
            },
            number(*quantity),
            contract.label(),
            price(*at)
        ),
        Entry::Commission {
            amount, currency, ..
        } => format!("Commission {} {currency}.", money(*amount)),
        Entry::OrderNotice { code, text } => format!("The broker says: {text} (code {code})"),
    }
}

/// "Buy 10 AAPL at 180.00 or better".
pub(super) fn ordered(draft: &Draft, name: Option<&str>) -> String {
    format!(
        "{} {} {} {}",
        draft.side.words(),
        number(draft.quantity.get()),
        name.unwrap_or("—"),
        how(Some(draft.pricing), "")
    )
}

/// What the person typed to go on against a rule.
fn because(reasons: &[Reason]) -> String {
    reasons
        .iter()
        .map(|reason| {
            format!(
                " Against {}: \u{201c}{}\u{201d}.",
                reason.rule,
                reason.text.trim()
            )
        })
        .collect()
}

fn confirmed(typed: bool) -> &'static str {
    if typed {
        "Confirmed by typing the account's last characters"
    } else {
        "Confirmed"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_signed() {
        assert_eq!(money("1234567.891".parse().unwrap()), "1,234,567.89");
        assert_eq!(money("-5".parse().unwrap()), "−5.00");
        assert_eq!(price("180".parse().unwrap()), "180.00");
        assert_eq!(price("1.08345".parse().unwrap()), "1.08345");
        assert_eq!(number("1000.0".parse().unwrap()), "1,000");
    }
}
