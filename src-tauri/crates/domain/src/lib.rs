//! Money, accounts, contracts, orders, positions and quotes: the terms of the field, without I/O, async or a clock.
