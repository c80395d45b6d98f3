//! The ports: what the engine needs of the world. Each is implemented by one adapter crate.

pub mod broker;
pub mod clock;
pub mod store;
pub mod vault;

pub use broker::{
    Broker, BrokerError, BrokerEvent, InstrumentMatch, LinkFault, LinkState, OrderKey, OrderSeen,
    PlaceError, Session, StatusSeen, Ties,
};
pub use clock::Clock;
pub use store::{Head, PageQuery, Store, StoreError, StoredRecord, Verification};
pub use vault::{SecretName, Vault, VaultError, VaultState};
