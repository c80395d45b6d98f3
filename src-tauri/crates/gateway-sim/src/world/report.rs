//! From an account's valuation to the lines, positions and profits that clients are told.

use rust_decimal::Decimal;

use super::account::{Account, Holding};
use super::currency::Currency;
use super::figures::{FigureRow, Pnl, PnlSingle, Position};
use super::ids::ConId;
use super::instrument::Instrument;
use super::scenario::Capability;
use super::valuation::{Book, Prices, Valuation, cents, daily, market_value};

const BASE: &str = "USD";

/// Every account-wide line.
pub(super) fn figures(account: &Account, valuation: &Valuation) -> Vec<FigureRow> {
    let equity = valuation.net_liquidation();
    let mut rows = vec![
        plain("AccountCode", account.id.as_str().to_owned()),
        plain("AccountReady", "true".to_owned()),
        plain("AccountType", account.account_type.clone()),
    ];
    // -1 stands for "unlimited".
    rows.push(plain("DayTradesRemaining", "-1".to_owned()));
    rows.push(plain("HighestSeverity", "0".to_owned()));
    rows.push(plain("LookAheadNextChange", "0".to_owned()));
    rows.push(plain("Cushion", ratio(valuation.excess(), equity, 6)));
    rows.push(plain("Leverage", ratio(valuation.gross, equity, 2)));
    // What could be bought at the initial margin of long stock.
    let buying_power = match account.capability {
        Capability::RegTMargin => valuation.available() * Decimal::TWO,
        Capability::LimitedMargin => valuation.available(),
        Capability::Cash => valuation.available().min(valuation.settled_cash),
    };
    let money = [
        ("NetLiquidation", equity),
        ("TotalCashValue", valuation.total_cash),
        ("SettledCash", valuation.settled_cash),
        ("AccruedCash", Decimal::ZERO),
        ("AccruedDividend", valuation.accrued),
        ("BuyingPower", buying_power.max(Decimal::ZERO)),
        ("EquityWithLoanValue", valuation.equity_with_loan()),
        ("PreviousDayEquityWithLoanValue", account.previous_equity),
        ("GrossPositionValue", valuation.gross),
        ("RegTEquity", valuation.equity_with_loan()),
        ("RegTMargin", valuation.reg_t),
        (
            "SMA",
            (valuation.equity_with_loan() - valuation.reg_t).max(Decimal::ZERO),
        ),
        ("InitMarginReq", valuation.initial),
        ("MaintMarginReq", valuation.maintenance),
        ("AvailableFunds", valuation.available()),
        ("ExcessLiquidity", valuation.excess()),
        ("FullInitMarginReq", valuation.initial),
        ("FullMaintMarginReq", valuation.maintenance),
        ("FullAvailableFunds", valuation.available()),
        ("FullExcessLiquidity", valuation.excess()),
        ("LookAheadInitMarginReq", valuation.initial),
        ("LookAheadMaintMarginReq", valuation.maintenance),
        ("LookAheadAvailableFunds", valuation.available()),
        ("LookAheadExcessLiquidity", valuation.excess()),
        ("Billable", Decimal::ZERO),
        ("Guarantee", Decimal::ZERO),
        ("IndianStockHaircut", Decimal::ZERO),
        ("PASharesValue", Decimal::ZERO),
        ("PostExpirationExcess", Decimal::ZERO),
        ("PostExpirationMargin", Decimal::ZERO),
        ("TotalDebitCardPendingCharges", Decimal::ZERO),
    ];
    rows.extend(money.into_iter().map(|(tag, value)| row(tag, value, BASE)));
    rows
}

/// The lines by currency: first the whole in the base currency, then each currency that is used.
pub(super) fn ledger(account: &Account, valuation: &Valuation) -> Vec<FigureRow> {
    let whole = Book {
        cash: valuation.total_cash - valuation.futures_pnl,
        settled: valuation.settled_cash,
        stock_value: valuation.stock_value,
        option_value: valuation.option_value,
        futures_pnl: valuation.futures_pnl,
        accrued: valuation.accrued,
        unrealized: valuation.unrealized,
        realized: valuation.realized,
        daily: valuation.daily,
        rate: Decimal::ONE,
    };
    let mut rows = Vec::new();
    book_rows(&mut rows, account, "BASE", &whole);
    for (currency, book) in &valuation.books {
        let used = *currency == Currency::Usd
            || !book.cash.is_zero()
            || !book.stock_value.is_zero()
            || !book.option_value.is_zero()
            || !book.futures_pnl.is_zero()
            || !book.accrued.is_zero()
            || !book.realized.is_zero();
        if used {
            book_rows(&mut rows, account, currency.code(), book);
        }
    }
    rows
}

