//! The broker's codes about orders in plain words, what helps, and what mends.
//!
//! The original text always goes along; what is not understood here is told in the broker's own
//! words.

use super::words::price;
use crate::view::{NoteView, OrderMend, TroubleView};
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::Instrument;
use gatehouse_domain::decimal::{Price, Toward};
use gatehouse_domain::draft::Side;
use gatehouse_domain::order::{Note, Order, OrderState};

/// What a code means to a person.
struct Plain {
    says: &'static str,
    advice: Option<&'static str>,
    mend: Option<OrderMend>,
}

fn plain(says: &'static str, advice: &'static str, mend: Option<OrderMend>) -> Plain {
    Plain {
        says,
        advice: (!advice.is_empty()).then_some(advice),
        mend,
    }
}

/// The usual reasons of a rejection (201), by what its text holds; the first that fits.
const REASONS: &[(&[&str], &str, &str, Option<OrderMend>)] = &[
    (
        &["settled cash", "unsettled", "cash settlement"],
        "The account's settled cash does not cover this order.",
        "Make it smaller, wait until earlier sales have settled, or choose another account.",
        Some(OrderMend::Account),
    ),
    (
        &[
            "insufficient",
            "margin",
            "available funds",
            "buying power",
            "equity with loan",
        ],
        "The account can't carry this order.",
        "Make it smaller, or choose an account with more room.",
        Some(OrderMend::Account),
    ),
    (
        &["short"],
        "These shares can't be sold short in this account.",
        "Sell no more than is held, or choose an account that may sell short.",
        Some(OrderMend::Account),
    ),
    (
        &[
            "permission",
            "restricted",
            "no opening trades",
            "not allowed to trade",
            "eligible",
        ],
        "This account may not trade this instrument.",
        "Ask for the permission in IBKR's Client Portal, or choose another account.",
        Some(OrderMend::Account),
    ),
    (
        &[
            "too far",
            "aggressive",
            "away from",
            "price cap",
            "limit price exceeds",
            "closer to the current market",
            "outside the",
        ],
        "The price is further from the market than IBKR takes.",
        "Choose a price nearer to the market.",
        Some(OrderMend::Again),
    ),
    (
        &["opposite side", "both sides"],
        "A working order for the other side stands in the same account.",
        "Cancel it first, or change it instead.",
        None,
    ),
    (
        &[
            "market is closed",
            "is closed",
            "outside of regular",
            "not open",
            "trading hours",
            "expired",
        ],
        "The market does not take this order now.",
        "Send it while the market is open, or as an order that waits for the open.",
        Some(OrderMend::Again),
    ),
    (
        &["minimum", "lot size", "size"],
        "The size is not one that this market takes.",
        "Choose another size.",
        Some(OrderMend::Again),
    ),
];

fn reason(text: &str) -> Option<Plain> {
    let text = text.to_lowercase();
    let (_, says, advice, mend) = REASONS
        .iter()
        .find(|(marks, ..)| marks.iter().any(|mark| text.contains(mark)))?;
    Some(plain(says, advice, mend.clone()))
}

