//! How far a price usually moves in a day: half a year of days is asked for once a day, when a
//! person wants to size by them.

use super::Desk;
use super::portfolio::broker_error;
use crate::effect::{Answer, AskId, Days, Effect};
use crate::error::ErrorCode;
use crate::view::DayRangeView;
use gatehouse_analytics::sizing::{DAYS, average_true_range};
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::id::ConId;

impl Desk {
    /// The adapter keeps them for the day.
    pub(super) fn day_range(&self, id: AskId, con_id: ConId) -> Vec<Effect> {
        match self.instruments.get(&con_id) {
            Some(instrument) => vec![Effect::DayBars {
                id,
                contract: instrument.contract.clone(),
            }],
            None => vec![Self::refuse(
                id,
                ErrorCode::NotFound,
                "This instrument has not been looked up yet. Choose it again.",
            )],
        }
    }

    pub(super) fn on_day_bars(id: AskId, answer: Days) -> Vec<Effect> {
        let answer = match answer {
            Ok(days) => Ok(Answer::DayRange(DayRangeView {
                average: average_true_range(&days.value)
                    .map(|average| average.round_dp(6).normalize()),
                days: DAYS,
                told: u32::try_from(days.value.len()).unwrap_or(u32::MAX),
                newest: days.value.last().map(|bar| Expiry::wire(bar.day)),
                at: days.taken.into(),
            })),
            Err(error) => Err(broker_error(&error)),
        };
        vec![Effect::Answer { id, answer }]
    }
}
