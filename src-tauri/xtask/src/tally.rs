//! Counting tests in what the test programs print.

use crate::failure::Failure;

/// So many failed tests are named; who has more looks into the output.
const NAMED: usize = 5;

/// Tests seen in a program's output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    passed: u32,
    failed: u32,
    /// The names of those that failed, as the program prints them.
    failures: Vec<String>,
}

impl Tally {
    pub fn passed(&self) -> u32 {
        self.passed
    }

    /// Both together.
    pub fn and(mut self, other: Self) -> Self {
        self.passed += other.passed;
        self.failed += other.failed;
        self.failures.extend(other.failures);
        self
    }

    /// The tally of a program that ended well, unless it counted a failure or nothing at all:
    /// silence proves nothing.
    pub fn proven(self) -> Result<Self, Failure> {
        match self {
            Self {
                passed: 0,
                failed: 0,
                ..
            } => Err(Failure::new("no test ran")),
            Self { failed: 0, .. } => Ok(self),
            Self { failed, .. } => Err(self.naming(Failure::new(format!("{failed} tests failed")))),
        }
    }

    /// The failure with the names of the tests that failed, so that the last lines of a long run
    /// tell which.
    pub fn naming(&self, failure: Failure) -> Failure {
        if self.failures.is_empty() {
            return failure;
        }
        let mut names = self
            .failures
            .iter()
            .take(NAMED)
            .cloned()
            .collect::<Vec<_>>();
        let more = self.failures.len().saturating_sub(NAMED);
        if more > 0 {
            names.push(format!("and {more} more"));
        }
        Failure::new(format!("{failure}: {}", names.join("; ")))
    }

    /// Takes one line of output in: libtest's and vitest's lines, and from our own scripts either
    /// lines `ok - name` / `not ok - name` or one line `N passed, N failed`.
    pub fn read(&mut self, line: &str) {
        let line = without_colour(line);
        let line = line.trim();
        if line.starts_with("ok - ") {
            self.passed += 1;
        } else if let Some(name) = line.strip_prefix("not ok - ") {
            self.failed += 1;
            self.name(name);
        } else if let Some(rest) = line.strip_prefix("test result:") {
            self.passed += number_before(rest, "passed");
            self.failed += number_before(rest, "failed");
        } else if let Some(rest) = line.strip_prefix("Tests ") {
            self.passed += number_before(rest, "passed");
            self.failed += number_before(rest, "failed");
        } else if is_count(line) {
            self.passed += number_before(line, "passed");
            self.failed += number_before(line, "failed");
        } else if let Some(name) = failed_in_libtest(line).or(line.strip_prefix("FAIL  ")) {
            self.name(name);
        }
    }

    fn name(&mut self, name: &str) {
        let name = name.trim();
        if !self.failures.iter().any(|known| known == name) {
            self.failures.push(name.to_owned());
        }
    }
}

fn failed_in_libtest(line: &str) -> Option<&str> {
    line.strip_prefix("test ")?.strip_suffix(" ... FAILED")
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
    use crate::failure::Failure;

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
    fn a_failure_names_the_tests_that_failed_each_once_and_not_too_many() {
        let told = |lines: &[&str]| {
            let mut tally = Tally::default();
            lines.iter().for_each(|line| tally.read(line));
            tally.naming(Failure::new("it ended badly")).to_string()
        };
        assert_eq!(told(&["test a::b ... ok"]), "it ended badly");
        let lines = [
            "test a::b ... FAILED",
            " \u{1b}[31mFAIL\u{1b}[39m  tests/chain.test.tsx > rolls",
            "not ok - The window opens (2 s)",
            "test a::b ... FAILED",
        ];
        assert_eq!(
            told(&lines),
            "it ended badly: a::b; tests/chain.test.tsx > rolls; The window opens (2 s)"
        );
        let many: Vec<String> = (0..7).map(|n| format!("not ok - {n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(told(&many), "it ended badly: 0; 1; 2; 3; 4; and 2 more");
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
