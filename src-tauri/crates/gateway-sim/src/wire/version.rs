//! Agreeing on a protocol version, and the only frames before one is agreed.

use bytes::{Bytes, BytesMut};

use super::write_frame;

/// A protocol version both sides speak: 157–226.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(u16);

impl Version {
    /// The oldest and the newest version spoken.
    const SPOKEN: (u16, u16) = (157, 226);
    /// From here on a message's id is a number before the body, and the body may be protobuf.
    const RAW_IDS: u16 = 201;

    /// `number` as a version, if it is one that is spoken here.
    pub fn new(number: u16) -> Option<Self> {
        (Self::SPOKEN.0..=Self::SPOKEN.1)
            .contains(&number)
            .then_some(Self(number))
    }

    /// The number on the wire.
    pub fn number(self) -> u16 {
        self.0
    }

    /// Whether a message's id stands before the body as a number.
    pub fn has_raw_ids(self) -> bool {
        self.0 >= Self::RAW_IDS
    }
}

/// The range of versions that a client offers, `v<oldest>..<newest>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    pub oldest: u16,
    pub newest: u16,
    /// Wants to be slowed down rather than refused when it asks too much (`+PACEAPI`).
    pub slowed: bool,
}

/// Why no version could be agreed on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OfferError {
    #[error("the version range is not of the form v100..226")]
    Malformed,
    #[error("versions {oldest} to {newest} are not spoken here: 157 to 226 are")]
    NoneSpoken { oldest: u16, newest: u16 },
}

impl Offer {
    /// Reads the content of a client's first frame.
    ///
    /// # Errors
    /// When it is not `vMIN..MAX` or `vVERSION`, each optionally followed by
    /// a space and connect options.
    pub fn parse(content: &[u8]) -> Result<Self, OfferError> {
        let text = std::str::from_utf8(content).map_err(|_| OfferError::Malformed)?;
        let range = text.split([' ', '\0']).next().unwrap_or_default();
        let range = range.strip_prefix('v').ok_or(OfferError::Malformed)?;
        let (oldest, newest) = range.split_once("..").unwrap_or((range, range));
        let number = |text: &str| text.parse::<u16>().map_err(|_| OfferError::Malformed);
        let offer = Self {
            oldest: number(oldest)?,
            newest: number(newest)?,
            slowed: text
                .split([' ', '\0'])
                .skip(1)
                .any(|option| option == "+PACEAPI"),
        };
        if offer.oldest > offer.newest {
            Err(OfferError::Malformed)
        } else {
            Ok(offer)
        }
    }

    /// The newest version that both sides speak.
    ///
    /// # Errors
    /// When there is none.
    pub fn agree(self) -> Result<Version, OfferError> {
        let newest = self.newest.min(Version::SPOKEN.1);
        Version::new(newest)
            .filter(|_| newest >= self.oldest)
            .ok_or(OfferError::NoneSpoken {
                oldest: self.oldest,
                newest: self.newest,
            })
    }
}

/// The gateway's first frame: version number and connection time.
pub fn greeting(number: u16, time: &str) -> Bytes {
    let mut out = BytesMut::new();
    write_frame(&mut out, |out| {
        out.extend_from_slice(format!("{number}\0{time}\0").as_bytes());
    });
    out.freeze()
}

/// The frame sent before closing on a client with which no version can be agreed:
/// error 503 in the oldest text form, which every client can at least log.
pub fn refusal(reason: &OfferError) -> Bytes {
    let mut out = BytesMut::new();
    write_frame(&mut out, |out| {
        out.extend_from_slice(format!("4\x002\0-1\x00503\0{reason}\0").as_bytes());
    });
    out.freeze()
}
