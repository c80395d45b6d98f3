//! What a confirmation repeats of an order beside its sentence: a line for each thing.

use super::words;
use gatehouse_domain::Decimal;
use gatehouse_domain::algo::AlgoInfo;
use gatehouse_domain::contract::Contract;
use gatehouse_domain::draft::{Draft, Side};
use gatehouse_domain::handling::OcaKind;
use gatehouse_rules::Cleared;

/// The lines. `entry` is the worst price at which the order can reasonably fill.
pub(super) fn of(cleared: &Cleared, entry: Option<Decimal>) -> Vec<String> {
    let draft = cleared.draft();
    let contract = &cleared.instrument().contract;
    let mut lines = exits(draft, contract, entry);
    lines.extend(net(draft, contract, cleared.to_fill().get(), entry));
    if let Some(algo) = &draft.algo {
        let name = AlgoInfo::named(&algo.id).map_or(algo.id.as_str(), |info| info.name);
        let params: Vec<String> = algo
            .params
            .iter()
            .filter(|(_, value)| value != "0")
            .map(|(tag, value)| {
                let named = AlgoInfo::named(&algo.id)
                    .and_then(|info| info.params.iter().find(|p| p.tag == tag));
                format!("{} {value}", named.map_or(tag.as_str(), |p| p.name))
            })
            .collect();
        lines.push(format!("Algorithm: {name} ({}).", params.join(", ")));
    }
    lines.extend(draft.conditions.words());
    let handling = &draft.handling;
    if handling.outside_rth {
        lines.push("Works outside regular trading hours as well.".to_owned());
    }
    if handling.hidden {
        lines.push("Hidden: not shown in the book.".to_owned());
    }
    if let Some(size) = handling.display_size {
        lines.push(format!("Shows {} at a time.", words::number(size.get())));
    }
    if handling.all_or_none {
        lines.push("All of it or nothing.".to_owned());
    }
    if let Some(least) = handling.min_quantity {
        lines.push(format!(
            "Fills with at least {}.",
            words::number(least.get())
        ));
    }
    if let Some(oca) = &handling.oca {
        let what = match oca.kind {
            OcaKind::CancelBlocked => "a fill cancels the others",
            OcaKind::ReduceBlocked => "a fill reduces the others",
            OcaKind::Reduce => "a fill reduces the others, which may fill at the same time",
        };
        lines.push(format!("In the group \"{}\": {what}.", oca.group));
    }
    lines
}

/// A combination's net price in words, for what is still to fill: never a bare sign.
fn net(
    draft: &Draft,
    contract: &Contract,
    to_fill: Decimal,
    price: Option<Decimal>,
) -> Option<String> {
    if draft.legs.is_empty() {
        return None;
    }
    let price = price?;
    let sum = words::money(price * contract.multiplier * to_fill);
    let (verb, bound) = match draft.side {
        Side::Buy => ("pay", "at most"),
        Side::Sell => ("receive", "at least"),
    };
    let bound = match draft.pricing.limit() {
        Some(_) => bound,
        None => "about",
    };
    Some(format!(
        "You {verb} {bound} {} a share, {sum} {} in all.",
        words::price(price),
        contract.currency
    ))
}

/// The exits of a bracket with what they win and lose, when the entry fills at its worst price.
fn exits(draft: &Draft, contract: &Contract, entry: Option<Decimal>) -> Vec<String> {
    let Some(exits) = &draft.exits else {
        return Vec::new();
    };
    let size = draft.quantity.get() * contract.multiplier;
    let sign = draft.side.sign();
    let currency = contract.currency;
    let mut lines = Vec::new();
    let reward = exits
        .take_profit()
        .zip(entry)
        .map(|(profit, entry)| (profit.get() - entry) * sign * size);
    let stop = entry.and_then(|entry| exits.stop_level(entry, sign));
    let risk = stop
        .zip(entry)
        .map(|(stop, entry)| (entry - stop) * sign * size);
    for attached in draft.attached() {
        let (name, effect) = if attached.intent.is_take_profit() {
            (
                "Take profit",
                reward.map(|sum| format!("wins about {}", words::money(sum))),
            )
        } else {
            (
                "Stop",
                risk.map(|sum| format!("loses about {}", words::money(sum))),
            )
        };
        let effect = effect.map_or(String::new(), |effect| format!("; {effect} {currency}"));
        lines.push(format!(
            "{name}: {} {} {}{effect}.",
            attached.side.words().to_lowercase(),
            words::number(attached.quantity.get()),
            words::how(Some(attached.pricing), "")
        ));
    }
    if let (Some(reward), Some(risk)) = (reward, risk)
        && risk > Decimal::ZERO
    {
        lines.push(format!(
            "Reward to risk: {} to 1, before commissions and slippage.",
            words::number((reward / risk).round_dp(2))
        ));
    }
    lines
}
