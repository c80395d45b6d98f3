//! The known name that a slip was probably meant for.

/// The candidate that is nearest to a name, when it is near at all.
#[must_use]
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // What is longer than any name is no slip, and not worth comparing.
    if name.len() > 64 {
        return None;
    }
    let far = 1 + name.chars().count() / 3;
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(name, word), word))
        .filter(|(distance, _)| *distance <= far)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// "; did you mean order.value?", or nothing.
#[must_use]
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map_or(String::new(), |word| format!("; did you mean {word}?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_nonsense_finds_none() {
        let known = ["order.value", "order.limit", "market.spread"];
        assert_eq!(nearest("order.vlaue", known), Some("order.value"));
        assert_eq!(nearest("market.spred", known), Some("market.spread"));
        assert_eq!(nearest("weather", known), None);
    }
}
