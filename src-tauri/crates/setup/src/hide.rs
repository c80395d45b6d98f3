//! Takes account ids and names out of text that may leave the computer.

/// What stands in the place of an id.
pub const HIDDEN: &str = "[account]";

/// The text without these account ids, whatever case they are in, without anything else that
/// looks like an account id (a letter or two and five digits or more), and without the person's
/// home folder.
#[must_use]
pub fn hidden(text: &str, accounts: &[String], home: Option<&str>) -> String {
    let mut text = text.to_owned();
    if let Some(home) = home.filter(|home| home.len() > 1) {
        text = text.replace(home, "~");
    }
    for account in accounts.iter().filter(|account| !account.is_empty()) {
        text = replaced(&text, account);
    }
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            word.push(c);
        } else {
            out.push_str(shown(&word));
            word.clear();
            out.push(c);
        }
    }
    out.push_str(shown(&word));
    out
}

/// Every place where the id stands, in any case.
fn replaced(text: &str, id: &str) -> String {
    // Of the same length as the text: only ASCII letters change.
    let lower = text.to_ascii_lowercase();
    let wanted = id.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(at) = lower[from..].find(&wanted) {
        out.push_str(&text[from..from + at]);
        out.push_str(HIDDEN);
        from += at + wanted.len();
    }
    out.push_str(&text[from..]);
    out
}

fn shown(word: &str) -> &str {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = word.bytes().skip(letters).take_while(u8::is_ascii_digit);
    if (1..=3).contains(&letters) && digits.count() >= 5 {
        HIDDEN
    } else {
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_that_are_known_and_ids_that_only_look_so_are_hidden() {
        let known = ["DU4000001".to_owned(), "ira-x".to_owned()];
        let text = "DU4000001, du4000001; U7654321 and IRA-X in /home/ann/Jts at 127.0.0.1:4002";
        assert_eq!(
            hidden(text, &known, Some("/home/ann")),
            "[account], [account]; [account] and [account] in ~/Jts at 127.0.0.1:4002"
        );
    }

    proptest! {
        #[test]
        fn a_planted_id_never_comes_through(
            before in "[ -~äé€]{0,40}",
            id in "[A-Z]{1,3}[0-9]{5,9}",
            after in "[ -~äé€]{0,40}",
            known in any::<bool>(),
        ) {
            let accounts = if known { vec![id.clone()] } else { Vec::new() };
            let glued = format!("{before}{id}{after}");
            let apart = format!("{before} {id} {after}");
            if known {
                prop_assert!(!hidden(&glued, &accounts, None).contains(&id));
            }
            prop_assert!(!hidden(&apart, &accounts, None).contains(&id));
        }
    }
}
