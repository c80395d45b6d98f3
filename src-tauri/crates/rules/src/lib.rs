//! Judges an order before the gateway hears of it, and keeps the key to the broker.
