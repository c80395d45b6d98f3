//! Assignment of a short option in the money, and what makes its holder exercise it before its end:
//! a dividend that is worth more than the time value that is given up for it, or hardly any time
//! value at all.

use super::{Facts, HeldStrategy, OptionLeg, STYLES, Style};
use crate::engine::{Desk, words};
use crate::view::{StrategyWarningView, Tone, WarningKind};
use gatehouse_domain::Decimal;
use gatehouse_domain::chain::{days_between, exchange_day};
use gatehouse_domain::derivative::{Expiry, Right};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_rules::sessions::days_of_trading;

/// With less time value than this share of the underlying's price, an option is worth hardly
/// more than its exercise.
const LITTLE: Decimal = Decimal::from_parts(1, 0, 0, false, 3);

/// The shares' next dividend, by the broker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Payout {
    /// The broker has told nothing of it.
    Unknown,
    /// It announces none that is still to come.
    NoneAhead,
    /// It announces this one.
    Ahead {
        /// From this day on the shares trade without it.
        ex: Expiry,
        /// Days of trading until then with it, above zero.
        days: i32,
        /// For one share.
        amount: Decimal,
        /// When the broker told it.
        told: UnixMillis,
    },
}

pub(super) fn payout(desk: &Desk, held: &HeldStrategy, today: Expiry) -> Payout {
    let told = held
        .underlying
        .and_then(|con_id| desk.dividends.get(&con_id));
    let Some(told) = told else {
        return Payout::Unknown;
    };
    match told.value.next {
        Some((ex, amount)) if days_between(today, ex) > 0 && amount > Decimal::ZERO => {
            Payout::Ahead {
                ex,
                days: days_of_trading(today.date(), ex.date()),
                amount,
                told: told.taken,
            }
        }
        _ => Payout::NoneAhead,
    }
}

impl Facts {
    /// A short option in the money; louder where its holder gains by exercising it before its end.
    pub(super) fn assignment(&self, leg: &OptionLeg) -> Option<StrategyWarningView> {
        let spot = self.price()?;
        let inside = leg.inside(spot);
        if leg.quantity >= Decimal::ZERO || inside <= Decimal::ZERO {
            return None;
        }
        if self.style == Style::Cash {
            return Some(self.at_the_end_only(leg, spot));
        }
        self.for_a_dividend(leg, spot)
            .or_else(|| self.for_hardly_anything(leg, spot))
            .or_else(|| Some(self.on_any_day(leg, spot)))
    }

    fn at_the_end_only(&self, leg: &OptionLeg, spot: Decimal) -> StrategyWarningView {
        let says = format!(
            "The {} is in the money by {}. It can't be assigned before its last day, {}; as the price stands {} then.",
            leg.name(),
            words::price(leg.inside(spot)),
            leg.expiry,
            self.comes_to(leg, spot),
        );
        let title = "In the money".to_owned();
        self.warning(WarningKind::Assignment, Tone::Quiet, title, says, STYLES)
    }

    /// A call whose holder gains by taking the shares before they trade without their dividend.
    fn for_a_dividend(&self, leg: &OptionLeg, spot: Decimal) -> Option<StrategyWarningView> {
        let (ex, days, amount, told) = self.paid_within(leg)?;
        let left = leg.price? - leg.inside(spot);
        if left >= amount {
            return None;
        }
        let says = format!(
            "The {} is in the money by {} and has {} of time value left, and {} trades without a dividend of {} from {ex} on: whoever exercises it on the day of trading before gets {} more a share than by waiting. On assignment, of which you hear on the next morning, {}, and the dividend of {} {} goes with the shares: an account that has none to deliver owes it. Buy it back or roll it before {ex} if that is not wanted.",
            leg.name(),
            words::price(leg.inside(spot)),
            words::price(left.max(Decimal::ZERO)),
            self.symbol,
            words::price(amount),
            words::price(amount - left.max(Decimal::ZERO)),
            self.comes_to(leg, spot),
            words::money(amount * leg.units().abs()),
            self.currency,
        );
        let (tone, title) = match days <= 1 {
            true => (Tone::Alarm, "Early assignment for the dividend, tonight"),
            false => (Tone::Warning, "Early assignment for the dividend"),
        };
        let source = format!("{STYLES}. {}", by_the_broker(ex, amount, told));
        Some(self.warning(
            WarningKind::EarlyAssignment,
            tone,
            title.to_owned(),
            says,
            &source,
        ))
    }

    /// Hardly any time value is left to lose by exercising it now.
    fn for_hardly_anything(&self, leg: &OptionLeg, spot: Decimal) -> Option<StrategyWarningView> {
        let left = leg.price? - leg.inside(spot);
        if left >= spot * LITTLE {
            return None;
        }
        let gain = match (leg.right, self.payout) {
            (Right::Put, _) => "gets the cash sooner",
            (Right::Call, Payout::Unknown) => {
                "gets any dividend that is near; the broker has told of none yet"
            }
            (Right::Call, _) => {
                "gets the shares; the broker announces no dividend that would be worth it before its end"
            }
        };
        let says = format!(
            "The {} is in the money by {} and has {} of time value left: by exercising it now its holder loses hardly anything and {gain}. On assignment, of which you hear on the next morning, {}. Buy it back or roll it today if that is not wanted.",
            leg.name(),
            words::price(leg.inside(spot)),
            words::price(left.max(Decimal::ZERO)),
            self.comes_to(leg, spot),
        );
        Some(self.warning(
            WarningKind::EarlyAssignment,
            Tone::Warning,
            "Early assignment".to_owned(),
            says,
            STYLES,
        ))
    }

    fn on_any_day(&self, leg: &OptionLeg, spot: Decimal) -> StrategyWarningView {
        let mut says = format!(
            "The {} is in the money by {}. It can be assigned on any day until {}: then {}. Buy it back or roll it if that is not wanted.",
            leg.name(),
            words::price(leg.inside(spot)),
            leg.expiry,
            self.comes_to(leg, spot),
        );
        let mut source = STYLES.to_owned();
        if let Some((ex, _, amount, told)) = self.paid_within(leg) {
            let left = match leg.price {
                Some(price) => format!("it has {} now", words::price(price - leg.inside(spot))),
                None => "how much it has is not known".to_owned(),
            };
            says.push_str(&format!(
                " From {ex} on {} trades without a dividend of {}: with less time value than that it is exercised before; {left}.",
                self.symbol,
                words::price(amount),
            ));
            source = format!("{STYLES}. {}", by_the_broker(ex, amount, told));
        }
        let title = "In the money".to_owned();
        self.warning(WarningKind::Assignment, Tone::Warning, title, says, &source)
    }

    /// The dividend that a call's holder misses unless it is exercised before its end.
    fn paid_within(&self, leg: &OptionLeg) -> Option<(Expiry, i32, Decimal, UnixMillis)> {
        match self.payout {
            Payout::Ahead {
                ex,
                days,
                amount,
                told,
            } if leg.right == Right::Call && self.style == Style::Shares && ex <= leg.expiry => {
                Some((ex, days, amount, told))
            }
            _ => None,
        }
    }
}

fn by_the_broker(ex: Expiry, amount: Decimal, told: UnixMillis) -> String {
    let told = exchange_day(told).map_or_else(String::new, |day| format!(", as it told on {day}"));
    format!(
        "The dividend of {} on {ex} is the one that the broker announces{told}",
        words::price(amount)
    )
}
