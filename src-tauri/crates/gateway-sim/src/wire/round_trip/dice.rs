//! Values for messages, drawn from a run of bytes.

use rust_decimal::Decimal;

/// Draws from bytes, and zeros once they are used up: shorter runs make simpler messages.
pub struct Dice<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Dice<'a> {
    pub fn over(bytes: &'a [u8]) -> Self {
        Self {
            bytes: bytes.iter(),
        }
    }

    pub fn byte(&mut self) -> u8 {
        self.bytes.next().copied().unwrap_or_default()
    }

    pub fn flag(&mut self) -> bool {
        self.byte() % 2 == 1
    }

    pub fn one_in(&mut self, sides: u8) -> bool {
        self.byte() % sides == sides - 1
    }

    pub fn long(&mut self) -> i64 {
        let bytes = std::array::from_fn(|_| self.byte());
        // Small numbers as often as huge ones.
        i64::from_le_bytes(bytes) >> (self.byte() % 64)
    }

    /// Never the number that means "unset".
    pub fn int(&mut self) -> i32 {
        let long = self.long();
        i32::try_from(long)
            .unwrap_or((long % 1_000_000) as i32)
            .min(i32::MAX - 1)
    }

    pub fn count(&mut self) -> i32 {
        i32::from(self.byte())
    }

    /// Any text but for the one character that ends a field.
    pub fn word(&mut self) -> String {
        const LETTERS: [char; 16] = [
            'a', 'Z', '0', '9', ' ', '.', ',', ';', ':', '-', '=', '/', '"', 'é', '日', '\n',
        ];
        let length = self.byte() % 8;
        (0..length)
            .map(|_| LETTERS[usize::from(self.byte() % 16)])
            .collect()
    }

    /// Up to fifteen digits: those that a double holds.
    pub fn decimal(&mut self) -> Decimal {
        let units = self.long() % 1_000_000_000_000_000;
        Decimal::new(units, u32::from(self.byte() % 12)).normalize()
    }

    pub fn maybe<T>(&mut self, one: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flag().then(|| one(self))
    }

    pub fn few<T>(&mut self, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.byte() % 4;
        (0..count).map(|_| one(self)).collect()
    }

    /// Named values as a map has them: sorted, each name once.
    pub fn pairs(&mut self) -> Vec<(String, String)> {
        let drawn = self.few(|dice| (dice.word(), dice.word()));
        let map: std::collections::BTreeMap<_, _> = drawn.into_iter().collect();
        map.into_iter().collect()
    }
}
