//! The page's side of the desk: questions in, answers out.

use super::Sink;
use crate::effect::{Answer, Ask, RulePlan};
use crate::engine::{ConnectionTerms, journal_sentence};
use crate::error::{ApiError, ErrorCode};
use crate::port::{Broker, Head, PageQuery, Store, Verification};
use crate::record::RulesBy;
use crate::view::{
    CancelOutcome, CancelScope, ChainOutlookInput, ChainOutlookView, ChainView, CheckView,
    DayRangeView, InstrumentView, JournalEntryView, JournalPage, JournalQuery, LinkHistoryView,
    MatchView, MovesWithView, OfferView, OrderView, OwnRuleChoice, OwnRuleInput, OwnTrialView,
    PayoffInput, PayoffView, PlanInput, PlannedView, PreviewOutcome, RebalanceInput,
    RebalanceOutcome, RuleChoice, RulesView, SizeFactsView, StrikesView, VerificationView,
};
use gatehouse_domain::account::AccountKind;
use gatehouse_domain::draft::DraftInput;
use gatehouse_domain::id::{AccountId, ConId, PreviewId};
use gatehouse_rules::{Reason, RuleBook};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// The most entries in one page of the journal.
const JOURNAL_PAGE: u32 = 500;

pub(super) enum Request {
    Ask {
        ask: Box<Ask>,
        answer: oneshot::Sender<Result<Answer, ApiError>>,
    },
    Attach {
        sink: Sink,
        answer: oneshot::Sender<Result<Answer, ApiError>>,
    },
    Stop {
        done: oneshot::Sender<()>,
    },
}

/// The page's side of the desk. Cheap to clone.
pub struct DeskHandle<B, S> {
    pub(super) requests: mpsc::Sender<Request>,
    pub(super) broker: Arc<B>,
    pub(super) store: Arc<S>,
}

impl<B, S> Clone for DeskHandle<B, S> {
    fn clone(&self) -> Self {
        Self {
            requests: self.requests.clone(),
            broker: Arc::clone(&self.broker),
            store: Arc::clone(&self.store),
        }
    }
}

fn stopped() -> ApiError {
    ApiError::new(
        ErrorCode::Internal,
        "Gatehouse is shutting down. Start it again.",
    )
}

impl<B: Broker, S: Store> DeskHandle<B, S> {
    async fn ask(&self, ask: Ask) -> Result<Answer, ApiError> {
        let (answer, reply) = oneshot::channel();
        let ask = Box::new(ask);
        self.send(Request::Ask { ask, answer }).await?;
        reply.await.map_err(|_| stopped())?
    }

    async fn send(&self, request: Request) -> Result<(), ApiError> {
        self.requests.send(request).await.map_err(|_| stopped())
    }

