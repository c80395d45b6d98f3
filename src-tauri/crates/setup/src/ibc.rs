//! IBC, a program of others that starts IB Gateway and fills in its login window.
//!
//! - [`find`](find::find): where it lies, and which way it takes a password.
//! - [`Settings`]: what Gatehouse sets of its `config.ini`, worked into what stands there. Never a
//!   password: [`Settings::apply`] empties the one that it finds.
//! - [`file`]: the difference, and writing with a copy of what was there.
//! - [`Start`]: starts it so that a password is on no command line and in no file.
//! - [`stop`]: asks it to end.
//!
//! Sources: IBC's own scripts and settings file (`ibcstart.sh`, `gatewaystart.sh`, `config.ini`) and
//! its command server. Newer versions of `ibcstart.sh` read `TWSUSERID` and `TWSPASSWORD` from the
//! environment; older ones put the password on the command line of Java, where every program on
//! the computer can read it. To those none is handed.
//!
//! Deliberately not here: keeping the password (the keychain's), and Windows, where IBC is started
//! by other means.

pub mod file;
mod find;
mod settings;
mod start;
pub mod stop;

pub use find::{Ibc, PasswordWay, find, usual_config};
pub use settings::{Accepts, ConfigChange, ReadOnlyApi, Settings};
pub use start::Start;
