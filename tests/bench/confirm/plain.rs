//! The yardstick: bytes appended to a plain file and flushed.

use crate::Failure;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

pub struct Plain {
    file: File,
    bytes: Vec<u8>,
}

impl Plain {
    /// A new file in `folder` that no folder names, and that is gone when closed.
    pub fn create(folder: &Path) -> Result<Self, Failure> {
        Ok(Self {
            file: tempfile::tempfile_in(folder)?,
            bytes: vec![b'x'; 1024],
        })
    }

    pub fn write_as_much_as(&mut self, bytes: usize) {
        self.bytes = vec![b'x'; bytes];
    }

    /// How long it takes until the bytes are on the disk.
    pub fn write(&mut self) -> Result<Duration, Failure> {
        let begun = Instant::now();
        self.file.write_all(&self.bytes)?;
        self.file.sync_all()?;
        Ok(begun.elapsed())
    }
}
