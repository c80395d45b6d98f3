//! What a ticket can choose from.

use super::PlanView;
use gatehouse_domain::algo::{ALGOS, AlgoInfo};
use gatehouse_domain::contract::Instrument;
use gatehouse_domain::order_type::{FieldNeed, OrderType};
use gatehouse_domain::tif::TifChoice;
use serde::Serialize;

/// An order type as offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderTypeView {
    pub order_type: OrderType,
    /// As TWS writes it: `STP LMT`.
    pub code: String,
    /// In words: "Stop limit".
    pub name: String,
    /// One line on what it does.
    pub says: String,
    /// The price fields that it takes.
    pub fields: Vec<FieldNeed>,
    /// The times in force that go with it.
    pub tifs: Vec<TifChoice>,
}

/// A time in force as offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TifView {
    pub tif: TifChoice,
    pub code: String,
    pub words: String,
}

/// Everything that a ticket can choose from, whatever the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OrderCatalogue {
    /// Strategies of options by name.
    pub strategies: Vec<PlanView>,
    pub order_types: Vec<OrderTypeView>,
    pub tifs: Vec<TifView>,
    pub algos: Vec<AlgoInfo>,
}

impl OrderCatalogue {
    /// The catalogue of this version.
    #[must_use]
    pub fn all() -> Self {
        Self {
            strategies: PlanView::all(),
            order_types: OrderType::ALL
                .into_iter()
                .map(|order_type| OrderTypeView {
                    order_type,
                    code: order_type.code().to_owned(),
                    name: order_type.words().to_owned(),
                    says: order_type.says().to_owned(),
                    fields: order_type.fields().to_vec(),
                    tifs: order_type.times_in_force().to_vec(),
                })
                .collect(),
            tifs: TifChoice::ALL
                .into_iter()
                .map(|tif| TifView {
                    tif,
                    code: tif.code().to_owned(),
                    words: tif.words().to_owned(),
                })
                .collect(),
            algos: ALGOS.to_vec(),
        }
    }
}

/// What a contract's exchange takes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OfferView {
    pub con_id: i32,
    pub order_types: Vec<OrderType>,
    pub tifs: Vec<TifChoice>,
    pub algos: bool,
    pub conditions: bool,
    pub hidden: bool,
    pub display_size: bool,
    pub all_or_none: bool,
    pub oca: bool,
}

impl From<&Instrument> for OfferView {
    fn from(instrument: &Instrument) -> Self {
        Self {
            con_id: instrument.contract.con_id.get(),
            order_types: OrderType::ALL
                .into_iter()
                .filter(|order_type| order_type.is_taken_by(instrument))
                .collect(),
            tifs: TifChoice::ALL
                .into_iter()
                .filter(|tif| tif.is_taken_by(instrument))
                .collect(),
            algos: instrument.takes("ALGO"),
            conditions: instrument.takes("COND"),
            hidden: instrument.takes("HID"),
            display_size: instrument.takes("ICE"),
            all_or_none: instrument.takes("AON"),
            oca: instrument.takes("OCA"),
        }
    }
}
