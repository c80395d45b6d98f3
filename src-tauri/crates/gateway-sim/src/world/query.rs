//! How a client names an instrument.

use rust_decimal::Decimal;

use super::ids::ConId;
use super::instrument::Instrument;
use super::options::Right;

/// The fields of a contract that pick instruments; an absent field picks all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContractQuery {
    /// conId; decides alone when given (together with a given exchange).
    pub con_id: Option<ConId>,
    /// Symbol, in any case (`AAPL`, `ES`, `EUR`).
    pub symbol: Option<String>,
    /// `STK`, `IND`, `FUT`, `CASH`, `OPT`.
    pub sec_type: Option<String>,
    /// An exchange that must be among the valid ones.
    pub exchange: Option<String>,
    /// Listing exchange.
    pub primary_exchange: Option<String>,
    /// ISO code.
    pub currency: Option<String>,
    /// Local symbol.
    pub local_symbol: Option<String>,
    /// Trading class.
    pub trading_class: Option<String>,
    /// `YYYYMM` or `YYYYMMDD`.
    pub expiry: Option<String>,
    /// Strike of an option.
    pub strike: Option<Decimal>,
    /// Right of an option.
    pub right: Option<Right>,
    /// Units for one contract.
    pub multiplier: Option<Decimal>,
}

impl ContractQuery {
    /// Whether the instrument fits every given field.
    pub fn matches(&self, instrument: &Instrument) -> bool {
        let fits = |wanted: &Option<String>, has: &str| {
            wanted
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(has))
        };
        let exchange_fits = self.exchange.as_deref().is_none_or(|wanted| {
            instrument
                .valid_exchanges
                .iter()
                .any(|exchange| exchange.eq_ignore_ascii_case(wanted))
        });
        if let Some(con_id) = self.con_id {
            return con_id == instrument.con_id && exchange_fits;
        }
        exchange_fits
            && fits(&self.symbol, &instrument.symbol)
            && fits(&self.sec_type, instrument.sec_type.code())
            && fits(&self.primary_exchange, instrument.primary_exchange)
            && fits(&self.currency, instrument.currency.code())
            && fits(&self.local_symbol, &instrument.local_symbol)
            && fits(&self.trading_class, &instrument.trading_class)
            && self.expiry.as_deref().is_none_or(|wanted| {
                instrument.future.as_ref().is_some_and(|terms| {
                    terms.contract_month == wanted || terms.last_trade_date == wanted
                }) || instrument.option.as_ref().is_some_and(|terms| {
                    terms.last_trade_date == wanted
                        || (wanted.len() == 6 && terms.last_trade_date.starts_with(wanted))
                })
            })
            && self.strike.is_none_or(|wanted| {
                let terms = instrument.option.as_ref();
                terms.is_some_and(|terms| terms.strike == wanted)
            })
            && self.right.is_none_or(|wanted| {
                let terms = instrument.option.as_ref();
                terms.is_some_and(|terms| terms.right == wanted)
            })
            && self
                .multiplier
                .is_none_or(|wanted| wanted == instrument.multiplier)
    }
}
