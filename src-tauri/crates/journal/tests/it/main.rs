//! The journal through its public door, on real files.

mod chain;
mod copies;
mod faults;
mod format;
mod samples;
mod store;
mod tampering;
