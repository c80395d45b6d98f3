//! Bytes made wrong in the ways that break parsers.

/// What takes the place of something that had sense.
const TOKENS: [&[u8]; 24] = [
    b"",
    b"0",
    b"-1",
    b"1",
    b"2147483647",
    b"2147483648",
    b"-2147483648",
    b"9223372036854775807",
    b"1.7976931348623157E308",
    b"1e400",
    b"-1e-400",
    b"NaN",
    b"Infinity",
    b"79228162514264337593543950335",
    b"0.0000000000000000000000000001",
    b"99999999999999999999999999999999999999999999",
    b"1000",
    b"1001",
    b"None",
    b"\0",
    b"\0\0\0\0\0\0\0\0",
    b"\xff\xff\xff\xff\x0f",
    b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
    b"\xc3\x28",
];

/// `content` after some changes that `roll` decides; most often few.
pub fn spoiled(mut content: Vec<u8>, mut roll: impl FnMut() -> u8) -> Vec<u8> {
    for _ in 0..roll() % 6 {
        let most = content.len();
        let mut place = |most: usize| {
            let drawn = usize::from(roll()) * 256 + usize::from(roll());
            if most == 0 { 0 } else { drawn % (most + 1) }
        };
        let (from, other) = (place(most), place(most));
        let to = from.max(other.min(from.saturating_add(40)));
        match roll() % 7 {
            0 => content.truncate(from),
            1 => drop(content.drain(from..to)),
            2 => {
                let again = content[from..to].to_vec();
                content.splice(from..from, again);
            }
            3 => {
                let token = TOKENS[usize::from(roll()) % TOKENS.len()];
                content.splice(from..to, token.iter().copied());
            }
            4 => {
                // A field between two ends of fields, if it has such.
                let ends = |byte: &u8| matches!(byte, 0 | b'\n' | b'"' | b' ' | b'=' | b',');
                let after = content[from..].iter().position(ends);
                let start = content[..from]
                    .iter()
                    .rposition(ends)
                    .map_or(0, |at| at + 1);
                let token = TOKENS[usize::from(roll()) % TOKENS.len()];
                let end = after.map_or(content.len(), |at| from + at);
                content.splice(start..end, token.iter().copied());
            }
            5 => {
                if let Some(byte) = content.get_mut(from) {
                    *byte ^= 1 << (roll() % 8);
                }
            }
            _ => {
                if let Some(byte) = content.get_mut(from) {
                    *byte = roll();
                }
            }
        }
    }
    content
}
