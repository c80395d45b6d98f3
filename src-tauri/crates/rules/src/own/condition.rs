//! Conditions: comparisons joined by all, any and not, weighed with three outcomes.

use super::comparison::{Comparison, Truth};
use super::fact::{Fact, Knows, figure};
use super::field::Field;

/// When a rule speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// A comparison is so.
    Is(Comparison),
    /// It is not so.
    Not(Box<Condition>),
    /// All of these are so; at least one.
    All(Vec<Condition>),
    /// Any of these is so; at least one.
    Any(Vec<Condition>),
}

/// How deep conditions may lie in one another.
pub const DEEPEST: usize = 6;
/// How many comparisons a rule may have.
pub const MOST_COMPARISONS: usize = 40;

impl Condition {
    /// Whether it is so. What isn't known is never taken for a no: it is left unknown unless
    /// the rest decides.
    pub fn weigh(&self, known: &impl Knows) -> Truth {
        match self {
            Self::Is(comparison) => comparison.weigh(known),
            Self::Not(inner) => inner.weigh(known).not(),
            Self::All(parts) => {
                let parts = parts.iter().map(|part| part.weigh(known));
                parts.min().unwrap_or(Truth::Unknown)
            }
            Self::Any(parts) => {
                let parts = parts.iter().map(|part| part.weigh(known));
                parts.max().unwrap_or(Truth::Unknown)
            }
        }
    }

    /// The facts for want of which it can't be told whether it is so, each once.
    pub fn lacking(&self, known: &impl Knows) -> Vec<Field> {
        let mut fields = Vec::new();
        self.look(known, Truth::Unknown, &mut |field, fact| {
            if *fact == Fact::Unknown && !fields.contains(&field) {
                fields.push(field);
            }
        });
        fields
    }

    /// What makes it so, in words: "the order's value is 6,200.00".
    pub fn figures(&self, known: &impl Knows) -> Vec<String> {
        let mut figures = Vec::new();
        self.look(known, Truth::Yes, &mut |field, fact| {
            if let Some(figure) = figure(field, fact)
                && !figures.contains(&figure)
            {
                figures.push(figure);
            }
        });
        figures
    }

    /// The facts of the comparisons that came out so.
    fn look(&self, known: &impl Knows, wanted: Truth, see: &mut impl FnMut(Field, &Fact<'_>)) {
        match self {
            Self::Is(comparison) => {
                if comparison.weigh(known) == wanted {
                    for field in comparison.fields() {
                        see(field, &known.fact(field));
                    }
                }
            }
            Self::Not(inner) => inner.look(known, wanted.not(), see),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    if part.weigh(known) == wanted {
                        part.look(known, wanted, see);
                    }
                }
            }
        }
    }

    /// How many comparisons it has.
    #[must_use]
    pub fn comparisons(&self) -> usize {
        match self {
            Self::Is(_) => 1,
            Self::Not(inner) => inner.comparisons(),
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::comparisons).sum(),
        }
    }

    /// How deep it is; one for a comparison.
    #[must_use]
    pub fn depth(&self) -> usize {
        match self {
            Self::Is(_) => 1,
            Self::Not(inner) => 1 + inner.depth(),
            Self::All(parts) | Self::Any(parts) => {
                1 + parts.iter().map(Self::depth).max().unwrap_or(0)
            }
        }
    }

    /// Why it can't be one; `None` when it can.
    pub(super) fn fault(&self) -> Option<String> {
        let has_empty = match self {
            Self::Is(_) => return None,
            Self::Not(inner) => return inner.fault(),
            Self::All(parts) | Self::Any(parts) => {
                if let Some(fault) = parts.iter().find_map(Self::fault) {
                    return Some(fault);
                }
                parts.is_empty()
            }
        };
        has_empty.then(|| "at least one condition is wanted".to_owned())
    }
}
