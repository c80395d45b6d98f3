//! Builders, a fake clock and a scripted broker for the tests of the other crates.
