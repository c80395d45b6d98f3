//! Runs the program that takes the samples and reads what it prints.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};

use super::measure;
use crate::failure::Failure;
use crate::program::Program;

/// Samples by name, in the order in which they were taken.
#[derive(Debug, Default)]
pub struct Samples(BTreeMap<String, Vec<f64>>);

impl Samples {
    /// Runs `program` to its end; what it says on standard error is shown.
    pub fn taken_by(program: Program) -> Result<Self, Failure> {
        let told = program.to_string();
        let mut child = program.start()?;
        let mut samples = Self::default();
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output).lines() {
                samples.read(&line.map_err(Failure::io(&told))?);
            }
        }
        let status = child.wait().map_err(Failure::io(&told))?;
        if status.success() {
            Ok(samples)
        } else {
            Err(Failure::new(format!("`{told}` ended with {status}")))
        }
    }

    fn read(&mut self, line: &str) {
        let mut words = line.split_whitespace();
        if let (Some("sample"), Some(name), Some(value)) =
            (words.next(), words.next(), words.next())
            && let Ok(value) = value.parse()
        {
            self.0.entry(name.to_owned()).or_default().push(value);
        }
    }

    /// All of `name`.
    pub fn all(&self, name: &str) -> Result<&[f64], Failure> {
        self.0
            .get(name)
            .map(Vec::as_slice)
            .ok_or_else(|| Failure::new(format!("no sample of {name} was taken")))
    }

    /// The middle of `name`; shows how far the samples lie apart.
    pub fn median(&self, name: &str) -> Result<f64, Failure> {
        let all = self.all(name)?;
        let least = all.iter().copied().fold(f64::INFINITY, f64::min);
        let most = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let median = measure::median(all).unwrap_or(f64::NAN);
        eprintln!(
            "  {name}: median {median:.2} of {} between {least:.2} and {most:.2}",
            all.len()
        );
        Ok(median)
    }

    /// The middle of `ours` over the middle of `yardstick`.
    pub fn ratio(&self, ours: &str, yardstick: &str) -> Result<f64, Failure> {
        Ok(self.median(ours)? / self.median(yardstick)?)
    }
}

#[cfg(test)]
mod tests {
    use super::Samples;

    #[test]
    fn samples_are_read_from_lines_and_the_rest_is_passed_over() {
        let mut samples = Samples::default();
        for line in [
            "sample a 3",
            "sample b 2",
            "hello",
            "sample a x",
            "sample a 1",
        ] {
            samples.read(line);
        }
        assert_eq!(samples.all("a").unwrap(), [3.0, 1.0]);
        assert_eq!(samples.ratio("a", "b"), Ok(1.0));
        assert!(samples.all("c").is_err());
    }
}
