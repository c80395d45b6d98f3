//! How a person told connections and accounts apart.

use gatehouse_domain::account::{Expects, Mode};
use serde::{Deserialize, Serialize};

/// A colour that a person gave to a connection or an account. The page has its shades; red is
/// left to what is live or wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Colour {
    Blue,
    Teal,
    Green,
    Amber,
    Orange,
    Purple,
    Pink,
    Grey,
}

/// The connection that this desk serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ProfileHead {
    /// Its lasting name.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    pub colour: Option<Colour>,
    /// Which kind of login is expected.
    pub expects: Expects,
    /// No order goes out under it.
    pub read_only: bool,
}

/// What a person calls an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountLabel {
    /// Its id.
    pub account: String,
    /// Empty for none.
    pub nickname: String,
    pub colour: Option<Colour>,
}

/// The login is not the expected one, and everything waits for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HeldView {
    pub expects: Expects,
    pub found: Mode,
    /// The accounts that were found.
    pub accounts: Vec<String>,
    /// What is to be typed to go on.
    pub word: String,
}
