//! The keys of the figures, their units and what we aim at.

/// What a figure should be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aim {
    AtMost(f64),
    AtLeast(f64),
}

impl Aim {
    pub fn met_by(self, value: f64) -> bool {
        match self {
            Self::AtMost(limit) => value <= limit,
            Self::AtLeast(limit) => value >= limit,
        }
    }
}

/// A figure's key as it stands in the JSON.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    pub name: &'static str,
    pub unit: &'static str,
    pub aim: Aim,
}

const fn key(name: &'static str, unit: &'static str, aim: Aim) -> Key {
    Key { name, unit, aim }
}

/// Every key, in the order of the table. A ratio compares with a yardstick of the same run.
pub const KEYS: &[Key] = &[
    key("start_to_portfolio_ms", "ms", Aim::AtMost(1000.0)),
    key("start_vs_bare_window_ratio", "×", Aim::AtMost(2.0)),
    key("app_rss_mb", "MB", Aim::AtMost(150.0)),
    key("total_rss_mb", "MB", Aim::AtMost(400.0)),
    key("binary_mb", "MB", Aim::AtMost(30.0)),
    key("preview_overhead_p99_ms", "ms", Aim::AtMost(10.0)),
    key("preview_vs_fsync_ratio", "×", Aim::AtMost(3.0)),
    key("confirm_to_wire_p99_ms", "ms", Aim::AtMost(10.0)),
    key("confirm_vs_fsync_ratio", "×", Aim::AtMost(3.0)),
    key("journal_append_p99_ms", "ms", Aim::AtMost(10.0)),
    key("journal_append_vs_fsync_ratio", "×", Aim::AtMost(3.0)),
    key("journal_verify_per_s", "/s", Aim::AtLeast(50_000.0)),
    key("rebalance_ms", "ms", Aim::AtMost(2000.0)),
    key("ticks_per_s", "/s", Aim::AtLeast(300_000.0)),
    key("ticks_vs_bare_client_ratio", "×", Aim::AtLeast(0.8)),
    key("ticks_vs_ib_async_ratio", "×", Aim::AtLeast(1.0)),
    key("chain_first20_cold_ms", "ms", Aim::AtMost(2000.0)),
    key("chain_first20_warm_ms", "ms", Aim::AtMost(500.0)),
    key("chain_visible_vs_ib_async_ratio", "×", Aim::AtLeast(10.0)),
    key("chain_whole_vs_ib_async_ratio", "×", Aim::AtLeast(1.0)),
    key("chain_vs_floor_ratio", "×", Aim::AtMost(1.3)),
    key("chain_messages", "", Aim::AtMost(170.0)),
    key("chain_messages_vs_ib_async_ratio", "×", Aim::AtMost(1.0)),
    key("chain_pacing_errors", "", Aim::AtMost(0.0)),
    key("reconnect_ms", "ms", Aim::AtMost(1500.0)),
    key("sim_ticks_per_s", "/s", Aim::AtLeast(300_000.0)),
    key("sim_100x100_ticks_per_s", "/s", Aim::AtLeast(300_000.0)),
    key("sim_connect_1000_accounts_ms", "ms", Aim::AtMost(2000.0)),
    key("sim_open_orders_10000_ms", "ms", Aim::AtMost(5000.0)),
    key("sim_rss_mb", "MB", Aim::AtMost(200.0)),
    key("order_lives_per_s", "/s", Aim::AtLeast(1000.0)),
    key("wizard_checks_ms", "ms", Aim::AtMost(2000.0)),
    key("rules_p99_us", "µs", Aim::AtMost(200.0)),
    key("frame_p95_ms", "ms", Aim::AtMost(16.0)),
    key("blotter_frame_p95_ms", "ms", Aim::AtMost(16.0)),
    key("blotter_vs_bare_rows_ratio", "×", Aim::AtMost(2.0)),
    key("chain_frame_p95_ms", "ms", Aim::AtMost(16.0)),
    key("chain_vs_bare_rows_ratio", "×", Aim::AtMost(2.0)),
    key("chain_scroll_growth_mb", "MB", Aim::AtMost(20.0)),
];

/// The key called `name`.
pub fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

#[cfg(test)]
mod tests {
    use super::Aim;

    #[test]
    fn an_aim_includes_its_limit() {
        assert!(Aim::AtMost(30.0).met_by(30.0) && !Aim::AtMost(30.0).met_by(30.1));
        assert!(Aim::AtLeast(0.8).met_by(0.8) && !Aim::AtLeast(0.8).met_by(0.79));
    }
}
