//! Text fields as a client writes and reads them; shares nothing with the gateway's own.

use rust_decimal::Decimal;

/// What a client writes: fields, each ended by a NUL.
#[derive(Default)]
pub struct Written(pub String);

impl Written {
    pub fn put(&mut self, value: impl ToString) -> &mut Self {
        self.0.push_str(&value.to_string());
        self.0.push('\0');
        self
    }

    pub fn all<const N: usize>(&mut self, values: [&str; N]) -> &mut Self {
        for value in values {
            self.put(value);
        }
        self
    }

    pub fn flag(&mut self, value: bool) -> &mut Self {
        self.put(u8::from(value))
    }

    pub fn maybe(&mut self, value: Option<impl ToString>) -> &mut Self {
        match value {
            Some(value) => self.put(value),
            None => self.put(""),
        }
    }

    /// An unset number in the other way that clients write it.
    pub fn unset(&mut self, value: Option<Decimal>) -> &mut Self {
        match value {
            Some(value) => self.put(value),
            None => self.put("1.7976931348623157e+308"),
        }
    }

    pub fn blank(&mut self, count: usize) -> &mut Self {
        self.0.push_str(&"\0".repeat(count));
        self
    }
}

/// What a client reads, front to back.
pub struct Read<'a>(std::str::Split<'a, char>);

impl<'a> Read<'a> {
    pub fn over(content: &'a [u8]) -> Self {
        let text = std::str::from_utf8(content).expect("text");
        Self(text.strip_suffix('\0').expect("a last NUL").split('\0'))
    }

    pub fn str(&mut self) -> &'a str {
        self.0.next().expect("another field")
    }

    pub fn word(&mut self) -> String {
        self.str().to_owned()
    }

    pub fn number<T: std::str::FromStr>(&mut self) -> T {
        let field = self.str();
        field
            .parse()
            .unwrap_or_else(|_| panic!("{field:?} is no number"))
    }

    pub fn int(&mut self) -> i32 {
        self.number()
    }

    pub fn flag(&mut self) -> bool {
        self.int() == 1
    }

    pub fn decimal(&mut self) -> Decimal {
        self.number()
    }

    /// Empty, or the largest double, is unset.
    pub fn maybe(&mut self) -> Option<Decimal> {
        match self.str() {
            "" | "1.7976931348623157E308" => None,
            text => Some(text.parse().expect("a number")),
        }
    }

    pub fn maybe_int(&mut self) -> Option<i32> {
        let field = self.str();
        (!field.is_empty()).then(|| field.parse().expect("a whole number"))
    }

    /// A number that is zero when there is none.
    pub fn nonzero(&mut self) -> Option<Decimal> {
        Some(self.decimal()).filter(|value| !value.is_zero())
    }

    pub fn few<T>(&mut self, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.int()).map(|_| one(self)).collect()
    }

    /// Passes fields that say nothing here, and makes sure that they do say that.
    pub fn passes<const N: usize>(&mut self, said: [&str; N]) -> &mut Self {
        for expected in said {
            assert_eq!(self.str(), expected);
        }
        self
    }

    pub fn ends(&mut self) {
        assert_eq!(self.0.next(), None, "fields that nobody asked for");
    }
}
