"""Prints the milliseconds until ib_async has an option chain, and the messages that it took, as the
gateway counts them: ib_async_chain.py PORT STRIKES DAY CONTROL TOKEN

The usual way of its documentation: the parameters of the chain, qualifyContracts on the strikes
around the money, reqTickers on those; DAY is the expiry's. With 0 STRIKES it is every one that
is listed in it.
"""

import json
import socket
import sys
import time

from ib_async import IB, Option, Stock, util


class Control:
    """The gateway's control port."""

    def __init__(self, port, token):
        self.lines = socket.create_connection(("127.0.0.1", port)).makefile("rw")
        self.say(token=token)

    def say(self, **words):
        self.lines.write(json.dumps(words) + "\n")
        self.lines.flush()
        return json.loads(self.lines.readline())

    def messages(self):
        return self.say(do="status")["state"]["requests"]


def main():
    port, strikes, day = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    control = Control(int(sys.argv[4]), sys.argv[5])
    ib = IB()
    ib.connect("127.0.0.1", port, clientId=19, timeout=15)
    stock = Stock("AAPL", "SMART", "USD")
    ib.qualifyContracts(stock)
    ticker = ib.reqMktData(stock)
    while not ticker.last > 0:
        ib.waitOnUpdate(timeout=1)
    # No earlier message counts against the limit any more.
    ib.sleep(1.2)
    before = control.messages()

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
    taken = (time.perf_counter() - begun) * 1000
    if sum(1 for one in tickers if one.modelGreeks) < len(listed) or len(listed) < 2 * strikes:
        sys.exit(f"{len(tickers)} tickers came, not all with greeks")
    print(taken, control.messages() - before)
    ib.disconnect()


util.logToConsole("CRITICAL")
main()
