//! The typed door to the page: the commands, and the TypeScript that is made from them.

use crate::commands;
use tauri_specta::{Builder, collect_commands};

pub(crate) fn builder() -> Builder<tauri::Wry> {
    // One type for both directions: what is optional is `null` either way.
    Builder::new()
        .disable_serde_phases()
        .commands(collect_commands![
            commands::attach,
            commands::resync,
            commands::search,
            commands::instrument,
            commands::watch,
            commands::unwatch,
            commands::order_catalogue,
            commands::offer,
            commands::chain,
            commands::strikes,
            commands::chain_outlook,
            commands::volatility_history,
            commands::day_range,
            commands::size_facts,
            commands::moves_with,
            commands::payoff,
            commands::plan,
            commands::ladder,
            commands::show_options,
            commands::refill,
            commands::remake,
            commands::use_delayed_data,
            commands::rebalance,
            commands::watch_targets,
            commands::read_targets,
            commands::kept_targets,
            commands::keep_targets,
            commands::check,
            commands::preview,
            commands::confirm,
            commands::arm_live,
            commands::disarm_live,
            commands::stop_trading,
            commands::resume_trading,
            commands::rules,
            commands::set_rule,
            commands::own_rule_words,
            commands::try_own_rule,
            commands::set_own_rule,
            commands::reread_rules,
            commands::restore_rules,
            commands::abandon,
            commands::cancel,
            commands::cancel_many,
            commands::journal,
            commands::verify_journal,
            commands::export_journal,
            commands::back_up_journal,
            commands::journal_backups,
            commands::lock::app_lock,
            commands::lock::lock,
            commands::lock::unlock,
            commands::lock::set_passphrase,
            commands::lock::remove_passphrase,
            commands::lock::lock_when_idle,
            commands::lock::in_use,
            commands::lock::keychain,
            commands::lock::delete_secret,
            commands::connect_now,
            commands::notify_about,
            commands::about,
            commands::profiles,
            commands::save_profile,
            commands::delete_profile,
            commands::connect_profile,
            commands::disconnect,
            commands::open_beside,
            commands::window_scope,
            commands::go_on,
            commands::link_history,
            commands::sim_gateway,
            commands::report,
            commands::starter::starter,
            commands::starter::keep_starter,
            commands::starter::starter_config,
            commands::starter::write_starter_config,
            commands::starter::keep_gateway_password,
            commands::starter::forget_gateway_password,
            commands::starter::start_gateway,
            commands::starter::stop_gateway,
            commands::wizard::look_around,
            commands::wizard::prove,
            commands::wizard::stop_proving,
            commands::wizard::say_account_kind,
        ])
}

#[cfg(test)]
mod tests {
    use specta_typescript::Typescript;
    use std::path::Path;

    /// `GATEHOUSE_BINDINGS=write` writes the file instead of comparing it.
    #[test]
    fn bindings_are_current() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/backend/bindings.ts");
        let folder =
            std::env::temp_dir().join(format!("gatehouse-bindings-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let made = folder.join("bindings.ts");
        super::builder()
            .export(
                Typescript::default().header("// Made by `cargo xtask bindings`.\n"),
                &made,
            )
            .unwrap();
        let text = std::fs::read_to_string(&made).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        // What the page's fake backend offers is what the program offers.
        let catalogue = committed.with_file_name("fake").join("catalogue.json");
        let offered = gatehouse_desk::view::OrderCatalogue::all();
        let offered = serde_json::to_string_pretty(&offered).unwrap() + "\n";
        let own_words = committed.with_file_name("fake").join("own-words.json");
        let words = gatehouse_desk::view::OwnRuleWords::all();
        let words = serde_json::to_string_pretty(&words).unwrap() + "\n";
        if std::env::var_os("GATEHOUSE_BINDINGS").is_some_and(|v| v == "write") {
            std::fs::write(&committed, text).unwrap();
            std::fs::write(&catalogue, offered).unwrap();
            std::fs::write(&own_words, words).unwrap();
            return;
        }
        assert!(
            std::fs::read_to_string(&catalogue).unwrap_or_default() == offered,
            "the fake's catalogue is not what the Rust types say: run `cargo xtask bindings`"
        );
        assert!(
            std::fs::read_to_string(&own_words).unwrap_or_default() == words,
            "the fake's words of own rules are not what the Rust types say: run `cargo xtask bindings`"
        );
        let current = std::fs::read_to_string(&committed).unwrap_or_default();
        assert!(
            current == text,
            "ui/src/backend/bindings.ts is not what the Rust types say: run `cargo xtask bindings`"
        );
    }
}
