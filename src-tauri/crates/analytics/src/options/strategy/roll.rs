//! A roll: what is held is closed and opened again at another strike or expiry, in one order.

use crate::options::leg::{Leg, LegError, LegKind, OptionKind};

/// The order's legs that take every held option leg to the option at its place in `to`. A leg
/// that stays where it is, is left out; so is stock. `None` when there are not as many.
///
/// # Errors
/// When a strike is none.
pub fn legs(held: &[Leg], to: &[OptionKind]) -> Result<Option<Vec<Leg>>, LegError> {
    let options: Vec<(&Leg, OptionKind)> = held
        .iter()
        .filter_map(|leg| Some((leg, leg.option()?)))
        .collect();
    if options.len() != to.len() {
        return Ok(None);
    }
    let mut legs = Vec::with_capacity(2 * to.len());
    for ((leg, from), to) in options.into_iter().zip(to) {
        if from == *to {
            continue;
        }
        legs.push(leg.turned().at(None)?);
        let kind = LegKind::Option(*to);
        legs.push(Leg::new(
            kind,
            leg.side(),
            leg.ratio(),
            leg.multiplier(),
            None,
        )?);
    }
    Ok(Some(legs))
}

/// Whether an order's legs roll what is held: some close held options, and for each of them one
/// of the same right and as many units is opened on the side that was held, with nothing over.
#[must_use]
pub fn is_roll(order: &[Leg], held: &[Leg]) -> bool {
    let closes = |leg: &&Leg| {
        held.iter().any(|one| {
            one.kind() == leg.kind()
                && one.side() != leg.side()
                && one.multiplier() == leg.multiplier()
                && one.ratio() >= leg.ratio()
        })
    };
    let (closing, mut opening): (Vec<&Leg>, Vec<&Leg>) = order.iter().partition(closes);
    let matched = closing.iter().all(|close| {
        let found = opening.iter().position(|open| {
            let rights = (open.option(), close.option());
            let same_right = matches!(rights, (Some(a), Some(b)) if a.right == b.right);
            same_right && open.units() == -close.units()
        });
        found.map(|at| opening.remove(at)).is_some()
    });
    !closing.is_empty() && matched && opening.is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::recognise::tests::legs as read;
    use super::*;
    use gatehouse_domain::derivative::Expiry;

    #[test]
    fn a_held_spread_rolls_to_a_later_month() {
        let held = read("-1 180 C, +1 190 C");
        let later = Expiry::new(2027, 1, 15).unwrap();
        let to: Vec<OptionKind> = held
            .iter()
            .filter_map(Leg::option)
            .map(|option| OptionKind {
                expiry: later,
                ..option
            })
            .collect();
        let order = legs(&held, &to).unwrap().unwrap();
        let wanted = read("+1 180 C, -1 180 C 20270115, -1 190 C, +1 190 C 20270115");
        assert_eq!(order, wanted);
        assert!(is_roll(&order, &held));
        assert!(!is_roll(&order, &read("+1 180 C, -1 190 C")));
        assert_eq!(legs(&held, &to[..1]), Ok(None));
    }

    #[test]
    fn a_leg_that_stays_is_left_out() {
        let held = read("-1 180 C, +1 190 C");
        let to: Vec<OptionKind> = held.iter().filter_map(Leg::option).collect();
        assert_eq!(legs(&held, &to), Ok(Some(Vec::new())));
        assert!(!is_roll(&[], &held));
    }

    #[test]
    fn what_opens_more_than_it_closes_is_no_roll() {
        let held = read("-1 180 C");
        assert!(is_roll(&read("+1 180 C, -1 185 C 20270115"), &held));
        assert!(!is_roll(&read("+1 180 C, -2 185 C 20270115"), &held));
        assert!(!is_roll(&read("+1 180 C, -1 185 P 20270115"), &held));
        assert!(!is_roll(&read("+1 180 C, -1 185 C, -1 190 C"), &held));
        assert!(!is_roll(&read("+2 180 C, -2 185 C"), &held));
    }
}
