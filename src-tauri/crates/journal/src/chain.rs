//! The hash of a record over its fields and the record before it.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The hash that stands before the first record.
pub(crate) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Names this encoding, so that a later one can never be taken for it.
const FORMAT: &str = "gatehouse-journal-1";

/// The fields of a record that its hash covers.
pub(crate) struct Link<'a> {
    pub prev: &'a str,
    pub seq: i64,
    pub at: i64,
    pub account: Option<&'a str>,
    pub intent: Option<&'a str>,
    pub kind: &'a str,
    pub body: &'a str,
}

impl Link<'_> {
    /// 64 lower-case hexadecimal digits.
    pub(crate) fn hash(&self) -> String {
        let mut sha = Sha256::new();
        let mut field = |value: Option<&str>| match value {
            None => sha.update(b"-"),
            Some(text) => {
                sha.update(text.len().to_string());
                sha.update(b":");
                sha.update(text);
            }
        };
        field(Some(FORMAT));
        field(Some(self.prev));
        field(Some(&self.seq.to_string()));
        field(Some(&self.at.to_string()));
        field(self.account);
        field(self.intent);
        field(Some(self.kind));
        field(Some(self.body));
        let mut hex = String::with_capacity(64);
        for byte in sha.finalize() {
            // Writing into a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        hex
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link<'a>(account: Option<&'a str>, intent: Option<&'a str>, kind: &'a str) -> Link<'a> {
        Link {
            prev: GENESIS,
            seq: 1,
            at: 7,
            account,
            intent,
            kind,
            body: "{}",
        }
    }

    #[test]
    fn the_encoding_is_the_documented_one() {
        let bytes = format!("19:gatehouse-journal-164:{GENESIS}1:11:73:DU1-7:started2:{{}}");
        let by_hand: String = Sha256::digest(bytes)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(link(Some("DU1"), None, "started").hash(), by_hand);
    }

    #[test]
    fn text_moved_over_a_field_border_changes_the_hash() {
        let plain = link(Some("DU1"), Some("a"), "started").hash();
        assert_ne!(plain, link(Some("DU1a"), Some(""), "started").hash());
        assert_ne!(plain, link(Some("DU1"), None, "started").hash());
        assert_ne!(
            link(None, Some("x"), "k").hash(),
            link(Some("x"), None, "k").hash()
        );
        assert_ne!(
            link(None, None, "k").hash(),
            link(Some("-"), None, "k").hash()
        );
    }
}
