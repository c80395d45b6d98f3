"""Prints the milliseconds until ib_async has an option chain: ib_async_chain.py PORT STRIKES DAY

The usual way of its documentation: the parameters of the chain, qualifyContracts on the strikes
around the money, reqTickers on those; DAY is the expiry's. With 0 STRIKES it is every one that
is listed in it.
"""

import sys
import time

from ib_async import IB, Option, Stock, util


def main():
    port, strikes, day = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    ib = IB()
    ib.connect("127.0.0.1", port, clientId=19, timeout=15)
    stock = Stock("AAPL", "SMART", "USD")
    ib.qualifyContracts(stock)
    ticker = ib.reqMktData(stock)
    while not ticker.last > 0:
        ib.waitOnUpdate(timeout=1)
    # No earlier message counts against the limit any more.
    ib.sleep(1.2)

    begun = time.perf_counter()
    chains = ib.reqSecDefOptParams(stock.symbol, "", stock.secType, stock.conId)
    chain = next(chain for chain in chains if chain.exchange == "SMART" and day in chain.expirations)
    # More strikes than wanted: not every one is listed in every expiry.
    near = sorted(chain.strikes, key=lambda strike: abs(strike - ticker.last))[: 2 * strikes or None]
    wanted = [
        Option(stock.symbol, day, strike, right, "SMART", tradingClass=chain.tradingClass)
        for strike in near
        for right in "CP"
    ]
    listed = [contract for contract in ib.qualifyContracts(*wanted) if contract and contract.conId]
    listed = listed[: 2 * strikes or None]
    tickers = ib.reqTickers(*listed)
    if sum(1 for one in tickers if one.modelGreeks) < len(listed) or len(listed) < 2 * strikes:
        sys.exit(f"{len(tickers)} tickers came, not all with greeks")
    print((time.perf_counter() - begun) * 1000)
    ib.disconnect()


util.logToConsole("CRITICAL")
main()
