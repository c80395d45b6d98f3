//! The broker's side: what can be asked of it, and what it tells.

use gatehouse_domain::Decimal;
use gatehouse_domain::account::Tag;
use gatehouse_domain::bar::DayBar;
use gatehouse_domain::chain::{Dated, DayVolatility, Dividends, OptionClass};
use gatehouse_domain::contract::{Contract, Instrument, SecurityKind};
use gatehouse_domain::decimal::{Currency, Quantity};
use gatehouse_domain::derivative::Expiry;
use gatehouse_domain::draft::Side;
use gatehouse_domain::id::{AccountId, ConId, ExecId, OrderId, PermId};
use gatehouse_domain::instant::UnixMillis;
use gatehouse_domain::order::{Liquidity, OrderTerms, Report};
use gatehouse_domain::quote::Tick;
use gatehouse_domain::what_if::WhatIf;
use gatehouse_rules::{Approved, DryRun, Order};
use std::future::Future;
use std::time::Duration;

/// What went wrong between here and the broker. The sentence is for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BrokerError {
    /// There is no link now.
    #[error("There is no link to the gateway. Gatehouse is trying to bring it back.")]
    NotConnected,
    /// No answer came in time.
    #[error(
        "The gateway did not answer within {seconds} s. Look at its window: a dialog may be waiting there."
    )]
    TimedOut {
        /// How long was waited.
        seconds: u64,
    },
    /// The broker said no.
    #[error("IBKR refuses: {text} (code {code})")]
    Refused {
        /// The broker's code.
        code: i32,
        /// The broker's words.
        text: String,
    },
    /// The gateway sent something that can't be read.
    #[error("The gateway sent something that Gatehouse can't read: {0}")]
    Garbled(String),
}

/// Why an order was not, or perhaps not, placed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// Surely nothing went out.
    #[error("The order was not sent: {0}")]
    NotSent(String),
    /// Something may have gone out; only the broker knows.
    #[error("Whether the order was sent is not known: {0}")]
    Unsure(String),
}

/// The broker, as the engine sees it. Calls answer or fail; everything else comes as
/// [`BrokerEvent`]s on the channel that the adapter was made with.
pub trait Broker: Send + Sync + 'static {
    /// Finds instruments by symbol or name; at most about 20, best first.
    fn search(
        &self,
        pattern: &str,
    ) -> impl Future<Output = Result<Vec<InstrumentMatch>, BrokerError>> + Send;

    /// What is needed to make an order for a contract. Routed `SMART` where possible.
    fn instrument(
        &self,
        con_id: ConId,
    ) -> impl Future<Output = Result<Instrument, BrokerError>> + Send;

    /// The options that there are on an underlying (`reqSecDefOptParams`), by trading class.
    fn option_classes(
        &self,
        underlying: &Contract,
    ) -> impl Future<Output = Result<Dated<Vec<OptionClass>>, BrokerError>> + Send;

    /// All options of one class and expiry, ready for quotes and orders; one request.
    fn options(
        &self,
        underlying: &Contract,
        class: &OptionClass,
        expiry: Expiry,
    ) -> impl Future<Output = Result<Dated<Vec<Instrument>>, BrokerError>> + Send;

    /// The volatility that an underlying's options implied on each day of the last year, oldest
    /// first (`OPTION_IMPLIED_VOLATILITY`); one request.
    fn volatility_history(
        &self,
        underlying: &Contract,
    ) -> impl Future<Output = Result<Dated<Vec<DayVolatility>>, BrokerError>> + Send;

    /// The days of trading of the last half year, oldest first; the newest may be under way. One
    /// request.
    fn day_bars(
        &self,
        contract: &Contract,
    ) -> impl Future<Output = Result<Dated<Vec<DayBar>>, BrokerError>> + Send;

    /// Starts the quotes of a contract; again is nothing. Goes on over reconnects until
    /// [`Broker::unwatch`].
    fn watch(&self, contract: &Contract);

    /// Stops the quotes of a contract.
    fn unwatch(&self, con_id: ConId);

    /// From now on, over reconnects too, takes delayed quotes of contracts whose live ones are
    /// refused for want of a subscription; those that were refused are asked for again.
    fn use_delayed_data(&self);

    /// What the order would do. Nothing is placed.
    fn what_if(
        &self,
        order: DryRun<Order>,
    ) -> impl Future<Output = Result<WhatIf, BrokerError>> + Send;

    /// Places the order, and those attached to it, each with its intent as `orderRef`. Ok means
    /// that their bytes were handed to the socket, nothing more; what becomes of them comes as
    /// events. None of them works before all have arrived.
    fn place(&self, order: Approved<Order>) -> impl Future<Output = Result<(), PlaceError>> + Send;

    /// Changes the working order that bears this key. Ok as for [`Broker::place`]; what becomes
    /// of the change comes as events.
    fn change(
        &self,
        order: Approved<Order>,
        key: &OrderKey,
    ) -> impl Future<Output = Result<(), PlaceError>> + Send;

    /// Asks for a cancel. Ok means that the request was handed to the socket.
    fn cancel(&self, key: &OrderKey) -> impl Future<Output = Result<(), BrokerError>> + Send;

    /// Cancels every order of the login, whoever made it (`reqGlobalCancel`). Ok means that the
    /// request was handed to the socket.
    fn cancel_all(&self) -> impl Future<Output = Result<(), BrokerError>> + Send;

    /// Tries to connect now rather than at the end of the back-off.
    fn connect_now(&self);
}

