//! Options: computations, calculations, exercises.

use prost::Message;

use super::Contract;

#[derive(Clone, PartialEq, Message)]
pub struct TickOptionComputation {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(int32, optional, tag = "2")]
    pub tick_type: Option<i32>,
    #[prost(int32, optional, tag = "3")]
    pub tick_attrib: Option<i32>,
    #[prost(double, optional, tag = "4")]
    pub implied_vol: Option<f64>,
    #[prost(double, optional, tag = "5")]
    pub delta: Option<f64>,
    #[prost(double, optional, tag = "6")]
    pub opt_price: Option<f64>,
    #[prost(double, optional, tag = "7")]
    pub pv_dividend: Option<f64>,
    #[prost(double, optional, tag = "8")]
    pub gamma: Option<f64>,
    #[prost(double, optional, tag = "9")]
    pub vega: Option<f64>,
    #[prost(double, optional, tag = "10")]
    pub theta: Option<f64>,
    #[prost(double, optional, tag = "11")]
    pub und_price: Option<f64>,
}

#[derive(Clone, PartialEq, Message)]
pub struct CalculateImpliedVolatilityRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub contract: Option<Contract>,
    #[prost(double, optional, tag = "3")]
    pub option_price: Option<f64>,
    #[prost(double, optional, tag = "4")]
    pub under_price: Option<f64>,
}

#[derive(Clone, PartialEq, Message)]
pub struct CalculateOptionPriceRequest {
    #[prost(int32, optional, tag = "1")]
    pub req_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub contract: Option<Contract>,
    #[prost(double, optional, tag = "3")]
    pub volatility: Option<f64>,
    #[prost(double, optional, tag = "4")]
    pub under_price: Option<f64>,
}

#[derive(Clone, PartialEq, Message)]
pub struct ExerciseOptionsRequest {
    #[prost(int32, optional, tag = "1")]
    pub order_id: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub contract: Option<Contract>,
    #[prost(int32, optional, tag = "3")]
    pub exercise_action: Option<i32>,
    #[prost(int32, optional, tag = "4")]
    pub exercise_quantity: Option<i32>,
    #[prost(string, optional, tag = "5")]
    pub account: Option<String>,
    #[prost(bool, optional, tag = "6")]
    pub force: Option<bool>,
}
