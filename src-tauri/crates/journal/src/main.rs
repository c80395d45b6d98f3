//! The journal at rest or in use, from the command line: checking it, noting its head down,
//! writing it out and copying it. Nothing here writes to a journal.

use clap::{Parser, Subcommand, ValueEnum};
use gatehouse_desk::port::{Head, PageQuery, Store as _, Verification};
use gatehouse_domain::id::{AccountId, IntentId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_journal::{Format, Journal};
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

/// Check, export and back up a journal of Gatehouse
#[derive(Debug, Parser)]
#[command(name = "gatehouse-journal", version)]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Check every record of a journal. Exits with 0 when it is intact, with 1 when it is not
    Verify {
        /// The journal, or a copy of it
        file: PathBuf,
        /// A head that was noted down before, which the journal has to pass through
        #[arg(long, value_name = "NUMBER:HASH", value_parser = parse_head)]
        head: Option<Head>,
    },
    /// Print the newest record's number and hash, to be noted down elsewhere
    Head {
        /// The journal, or a copy of it
        file: PathBuf,
    },
    /// Write records into a new file, oldest first
    Export {
        /// The journal, or a copy of it
        file: PathBuf,
        /// The file to make
        to: PathBuf,
        /// How to write them
        #[arg(long, value_enum, default_value_t = Written::Jsonl)]
        format: Written,
        /// Only from this day on, in UTC: 2026-12-18
        #[arg(long, value_name = "DAY", value_parser = parse_day)]
        from: Option<UnixMillis>,
        /// Only before this day, in UTC
        #[arg(long, value_name = "DAY", value_parser = parse_day)]
        until: Option<UnixMillis>,
        /// Only of this account
        #[arg(long, value_parser = |t: &str| AccountId::new(t))]
        account: Option<AccountId>,
        /// Only of this order's intent
        #[arg(long, value_parser = |t: &str| IntentId::new(t))]
        intent: Option<IntentId>,
        /// Only records with this text in them
        #[arg(long)]
        text: Option<String>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Written {
    Jsonl,
    Csv,
}

fn parse_head(text: &str) -> Result<Head, String> {
    Head::parse(text).ok_or_else(|| "give the number, a colon and the 64 digits of the hash".into())
}

fn parse_day(text: &str) -> Result<UnixMillis, String> {
    let day: jiff::civil::Date = text
        .parse()
        .map_err(|_| "give a day as 2026-12-18".to_owned())?;
    let start = day
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_err(|e| e.to_string())?;
    Ok(UnixMillis(start.timestamp().as_millisecond()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Args::parse().task).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

async fn run(task: Task) -> Result<ExitCode, Box<dyn Error>> {
    match task {
        Task::Verify { file, head } => {
            let journal = Journal::open_read_only(file).await?;
            match journal.verify(head.as_ref()).await? {
                Verification::Intact(head) => {
                    println!("All {} records are as they were written.\n{head}", head.seq);
                }
                Verification::Broken { seq, why } => {
                    eprintln!("Record {seq} is not as it was written: {why}.");
                    return Ok(ExitCode::FAILURE);
                }
            }
        }
        Task::Head { file } => {
            println!("{}", Journal::open_read_only(file).await?.head().await?);
        }
        Task::Export {
            file,
            to,
            format,
            from,
            until,
            account,
            intent,
            text,
        } => {
            let query = PageQuery {
                account,
                intent,
                since: from,
                until,
                text,
                ..PageQuery::default()
            };
            let format = match format {
                Written::Jsonl => Format::JsonLines,
                Written::Csv => Format::Csv,
            };
            let journal = Journal::open_read_only(file).await?;
            let records = journal.export(&query, format, &to).await?;
            println!("{records} records are in {}.", to.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}
