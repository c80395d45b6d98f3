//! What the first bytes of an answer say of who answers.

/// A gateway's greeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greeting {
    /// The version of the API that was agreed on.
    pub version: i32,
    /// The gateway's time as it writes it, such as `20260102 15:00:00 EST`.
    pub time: String,
}

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A TWS API.
    Greeting(Greeting),
    /// A TWS API that says no, in its words.
    Refusal(String),
    /// A web server.
    Http,
    /// Something encrypted.
    Tls,
    /// A remote shell.
    Ssh,
    /// Something else, which begins so.
    Other(String),
    /// It closed without a word.
    Nothing,
    /// More has to come.
    Unfinished,
}

/// Reads what has come so far.
pub fn read(bytes: &[u8]) -> Answer {
    if let Some(known) = known(bytes) {
        return known;
    }
    let Some(head) = bytes.first_chunk::<4>() else {
        return Answer::Unfinished;
    };
    let length = usize::try_from(u32::from_be_bytes(*head)).unwrap_or(usize::MAX);
    if !(1..=super::LONGEST).contains(&length) {
        return other(bytes);
    }
    match bytes.get(4..4 + length) {
        Some(content) => framed(content),
        None => Answer::Unfinished,
    }
}

/// Reads what has come when nothing more will.
pub fn ended(bytes: &[u8]) -> Answer {
    if bytes.is_empty() {
        return Answer::Nothing;
    }
    match read(bytes) {
        Answer::Unfinished => other(bytes),
        answer => answer,
    }
}

/// Protocols that show by their first bytes.
fn known(bytes: &[u8]) -> Option<Answer> {
    if bytes.starts_with(b"HTTP/") || bytes.starts_with(b"<!DOCTYPE") || bytes.starts_with(b"<html")
    {
        return Some(Answer::Http);
    }
    if bytes.starts_with(b"SSH-") {
        return Some(Answer::Ssh);
    }
    match bytes {
        // An alert or a handshake of TLS or SSL 3.
        [0x15 | 0x16, 0x03, 0x00..=0x04, ..] => Some(Answer::Tls),
        _ => None,
    }
}

/// Reads the content of the first frame.
fn framed(content: &[u8]) -> Answer {
    let mut fields = content
        .split(|byte| *byte == 0)
        .map(|field| String::from_utf8_lossy(field).into_owned());
    let first = fields.next().unwrap_or_default();
    let second = fields.next().unwrap_or_default();
    match first.parse() {
        // An error message in the oldest form: 4, its version, an id, a code, a text.
        Ok(4) if second.len() <= 2 => {
            let rest: Vec<String> = fields.filter(|field| !field.is_empty()).collect();
            Answer::Refusal(rest.last().cloned().unwrap_or_default())
        }
        Ok(version) if (1..10_000).contains(&version) => Answer::Greeting(Greeting {
            version,
            time: second,
        }),
        _ => other(content),
    }
}

fn other(bytes: &[u8]) -> Answer {
    let begins: String = bytes
        .iter()
        .take(24)
        .map(|byte| match byte {
            0x20..=0x7e => char::from(*byte),
            _ => '·',
        })
        .collect();
    Answer::Other(begins.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frame(content: &[u8]) -> Vec<u8> {
        let mut bytes = u32::try_from(content.len()).unwrap().to_be_bytes().to_vec();
        bytes.extend(content);
        bytes
    }

    #[test]
    fn a_greeting_is_read_only_once_it_is_whole() {
        let whole = frame(b"203\x0020260102 15:00:00 EST\0");
        for cut in 0..whole.len() {
            assert_eq!(read(&whole[..cut]), Answer::Unfinished, "{cut}");
        }
        let greeting = Greeting {
            version: 203,
            time: "20260102 15:00:00 EST".to_owned(),
        };
        assert_eq!(read(&whole), Answer::Greeting(greeting));
    }

    #[test]
    fn what_is_not_a_tws_api_is_told_apart() {
        assert_eq!(read(b"HTTP/1.1 400 Bad Request\r\n"), Answer::Http);
        assert_eq!(read(b"\x15\x03\x01\x00\x02\x02\x46"), Answer::Tls);
        assert_eq!(read(b"SSH-2.0-OpenSSH_9.6\r\n"), Answer::Ssh);
        assert_eq!(
            read(b"220 mail ESMTP\r\n"),
            Answer::Other("220 mail ESMTP··".to_owned())
        );
        assert_eq!(ended(b""), Answer::Nothing);
        assert_eq!(ended(b"+"), Answer::Other("+".to_owned()));
    }

    #[test]
    fn a_refusal_keeps_the_gateways_words() {
        let refusal = frame(b"4\x002\x00-1\x00503\x00The TWS is out of date\0");
        assert_eq!(
            read(&refusal),
            Answer::Refusal("The TWS is out of date".to_owned())
        );
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reading(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
            prop_assert_ne!(ended(&bytes), Answer::Unfinished);
        }
    }
}
