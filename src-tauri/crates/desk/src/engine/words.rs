//! Sentences that a person would say.

use crate::record::Entry;
use gatehouse_domain::Decimal;
use gatehouse_domain::account::Account;
use gatehouse_domain::contract::Contract;
use gatehouse_domain::draft::{Draft, Pricing, TimeInForce};
use gatehouse_domain::id::Symbol;
use gatehouse_domain::order::{Order, OrderState, Origin};

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

fn how(pricing: Option<Pricing>, order_type: &str) -> String {
    match pricing {
        Some(Pricing::Market) => "at the market".to_owned(),
        Some(Pricing::Limit { price: limit }) => format!("at {} or better", price(limit.get())),
        None => order_type.to_owned(),
    }
}

fn until(tif: Option<TimeInForce>) -> &'static str {
    match tif {
        Some(TimeInForce::Day) => ", today",
        Some(TimeInForce::Gtc) => ", until cancelled",
        None => "",
    }
}

/// "Buy 10 AAPL at 180.00 or better, today, in DU1 (Roth IRA)".
pub(super) fn draft_sentence(
    draft: &Draft,
    contract: &Contract,
    account: Option<&Account>,
) -> String {
    let kind = account.map_or("unknown type", |a| a.kind.words());
    format!(
        "{} {} {} {}{}, in {} ({kind})",
        draft.side.words(),
        number(draft.quantity.get()),
        contract.symbol,
        how(Some(draft.pricing), ""),
        until(Some(draft.tif)),
        draft.account,
    )
}

/// "Buy 10 AAPL at 180.00 or better, today, in DU1".
pub(super) fn order_sentence(order: &Order) -> String {
    let terms = &order.terms;
    format!(
        "{} {} {} {}{}, in {}",
        terms.side.words(),
        number(terms.quantity.get()),
        terms.contract.symbol,
        how(terms.pricing, &terms.order_type),
        until(terms.tif),
        terms.account,
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
        Entry::Judged {
            symbol,
            draft,
            cleared,
            findings,
        } => {
            let what = format!(
                "{} {} {} {}",
                draft.side.words(),
                number(draft.quantity.get()),
                symbol.as_ref().map_or("—", Symbol::as_str),
                how(Some(draft.pricing), "")
            );
            if *cleared {
                format!("Cleared by the rules: {what}.")
            } else {
                let why: Vec<&str> = findings
                    .iter()
                    .filter(|f| f.outcome.blocks())
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
        Entry::Approved { preview, terms } => format!(
            "Confirmed ({preview}) and sent: {} {} {} {}{}.",
            terms.side.words(),
            number(terms.quantity.get()),
            terms.contract.symbol,
            how(terms.pricing, &terms.order_type),
            until(terms.tif)
        ),
        Entry::PlaceFailed { why, .. } => why.clone(),
        Entry::CancelAsked => "Cancel asked for.".to_owned(),
        Entry::CancelFailed { why } => format!("Not cancelled. {why}"),
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
        Entry::Commission {
            amount, currency, ..
        } => format!("Commission {} {currency}.", money(*amount)),
        Entry::OrderNotice { code, text } => format!("The broker says: {text} (code {code})"),
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
