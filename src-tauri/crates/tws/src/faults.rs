//! The library's errors, under the names that the desk knows.

use gatehouse_desk::port::broker::{BrokerError, LinkFault};
use ibapi::Error;
use std::io::ErrorKind;
use std::time::Duration;

/// Why a connection could not be made.
pub fn connecting(error: &Error, address: &str, client_id: i32) -> LinkFault {
    let address = address.to_owned();
    match error {
        Error::Io(io) => match io.kind() {
            ErrorKind::ConnectionRefused => LinkFault::Refused { address },
            ErrorKind::TimedOut => LinkFault::Silent { address },
            ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe => LinkFault::ClosedInHandshake(io.to_string()),
            _ => LinkFault::Network(io.to_string()),
        },
        Error::ConnectionRejected(text) => LinkFault::ClosedInHandshake(text.clone()),
        Error::ConnectionReset => LinkFault::ClosedInHandshake(error.to_string()),
        Error::ServerVersion(needed, version, _) => LinkFault::TooOld {
            version: *version,
            needed: *needed,
        },
        Error::ClientIdInUse { .. } => LinkFault::ClientIdInUse { client_id },
        Error::InvalidFrame(_)
        | Error::Parse(..)
        | Error::ParseInt(_)
        | Error::FromUtf8(_)
        | Error::ParseTime(_)
        | Error::UnexpectedResponse(_)
        | Error::UnexpectedWireFormat(_)
        | Error::OrderIdInRequestRange { .. }
        | Error::ProtobufDecode(_) => LinkFault::Garbled {
            address,
            what: brief(&error.to_string()),
        },
        other => LinkFault::Network(brief(&other.to_string())),
    }
}

/// Whether the session is over, whatever else was going on.
pub fn ended(error: &Error) -> bool {
    error.is_connection_lost() || matches!(error, Error::Shutdown | Error::ConnectionFailed)
}

/// Why a question got no answer.
pub fn asking(error: &Error, waited: Duration) -> BrokerError {
    match error {
        Error::Notice(notice) => BrokerError::Refused {
            code: notice.code,
            text: notice.message.clone(),
        },
        Error::Timeout => BrokerError::TimedOut {
            seconds: waited.as_secs(),
        },
        Error::Io(_) => BrokerError::NotConnected,
        ended_with if ended(ended_with) => BrokerError::NotConnected,
        other => BrokerError::Garbled(brief(&other.to_string())),
    }
}

/// Enough of a text for a person; a debug dump of a frame can be very long.
pub fn brief(text: &str) -> String {
    text.chars().take(200).collect()
}
