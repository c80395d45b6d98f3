"""Prints how many ticks a second ib_async takes from a flood: ib_async_ticks.py PORT TICKS

The flood is not paced. ib_async cuts each message off the front of all that it has received, so
it is slow when it has received much. Reading little at a time is its best condition, and the one
in which it is measured.
"""

import sys
import time

from ib_async import IB, Stock, util

BYTES_AT_A_TIME = 8 * 1024


def main():
    port, ticks = int(sys.argv[1]), int(sys.argv[2])
    ib = IB()
    ib.connect("127.0.0.1", port, clientId=19, timeout=15)
    ib.client.conn.transport.max_size = BYTES_AT_A_TIME
    contract = Stock("AAPL", "SMART", "USD")
    ib.qualifyContracts(contract)

    ended = []
    wrapper_end = ib.wrapper.tickSnapshotEnd

    def end(request):
        ended.append(time.perf_counter())
        wrapper_end(request)

    ib.wrapper.tickSnapshotEnd = end
    before = ib.client._numMsgRecv
    begun = time.perf_counter()
    ib.reqMktData(contract)
    while not ended:
        ib.waitOnUpdate(timeout=1)
        if time.perf_counter() - begun > 120:
            sys.exit("the flood did not end within 120 s")
    received = ib.client._numMsgRecv - before
    if received < ticks:
        sys.exit(f"{received} of {ticks} messages arrived")
    print(ticks / (ended[0] - begun))
    ib.disconnect()


util.logToConsole("ERROR")
main()
