"""IBKR's own Python client, in whichever release is installed, on the simulated gateway.

    ibapi_world.py --port P                   every rung at the version the client offers
    ibapi_world.py --port P --versions 157..226
                                              the first rungs at each of those versions

The last line is "N passed, M failed" and the exit code is 1 when M is not 0.
"""

import argparse
import inspect
import math
import sys
import threading
import time
import traceback
from decimal import Decimal

import ibapi.client
from ibapi.client import EClient
from ibapi.contract import Contract
from ibapi.execution import ExecutionFilter
from ibapi.order import Order
from ibapi.wrapper import EWrapper

WAIT = 20


class App(EWrapper, EClient):
    """Keeps every callback as (name, arguments), in the order in which they came."""

    def __init__(self):
        EWrapper.__init__(self)
        EClient.__init__(self, self)
        self.seen = []
        self.more = threading.Condition()
        self.thread = None

    def __getattribute__(self, name):
        if name in RECORDED:
            record = object.__getattribute__(self, "record")
            return lambda *args: record(name, args)
        return object.__getattribute__(self, name)

    def record(self, name, args):
        with self.more:
            self.seen.append((name, args))
            self.more.notify_all()

    def start(self, port, client_id):
        self.connect("127.0.0.1", port, client_id)
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        self.first("nextValidId")
        return self

    def stop(self):
        self.disconnect()
        if self.thread:
            self.thread.join(5)

    def all(self, name, fits=lambda *_: True):
        with self.more:
            return [args for one, args in self.seen if one == name and fits(*args)]

    def first(self, name, fits=lambda *_: True, seconds=WAIT):
        deadline = time.monotonic() + seconds
        while True:
            found = self.all(name, fits)
            if found:
                return found[0]
            with self.more:
                left = deadline - time.monotonic()
                if left <= 0 or not self.more.wait(min(left, 0.25)) and not self.isConnected():
                    tail = [f"{one}{args}"[:160] for one, args in self.seen[-8:]]
                    raise AssertionError(f"{name} did not come; last seen: {tail}")

    def errors(self):
        """(id, code, text) of every error; releases disagree on where the time stands."""
        found = []
        for args in self.all("error"):
            with_time = isinstance(args[2], int)
            found.append((args[0], args[2], args[3]) if with_time else args[:3])
        return found

    def code(self, req_id, code, seconds=WAIT):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for found in self.errors():
                if found[0] == req_id and found[1] == code:
                    return found[2]
            with self.more:
                self.more.wait(0.1)
        raise AssertionError(f"no error {code} for {req_id}: {self.errors()}")


RECORDED = {
    name
    for name, _ in inspect.getmembers(EWrapper, inspect.isfunction)
    if not name.startswith("_")
    and name not in ("logAnswer", "winError", "connectAck")
    and not name.endswith("ProtoBuf")
}


def stock(symbol="AAPL"):
    contract = Contract()
    contract.symbol, contract.secType, contract.exchange, contract.currency = symbol, "STK", "SMART", "USD"
    return contract


def limit(side, quantity, price, account):
    order = Order()
    order.action, order.orderType, order.tif = side, "LMT", "DAY"
    order.totalQuantity, order.lmtPrice, order.account = Decimal(quantity), price, account
    # Old releases set these, and gateways refuse them.
    order.eTradeOnly = order.firmQuoteOnly = False
    return order


def accounts(app):
    return app.first("managedAccounts")[0].split(",")


def order_id(app):
    return app.first("nextValidId")[0]


# ---- the rungs; each takes a connected client


def accounts_are_listed(app):
    names = [name for name in accounts(app) if name]
    assert names and all(name.startswith("D") for name in names), names
    assert order_id(app) > 0