    /// Sends the stream to this sink from now on, beginning with a snapshot.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn attach(&self, sink: Sink) -> Result<(), ApiError> {
        let (answer, reply) = oneshot::channel();
        self.send(Request::Attach { sink, answer }).await?;
        reply.await.map_err(|_| stopped())?.map(|_| ())
    }

    /// Sends a new snapshot.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn resync(&self) -> Result<(), ApiError> {
        self.ask(Ask::Resync).await.map(|_| ())
    }

    /// Finds instruments by symbol or name.
    ///
    /// # Errors
    /// When the gateway can't be reached or refuses.
    pub async fn search(&self, pattern: &str) -> Result<Vec<MatchView>, ApiError> {
        let pattern = pattern.trim();
        if pattern.is_empty() {
            return Ok(Vec::new());
        }
        self.admit().await?;
        let found = self.broker.search(pattern).await;
        let found = found.map_err(|error| crate::engine::broker_error(&error))?;
        Ok(found
            .into_iter()
            .map(|m| MatchView {
                con_id: m.con_id.get(),
                symbol: m.symbol,
                kind: m.kind,
                exchange: m.exchange,
                currency: m.currency,
                name: m.name,
            })
            .collect())
    }

    /// Looks a contract up.
    ///
    /// # Errors
    /// When there is no such contract or the gateway can't be reached.
    pub async fn instrument(&self, con_id: i32) -> Result<InstrumentView, ApiError> {
        match self.ask(Ask::Instrument(parse_con_id(con_id)?)).await? {
            Answer::Instrument(view) => Ok(view),
            other => Err(unexpected(&other)),
        }
    }

    /// Keeps a contract's quote coming; it must have been looked up.
    ///
    /// # Errors
    /// When it has not been.
    pub async fn watch(&self, con_id: i32) -> Result<(), ApiError> {
        let con_id = parse_con_id(con_id)?;
        self.ask(Ask::Watch(con_id)).await.map(|_| ())
    }

    /// The page no longer shows the contract.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn unwatch(&self, con_id: i32) -> Result<(), ApiError> {
        let con_id = parse_con_id(con_id)?;
        self.ask(Ask::Unwatch(con_id)).await.map(|_| ())
    }

    /// What the person set of the connection holds from now on.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn take_terms(&self, terms: ConnectionTerms) -> Result<(), ApiError> {
        self.ask(Ask::TakeTerms(Box::new(terms))).await.map(|_| ())
    }

    /// The person goes on with a login that is not the expected one; `typed` is the word that the
    /// link's view names.
    ///
    /// # Errors
    /// When the word is not that one, or the journal can't be written.
    pub async fn go_on(&self, typed: String) -> Result<(), ApiError> {
        self.ask(Ask::GoOn { typed }).await.map(|_| ())
    }

    /// How the link did lately.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn link_history(&self) -> Result<LinkHistoryView, ApiError> {
        match self.ask(Ask::LinkHistory).await? {
            Answer::LinkHistory(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// What can be chosen for a contract that has been looked up.
    ///
    /// # Errors
    /// When it has not been.
    pub async fn offer(&self, con_id: i32) -> Result<OfferView, ApiError> {
        match self.ask(Ask::Offer(parse_con_id(con_id)?)).await? {
            Answer::Offer(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// A ticket that changes the working order with this page key. The page gives it an intent
    /// of its own.
    ///
    /// # Errors
    /// When there is no such order, or it can't be changed.
    pub async fn refill(&self, key: &str) -> Result<DraftInput, ApiError> {
        match self.ask(Ask::Refill(key.to_owned())).await? {
            Answer::Ticket(ticket) => Ok(*ticket),
            other => Err(unexpected(&other)),
        }
    }

    /// A ticket that makes the refused order with this page key anew. The page gives it an
    /// intent of its own.
    ///
    /// # Errors
    /// When there is no such order, it was not refused, or it was not made here.
    pub async fn remake(&self, key: &str) -> Result<DraftInput, ApiError> {
        match self.ask(Ask::Remake(key.to_owned())).await? {
            Answer::Ticket(ticket) => Ok(*ticket),
            other => Err(unexpected(&other)),
        }
    }

    /// Takes delayed prices, for as long as the program runs, where there is no leave for live
    /// ones.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn use_delayed_data(&self) -> Result<(), ApiError> {
        self.ask(Ask::UseDelayedData).await.map(|_| ())
    }

    /// What the rules say while the ticket is typed.
    ///
    /// # Errors
    /// When the instrument is not known any more.
    pub async fn check(&self, draft: DraftInput) -> Result<CheckView, ApiError> {
        match self.ask(Ask::Check(draft)).await? {
            Answer::Check(view) => Ok(view),
            other => Err(unexpected(&other)),
        }
    }

    /// The classes and expiries of the options on an instrument that has been looked up.
    ///
    /// # Errors
    /// When there are none, or the gateway can't be reached and none are kept from before.
    pub async fn chain(&self, con_id: i32) -> Result<ChainView, ApiError> {
        match self.ask(Ask::Chain(parse_con_id(con_id)?)).await? {
            Answer::Chain(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// The options of one class and expiry (`20261218`) of a chain that has been loaded.
    ///
    /// # Errors
    /// As [`chain`](Self::chain).
    pub async fn strikes(
        &self,
        con_id: i32,
        trading_class: String,
        expiry: String,
    ) -> Result<StrikesView, ApiError> {
        let ask = Ask::Strikes {
            con_id: parse_con_id(con_id)?,
            trading_class,
            expiry,
        };
        match self.ask(ask).await? {
            Answer::Strikes(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// What the prices of a chain say of what is to come: expected moves, bands, ranks.
    ///
    /// # Errors
    /// When the chain has not been loaded, or something asked for can't be read.
    pub async fn chain_outlook(
        &self,
        input: ChainOutlookInput,
    ) -> Result<ChainOutlookView, ApiError> {
        match self.ask(Ask::Outlook(input)).await? {
            Answer::Outlook(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// Has a year of the underlying's implied volatility come; [`chain_outlook`](Self::chain_outlook)
    /// tells its rank from then on.
    ///
    /// # Errors
    /// When the broker has none, or can't be reached.
    pub async fn volatility_history(&self, con_id: i32) -> Result<(), ApiError> {
        let con_id = parse_con_id(con_id)?;
        self.ask(Ask::VolatilityHistory(con_id)).await.map(|_| ())
    }

    /// How far a contract's price usually moves in a day; its days are asked for once a day.
    ///
    /// # Errors
    /// When it has not been looked up, or the broker has none or can't be reached.
    pub async fn day_range(&self, con_id: i32) -> Result<DayRangeView, ApiError> {
        match self.ask(Ask::DayRange(parse_con_id(con_id)?)).await? {
            Answer::DayRange(view) => Ok(view),
            other => Err(unexpected(&other)),
        }
    }

    /// What an account's purchases are paid with, and what is promised of it already.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn size_facts(&self, account: &str) -> Result<SizeFactsView, ApiError> {
        match self.ask(Ask::SizeFacts(parse_account(account)?)).await? {
            Answer::SizeFacts(view) => Ok(view),
            other => Err(unexpected(&other)),
        }
    }

    /// How closely a contract's price moves with what an account holds most of; its days are
    /// asked for once a day.
    ///
    /// # Errors
    /// When it has not been looked up, or its own days can't be had.
    pub async fn moves_with(&self, account: &str, con_id: i32) -> Result<MovesWithView, ApiError> {
        let ask = Ask::MovesWith {
            account: parse_account(account)?,
            con_id: parse_con_id(con_id)?,
        };
        match self.ask(ask).await? {
            Answer::MovesWith(view) => Ok(view),
            other => Err(unexpected(&other)),
        }
    }

    /// What several legs come to: exact at expiry, by the model before it.
    ///
    /// # Errors
    /// When something typed can't be read or a leg has not been looked up.
    pub async fn payoff(&self, input: PayoffInput) -> Result<PayoffView, ApiError> {
        match self.ask(Ask::Payoff(input)).await? {
            Answer::Payoff(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// Legs for a strategy's name, or for a roll of what is held.
    ///
    /// # Errors
    /// When its options have not been listed, or none of them fit.
    pub async fn plan(&self, input: PlanInput) -> Result<PlannedView, ApiError> {
        match self.ask(Ask::Plan(input)).await? {
            Answer::Plan(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// The options of an option's class, expiry and right, by rising strike.
    ///
    /// # Errors
    /// When they have not been listed.
    pub async fn ladder(&self, con_id: i32) -> Result<Vec<InstrumentView>, ApiError> {
        match self.ask(Ask::Ladder(parse_con_id(con_id)?)).await? {
            Answer::Ladder(options) => Ok(options),
            other => Err(unexpected(&other)),
        }
    }

    /// Says which options are on the screen, most wanted first. They get lines of market data as
    /// far as there are any; the rest take turns.
    ///
    /// # Errors
    /// When an id is none, or the desk has stopped.
    pub async fn show_options(&self, con_ids: &[i32]) -> Result<(), ApiError> {
        let con_ids: Result<_, _> = con_ids.iter().map(|id| parse_con_id(*id)).collect();
        self.ask(Ask::ShowOptions(con_ids?)).await.map(|_| ())
    }

    /// The orders that bring wanted weights about; nothing of them is sent or asked for.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn rebalance(&self, input: RebalanceInput) -> Result<RebalanceOutcome, ApiError> {
        match self.ask(Ask::Rebalance(Box::new(input))).await? {
            Answer::Rebalance(outcome) => Ok(outcome),
            other => Err(unexpected(&other)),
        }
    }

    /// Keeps the quotes of what has a target coming, as far as there are lines of market data;
    /// every call names all of them.
    ///
    /// # Errors
    /// When an id is none, or the desk has stopped.
    pub async fn watch_targets(&self, con_ids: &[i32]) -> Result<(), ApiError> {
        let con_ids: Result<_, _> = con_ids.iter().map(|id| parse_con_id(*id)).collect();
        self.ask(Ask::WatchTargets(con_ids?)).await.map(|_| ())
    }

    /// Judges the draft and asks the broker what it would do.
    ///
    /// # Errors
    /// When the journal can't be written.
    pub async fn preview(&self, draft: DraftInput) -> Result<PreviewOutcome, ApiError> {
        match self.ask(Ask::Preview(draft)).await? {
            Answer::Preview(outcome) => Ok(outcome),
            other => Err(unexpected(&other)),
        }
    }

    /// The person confirmed the preview: places the order, once.
    ///
    /// # Errors
    /// When the preview is gone, a rule blocks it now, or the journal can't be written. Then
    /// nothing has been sent.
    pub async fn confirm(&self, preview: &str) -> Result<OrderView, ApiError> {
        self.confirm_typed(preview, None, Vec::new()).await
    }

    /// The same, with what the person typed for it: in a live account
    /// [its last characters](gatehouse_rules::asks_to_type), and a reason for each rule that
    /// asks for one.
    ///
    /// # Errors
    /// As [`confirm`](Self::confirm), and when something else was typed; then the preview can
    /// still be confirmed.
    pub async fn confirm_typed(
        &self,
        preview: &str,
        typed: Option<String>,
        reasons: Vec<Reason>,
    ) -> Result<OrderView, ApiError> {
        let preview = parse_preview(preview)?;
        let ask = Ask::Confirm {
            preview,
            typed,
            reasons,
        };
        match self.ask(ask).await? {
            Answer::Order(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// Lets orders out on a live login for so many minutes; `typed` is the word for it.
    ///
    /// # Errors
    /// When the login is not live or not complete, the word or the minutes are wrong, or the
    /// journal can't be written.
    pub async fn arm(&self, minutes: u32, typed: String) -> Result<(), ApiError> {
        self.ask(Ask::Arm { minutes, typed }).await.map(|_| ())
    }

    /// Lets no order out on a live login any more.
    ///
    /// # Errors
    /// When the program is shutting down.
    pub async fn disarm(&self) -> Result<(), ApiError> {
        self.ask(Ask::Disarm).await.map(|_| ())
    }

    /// The person went away from the computer: live orders go off. `why` is a sentence.
    ///
    /// # Errors
    /// When the program is shutting down.
    pub async fn away(&self, why: &str) -> Result<(), ApiError> {
        self.ask(Ask::Away(why.to_owned())).await.map(|_| ())
    }

    /// Locks the window: no figures go out, live orders go off, and only a stop and a cancel of
    /// everything are done. The link stays. `says` is how it came to be.
    ///
    /// # Errors
    /// When the program is shutting down.
    pub async fn lock(&self, says: &str) -> Result<(), ApiError> {
        self.ask(Ask::Lock(says.to_owned())).await.map(|_| ())
    }

    /// Unlocks it. Who may is for the caller to know; `wrong` passphrases were typed before.
    ///
    /// # Errors
    /// When the program is shutting down.
    pub async fn unlock(&self, wrong: u32) -> Result<(), ApiError> {
        self.ask(Ask::Unlock { wrong }).await.map(|_| ())
    }

    /// Whether the window is open, so that figures may be shown and things be done.
    ///
    /// # Errors
    /// While it is locked, or the program is shutting down.
    pub async fn admit(&self) -> Result<(), ApiError> {
        self.ask(Ask::Admit).await.map(|_| ())
    }

    /// Stops all trading: cancels every order of the login, whoever made it, and lets none out
    /// until it is lifted, over restarts too. Without a link nothing can be cancelled, which the
    /// answer says.
    ///
    /// # Errors
    /// When the program is shutting down.
    pub async fn stop_trading(&self) -> Result<CancelOutcome, ApiError> {
        match self.ask(Ask::StopTrading).await? {
            Answer::CancelMany(outcome) => Ok(outcome),
            other => Err(unexpected(&other)),
        }
    }

    /// Lifts that.
    ///
    /// # Errors
    /// When the journal can't be written: then trading stays stopped.
    pub async fn resume_trading(&self) -> Result<(), ApiError> {
        self.ask(Ask::ResumeTrading).await.map(|_| ())
    }

    /// The rules and what is set of them.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn rules(&self) -> Result<RulesView, ApiError> {
        match self.ask(Ask::Rules).await? {
            Answer::Rules(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// The rule book in force.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn book(&self) -> Result<RuleBook, ApiError> {
        match self.ask(Ask::Book).await? {
            Answer::Book(book) => Ok(*book),
            other => Err(unexpected(&other)),
        }
    }

    /// What would come of setting a rule so; changes nothing.
    ///
    /// # Errors
    /// When there is no such rule or account, or the rule file is at fault.
    pub async fn plan_rule(&self, choice: RuleChoice) -> Result<RulePlan, ApiError> {
        match self.ask(Ask::PlanRule(Box::new(choice))).await? {
            Answer::RulePlan(plan) => Ok(*plan),
            other => Err(unexpected(&other)),
        }
    }

    /// What an own rule that is edited says of itself and of the last orders.
    ///
    /// # Errors
    /// When the desk has stopped.
    pub async fn try_own(&self, input: OwnRuleInput) -> Result<OwnTrialView, ApiError> {
        match self.ask(Ask::TryOwn(Box::new(input))).await? {
            Answer::OwnTrial(trial) => Ok(*trial),
            other => Err(unexpected(&other)),
        }
    }

    /// What would come of this done to an own rule; changes nothing.
    ///
    /// # Errors
    /// When there is no such rule, or the rule file is at fault.
    pub async fn plan_own(
        &self,
        choice: OwnRuleChoice,
        word: Option<String>,
    ) -> Result<RulePlan, ApiError> {
        let choice = Box::new(choice);
        match self.ask(Ask::PlanOwn { choice, word }).await? {
            Answer::RulePlan(plan) => Ok(*plan),
            other => Err(unexpected(&other)),
        }
    }

    /// Puts a book in force once that is in the journal; with `None` the one that is stays.
    /// `fault` says why the rule file is not what holds.
    ///
    /// # Errors
    /// When the journal can't be written: then all stays as it was.
    pub async fn take_book(
        &self,
        book: Option<RuleBook>,
        by: RulesBy,
        fault: Option<String>,
    ) -> Result<RulesView, ApiError> {
        let book = book.map(Box::new);
        match self.ask(Ask::TakeBook { book, by, fault }).await? {
            Answer::Rules(view) => Ok(*view),
            other => Err(unexpected(&other)),
        }
    }

    /// A person says what an account is, or with `None` takes that back.
    ///
    /// # Errors
    /// When the login does not have it, when the rules would be milder than the broker's word,
    /// and when the journal can't be written.
    pub async fn say_account_kind(
        &self,
        account: &str,
        said: Option<AccountKind>,
    ) -> Result<(), ApiError> {
        let account = parse_account(account)?;
        self.ask(Ask::SayKind { account, said }).await.map(|_| ())
    }

    /// The person let the preview go.
    ///
    /// # Errors
    /// When the journal can't be written.
    pub async fn abandon(&self, preview: &str) -> Result<(), ApiError> {
        let preview = parse_preview(preview)?;
        self.ask(Ask::Abandon(preview)).await.map(|_| ())
    }

    /// Asks for a cancel of the order with this page key.
    ///
    /// # Errors
    /// When there is no such order, no link, or it can't be cancelled.
    pub async fn cancel(&self, key: &str) -> Result<(), ApiError> {
        self.ask(Ask::Cancel(key.to_owned())).await.map(|_| ())
    }

    /// Asks for a cancel of every order in the scope.
    ///
    /// # Errors
    /// When there is no link, or orders made elsewhere can't be cancelled from here.
    pub async fn cancel_many(&self, scope: CancelScope) -> Result<CancelOutcome, ApiError> {
        match self.ask(Ask::CancelMany(scope)).await? {
            Answer::CancelMany(outcome) => Ok(outcome),
            other => Err(unexpected(&other)),
        }
    }

    /// Tries to connect now rather than at the end of the back-off.
    pub fn connect_now(&self) {
        self.broker.connect_now();
    }

    /// A page of the journal, newest first.
    ///
    /// # Errors
    /// When the query makes no sense or the journal can't be read.
    pub async fn journal(&self, query: JournalQuery) -> Result<JournalPage, ApiError> {
        self.admit().await?;
        let limit = query.limit.clamp(1, JOURNAL_PAGE);
        let query = PageQuery {
            limit: limit + 1,
            ..query.parse()?
        };
        let mut records = self.store.page(&query).await.map_err(journal_error)?;
        let more = records.len() > limit as usize;
        records.truncate(limit as usize);
        let entries = records
            .into_iter()
            .map(|stored| JournalEntryView {
                seq: stored.seq,
                at: stored.record.at.into(),
                account: stored.record.account.as_ref().map(ToString::to_string),
                intent: stored.record.intent.as_ref().map(ToString::to_string),
                kind: stored.record.entry.kind().to_owned(),
                says: journal_sentence(&stored.record.entry),
                body: serde_json::to_string_pretty(&stored.record.entry)
                    .unwrap_or_else(|error| format!("This entry can't be shown: {error}")),
                hash: stored.hash,
            })
            .collect();
        Ok(JournalPage { entries, more })
    }

    /// Checks the journal's chain and, when a head is given that was noted down before, that the
    /// chain passes through it.
    ///
    /// # Errors
    /// When that is no head, or the journal can't be read.
    pub async fn verify_journal(&self, noted: Option<&str>) -> Result<VerificationView, ApiError> {
        self.admit().await?;
        let noted = noted
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(|text| {
                Head::parse(text).ok_or_else(|| {
                    ApiError::new(
                        ErrorCode::BadInput,
                        "A noted head is a record's number, a colon and the 64 digits of its hash, \
                         as \u{201c}Copy the head\u{201d} copies it.",
                    )
                })
            })
            .transpose()?;
        let passes = if noted.is_some() {
            " The journal passes through the head that was noted."
        } else {
            ""
        };
        Ok(
            match self
                .store
                .verify(noted.as_ref())
                .await
                .map_err(journal_error)?
            {
                Verification::Intact(head) => VerificationView {
                    intact: true,
                    seq: head.seq,
                    says: format!("All {} records are as they were written.{passes}", head.seq),
                    hash: Some(head.hash),
                },
                Verification::Broken { seq, why } => VerificationView {
                    intact: false,
                    seq,
                    hash: None,
                    says: format!(
                        "Record {seq} is not as it was written: {why}. What comes after it can't be \
                     trusted. Keep the file and compare it with a backup."
                    ),
                },
            },
        )
    }

    /// Stops the desk; returns once nothing is under way in it any more.
    pub async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.send(Request::Stop { done }).await.is_ok() {
            // An error says that the desk ended by itself.
            let _ = stopped.await;
        }
    }
}

fn journal_error(error: crate::port::StoreError) -> ApiError {
    ApiError::new(ErrorCode::Journal, error.to_string())
}

fn unexpected(answer: &Answer) -> ApiError {
    tracing::error!(?answer, "the engine answered another question");
    ApiError::new(
        ErrorCode::Internal,
        "Gatehouse mixed up an answer. Nothing was sent; try again.",
    )
}

fn parse_account(account: &str) -> Result<AccountId, ApiError> {
    AccountId::new(account).map_err(|fault| ApiError::new(ErrorCode::NotFound, fault.to_string()))
}

fn parse_con_id(con_id: i32) -> Result<ConId, ApiError> {
    ConId::new(con_id)
        .ok_or_else(|| ApiError::new(ErrorCode::BadInput, "That is not an instrument."))
}

fn parse_preview(preview: &str) -> Result<PreviewId, ApiError> {
    PreviewId::parse(preview)
        .ok_or_else(|| ApiError::new(ErrorCode::BadInput, "That is not a preview."))
}
