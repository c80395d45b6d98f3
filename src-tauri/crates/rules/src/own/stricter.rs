//! Whether one condition speaks wherever another does, as far as their form tells.

use super::comparison::{Comparison, Op, Test};
use super::condition::Condition;

/// Whether `new` is so wherever `old` is, and is not known at most where `old` isn't. A no means
/// that it can't be told from their form.
#[must_use]
pub fn speaks_wherever(new: &Condition, old: &Condition) -> bool {
    use Condition::{All, Any, Is, Not};
    match (old, new) {
        _ if old == new => true,
        (Any(old), _) => old.iter().all(|old| speaks_wherever(new, old)),
        (_, All(new)) => new.iter().all(|new| speaks_wherever(new, old)),
        (Not(old), Not(new)) => speaks_wherever(old, new),
        (All(parts), Any(wider)) => {
            wider.iter().any(|new| speaks_wherever(new, old))
                || parts.iter().any(|old| speaks_wherever(new, old))
        }
        (_, Any(wider)) => wider.iter().any(|new| speaks_wherever(new, old)),
        (All(parts), _) => parts.iter().any(|old| speaks_wherever(new, old)),
        (Is(old), Is(new)) => is_wider(new, old),
        _ => false,
    }
}

/// The same of two comparisons of one fact.
fn is_wider(new: &Comparison, old: &Comparison) -> bool {
    if new.field() != old.field() {
        return false;
    }
    match (old.test(), new.test()) {
        (Test::Number { op: was, than: old }, Test::Number { op: is, than: new }) => {
            match (was, is) {
                (Op::Less, Op::Less | Op::AtMost) | (Op::AtMost, Op::AtMost) => new >= old,
                (Op::AtMost, Op::Less) => new > old,
                (Op::More, Op::More | Op::AtLeast) | (Op::AtLeast, Op::AtLeast) => new <= old,
                (Op::AtLeast, Op::More) => new < old,
                (Op::Equal, is) => is.holds(*old, *new),
                (Op::Less, Op::NotEqual) => new >= old,
                (Op::AtMost, Op::NotEqual) => new > old,
                (Op::More, Op::NotEqual) => new <= old,
                (Op::AtLeast, Op::NotEqual) => new < old,
                (Op::NotEqual, Op::NotEqual) => new == old,
                _ => false,
            }
        }
        (
            Test::Words {
                one_of: was,
                words: old,
            },
            Test::Words {
                one_of: is,
                words: new,
            },
        ) => match (was, is) {
            (true, true) => old.iter().all(|word| new.contains(word)),
            (false, false) => new.iter().all(|word| old.contains(word)),
            (true, false) => !old.iter().any(|word| new.contains(word)),
            (false, true) => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(text: &str) -> Condition {
        Condition::Is(Comparison::parse(text).unwrap())
    }

    #[test]
    fn a_lower_line_and_a_longer_list_speak_wherever_the_old_ones_did() {
        for (old, new, wider) in [
            ("order.value > 5000", "order.value > 4000", true),
            ("order.value > 5000", "order.value >= 5000", true),
            ("order.value >= 5000", "order.value > 5000", false),
            ("order.value > 5000", "order.value > 6000", false),
            ("time.of_day < 10:00", "time.of_day < 10:30", true),
            ("order.quantity = 5", "order.quantity > 4", true),
            ("order.symbol is GME", "order.symbol in GME, AMC", true),
            ("order.symbol in GME, AMC", "order.symbol is GME", false),
            (
                "order.symbol not in GME, AMC",
                "order.symbol is not GME",
                true,
            ),
            ("order.symbol is GME", "order.symbol is not AMC", true),
            ("order.value > 5000", "order.quantity > 1", false),
        ] {
            assert_eq!(speaks_wherever(&is(new), &is(old)), wider, "{old} -> {new}");
        }
    }

    #[test]
    fn one_condition_less_of_all_and_one_more_of_any_speak_wherever_the_old_ones_did() {
        let (a, b) = (is("order.value > 5"), is("order.type is MKT"));
        let all = Condition::All(vec![a.clone(), b.clone()]);
        let any = Condition::Any(vec![a.clone(), b.clone()]);
        let not = |inner: &Condition| Condition::Not(Box::new(inner.clone()));
        assert!(speaks_wherever(&a, &all));
        assert!(!speaks_wherever(&all, &a));
        assert!(speaks_wherever(&any, &all));
        assert!(speaks_wherever(&any, &b));
        assert!(speaks_wherever(&not(&all), &not(&a)));
        assert!(!speaks_wherever(&not(&any), &not(&a)));
    }
}