/// One line of a search's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstrumentMatch {
    /// The conId, which `instrument` takes.
    pub con_id: ConId,
    /// The symbol.
    pub symbol: String,
    /// The kind.
    pub kind: SecurityKind,
    /// The primary exchange.
    pub exchange: String,
    /// The currency, as the broker writes it.
    pub currency: String,
    /// The company's or product's name, when told.
    pub name: Option<String>,
}

/// How the link to the gateway stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkState {
    /// Being made.
    Connecting {
        /// 1 for the first try after a loss or the start.
        attempt: u32,
    },
    /// Made: everything that follows belongs to this session.
    Up(Session),
    /// Not there.
    Down {
        /// Why.
        fault: LinkFault,
        /// When the next try is made.
        retry_at: Option<UnixMillis>,
    },
}

/// A session with a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The server version that was agreed on.
    pub server_version: i32,
    /// The accounts of the login (`managedAccounts`).
    pub accounts: Vec<AccountId>,
    /// The API client id of this session.
    pub client_id: i32,
    /// Whether orders made by hand in TWS are taken over in this session, so that they can be
    /// changed and cancelled from here.
    pub takes_over: bool,
}

/// Why there is no link. The fault is named; the sentence says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    /// Nothing listens on the port.
    #[error(
        "Nothing listens at {address}. Start TWS or IB Gateway, and check the socket port in its API settings."
    )]
    Refused {
        /// Host and port.
        address: String,
    },
    /// It accepts the connection and then says nothing.
    #[error(
        "Something at {address} accepts the connection and then says nothing. In its API settings tick \"Enable ActiveX and Socket Clients\", and look whether a dialog is waiting in its window."
    )]
    Silent {
        /// Host and port.
        address: String,
    },
    /// It accepts the connection and closes it at once.
    #[error(
        "The gateway closed the connection before the greeting: {0}. Check \"Trusted IPs\" in its API settings."
    )]
    ClosedInHandshake(String),
    /// Its version is too old.
    #[error(
        "This gateway is too old (it speaks version {version}; {needed} is needed). Update TWS or IB Gateway."
    )]
    TooOld {
        /// Offered.
        version: i32,
        /// Needed.
        needed: i32,
    },
    /// 326.
    #[error(
        "API client id {client_id} is in use by another program. Close that program or choose another client id; a dead connection can hold it for a minute."
    )]
    ClientIdInUse {
        /// The id.
        client_id: i32,
    },
    /// The person wants no connection.
    #[error("Not connected, because you want it so.")]
    NotWanted,
    /// The connection was given up after the computer slept, to be made anew.
    #[error("The computer slept, so the connection is made anew.")]
    Slept,
    /// The connection ended.
    #[error("The gateway closed the connection.")]
    Lost,
    /// What came was not TWS's language.
    #[error("What answers at {address} does not speak the TWS API: {what}. Check host and port.")]
    Garbled {
        /// Host and port.
        address: String,
        /// What was wrong.
        what: String,
    },
    /// An account id that can't be read, or no accounts.
    #[error("The gateway named no usable account: {0}. Log in to it again.")]
    NoAccounts(String),
    /// Any other fault of the network.
    #[error("The connection failed: {0}")]
    Network(String),
}

/// By what the broker names an order. At least one of the first two is set, or `order_ref`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderKey {
    /// The permId.
    pub perm_id: Option<PermId>,
    /// The order id, valid with the client id and in this session only.
    pub order_id: Option<OrderId>,
    /// The client that made it.
    pub client_id: Option<i32>,
    /// `orderRef`: for our orders, the intent id.
    pub order_ref: Option<String>,
}