fn meaning(code: i32, text: &str) -> Option<Plain> {
    let again = Some(OrderMend::Again);
    Some(match code {
        103 => plain(
            "IBKR has seen this order's number before and took it for a repeat.",
            "Nothing was placed twice. Make the order anew.",
            again,
        ),
        104 | 105 => plain("The order can't be changed any more.", "", None),
        110 => plain(
            "The price is not on the market's price step.",
            "Round it to the step.",
            again,
        ),
        135 | 10147 => plain(
            "The gateway does not know this order any more.",
            "Look for it in TWS.",
            None,
        ),
        161 | 10148 => plain(
            "The order can't be cancelled any more: it has ended or is being cancelled.",
            "",
            None,
        ),
        200 => plain(
            "IBKR does not know this instrument, or knows several of that name.",
            "Choose it again from the search.",
            again,
        ),
        201 => reason(text).unwrap_or_else(|| plain("IBKR refused the order.", "", None)),
        202 => plain("IBKR cancelled the order.", "", None),
        321 | 322 if text.contains("Read-Only") || text.contains("read-only") => plain(
            "The gateway's API is read-only.",
            "Untick \"Read-Only API\" in its API settings.",
            Some(OrderMend::ReadOnly),
        ),
        387 => plain(
            "This market does not take this type of order.",
            "Choose another type.",
            again,
        ),
        388 => plain(
            "The size is below the smallest that this market takes.",
            "Choose a larger size.",
            again,
        ),
        399 if held_until_open(text) => plain(
            "The order is taken and held until its market opens.",
            "",
            None,
        ),
        404 => plain(
            "Shares to sell short are being looked for; the order is held until they are found.",
            "",
            None,
        ),
        434 => plain("The order has no size.", "Enter a size.", again),
        435 | 436 => plain(
            "The order names no account.",
            "Choose the account.",
            Some(OrderMend::Account),
        ),
        460 => plain(
            "This account may not trade this instrument.",
            "Ask for the permission in IBKR's Client Portal, or choose another account.",
            Some(OrderMend::Account),
        ),
        2109 => plain(
            "\"Outside regular hours\" is not heeded for this order.",
            "",
            None,
        ),
        2161 => plain(
            "IBKR holds the price of this order nearer to the market than was asked, so it may fill \
             later or not at all.",
            "Watch it, or choose a price nearer to the market.",
            None,
        ),
        10058 => plain(
            "This market takes no prices for the single legs of a combination.",
            "Give one price for the whole.",
            again,
        ),
        _ => return None,
    })
}

fn held_until_open(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("will not be placed at the exchange until") || text.contains("until the open")
}

/// A warning that comes without a code; price caps are told so too.
fn warning(text: &str) -> Option<Plain> {
    let lower = text.to_lowercase();
    if lower.contains("cap (or limit) the price") || lower.contains("price cap") {
        return meaning(2161, text);
    }
    held_until_open(text).then(|| meaning(399, text)).flatten()
}

/// A note in plain words.
pub(super) fn note_view(note: &Note) -> NoteView {
    let plain = match note.code {
        Some(code) => meaning(code, &note.text),
        None => warning(&note.text),
    };
    NoteView {
        says: plain.map_or_else(|| note.text.clone(), |plain| plain.says.to_owned()),
        code: note.code,
        original: note.text.clone(),
    }
}

/// A rejection in one plain sentence.
pub(super) fn rejection(code: i32, text: &str) -> String {
    meaning(code, text).map_or_else(|| text.to_owned(), |plain| plain.says.to_owned())
}

/// Why an order was refused, when it was. `sellable` is how many of it the account holds and is
/// not selling already, when that is known.
pub(super) fn trouble_view(
    order: &Order,
    instrument: Option<&Instrument>,
    sellable: Option<Decimal>,
) -> Option<TroubleView> {
    let OrderState::Rejected { code, reason } = &order.state else {
        return None;
    };
    let understood = code.and_then(|code| meaning(code, reason));
    let (says, mut advice, mend) = match (understood, code) {
        (Some(plain), _) => (
            plain.says.to_owned(),
            plain.advice.map(str::to_owned),
            plain.mend,
        ),
        // It never left: the words are our own.
        (None, None) => (reason.clone(), None, Some(OrderMend::Again)),
        (None, Some(_)) => ("IBKR refused the order.".to_owned(), None, None),
    };
    let mut mends: Vec<OrderMend> = mend.into_iter().collect();
    if mends == [OrderMend::ReadOnly] {
        mends.push(OrderMend::Again);
    }
    if *code == Some(110)
        && let Some((prices, words)) = on_step(order, instrument)
    {
        advice = Some(words);
        mends = vec![prices];
    }
    if *code == Some(201)
        && reason.to_lowercase().contains("short")
        && let Some(fewer) = no_more_than_held(order, sellable)
    {
        mends.insert(0, fewer);
    }
    Some(TroubleView {
        says,
        advice,
        code: *code,
        original: reason.clone(),
        mends,
    })
}

