//! The engine: one writer, process(event) -> effects, and the ports it speaks through.