fn book_rows(rows: &mut Vec<FigureRow>, account: &Account, currency: &'static str, book: &Book) {
    let text = |tag, value: &str| FigureRow {
        tag,
        value: value.to_owned(),
        currency,
    };
    rows.push(text("AccountOrGroup", account.id.as_str()));
    rows.push(text("Currency", currency));
    rows.push(text("RealCurrency", currency));
    rows.push(FigureRow {
        tag: "ExchangeRate",
        value: book.rate.normalize().to_string(),
        currency,
    });
    let money = [
        ("CashBalance", book.cash_balance()),
        ("TotalCashBalance", book.cash_balance()),
        ("AccruedCash", Decimal::ZERO),
        ("StockMarketValue", book.stock_value),
        ("OptionMarketValue", book.option_value),
        ("FutureOptionValue", Decimal::ZERO),
        ("FuturesPNL", book.futures_pnl),
        (
            "NetLiquidationByCurrency",
            cents(book.cash_balance())
                + cents(book.stock_value)
                + cents(book.option_value)
                + cents(book.accrued),
        ),
        ("UnrealizedPnL", book.unrealized),
        ("RealizedPnL", book.realized),
        ("NetDividend", book.accrued),
        ("FundValue", Decimal::ZERO),
        ("MutualFundValue", Decimal::ZERO),
        ("MoneyMarketFundValue", Decimal::ZERO),
        ("CorporateBondValue", Decimal::ZERO),
        ("TBondValue", Decimal::ZERO),
        ("TBillValue", Decimal::ZERO),
        ("WarrantValue", Decimal::ZERO),
        ("FxCashBalance", Decimal::ZERO),
        ("IssuerOptionValue", Decimal::ZERO),
    ];
    rows.extend(
        money
            .into_iter()
            .map(|(tag, value)| row(tag, value, currency)),
    );
}

pub(super) fn position(
    account: &Account,
    con_id: ConId,
    holding: &Holding,
    instrument: &Instrument,
    mark: Decimal,
) -> Position {
    let market_value = market_value(instrument, holding.quantity, mark);
    Position {
        account: account.id.clone(),
        con_id,
        quantity: holding.quantity,
        average_cost: holding.average_cost(),
        market_price: mark,
        market_value,
        unrealized_pnl: market_value - holding.cost,
        realized_pnl: holding.realized_today,
        daily_pnl: daily(instrument, holding, mark),
    }
}

pub(super) fn pnl(valuation: &Valuation) -> Pnl {
    Pnl {
        daily: valuation.daily,
        unrealized: valuation.unrealized,
        realized: valuation.realized,
    }
}

pub(super) fn pnl_single(
    position: &Position,
    instrument: &Instrument,
    prices: Prices<'_>,
) -> PnlSingle {
    let rate = prices.rate(instrument.currency);
    PnlSingle {
        position: position.quantity,
        daily: cents(position.daily_pnl * rate),
        unrealized: cents(position.unrealized_pnl * rate),
        realized: cents(position.realized_pnl * rate),
        value: cents(position.market_value * rate),
    }
}

fn plain(tag: &'static str, value: String) -> FigureRow {
    FigureRow {
        tag,
        value,
        currency: "",
    }
}

fn row(tag: &'static str, value: Decimal, currency: &'static str) -> FigureRow {
    FigureRow {
        tag,
        value: format!("{:.2}", cents(value)),
        currency,
    }
}

fn ratio(part: Decimal, whole: Decimal, digits: u32) -> String {
    let ratio = if whole > Decimal::ZERO {
        part.checked_div(whole).unwrap_or_default()
    } else {
        Decimal::ZERO
    };
    ratio.round_dp(digits).to_string()
}