def the_summary_has_every_account(app):
    app.reqAccountSummary(9001, "All", "NetLiquidation,AccountType")
    app.first("accountSummaryEnd")
    rows = app.all("accountSummary")
    worth = {row[1]: float(row[3]) for row in rows if row[2] == "NetLiquidation"}
    assert set(worth) == {name for name in accounts(app) if name}, worth
    assert all(value > 0 for value in worth.values()), worth
    app.cancelAccountSummary(9001)


def account_updates_come_whole(app):
    account = accounts(app)[0]
    app.reqAccountUpdates(True, account)
    app.first("accountDownloadEnd")
    keys = {row[0] for row in app.all("updateAccountValue")}
    assert {"NetLiquidation", "BuyingPower", "TotalCashValue"} <= keys, sorted(keys)
    assert app.all("updatePortfolio", lambda *row: row[1] and row[2] > 0), "no portfolio"
    app.reqAccountUpdates(False, account)


def positions_come_whole(app):
    app.reqPositions()
    app.first("positionEnd")
    rows = app.all("position")
    assert rows and all(row[1].conId > 0 and row[2] for row in rows), rows[:3]
    app.cancelPositions()


def a_stock_is_defined(app):
    app.reqContractDetails(9002, stock())
    app.first("contractDetailsEnd")
    [(_, details)] = app.all("contractDetails")
    assert details.contract.conId == 265598 and details.contract.symbol == "AAPL", details.contract
    assert 0 < details.minTick < 1 and details.longName and details.validExchanges, vars(details)
    assert details.tradingHours and details.marketRuleIds and details.orderTypes, vars(details)
    nobody = stock("NOSUCHTHING")
    app.reqContractDetails(9003, nobody)
    app.code(9003, 200)


def quotes_come(app):
    app.reqMktData(9004, stock(), "", False, False, [])
    bid = app.first("tickPrice", lambda req, kind, price, _: (req, kind) == (9004, 1) and price > 0)[2]
    ask = app.first("tickPrice", lambda req, kind, price, _: (req, kind) == (9004, 2) and price > 0)[2]
    assert bid < ask, (bid, ask)
    app.first("tickSize", lambda req, kind, size: (req, kind) == (9004, 0) and size > 0)
    app.first("tickReqParams")
    assert app.first("marketDataType")[1] == 1
    app.cancelMktData(9004)
    return bid


def an_order_rests_and_is_cancelled(app):
    bid = quotes_come(app)
    ours, account, price = order_id(app), accounts(app)[0], round(bid * 0.8, 2)
    app.placeOrder(ours, stock(), limit("BUY", 7, price, account))
    app.first("orderStatus", lambda who, status, *_: who == ours and status == "Submitted")
    seen = app.first("openOrder", lambda who, *_: who == ours)
    assert seen[1].conId == 265598 and seen[2].account == account, (seen[1], seen[2])
    assert seen[2].lmtPrice == price and seen[2].totalQuantity == 7, seen[2]
    assert seen[2].permId > 0 and seen[2].orderType == "LMT" and seen[2].action == "BUY", seen[2]
    assert seen[3].status in ("PreSubmitted", "Submitted"), vars(seen[3])
    before = len(app.all("openOrderEnd"))
    app.reqOpenOrders()
    while len(app.all("openOrderEnd")) == before:
        app.first("openOrderEnd")
        time.sleep(0.01)
    cancel(app, ours)
    app.first("orderStatus", lambda who, status, *_: who == ours and status == "Cancelled")
    app.code(ours, 202)
    app.reqCompletedOrders(False)
    app.first("completedOrdersEnd")
    done = [row for row in app.all("completedOrder") if row[1].permId == seen[2].permId]
    assert len(done) == 1 and done[0][2].status == "Cancelled", done
    assert done[0][2].completedTime and done[0][1].lmtPrice == price, vars(done[0][2])


def cancel(app, which):
    """Releases differ in what cancelOrder takes."""
    wanted = list(inspect.signature(EClient.cancelOrder).parameters)[2:]
    if not wanted:
        app.cancelOrder(which)
    elif wanted[0] == "manualCancelOrderTime":
        app.cancelOrder(which, "")
    else:
        from ibapi.order_cancel import OrderCancel

        app.cancelOrder(which, OrderCancel())


