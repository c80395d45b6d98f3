//! The machine that figures were taken on, named in a line.

use std::env::consts;
use std::fs;
use std::thread;

/// Processor, cores, memory and system, as far as the system tells.
pub fn name() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let processor = field_of("/proc/cpuinfo", "model name", ':');
    let memory = field_of("/proc/meminfo", "MemTotal", ':').and_then(|text| gigabytes(&text));
    let system = field_of("/etc/os-release", "PRETTY_NAME", '=');
    let parts = [
        Some(processor.unwrap_or_else(|| consts::ARCH.to_owned())),
        Some(format!("{cores} cores")),
        memory.map(|gigabytes| format!("{gigabytes} GB")),
        Some(system.unwrap_or_else(|| consts::OS.to_owned())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn field_of(file: &str, key: &str, separator: char) -> Option<String> {
    field(&fs::read_to_string(file).ok()?, key, separator)
}

fn field(text: &str, key: &str, separator: char) -> Option<String> {
    text.lines()
        .filter_map(|line| line.split_once(separator))
        .find(|(name, _)| name.trim() == key)
        .map(|(_, value)| value.trim().trim_matches('"').to_owned())
}

fn gigabytes(kilobytes: &str) -> Option<u64> {
    let kilobytes: u64 = kilobytes.split_whitespace().next()?.parse().ok()?;
    Some((kilobytes + 524_288) / 1_048_576)
}

#[cfg(test)]
mod tests {
    use super::{field, gigabytes};

    #[test]
    fn fields_are_read_from_the_systems_files() {
        let cpus = "processor\t: 0\nmodel name\t: Fast CPU @ 3 GHz\n";
        assert_eq!(
            field(cpus, "model name", ':').as_deref(),
            Some("Fast CPU @ 3 GHz")
        );
        assert_eq!(
            field("PRETTY_NAME=\"A Linux\"", "PRETTY_NAME", '=').as_deref(),
            Some("A Linux")
        );
        assert_eq!(field("", "model name", ':'), None);
        assert_eq!(gigabytes("24628000 kB"), Some(23));
    }
}
