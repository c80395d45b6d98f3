//! The commands themselves, one file each.

pub mod bench;
pub mod bindings;
pub mod demo;
pub mod lives;
pub mod strangers;
pub mod test;
pub mod values;