def a_preview_has_margins(app):
    bid = quotes_come(app)
    ours = order_id(app) + 1
    order = limit("BUY", 10, round(bid * 0.9, 2), accounts(app)[0])
    order.whatIf = True
    app.placeOrder(ours, stock(), order)
    state = app.first("openOrder", lambda who, *_: who == ours)[3]
    before, change, after = (float(getattr(state, f"initMargin{when}")) for when in ("Before", "Change", "After"))
    assert 0 < change < 1e9 and math.isclose(before + change, after, abs_tol=0.02), vars(state)
    assert not app.all("orderStatus", lambda who, *_: who == ours)


def a_market_order_fills(app):
    ours, account = order_id(app) + 2, accounts(app)[0]
    order = limit("BUY", 2, 0, account)
    order.orderType, order.lmtPrice = "MKT", Order().lmtPrice
    app.placeOrder(ours, stock("MSFT"), order)
    app.first("orderStatus", lambda who, status, *_: who == ours and status == "Filled")
    fill = app.first("execDetails", lambda _, __, one: one.orderId == ours)[2]
    assert fill.side == "BOT" and fill.shares > 0 and fill.price > 0 and fill.permId > 0, vars(fill)
    assert fill.acctNumber == account and fill.time, vars(fill)
    report = "commissionAndFeesReport" if "commissionAndFeesReport" in RECORDED else "commissionReport"
    app.first(report, lambda one: one.execId == fill.execId)
    app.reqExecutions(9005, ExecutionFilter())
    app.first("execDetailsEnd", lambda req: req == 9005)
    again = app.all("execDetails", lambda req, _, one: req == 9005 and one.execId == fill.execId)
    assert len(again) == 1 and again[0][1].symbol == "MSFT", again


BASIC = [
    accounts_are_listed,
    the_summary_has_every_account,
    account_updates_come_whole,
    positions_come_whole,
    a_stock_is_defined,
    an_order_rests_and_is_cancelled,
    a_preview_has_margins,
    a_market_order_fills,
]


def a_bracket_waits_fills_and_cancels(app):
    bid = quotes_come(app)
    first, account = order_id(app) + 10, accounts(app)[0]
    parent = limit("BUY", 3, round(bid * 1.02, 2), account)
    profit = limit("SELL", 3, round(bid * 1.05, 2), account)
    stop = limit("SELL", 3, 0, account)
    stop.orderType, stop.lmtPrice, stop.auxPrice = "STP", Order().lmtPrice, round(bid * 0.9, 2)
    parent.transmit = profit.transmit = False
    profit.parentId = stop.parentId = first
    app.placeOrder(first, stock(), parent)
    app.placeOrder(first + 1, stock(), profit)
    app.reqCurrentTime()
    app.first("currentTime")
    assert not app.all("orderStatus", lambda who, *_: who in (first, first + 1)), "told before the last part"
    app.placeOrder(first + 2, stock(), stop)
    for who, status in ((first, "Filled"), (first + 1, "Submitted"), (first + 2, "PreSubmitted")):
        app.first("orderStatus", lambda one, now, *_: (one, now) == (who, status))
    profit.lmtPrice, profit.transmit = round(bid * 0.99, 2), True
    app.placeOrder(first + 1, stock(), profit)
    app.first("orderStatus", lambda one, now, *_: (one, now) == (first + 1, "Filled"))
    app.first("orderStatus", lambda one, now, *_: (one, now) == (first + 2, "Cancelled"))


def greeks(app, req_id, kind):
    """Volatility, delta, price, dividends, gamma, vega, theta, underlying; releases disagree on what stands before."""
    return app.first("tickOptionComputation", lambda req, tick, *_: (req, tick) == (req_id, kind))[-8:]


