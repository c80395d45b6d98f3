//! The journal as shown.

use super::Millis;
use serde::{Deserialize, Serialize};

/// The newest record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalHeadView {
    /// How many records there are.
    #[specta(type = specta_typescript::Number)]
    pub seq: i64,
    /// 64 hexadecimal digits.
    pub hash: String,
    /// Why nothing can be written now, when that is so. Orders are stopped then.
    pub fault: Option<String>,
}

/// Which records to read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalQuery {
    /// Only records with a number below this one.
    #[specta(type = Option<specta_typescript::Number>)]
    pub before: Option<i64>,
    /// At most this many; at most 500.
    pub limit: u32,
    pub account: Option<String>,
    pub intent: Option<String>,
}

/// A page of the journal, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalPage {
    pub entries: Vec<JournalEntryView>,
    /// Whether there are older ones.
    pub more: bool,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalEntryView {
    #[specta(type = specta_typescript::Number)]
    pub seq: i64,
    pub at: Millis,
    pub account: Option<String>,
    pub intent: Option<String>,
    /// The entry's lasting name, such as `approved`.
    pub kind: String,
    /// What happened, in a sentence.
    pub says: String,
    /// The record as written, as JSON text.
    pub body: String,
    pub hash: String,
}

/// What the check of the chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct VerificationView {
    pub intact: bool,
    /// How many records were checked, or the first that is broken.
    #[specta(type = specta_typescript::Number)]
    pub seq: i64,
    /// The head's hash, when intact.
    pub hash: Option<String>,
    /// In words.
    pub says: String,
}
