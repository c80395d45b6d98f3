//! Reading and writing single fields.

use std::fmt::{Display, Write};

use bytes::BytesMut;
use rust_decimal::Decimal;

use crate::wire::DecodeError;
use crate::wire::mark::Mark;
use crate::wire::number::{UNSET_DOUBLE_TEXT, UNSET_INTEGER, clipped, decimal_from_text, plain};

/// The fields of one message, read front to back.
pub struct Reader<'a> {
    fields: std::str::Split<'a, char>,
}

impl<'a> Reader<'a> {
    pub fn new(content: &'a [u8]) -> Result<Self, DecodeError> {
        let text = std::str::from_utf8(content)
            .map_err(|_| DecodeError::unreadable("the message is not valid text"))?;
        let text = text.strip_suffix('\0').unwrap_or(text);
        Ok(Self {
            fields: text.split('\0'),
        })
    }

    pub fn str(&mut self) -> Result<&'a str, DecodeError> {
        self.fields
            .next()
            .ok_or_else(|| DecodeError::unreadable("the message ends before its last field"))
    }

    /// The next field as a whole number, left where it is.
    pub fn peek_int(&self) -> Option<i32> {
        self.fields.clone().next()?.parse().ok()
    }

    pub fn string(&mut self) -> Result<String, DecodeError> {
        self.str().map(str::to_owned)
    }

    /// The rest may be missing altogether: clients leave out trailing fields.
    pub fn optional_string(&mut self) -> String {
        self.fields.next().unwrap_or_default().to_owned()
    }

    pub fn skip(&mut self, count: usize) -> Result<(), DecodeError> {
        for _ in 0..count {
            self.str()?;
        }
        Ok(())
    }

    /// A whole number; an empty field is 0, as the protocol has it.
    pub fn int(&mut self) -> Result<i32, DecodeError> {
        Ok(self.optional_int()?.unwrap_or_default())
    }

    /// A whole number, `None` when unset.
    pub fn optional_int(&mut self) -> Result<Option<i32>, DecodeError> {
        let field = self.str()?;
        if field.is_empty() {
            return Ok(None);
        }
        // Some clients write whole numbers as "3.0".
        let whole = field.strip_suffix(".0").unwrap_or(field);
        let value = whole.parse::<i32>().map_err(|_| {
            DecodeError::unreadable(format!("{:?} is not a whole number", clipped(field)))
        })?;
        Ok((value != UNSET_INTEGER).then_some(value))
    }

    pub fn bool(&mut self) -> Result<bool, DecodeError> {
        match self.str()? {
            "1" | "true" | "True" => Ok(true),
            "" | "0" | "false" | "False" => Ok(false),
            other => Err(DecodeError::unreadable(format!(
                "{:?} is neither 0 nor 1",
                clipped(other)
            ))),
        }
    }

    pub fn decimal(&mut self) -> Result<Option<Decimal>, DecodeError> {
        decimal_from_text(self.str()?).map_err(|error| DecodeError::unreadable(error.to_string()))
    }

    /// A number that the client may have left out together with all that follows.
    pub fn optional_decimal(&mut self) -> Result<Option<Decimal>, DecodeError> {
        decimal_from_text(self.fields.next().unwrap_or_default())
            .map_err(|error| DecodeError::unreadable(error.to_string()))
    }

    /// A count of repeated groups, bounded so that a hostile one cannot cost memory.
    pub fn count(&mut self) -> Result<usize, DecodeError> {
        let count = self.int()?;
        usize::try_from(count)
            .ok()
            .filter(|count| *count <= 1000)
            .ok_or_else(|| DecodeError::unreadable(format!("{count} repeated groups")))
    }
}

/// Writes the fields of one message.
pub struct Writer<'a> {
    out: &'a mut BytesMut,
}

impl<'a> Writer<'a> {
    pub fn new(out: &'a mut BytesMut) -> Self {
        Self { out }
    }

    /// Any field; a NUL inside would start a new one and is dropped.
    pub fn put(&mut self, value: impl Display) -> &mut Self {
        struct Plain<'b>(&'b mut BytesMut);
        impl Write for Plain<'_> {
            fn write_str(&mut self, text: &str) -> std::fmt::Result {
                self.0.extend(text.bytes().filter(|byte| *byte != 0));
                Ok(())
            }
        }
        // Writing into memory cannot fail.
        let _ = write!(Plain(self.out), "{value}");
        self.out.extend_from_slice(b"\0");
        self
    }

    pub fn bool(&mut self, value: bool) -> &mut Self {
        self.put(u8::from(value))
    }

    pub fn decimal(&mut self, value: Decimal) -> &mut Self {
        match Mark::behind(value) {
            None => self.put(plain(value)),
            Some(mark) => self.put(mark.text()),
        }
    }

    /// An unset number as an empty field.
    pub fn or_empty(&mut self, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.put(value),
            None => self.put(""),
        }
    }

    /// An unset decimal as an empty field.
    pub fn decimal_or_empty(&mut self, value: Option<Decimal>) -> &mut Self {
        match value {
            Some(value) => self.decimal(value),
            None => self.put(""),
        }
    }

    /// An unset number as the protocol's largest double.
    pub fn or_unset(&mut self, value: Option<Decimal>) -> &mut Self {
        match value {
            Some(value) => self.decimal(value),
            None => self.put(UNSET_DOUBLE_TEXT),
        }
    }

    pub fn empty(&mut self, count: usize) -> &mut Self {
        for _ in 0..count {
            self.put("");
        }
        self
    }

    /// A fixed run of fields.
    pub fn all(&mut self, fields: &[&str]) -> &mut Self {
        for field in fields {
            self.put(field);
        }
        self
    }
}