def a_chain_has_quotes_with_greeks(app):
    price = quotes_come(app)
    app.reqSecDefOptParams(9100, "AAPL", "", "STK", 265598)
    app.first("securityDefinitionOptionParameterEnd")
    [chain] = app.all("securityDefinitionOptionParameter", lambda _, exchange, *__: exchange == "SMART")
    expirations, strikes = sorted(chain[5]), sorted(chain[6])
    assert chain[2:5] == (265598, "AAPL", "100") and len(expirations) > 5 and len(strikes) > 10, chain
    call = stock()
    call.secType, call.right, call.lastTradeDateOrContractMonth = "OPT", "C", expirations[4]
    call.strike = min(strikes, key=lambda one: abs(one - price))
    app.reqContractDetails(9101, call)
    app.first("contractDetailsEnd", lambda req: req == 9101)
    [(_, details)] = app.all("contractDetails", lambda req, _: req == 9101)
    found = details.contract
    assert found.conId > 0 and found.right == "C" and float(found.multiplier) == 100, found
    app.reqMktData(9102, call, "100,101,106", False, False, [])
    app.first("tickPrice", lambda req, kind, bid, _: (req, kind) == (9102, 1) and bid > 0)
    for kind in (10, 11, 13):
        volatility, delta, worth, dividends, gamma, vega, theta, under = greeks(app, 9102, kind)
        assert 0 < volatility < 3 and 0 < delta < 1 and worth > 0 and gamma > 0 and vega > 0 > theta, kind
        assert abs(under / price - 1) < 0.02, (under, price)
    app.cancelMktData(9102)
    app.calculateOptionPrice(9103, call, 0.3, price, [])
    worth = greeks(app, 9103, 53)[2]
    assert worth > 0, worth
    app.calculateImpliedVolatility(9104, call, worth, price, [])
    assert math.isclose(greeks(app, 9104, 53)[0], 0.3, abs_tol=1e-3)
    app.reqHistoricalData(9105, call, "", "2 D", "1 hour", "MIDPOINT", 0, 2, False, [])
    app.first("historicalDataEnd", lambda req, *_: req == 9105)
    bars = [bar for _, bar in app.all("historicalData", lambda req, _: req == 9105)]
    assert len(bars) > 24 and all(0 < bar.low <= bar.high for bar in bars), bars[-1]


def bars_join_and_grow(app):
    bid = quotes_come(app)
    app.reqHistoricalData(9010, stock(), "", "2 D", "1 hour", "TRADES", 0, 2, False, [])
    app.first("historicalDataEnd", lambda req, *_: req == 9010)
    bars = [bar for _, bar in app.all("historicalData", lambda req, _: req == 9010)]
    assert 24 < len(bars) <= 48, len(bars)
    assert all(bar.low <= min(bar.open, bar.close) and bar.high >= max(bar.open, bar.close) for bar in bars)
    assert all(float(bar.volume) >= 0 for bar in bars), bars[0]
    times = [int(bar.date) for bar in bars]
    assert times == sorted(set(times)), times
    assert abs(bars[-1].close / bid - 1) < 0.01, (bars[-1], bid)
    app.reqHistoricalData(9011, stock(), "", "1 M", "1 day", "TRADES", 1, 1, False, [])
    app.first("historicalDataEnd", lambda req, *_: req == 9011)
    days = [bar for _, bar in app.all("historicalData", lambda req, _: req == 9011)]
    assert len(days) == 30 and all(len(bar.date) == 8 for bar in days), days[:2]
    of_day = [bar for bar in bars[-24:]]
    assert abs(max(bar.high for bar in of_day) / days[-1].high - 1) < 0.05, (of_day, days[-1])
    app.reqHistoricalData(9012, stock(), "", "600 S", "5 secs", "MIDPOINT", 0, 1, True, [])
    app.first("historicalDataUpdate", lambda req, _: req == 9012)
    app.cancelHistoricalData(9012)
    app.reqHistoricalData(9013, stock(), "", "1 D", "7 mins", "TRADES", 0, 1, False, [])
    app.code(9013, 321)
    app.reqHeadTimeStamp(9014, stock(), "TRADES", 0, 2)
    assert int(app.first("headTimestamp", lambda req, _: req == 9014)[1]) < times[0]
    app.reqHistogramData(9015, stock(), False, "3 days")
    assert len(app.first("histogramData", lambda req, _: req == 9015)[1]) > 1


