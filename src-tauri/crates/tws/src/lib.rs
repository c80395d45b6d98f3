//! The Broker port over the socket of TWS and IB Gateway.