/// Its prices on the market's step, when one is not and has a step on its safe side, and what
/// helps in words.
fn on_step(order: &Order, instrument: Option<&Instrument>) -> Option<(OrderMend, String)> {
    let (instrument, pricing) = (instrument?, order.terms.pricing?);
    let safer = order.terms.side.safer();
    let away = if pricing.is_stop() {
        safer.opposite()
    } else {
        safer
    };
    let off = |price: Option<Price>| {
        price.filter(|price| !price.is_on_tick(instrument.increment_at(*price)))
    };
    let moved = |price: Option<Price>, toward: Toward| match off(price) {
        None => Some(None),
        // Without a step on the safe side there is nothing to offer.
        Some(price) => instrument.on_step(price, toward).map(Some),
    };
    let limit = moved(pricing.limit(), safer)?.map(Price::get);
    let stop = moved(pricing.trigger(), away)?.map(Price::get);
    let told: Vec<String> = limit.into_iter().chain(stop).map(price).collect();
    (!told.is_empty()).then(|| {
        let words = format!("On the step and on the safe side: {}.", told.join(" and "));
        (OrderMend::Price { limit, stop }, words)
    })
}

fn no_more_than_held(order: &Order, sellable: Option<Decimal>) -> Option<OrderMend> {
    let quantity = sellable?.normalize();
    let fewer = order.terms.side == Side::Sell
        && quantity > Decimal::ZERO
        && quantity < order.terms.quantity.get();
    fewer.then_some(OrderMend::Quantity { quantity })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(code: i32, text: &str) -> String {
        rejection(code, text)
    }

    #[test]
    fn the_usual_reasons_of_a_rejection_are_told_apart() {
        for (text, wanted) in [
            (
                "Order rejected - reason:YOUR ORDER IS NOT ACCEPTED. IN ORDER TO OBTAIN THE DESIRED POSITION YOUR EQUITY WITH LOAN VALUE MUST EXCEED THE INITIAL MARGIN",
                "can't carry",
            ),
            (
                "Order rejected - reason:No shares available to short",
                "sold short",
            ),
            (
                "Order rejected - reason:No trading permissions",
                "may not trade",
            ),
            (
                "Order rejected - reason:The limit price is too far from the market",
                "further from the market",
            ),
            (
                "Order rejected - reason:Exchange is closed.",
                "does not take this order now",
            ),
            ("Order rejected - reason:Something new", "refused the order"),
        ] {
            assert!(
                said(201, text).contains(wanted),
                "{text}: {}",
                said(201, text)
            );
        }
    }

    #[test]
    fn a_code_that_is_not_known_keeps_the_brokers_words() {
        assert_eq!(said(987, "What is this?"), "What is this?");
        let note = Note {
            code: Some(987),
            text: "What is this?".into(),
        };
        assert_eq!(note_view(&note).says, "What is this?");
    }

    #[test]
    fn a_price_cap_is_told_with_or_without_its_code() {
        let text = "In accordance with our regulatory obligations as a broker, we will initially cap (or limit) the price of your Limit Order to 190.5";
        for code in [None, Some(2161)] {
            let view = note_view(&Note {
                code,
                text: text.into(),
            });
            assert!(view.says.contains("holds the price"), "{}", view.says);
            assert_eq!(view.original, text);
        }
    }

    #[test]
    fn held_until_the_open_is_a_plain_word_and_any_other_399_is_the_brokers() {
        let view = note_view(&Note {
            code: Some(399),
            text: "Warning: your order will not be placed at the exchange until 2026-11-23 09:30:00 US/Eastern".into(),
        });
        assert_eq!(
            view.says,
            "The order is taken and held until its market opens."
        );
        let other = Note {
            code: Some(399),
            text: "Order will be routed to PINK".into(),
        };
        assert_eq!(note_view(&other).says, other.text);
    }
}
