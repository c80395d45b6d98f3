"""ib_insync, which is no longer looked after but much used, or its successor ib_async, whichever is
installed, on the simulated gateway.

    ib_insync_world.py --port P

The last line is "N passed, M failed" and the exit code is 1 when M is not 0.
"""

import argparse
import asyncio
import math
import sys
import time
import traceback

# ib_insync counts on there being one, which newer Pythons no longer make.
asyncio.set_event_loop(asyncio.new_event_loop())

try:
    import ib_insync as library
    from ib_insync import IB, LimitOrder, MarketOrder, Option, ScannerSubscription, Stock, util
except ImportError:
    import ib_async as library
    from ib_async import IB, LimitOrder, MarketOrder, Option, ScannerSubscription, Stock, util

NEWEST = {"ib_insync": 176, "ib_async": 178}[library.__name__]


def until(ib, condition, seconds=20, what="the condition"):
    """Runs the event loop until condition() is true and returns its value."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come within {seconds} s")
        ib.waitOnUpdate(timeout=0.2)


def apple(ib):
    contract = Stock("AAPL", "SMART", "USD")
    assert ib.qualifyContracts(contract), "AAPL was not qualified"
    return contract


def quoted(ib, contract):
    line = ib.reqMktData(contract)
    until(ib, lambda: line.bid > 0 and line.ask > 0, what="a quote")
    return line


def it_speaks_its_newest_version(ib):
    assert ib.client.serverVersion() == NEWEST, ib.client.serverVersion()


def accounts_and_positions_are_seen(ib):
    assert ib.managedAccounts(), "no accounts"
    rows = {row.tag for row in ib.accountSummary()}
    assert "NetLiquidation" in rows, rows
    assert {one.account for one in ib.positions()} == set(ib.managedAccounts())
    account = ib.managedAccounts()[0]
    ib.reqAccountUpdates(account)
    for item in ib.portfolio(account):
        size = float(item.contract.multiplier or 1)
        assert math.isclose(item.marketValue, item.position * item.marketPrice * size, abs_tol=0.02), item


def a_preview_has_margins(ib):
    contract = apple(ib)
    line = quoted(ib, contract)
    state = ib.whatIfOrder(contract, LimitOrder("BUY", 5, round(line.bid, 2), account=ib.managedAccounts()[0]))
    assert 0 < float(state.initMarginChange) < 1e9, state


def an_order_fills_and_another_is_cancelled(ib):
    contract = apple(ib)
    line = quoted(ib, contract)
    account = ib.managedAccounts()[0]
    bought = ib.placeOrder(contract, MarketOrder("BUY", 1, account=account))
    until(ib, lambda: bought.orderStatus.status == "Filled", what="Filled")
    until(ib, lambda: bought.fills[0].commissionReport.commission > 0, what="a commission")
    resting = ib.placeOrder(contract, LimitOrder("BUY", 1, round(line.bid * 0.8, 2), account=account))
    until(ib, lambda: resting.orderStatus.status == "Submitted", what="Submitted")
    ib.cancelOrder(resting.order)
    until(ib, lambda: resting.orderStatus.status == "Cancelled", what="Cancelled")


def a_bracket_waits_fills_and_cancels(ib):
    contract = apple(ib)
    line = quoted(ib, contract)
    parts = ib.bracketOrder("BUY", 3, round(line.ask * 1.02, 2), round(line.ask * 1.05, 2), round(line.bid * 0.9, 2))
    for part in parts:
        part.account = ib.managedAccounts()[0]
    parent, profit, stop = (ib.placeOrder(contract, part) for part in parts)
    until(ib, lambda: parent.orderStatus.status == "Filled", what="the parent's fill")
    until(ib, lambda: profit.orderStatus.status == "Submitted", what="the profit taker at work")
    until(ib, lambda: stop.orderStatus.status == "PreSubmitted", what="the stop held")
    assert profit.orderStatus.parentId == parts[0].orderId, profit.orderStatus
    parts[1].lmtPrice, parts[1].transmit = round(line.bid * 0.99, 2), True
    ib.placeOrder(contract, parts[1])
    until(ib, lambda: profit.orderStatus.status == "Filled", what="the profit")
    until(ib, lambda: stop.orderStatus.status == "Cancelled", what="the stop's end")


def a_chain_has_quotes_with_greeks(ib):
    stock = apple(ib)
    price = quoted(ib, stock).bid
    [chain] = [one for one in ib.reqSecDefOptParams("AAPL", "", "STK", stock.conId) if one.exchange == "SMART"]
    assert len(chain.expirations) > 5 and len(chain.strikes) > 10, chain
    strike = min(chain.strikes, key=lambda one: abs(one - price))
    expiry = sorted(chain.expirations)[4]
    call, put = (Option("AAPL", expiry, strike, right, "SMART", currency="USD") for right in "CP")
    assert len(ib.qualifyContracts(call, put)) == 2 and call.conId and put.conId, (call, put)
    lines = [ib.reqMktData(one, "100,101,106") for one in (call, put)]
    until(ib, lambda: all(line.bid > 0 and line.modelGreeks and line.bidGreeks for line in lines), what="greeks")
    up, down = (line.modelGreeks for line in lines)
    assert 0 < up.delta < 1 and -1 < down.delta < 0 and abs(up.delta - down.delta - 1) < 0.1, (up, down)
    assert 0 < up.impliedVol < 3 and up.gamma > 0 and up.vega > 0 and up.theta < 0, up
    assert abs(up.undPrice / price - 1) < 0.02, (up, price)
    worth = ib.calculateOptionPrice(call, 0.3, price)
    assert worth.optPrice > 0 and math.isclose(worth.impliedVol, 0.3, abs_tol=1e-6), worth
    bars = ib.reqHistoricalData(call, "", "2 D", "1 hour", "MIDPOINT", useRTH=False)
    assert len(bars) > 10 and abs(bars[-1].close - (lines[0].bid + lines[0].ask) / 2) < 0.2 + price * 0.005, bars[-1]
    account = ib.managedAccounts()[0]
    state = ib.whatIfOrder(call, LimitOrder("BUY", 1, lines[0].ask, account=account))
    assert math.isfinite(float(state.initMarginChange)), state
    bought = ib.placeOrder(call, LimitOrder("BUY", 1, round(lines[0].ask * 1.05, 1), account=account))
    until(ib, lambda: bought.orderStatus.status == "Filled", what="Filled")
    until(ib, lambda: [one for one in ib.positions(account) if one.contract.conId == call.conId], what="a position")


def history_joins_the_present(ib):
    contract = apple(ib)
    line = quoted(ib, contract)
    bars = ib.reqHistoricalData(contract, "", "1 D", "5 mins", "TRADES", useRTH=False)
    assert len(bars) > 1 and all(one.date < two.date for one, two in zip(bars, bars[1:])), bars[-2:]
    assert abs(bars[-1].close / line.bid - 1) < 0.01, (bars[-1], line.bid)
    growing = ib.reqHistoricalData(contract, "", "600 S", "10 secs", "MIDPOINT", useRTH=False, keepUpToDate=True)
    updates = []
    growing.updateEvent += lambda _, new: updates.append(new)
    until(ib, lambda: updates, what="a bar that grows")
    ib.cancelHistoricalData(growing)
    days = ib.reqHistoricalData(contract, "", "10 D", "1 day", "TRADES", useRTH=True)
    assert len(days) == 10, days
    schedule = ib.reqHistoricalSchedule(contract, 3)
    assert len(schedule.sessions) == 3, schedule
    assert ib.reqHeadTimeStamp(contract, "TRADES", useRTH=False).year < days[0].date.year


def streams_run(ib):
    contract = apple(ib)
    ticker = ib.reqTickByTickData(contract, "BidAsk")
    until(ib, lambda: ticker.tickByTicks, what="a tick")
    ib.cancelTickByTickData(contract, "BidAsk")
    book = ib.reqMktDepth(contract, numRows=5, isSmartDepth=True)
    until(ib, lambda: len(book.domBids) == 5 and len(book.domAsks) == 5, what="five rows")
    assert book.domBids[0].price < book.domAsks[0].price, book
    ib.cancelMktDepth(contract, isSmartDepth=True)
    bars = ib.reqRealTimeBars(contract, 5, "TRADES", False)
    until(ib, lambda: len(bars) > 0, what="a five-second bar")
    ib.cancelRealTimeBars(bars)


def scans_and_news_answer(ib):
    scan = ScannerSubscription(instrument="STK", locationCode="STK.US", scanCode="TOP_PERC_GAIN", numberOfRows=3)
    assert len(ib.reqScannerData(scan)) == 3
    providers = ib.reqNewsProviders()
    assert providers
    headlines = ib.reqHistoricalNews(265598, providers[0].code, "", "", 2)
    assert headlines, headlines


CHECKS = [
    it_speaks_its_newest_version,
    accounts_and_positions_are_seen,
    a_preview_has_margins,
    an_order_fills_and_another_is_cancelled,
    a_bracket_waits_fills_and_cancels,
    a_chain_has_quotes_with_greeks,
    history_joins_the_present,
    streams_run,
    scans_and_news_answer,
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--client-id", type=int, default=600)
    args = parser.parse_args()
    util.logToConsole("CRITICAL")
    passed = failed = 0
    for number, one in enumerate(CHECKS):
        ib = IB()
        try:
            ib.connect("127.0.0.1", args.port, clientId=args.client_id + number, timeout=15)
            one(ib)
            passed += 1
        except Exception:  # a check must not stop the others
            failed += 1
            print(f"FAILED  {one.__name__}")
            traceback.print_exc(file=sys.stdout)
        finally:
            ib.disconnect()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
