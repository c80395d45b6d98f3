"""ib_insync, which is no longer looked after but much used, on the simulated gateway.

    ib_insync_world.py --port P

The last line is "N passed, M failed" and the exit code is 1 when M is not 0.
"""

import argparse
import math
import sys
import time
import traceback

from ib_insync import IB, LimitOrder, MarketOrder, ScannerSubscription, Stock, util


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
    assert ib.client.serverVersion() == 176, ib.client.serverVersion()


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
