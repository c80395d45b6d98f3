//! Session: start, ids, errors, time.

use prost::Message;

#[derive(Clone, PartialEq, Message)]
pub struct StartApiRequest {
    #[prost(int32, optional, tag = "1")]
    pub client_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub optional_capabilities: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct ManagedAccounts {
    #[prost(string, optional, tag = "1")]
    pub accounts_list: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct NextValidId {
    #[prost(int32, optional, tag = "1")]
    pub order_id: Option<i32>,
}

#[derive(Clone, PartialEq, Message)]
pub struct ErrorMessage {
    #[prost(int32, optional, tag = "1")]
    pub id: Option<i32>,
    #[prost(int64, optional, tag = "2")]
    pub error_time: Option<i64>,
    #[prost(int32, optional, tag = "3")]
    pub error_code: Option<i32>,
    #[prost(string, optional, tag = "4")]
    pub error_msg: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub advanced_order_reject_json: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct CurrentTime {
    #[prost(int64, optional, tag = "1")]
    pub current_time: Option<i64>,
}

#[derive(Clone, PartialEq, Message)]
pub struct CurrentTimeInMillis {
    #[prost(int64, optional, tag = "1")]
    pub current_time_in_millis: Option<i64>,
}

#[derive(Clone, PartialEq, Message)]
pub struct SetServerLogLevelRequest {
    #[prost(int32, optional, tag = "1")]
    pub log_level: Option<i32>,
}

#[derive(Clone, PartialEq, Message)]
pub struct UserInfo {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(string, optional, tag = "2")]
    pub white_branding_id: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct FamilyCodes {
    #[prost(message, repeated, tag = "1")]
    pub family_codes: Vec<FamilyCode>,
}

#[derive(Clone, PartialEq, Message)]
pub struct FamilyCode {
    #[prost(string, optional, tag = "1")]
    pub account_id: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub family_code: Option<String>,
}

#[derive(Clone, PartialEq, Message)]
pub struct NewsBulletinsRequest {
    #[prost(bool, optional, tag = "1")]
    pub all_messages: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
pub struct NewsBulletin {
    #[prost(int32, optional, tag = "1")]
    pub news_msg_id: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub news_msg_type: Option<i32>,
    #[prost(string, optional, tag = "3")]
    pub news_message: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub originating_exch: Option<String>,
}
