//! A password, passphrase or token on its way between a person, the keychain and what needs it.

use serde::{Deserialize, Deserializer};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Text that is never shown, never written out and overwritten with zeros when it is dropped.
///
/// It can be read from the page, so that a person can type one, and not be sent there:
///
/// ```compile_fail,E0277
/// let secret = gatehouse_domain::secret::Secret::new("1234".to_owned());
/// serde_json::to_string(&secret);
/// ```
///
/// Nor can it be printed by accident, in a message or in what a crash writes:
///
/// ```compile_fail,E0277
/// let secret = gatehouse_domain::secret::Secret::new("1234".to_owned());
/// println!("{secret:?}");
/// ```
///
/// ```compile_fail,E0277
/// let secret = gatehouse_domain::secret::Secret::new("1234".to_owned());
/// println!("{secret}");
/// ```
///
/// Nor compared in a time that depends on its text, or copied without meaning to:
///
/// ```compile_fail,E0369
/// use gatehouse_domain::secret::Secret;
/// Secret::new("1234".to_owned()) == Secret::new("1234".to_owned());
/// ```
///
/// ```compile_fail,E0599
/// let secret = gatehouse_domain::secret::Secret::new("1234".to_owned());
/// let copy = secret.clone();
/// ```
///
/// What the window's own machinery keeps of a text that was typed into it is out of reach here.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for the one who needs it. To be neither kept nor printed.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether nothing was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many letters it has, as a person counts them when they choose one.
    #[must_use]
    pub fn letters(&self) -> usize {
        self.0.chars().count()
    }

    /// Whether both are the same. It takes as long for texts that differ early as for those that
    /// differ late; only the length shows.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Self::new)
    }
}

impl specta::Type for Secret {
    fn definition(types: &mut specta::Types) -> specta::datatype::DataType {
        <String as specta::Type>::definition(types)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[test]
    fn two_secrets_are_the_same_when_their_texts_are() {
        assert!(secret("correct horse").is(&secret("correct horse")));
        assert!(!secret("correct horse").is(&secret("correct horsf")));
        assert!(!secret("correct").is(&secret("correct horse")));
    }

    #[test]
    fn it_is_read_from_what_a_person_typed() {
        let typed: Secret = serde_json::from_str("\"pass phrase\"").unwrap();
        assert_eq!(typed.expose(), "pass phrase");
        assert_eq!(secret("äöü").letters(), 3);
        assert!(secret("").is_empty());
    }
}