def the_tape_runs(app):
    app.reqTickByTickData(9020, stock(), "BidAsk", 0, False)
    app.reqTickByTickData(9021, stock(), "Last", 10, False)
    app.reqTickByTickData(9022, stock(), "MidPoint", 0, False)
    one = app.first("tickByTickBidAsk", lambda req, *_: req == 9020)
    assert 0 < one[2] < one[3] and one[4] > 0, one
    assert app.first("historicalTicksLast", lambda req, *_: req == 9021)[2] is True
    one = app.first("tickByTickAllLast", lambda req, *_: req == 9021)
    assert one[1] == 1 and one[3] > 0 and one[4] > 0, one
    app.first("tickByTickMidPoint", lambda req, *_: req == 9022)
    for req in (9020, 9021, 9022):
        app.cancelTickByTickData(req)
    app.reqHistoricalTicks(9023, stock(), "20251231 15:00:00 UTC", "", 20, "BID_ASK", 1, True, [])
    ticks = app.first("historicalTicksBidAsk", lambda req, *_: req == 9023)[1]
    assert ticks and all(tick.priceBid < tick.priceAsk for tick in ticks), ticks[:2]
    app.reqHistoricalTicks(9024, stock(), "20251231 15:00:00 UTC", "", 20, "MIDPOINT", 1, True, [])
    assert app.first("historicalTicks", lambda req, *_: req == 9024)[1]
    app.reqRealTimeBars(9025, stock(), 5, "TRADES", False, [])
    bar = app.first("realtimeBar", lambda req, *_: req == 9025)
    assert bar[1] % 5 == 0 and bar[4] <= bar[2] <= bar[3], bar
    app.cancelRealTimeBars(9025)


def the_book_has_rows(app):
    app.reqMktDepthExchanges()
    assert app.first("mktDepthExchanges")[0]
    app.reqMktDepth(9030, stock(), 5, True, [])
    app.first("updateMktDepthL2", lambda req, at, maker, *_: req == 9030 and at == 4 and maker)
    rows = app.all("updateMktDepthL2", lambda req, *_: req == 9030)[:10]
    bids = [row[5] for row in rows if row[4] == 1]
    asks = [row[5] for row in rows if row[4] == 0]
    assert bids == sorted(bids, reverse=True) and asks == sorted(asks) and bids[0] < asks[0], rows
    app.cancelMktDepth(9030, True)
    near = stock()
    near.exchange = "NASDAQ"
    app.reqMktDepth(9031, near, 2, False, [])
    app.first("updateMktDepth", lambda req, *_: req == 9031)
    app.cancelMktDepth(9031, False)


def scans_and_news_answer(app):
    from ibapi.scanner import ScannerSubscription

    app.reqScannerParameters()
    assert "TOP_PERC_GAIN" in app.first("scannerParameters")[0]
    scan = ScannerSubscription()
    scan.instrument, scan.locationCode, scan.scanCode, scan.numberOfRows = "STK", "STK.US.MAJOR", "MOST_ACTIVE", 5
    app.reqScannerSubscription(9040, scan, [], [])
    app.first("scannerDataEnd")
    assert [row[1] for row in app.all("scannerData")] == list(range(5))
    app.cancelScannerSubscription(9040)
    app.reqNewsProviders()
    code = app.first("newsProviders")[0][0].code
    app.reqHistoricalNews(9041, 265598, code, "", "", 3, [])
    app.first("historicalNewsEnd")
    news = app.all("historicalNews")
    assert len(news) == 3, news
    app.reqNewsArticle(9042, code, news[0][3], [])
    assert "simulated" in app.first("newsArticle")[2]


