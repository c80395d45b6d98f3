//! Counting tests in what the test programs print.

use crate::failure::Failure;

/// Tests seen in a program's output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    passed: u32,
    failed: u32,
}

impl Tally {
    pub fn passed(self) -> u32 {
        self.passed
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }

    /// The tally of a program that ended well, unless it counted a failure or nothing at all:
    /// silence proves nothing.
    pub fn proven(self) -> Result<Self, Failure> {
        match self {
            Self {
                passed: 0,
                failed: 0,
            } => Err(Failure::new("no test ran")),
            Self { failed: 0, .. } => Ok(self),
            Self { failed, .. } => Err(Failure::new(format!("{failed} tests failed"))),
        }
    }

    /// Takes one line of output in: libtest's and vitest's summaries, and from our own scripts
    /// either lines `ok - name` / `not ok - name` or one line `N passed, N failed`.
    pub fn read(&mut self, line: &str) {
        let line = without_colour(line);
        let line = line.trim();
        if line.starts_with("ok - ") {
            self.passed += 1;
        } else if line.starts_with("not ok - ") {
            self.failed += 1;
        } else if let Some(rest) = line.strip_prefix("test result:") {
            self.passed += number_before(rest, "passed");
            self.failed += number_before(rest, "failed");
        } else if let Some(rest) = line.strip_prefix("Tests ") {
            self.passed += number_before(rest, "passed");
            self.failed += number_before(rest, "failed");
        } else if is_count(line) {
            self.passed += number_before(line, "passed");
            self.failed += number_before(line, "failed");
        }
    }
}

/// Whether the line is nothing but `N passed, N failed`.
fn is_count(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    matches!(words[..], [_, "passed,", _, "failed"])
}

fn number_before(text: &str, word: &str) -> u32 {
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    words
        .windows(2)
        .find(|pair| pair[1] == word)
        .and_then(|pair| pair[0].parse().ok())
        .unwrap_or(0)
}

fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            for c in chars.by_ref() {
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn read(lines: &[&str]) -> (u32, u32) {
        let mut tally = Tally::default();
        for line in lines {
            tally.read(line);
        }
        (tally.passed, tally.failed)
    }

    #[test]
    fn libtest_summaries_add_up() {
        let lines = [
            "running 3 tests",
            "test a ... ok",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
        ];
        assert_eq!(read(&lines), (15, 2));
    }

    #[test]
    fn a_vitest_summary_is_read_through_its_colours() {
        let line = "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[31m1 failed\u{1b}[39m | 41 passed (42)";
        assert_eq!(read(&[line]), (41, 1));
        assert_eq!(read(&[" Test Files  3 passed (3)"]), (0, 0));
    }

    #[test]
    fn neither_a_failure_nor_silence_proves_anything() {
        let proven = |lines: &[&str]| {
            let mut tally = Tally::default();
            lines.iter().for_each(|line| tally.read(line));
            tally.proven().is_ok()
        };
        assert!(proven(&["ok - a"]));
        assert!(!proven(&["ok - a", "not ok - b"]));
        assert!(!proven(&["nothing to see"]));
    }

    #[test]
    fn lines_of_our_own_scripts_count_one_each() {
        assert_eq!(
            read(&["ok - the window opens", "not ok - a ticket"]),
            (1, 1)
        );
    }

    #[test]
    fn a_script_may_count_for_itself() {
        assert_eq!(
            read(&["ok      the_accounts", "12 passed, 1 failed"]),
            (12, 1)
        );
    }
}
