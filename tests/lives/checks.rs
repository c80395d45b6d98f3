//! The world comes to rest, and what has to hold then is looked at.

use super::World;
use super::broker::Stand;
use gatehouse_desk::view::OrderStateView as View;
use gatehouse_domain::Decimal;

/// Beats until what could not be written is written.
const BEATS: u32 = 25;

impl World {
    /// All faults end, everything that is under way comes in, and the broker is asked for all it
    /// knows.
    pub fn come_to_rest(&mut self) {
        self.step += 1;
        self.note("everything comes to rest");
        self.program.kill_after = None;
        self.program.disk_full = false;
        self.deliver_all();
        while !self.outgoing.is_empty() {
            self.arrive();
            self.deliver_all();
        }
        self.lose_link();
        self.deliver_all();
        self.connect();
        self.deliver_all();
        // Cancels that waited for the listing go out now.
        while !self.outgoing.is_empty() {
            self.arrive();
            self.deliver_all();
        }
        for _ in 0..BEATS {
            self.beat();
        }
    }

    pub fn check(&mut self) {
        self.tally.filled = self
            .broker
            .orders
            .iter()
            .filter(|order| order.filled > Decimal::ZERO)
            .count() as u64;
        if !self.program.page.is_up() {
            self.breaks("the link is not up at rest".to_owned());
        }
        self.check_orders();
        self.check_positions();
        self.check_brackets();
    }

    fn check_orders(&mut self) {
        let mut wrong = Vec::new();
        for order in &self.broker.orders {
            let Some(shown) = self.program.page.order(&order.name) else {
                wrong.push(format!("{} is at the broker and not shown", order.name));
                continue;
            };
            let fits = match order.stand {
                Stand::Kept | Stand::Refused => {
                    matches!(
                        shown.state,
                        View::Rejected | View::NotAtBroker | View::Cancelled
                    )
                }
                Stand::Waits => shown.state == View::Held,
                Stand::Works => matches!(shown.state, View::Working | View::PartlyFilled),
                Stand::Ending => shown.state == View::Cancelling,
                Stand::Filled => shown.state == View::Filled,
                Stand::Cancelled => shown.state == View::Cancelled,
            };
            if !fits {
                wrong.push(format!(
                    "{} is {:?} at the broker and shown as {:?}",
                    order.name, order.stand, shown.state
                ));
            }
            if shown.filled != order.filled {
                wrong.push(format!(
                    "{} has filled {} and is shown with {}",
                    order.name, order.filled, shown.filled
                ));
            }
            if order.is_open() && shown.quantity != order.terms.quantity.get() {
                wrong.push(format!(
                    "{} is for {} and shown for {}",
                    order.name, order.terms.quantity, shown.quantity
                ));
            }
        }
        for shown in self.program.page.orders.values() {
            let name = shown.intent.clone().unwrap_or_default();
            let over = matches!(
                shown.state,
                View::Filled | View::Cancelled | View::Rejected | View::NotAtBroker
            );
            if !over && self.broker.find(&name).is_none() {
                wrong.push(format!("{name} never arrived and is {:?}", shown.state));
            }
        }
        wrong.into_iter().for_each(|what| self.breaks(what));
    }

    fn check_positions(&mut self) {
        let mut wrong = Vec::new();
        for (con_id, (_, held)) in &self.broker.positions {
            let shown = self
                .program
                .page
                .positions
                .values()
                .find(|position| position.instrument.con_id == con_id.get());
            let shown = shown
                .and_then(|position| position.quantity.value)
                .unwrap_or_default();
            if shown != *held {
                wrong.push(format!("{held} of {con_id} are held and {shown} are shown"));
            }
        }
        wrong.into_iter().for_each(|what| self.breaks(what));
    }

    /// What an entry opened and nothing guards is told, after it came to be so.
    fn check_brackets(&mut self) {
        let mut wrong = Vec::new();
        for entry in self.broker.orders.iter().filter(|o| o.parent.is_none()) {
            let stop = format!("{}-sl", entry.name);
            let was_sent = self.sent.contains(&stop);
            if !was_sent || self.broker.exposed(entry) <= Decimal::ZERO {
                continue;
            }
            let guarded = self.broker.find(&stop).map(|at| &self.broker.orders[at]);
            let since = match guarded {
                Some(stop) if stop.is_open() => continue,
                Some(stop) => stop.ended_at.max(entry.filled_at),
                None => entry.filled_at,
            };
            // Who cancels a stop, or its entry with it, knows that it is gone.
            if self.let_go.contains(&stop) {
                continue;
            }
            let symbol = entry.terms.contract.symbol.to_string();
            let told = self
                .alarms
                .iter()
                .any(|(step, says)| *step >= since && says.contains(&symbol));
            if !told {
                wrong.push(format!(
                    "{} of {} are held without a stop since {since}, and nobody was told",
                    self.broker.exposed(entry),
                    entry.name
                ));
            }
        }
        wrong.into_iter().for_each(|what| self.breaks(what));
    }
}