def the_rest_answers_as_for_a_plain_login(app):
    app.reqFamilyCodes()
    assert app.first("familyCodes")[0]
    app.reqSoftDollarTiers(9050)
    assert not app.first("softDollarTiers")[1]
    app.reqSmartComponents(9051, "9c0001")
    assert app.first("smartComponents")[1]
    app.queryDisplayGroups(9052)
    assert "1|2" in app.first("displayGroupList")[1]
    app.subscribeToGroupEvents(9053, 1)
    app.first("displayGroupUpdated", lambda req, info: (req, info) == (9053, "none"))
    app.updateDisplayGroup(9053, "265598@SMART")
    app.first("displayGroupUpdated", lambda req, info: (req, info) == (9053, "265598@SMART"))
    app.requestFA(1)
    app.code(-1, 321)
    app.reqMatchingSymbols(9054, "AAP")
    assert any(one.contract.symbol == "AAPL" for one in app.first("symbolSamples")[1])
    app.reqMarketRule(26)
    app.first("marketRule")
    app.reqCurrentTime()
    app.first("currentTime")
    account = accounts(app)[0]
    app.reqPnL(9055, account, "")
    app.first("pnl")
    app.reqPositionsMulti(9056, account, "")
    app.first("positionMultiEnd")
    app.reqAccountUpdatesMulti(9057, account, "", True)
    app.first("accountUpdateMultiEnd")
    if app.serverVersion() >= 167:
        app.reqUserInfo(9058)
        app.first("userInfo")
    if app.serverVersion() >= 161:
        app.reqWshMetaData(9059)
        app.code(9059, 10276)


FURTHER = [a_bracket_waits_fills_and_cancels]
DATA = [
    a_chain_has_quotes_with_greeks,
    bars_join_and_grow,
    the_tape_runs,
    the_book_has_rows,
    scans_and_news_answer,
    the_rest_answers_as_for_a_plain_login,
]


def climb(port, client_id, rungs, label):
    passed, failed = 0, 0
    for rung in rungs:
        app = App()
        try:
            # A client of its own for each, so that none leans on another's subscriptions.
            app.start(port, client_id)
            rung(app)
            unread = [one for one in app.errors() if one[1] in (320, 503, 505, 506, 508, 509, 512)]
            assert not unread, unread
            passed += 1
        except Exception:  # a rung must not stop the others
            failed += 1
            print(f"FAILED  {label} {rung.__name__}")
            traceback.print_exc(file=sys.stdout)
        finally:
            app.stop()
        client_id += 1
    return passed, failed


def at_version(port, version, client_id, rungs):
    """The rungs on one connection, as a client whose newest version is `version`."""
    ibapi.client.MAX_CLIENT_VER = version
    app = App()
    try:
        app.start(port, client_id)
        assert app.serverVersion() == version, app.serverVersion()
        for rung in rungs:
            rung(app)
        unread = [one for one in app.errors() if one[1] in (320, 503, 505, 506, 508, 509, 512)]
        assert not unread, unread
        return 1, 0
    except Exception:
        print(f"FAILED  version {version}")
        traceback.print_exc(file=sys.stdout)
        return 0, 1
    finally:
        app.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--client-id", type=int, default=800)
    parser.add_argument("--versions", help="such as 157..226")
    parser.add_argument("--data", action="store_true", help="at each version climb the other rungs")
    args = parser.parse_args()
    passed = failed = 0
    if args.versions:
        low, high = (int(one) for one in args.versions.split(".."))
        for version in range(low, high + 1):
            good, bad = at_version(args.port, version, args.client_id + version, DATA if args.data else BASIC)
            passed, failed = passed + good, failed + bad
    else:
        passed, failed = climb(args.port, args.client_id, BASIC + FURTHER + DATA, "")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