/// An order as the broker lists it (`openOrder`, `completedOrder`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderSeen {
    /// By what it is named.
    pub key: OrderKey,
    /// What it is about. For a completed order the quantity is what the order was for in all.
    pub terms: OrderTerms,
    /// Its state as the broker says it; `None` for a word that is not known here.
    pub report: Option<Report>,
    /// How many have filled, when told.
    pub filled: Option<Decimal>,
    /// A warning that came with it.
    pub warning: Option<String>,
    /// To which other orders it is tied.
    pub ties: Ties,
}

/// What ties an order to others: a bracket, or a group of which one cancels the others (OCA).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ties {
    /// The order that it was attached to: it works once that one has filled.
    pub parent: Option<Box<OrderKey>>,
    /// The name of its OCA group.
    pub oca_group: Option<String>,
}

/// A status (`orderStatus`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusSeen {
    /// Of which order.
    pub key: OrderKey,
    /// The state; `None` for a word that is not known here.
    pub report: Option<Report>,
    /// How many have filled.
    pub filled: Decimal,
    /// How many remain.
    pub remaining: Decimal,
    /// Why it is held, such as `locate`.
    pub why_held: Option<String>,
}

/// What the broker tells without being asked, or over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BrokerEvent {
    /// The link changed.
    Link(LinkState),
    /// The gateway's own link to IBKR: 1100, 1101, 1102, 2110.
    Upstream {
        /// Whether it is there.
        connected: bool,
    },
    /// The computer slept this long while the link was up, or its clock was set forward: the
    /// gateway is asked whether it is still there.
    Slept(Duration),
    /// It is: it answered after that.
    Awake,
    /// The gateway answered what time it is (`currentTime`), after this long.
    Answered(Duration),
    /// The account's type, in the broker's words.
    AccountType { account: AccountId, text: String },
    /// The account's base currency.
    AccountBase {
        account: AccountId,
        currency: Currency,
    },
    /// A figure of the account in its base currency; `None` when the broker unsets it.
    AccountFigure {
        account: AccountId,
        tag: Tag,
        value: Option<Decimal>,
    },
    /// What one unit of a currency is worth in the account's base currency.
    ExchangeRate {
        account: AccountId,
        currency: Currency,
        rate: Decimal,
    },
    /// The account's cash in one currency, in that currency.
    Cash {
        account: AccountId,
        currency: Currency,
        amount: Decimal,
    },
    /// A position; zero when it was closed.
    Position {
        account: AccountId,
        contract: Contract,
        quantity: Decimal,
        average_cost: Option<Decimal>,
    },
    /// All positions of the login have been told; what was not among them is not held.
    PositionsComplete,
    /// Value and P&L of one position, in the account's base currency whatever the contract is
    /// priced in. What is unset is `None`.
    PositionPnl {
        account: AccountId,
        con_id: ConId,
        daily: Option<Decimal>,
        unrealized: Option<Decimal>,
        value: Option<Decimal>,
    },
    /// Ticks in the order in which they came.
    Ticks(Vec<Tick>),
    /// What a watched share pays (tick 59).
    Dividends {
        con_id: ConId,
        dividends: Dividends,
        at: UnixMillis,
    },
    /// The quotes of a contract can't be had. Code 0: what the gateway says of it can't be read.
    QuoteRefused {
        con_id: ConId,
        code: i32,
        text: String,
    },
    /// An order as listed.
    Order(OrderSeen),
    /// A status.
    Status(StatusSeen),
    /// An execution.
    Execution {
        key: OrderKey,
        account: AccountId,
        contract: Contract,
        side: Side,
        exec_id: ExecId,
        quantity: Quantity,
        price: Decimal,
        liquidity: Option<Liquidity>,
    },
    /// The commission of an execution.
    Commission {
        exec_id: ExecId,
        amount: Decimal,
        currency: Currency,
        realized_pnl: Option<Decimal>,
    },
    /// An error or warning about one order.
    OrderNotice {
        key: OrderKey,
        code: i32,
        text: String,
    },
    /// The gateway refuses to list orders, as it does while its API is read-only. It is asked
    /// again until it lists them.
    OrdersRefused { code: i32, text: String },
    /// After `Link(Up)`: all open orders, completed orders and executions have been told.
    Reconciled,
    /// Anything else the gateway said.
    Notice { code: i32, text: String },
}
