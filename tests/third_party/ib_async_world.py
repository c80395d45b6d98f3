"""ib_async, which knows nothing of this project, must see the simulated world.

    ib_async_world.py check --port P                    the whole check
    ib_async_world.py watch-open-order --port P --ref R another client's open order, as JSON
    ib_async_world.py orders --port P                   every order, open or over, as a line of JSON
    ib_async_world.py place --port P --account A --symbol S --side BUY --qty N --limit L --ref R
                                                        places and stays until stdin closes

Without a command it is `check`. The last line of `check` is "N passed, M failed"
and the exit code is 1 when M is not 0.
"""

import argparse
import json
import math
import sys
import time
import traceback
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from ib_async import (
    IB, ComboLeg, Contract, LimitOrder, MarketOrder, Order, PriceCondition, Stock, StopOrder, TagValue,
    TimeCondition, util,
)

ACCOUNTS = 3


def until(ib, condition, seconds=15, what="the condition"):
    """Runs the event loop until condition() is true and returns its value."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come within {seconds} s")
        ib.waitOnUpdate(timeout=0.2)


def connect(args, client_id):
    ib = IB()
    ib.connect(args.host, args.port, clientId=client_id, timeout=15)
    return ib


def ticker(ib, symbol="AAPL"):
    contract = Stock(symbol, "SMART", "USD")
    assert ib.qualifyContracts(contract)[0] is contract, f"{symbol} was not qualified"
    line = ib.reqMktData(contract)
    until(ib, lambda: line.bid > 0 and line.ask > 0, what="a quote")
    return contract, line


def as_another_sees(ib, ref):
    """Open orders with this reference: the library keeps what its own client sent."""
    other = IB()
    other.connect(ib.client.host, ib.client.port, clientId=ib.client.clientId + 500, timeout=15)
    try:
        return [one.order for one in other.reqAllOpenOrders() if one.order.orderRef == ref]
    finally:
        other.disconnect()


def below(line, part=0.8):
    return round(line.bid * part, 2)


# Each check takes the connected client. Failed assertions count, and so does any error.


def versions_agree(ib):
    assert ib.client.serverVersion() == 178, ib.client.serverVersion()


def three_paper_accounts(ib):
    accounts = ib.managedAccounts()
    assert len(accounts) == ACCOUNTS, accounts
    assert all(account.startswith("D") for account in accounts), accounts


def account_types_differ(ib):
    types = {row.value for row in ib.accountSummary() if row.tag == "AccountType"}
    assert len(types) == ACCOUNTS, types


def summary_reconciles_with_positions(ib):
    """Net liquidation = cash + stock at the market, per account and in the base currency."""
    wanted = ("NetLiquidation", "TotalCashValue", "GrossPositionValue", "StockMarketValue")
    rows = {}
    for row in ib.accountSummary():
        if row.tag in wanted and row.currency in ("USD", "BASE"):
            rows.setdefault((row.account, row.tag), {})[row.currency] = float(row.value)
    for account in ib.managedAccounts():
        worth = rows[account, "NetLiquidation"]["USD"]
        cash = rows[account, "TotalCashValue"]["USD"]
        stock = rows[account, "StockMarketValue"]["BASE"]
        # The rows arrive one by one while the market moves.
        assert abs(worth - cash - stock) <= max(1.0, worth * 1e-4), (account, worth, cash, stock)


def portfolio_adds_up(ib):
    """Every position's value is its size times its price, and its profit value minus cost."""
    seen = 0
    account = ib.managedAccounts()[0]
    ib.reqAccountUpdates(account)
    for item in ib.portfolio(account):
        size = float(item.contract.multiplier or 1)
        value = item.position * item.marketPrice * size
        assert math.isclose(item.marketValue, value, abs_tol=0.02), item
        if item.position:
            profit = item.marketValue - item.position * item.averageCost
            assert math.isclose(item.unrealizedPNL, profit, abs_tol=0.02), item
        seen += 1
    assert seen > 0, "no portfolio"


def every_account_has_positions(ib):
    holders = {position.account for position in ib.positions() if position.position}
    assert holders == set(ib.managedAccounts()), holders


def profit_streams(ib):
    account = ib.managedAccounts()[0]
    held = next(position for position in ib.positions(account) if position.position)
    pnl = ib.reqPnL(account)
    single = ib.reqPnLSingle(account, "", held.contract.conId)
    until(ib, lambda: not math.isnan(pnl.dailyPnL), what="account P&L")
    until(ib, lambda: not math.isnan(single.dailyPnL), what="position P&L")
    assert single.position == held.position, (single, held)
    ib.cancelPnL(account)
    ib.cancelPnLSingle(account, "", held.contract.conId)


def contracts_are_found(ib):
    found = ib.reqMatchingSymbols("AAP")
    assert any(one.contract.symbol == "AAPL" for one in found), found
    details = ib.reqContractDetails(Stock("AAPL", "SMART", "USD"))
    assert len(details) == 1 and details[0].contract.conId == 265598, details
    assert details[0].minTick > 0 and details[0].longName, details
    rule = ib.reqMarketRule(int(details[0].marketRuleIds.split(",")[0]))
    assert rule and rule[0].increment > 0, rule


def an_unknown_symbol_is_an_error(ib):
    codes = []
    ib.errorEvent += lambda _id, code, *_: codes.append(code)
    assert ib.reqContractDetails(Stock("NOSUCHTHING", "SMART", "USD")) == []
    assert 200 in codes, codes


def quotes_stream(ib):
    contract, line = ticker(ib)
    assert line.bid < line.ask, (line.bid, line.ask)
    moves = []
    line.updateEvent += lambda tick: moves.append((tick.bid, tick.ask, tick.last))
    until(ib, lambda: len(set(moves)) >= 3, what="moving quotes")
    ib.cancelMktData(contract)


def a_snapshot_ends(ib):
    contract = ib.qualifyContracts(Stock("MSFT", "SMART", "USD"))[0]
    [tick] = ib.reqTickers(contract)
    assert tick.bid > 0 and tick.ask > tick.bid, tick


def delayed_quotes_are_marked(ib):
    codes = []
    ib.errorEvent += lambda _id, code, *_: codes.append(code)
    ib.reqMarketDataType(3)
    contract = ib.qualifyContracts(Stock("KO", "SMART", "USD"))[0]
    line = ib.reqMktData(contract)
    until(ib, lambda: line.bid > 0, what="a delayed quote")
    assert line.marketDataType == 3 and 10167 in codes, (line.marketDataType, codes)
    ib.cancelMktData(contract)
    ib.reqMarketDataType(1)


def a_preview_has_margins(ib):
    contract, line = ticker(ib)
    order = LimitOrder("BUY", 10, below(line), account=ib.managedAccounts()[0])
    state = ib.whatIfOrder(contract, order)
    before, change, after = (
        float(getattr(state, f"initMargin{when}")) for when in ("Before", "Change", "After")
    )
    assert 0 < change < 1e9, state
    assert math.isclose(before + change, after, abs_tol=0.01), state
    assert 0 < state.commission < 100, state
    assert not ib.reqOpenOrders(), "a preview left an order"


def a_limit_order_rests_and_is_cancelled(ib):
    codes = []
    ib.errorEvent += lambda _id, code, *_: codes.append(code)
    contract, line = ticker(ib)
    order = LimitOrder("BUY", 10, below(line), account=ib.managedAccounts()[0], orderRef="rest")
    trade = ib.placeOrder(contract, order)
    until(ib, lambda: trade.orderStatus.status == "Submitted", what="Submitted")
    assert trade.order.permId > 0, trade
    [seen] = [one for one in ib.reqOpenOrders() if one.order.orderRef == "rest"]
    assert seen.order.lmtPrice == below(line) or seen.order.lmtPrice == order.lmtPrice, seen
    ib.cancelOrder(order)
    until(ib, lambda: trade.orderStatus.status == "Cancelled", what="Cancelled")
    until(ib, lambda: 202 in codes, what="code 202")
    done = [one for one in ib.reqCompletedOrders(False) if one.order.orderRef == "rest"]
    assert done and done[-1].orderStatus.status == "Cancelled", done


def a_market_order_fills_with_its_commission(ib):
    account = ib.managedAccounts()[0]
    contract, line = ticker(ib, "MSFT")

    def held():
        return sum(p.position for p in ib.positions(account) if p.contract.conId == contract.conId)

    before = held()
    trade = ib.placeOrder(contract, MarketOrder("BUY", 2, account=account, orderRef="fill"))
    until(ib, lambda: trade.orderStatus.status == "Filled", what="Filled")
    assert trade.filled() == 2 and abs(trade.orderStatus.avgFillPrice / line.ask - 1) < 0.05, trade
    until(ib, lambda: trade.fills and trade.fills[-1].commissionReport.commission > 0, what="a commission")
    until(ib, lambda: held() == before + 2, what="the new position")
    executed = [fill for fill in ib.reqExecutions() if fill.execution.orderRef == "fill"]
    assert sum(fill.execution.shares for fill in executed) >= 2, executed


def a_large_order_fills_in_parts(ib):
    account = ib.managedAccounts()[0]
    contract, line = ticker(ib, "F")
    parts = []
    order = LimitOrder("BUY", 10000, round(line.ask * 1.02, 2), account=account, orderRef="parts")
    trade = ib.placeOrder(contract, order)
    trade.statusEvent += lambda one: parts.append(one.orderStatus.filled)
    until(ib, lambda: trade.orderStatus.status == "Filled", seconds=60, what="Filled")
    assert len(trade.fills) > 1, f"filled in one part: {trade.fills}"
    assert any(0 < part < 10000 for part in parts), parts
    assert sum(fill.execution.shares for fill in trade.fills) == 10000, trade.fills


def a_change_moves_the_limit(ib):
    contract, line = ticker(ib)
    order = LimitOrder("BUY", 3, below(line, 0.8), account=ib.managedAccounts()[0], orderRef="move")
    trade = ib.placeOrder(contract, order)
    until(ib, lambda: trade.orderStatus.status == "Submitted", what="Submitted")
    order.lmtPrice = below(line, 0.7)
    ib.placeOrder(contract, order)

    def moved():
        open_now = [one for one in ib.reqAllOpenOrders() if one.order.orderRef == "move"]
        return len(open_now) == 1 and open_now[0].order.lmtPrice == order.lmtPrice

    until(ib, moved, what="the new limit")
    ib.cancelOrder(order)
    until(ib, lambda: trade.isDone(), what="Cancelled")


def a_bad_order_is_refused(ib):
    contract, line = ticker(ib)
    codes = []
    ib.errorEvent += lambda _id, code, *_: codes.append(code)
    order = LimitOrder("BUY", 10, below(line), account="DU0000000")
    ib.placeOrder(contract, order)
    until(ib, lambda: any(code < 2000 for code in codes), what="a refusal")
    assert not [one for one in ib.reqAllOpenOrders() if one.order.account == "DU0000000"]


def a_bracket_waits_fills_and_cancels(ib):
    """Silent until its last part; children wait for the parent, and one child ends the other."""
    account = ib.managedAccounts()[0]
    contract, line = ticker(ib)
    high, low = round(line.ask * 1.05, 2), below(line, 0.9)
    parts = ib.bracketOrder("BUY", 3, round(line.ask * 1.02, 2), high, low)
    for part in parts:
        part.account, part.orderRef = account, "bracket"
    parent = ib.placeOrder(contract, parts[0])
    ib.sleep(0.5)
    assert parent.orderStatus.status in ("", "PendingSubmit"), parent.orderStatus
    children = [ib.placeOrder(contract, part) for part in parts[1:]]
    until(ib, lambda: parent.orderStatus.status == "Filled", what="the parent's fill")
    until(ib, lambda: children[0].orderStatus.status == "Submitted", what="the profit taker at work")
    assert children[1].orderStatus.status == "PreSubmitted", children[1].orderStatus
    assert children[0].orderStatus.parentId == parts[0].orderId, children[0].orderStatus
    opened = as_another_sees(ib, "bracket")
    assert {order.ocaType for order in opened} == {3} and len({order.ocaGroup for order in opened}) == 1, opened
    parts[1].lmtPrice, parts[1].transmit = round(line.bid * 0.99, 2), True
    ib.placeOrder(contract, parts[1])
    until(ib, lambda: children[0].orderStatus.status == "Filled", what="the profit")
    until(ib, lambda: children[1].orderStatus.status == "Cancelled", what="the stop's end")


def a_cancelled_parent_takes_its_children(ib):
    contract, line = ticker(ib)
    parts = ib.bracketOrder("BUY", 3, below(line), round(line.ask * 1.05, 2), below(line, 0.7))
    for part in parts:
        part.account = ib.managedAccounts()[0]
    trades = [ib.placeOrder(contract, part) for part in parts]
    until(ib, lambda: trades[0].orderStatus.status == "Submitted", what="Submitted")
    assert [trade.orderStatus.status for trade in trades[1:]] == ["PreSubmitted"] * 2, trades
    ib.cancelOrder(parts[0])
    until(ib, lambda: all(trade.orderStatus.status == "Cancelled" for trade in trades), what="all ends")


def one_fill_cancels_the_group(ib):
    account = ib.managedAccounts()[0]
    contract, line = ticker(ib)
    orders = [LimitOrder("BUY", 2, below(line), account=account), LimitOrder("BUY", 2, below(line, 0.7), account=account)]
    orders = ib.oneCancelsAll(orders, f"group-{time.time()}", 1)
    trades = [ib.placeOrder(contract, order) for order in orders]
    until(ib, lambda: all(trade.orderStatus.status == "Submitted" for trade in trades), what="Submitted")
    orders[0].lmtPrice = round(line.ask * 1.02, 2)
    ib.placeOrder(contract, orders[0])
    until(ib, lambda: trades[0].orderStatus.status == "Filled", what="Filled")
    until(ib, lambda: trades[1].orderStatus.status == "Cancelled", what="the other's end")
    assert trades[1].filled() == 0, trades[1]


def a_trailing_stop_trails(ib):
    contract, line = ticker(ib)
    order = Order(
        action="SELL", totalQuantity=1, orderType="TRAIL", trailingPercent=5.0, tif="GTC",
        account=ib.managedAccounts()[0], orderRef="trail",
    )
    trade = ib.placeOrder(contract, order)
    until(ib, lambda: trade.orderStatus.status == "PreSubmitted", what="PreSubmitted")
    ib.sleep(0.6)
    [seen] = as_another_sees(ib, "trail")
    assert seen.trailingPercent == 5.0 and 0.9 < seen.trailStopPrice / line.bid < 0.97, seen
    ib.cancelOrder(order)
    until(ib, lambda: trade.orderStatus.status == "Cancelled", what="Cancelled")


def an_algorithm_works_the_order(ib):
    codes = []
    ib.errorEvent += lambda _id, code, *_: codes.append(code)
    account = ib.managedAccounts()[0]
    contract, line = ticker(ib, "MSFT")
    order = LimitOrder("BUY", 20, round(line.ask * 1.02, 2), account=account)
    order.algoStrategy = "Adaptive"
    order.algoParams = [TagValue("adaptivePriority", "Urgent")]
    trade = ib.placeOrder(contract, order)
    until(ib, lambda: trade.orderStatus.status == "Filled", seconds=30, what="Filled")
    assert len(trade.fills) > 1 and sum(fill.execution.shares for fill in trade.fills) == 20, trade.fills
    wrong = LimitOrder("BUY", 20, below(line), account=account)
    wrong.algoStrategy, wrong.algoParams = "Vwap", [TagValue("maxPctVol", "7")]
    ib.placeOrder(contract, wrong)
    until(ib, lambda: 441 in codes, what="a refusal of the parameter")


def a_conditional_order_waits(ib):
    contract, line = ticker(ib)
    account = ib.managedAccounts()[0]
    order = MarketOrder("BUY", 1, account=account, orderRef="if")
    order.conditions = [
        PriceCondition(conId=contract.conId, exch="SMART", isMore=True, price=round(line.ask * 2, 2), conjunction="o"),
        TimeCondition(isMore=True, time="20991231 23:59:59 UTC"),
    ]
    trade = ib.placeOrder(contract, order)
    until(ib, lambda: trade.orderStatus.status == "PreSubmitted", what="PreSubmitted")
    ib.sleep(1)
    assert trade.orderStatus.status == "PreSubmitted", trade
    [seen] = as_another_sees(ib, "if")
    assert [type(one) for one in seen.conditions] == [PriceCondition, TimeCondition], seen.conditions
    assert seen.conditions[0].conjunction == "o", seen.conditions
    order.conditions[0].price = round(line.ask / 2, 2)
    ib.placeOrder(contract, order)
    until(ib, lambda: trade.orderStatus.status == "Filled", what="Filled")


def a_combination_fills_its_legs(ib):
    account = ib.managedAccounts()[0]
    first, bought = ticker(ib, "AAPL")
    second, sold = ticker(ib, "MSFT")
    legs = [
        ComboLeg(conId=first.conId, ratio=1, action="BUY", exchange="SMART"),
        ComboLeg(conId=second.conId, ratio=1, action="SELL", exchange="SMART"),
    ]
    contract = Contract(symbol="AAPL,MSFT", secType="BAG", exchange="SMART", currency="USD", comboLegs=legs)
    preview = ib.whatIfOrder(contract, MarketOrder("BUY", 2, account=account))
    assert float(preview.initMarginAfter) > 0, preview
    price = round(bought.ask - sold.bid + 5, 2)
    trade = ib.placeOrder(contract, LimitOrder("BUY", 2, price, account=account))
    until(ib, lambda: trade.orderStatus.status == "Filled", what="Filled")
    until(ib, lambda: len(trade.fills) == 3, what="three executions")
    assert [fill.contract.secType for fill in trade.fills] == ["BAG", "STK", "STK"], trade.fills
    assert trade.orderStatus.avgFillPrice < 0 and trade.orderStatus.avgFillPrice <= price, trade.orderStatus


def a_stop_is_held(ib):
    contract, line = ticker(ib)
    order = StopOrder("SELL", 1, below(line, 0.9), account=ib.managedAccounts()[0], tif="GTC")
    trade = ib.placeOrder(contract, order)
    until(ib, lambda: trade.orderStatus.status == "PreSubmitted", what="PreSubmitted")
    assert trade.orderStatus.whyHeld == "trigger", trade.orderStatus
    ib.cancelOrder(order)
    until(ib, lambda: trade.orderStatus.status == "Cancelled", what="Cancelled")


CHECKS = [
    versions_agree,
    three_paper_accounts,
    account_types_differ,
    summary_reconciles_with_positions,
    portfolio_adds_up,
    every_account_has_positions,
    profit_streams,
    contracts_are_found,
    an_unknown_symbol_is_an_error,
    quotes_stream,
    a_snapshot_ends,
    delayed_quotes_are_marked,
    a_preview_has_margins,
    a_limit_order_rests_and_is_cancelled,
    a_market_order_fills_with_its_commission,
    a_large_order_fills_in_parts,
    a_change_moves_the_limit,
    a_bad_order_is_refused,
    a_bracket_waits_fills_and_cancels,
    a_cancelled_parent_takes_its_children,
    one_fill_cancels_the_group,
    a_trailing_stop_trails,
    an_algorithm_works_the_order,
    a_conditional_order_waits,
    a_combination_fills_its_legs,
    a_stop_is_held,
]


def check(args):
    passed = failed = 0
    for number, one in enumerate(CHECKS):
        ib = None
        try:
            # A client of its own for each, so that none leans on another's subscriptions.
            ib = connect(args, args.client_id + number)
            one(ib)
            passed += 1
            print(f"ok      {one.__name__}")
        except Exception:  # a check must not stop the others
            failed += 1
            print(f"FAILED  {one.__name__}")
            traceback.print_exc(file=sys.stdout)
        finally:
            if ib is not None:
                ib.disconnect()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def watch_open_order(args):
    ib = connect(args, args.client_id)
    try:
        deadline = time.monotonic() + args.timeout
        while time.monotonic() < deadline:
            for trade in ib.reqAllOpenOrders():
                order = trade.order
                if order.orderRef == args.ref and order.clientId != args.client_id:
                    print(json.dumps({
                        "account": order.account,
                        "symbol": trade.contract.symbol,
                        "side": order.action,
                        "qty": order.totalQuantity,
                        "limit": order.lmtPrice,
                        "status": trade.orderStatus.status,
                        "permId": order.permId,
                        "clientId": order.clientId,
                        "ref": order.orderRef,
                    }), flush=True)
                    return 0
            ib.sleep(0.2)
    finally:
        ib.disconnect()
    print(f"no open order with the reference {args.ref}", file=sys.stderr)
    return 1


def told(number):
    """A number that was told; None for one that is unset."""
    return None if number in (util.UNSET_DOUBLE, util.UNSET_INTEGER) else number


def seconds(moment):
    """A moment on the wire as seconds since 1970: with a zone's name, or in UTC."""
    if not moment:
        return None
    if "-" in moment[:9]:
        zone, form = timezone.utc, "%Y%m%d-%H:%M:%S"
    else:
        moment, zone = moment.rsplit(" ", 1)
        zone, form = ZoneInfo(zone), "%Y%m%d %H:%M:%S"
    return int(datetime.strptime(moment, form).replace(tzinfo=zone).timestamp())


def condition_as_read(condition):
    read = {"kind": type(condition).__name__.removesuffix("Condition"), "and": condition.conjunction == "a"}
    for name in ("isMore", "price", "conId", "exch", "percent", "volume", "changePercent", "secType", "symbol"):
        if hasattr(condition, name):
            read[name] = getattr(condition, name)
    if hasattr(condition, "time"):
        read["time"] = seconds(condition.time)
    return read


def order_as_read(contract, order, over):
    return {
        "ref": order.orderRef,
        "over": over,
        "id": order.orderId,
        "parent": order.parentId,
        "account": order.account,
        "secType": contract.secType,
        "conId": contract.conId,
        "legs": [[leg.conId, leg.ratio, (leg.action == "BUY") == (order.action == "BUY")] for leg in contract.comboLegs],
        "action": order.action,
        "quantity": order.totalQuantity,
        "type": order.orderType,
        "limit": told(order.lmtPrice),
        "aux": told(order.auxPrice),
        "trailPercent": told(order.trailingPercent),
        "trailStop": told(order.trailStopPrice),
        "limitOffset": told(order.lmtPriceOffset),
        "tif": order.tif,
        "until": seconds(order.goodTillDate),
        "outsideRth": order.outsideRth,
        "hidden": order.hidden,
        "displaySize": told(order.displaySize),
        "allOrNone": order.allOrNone,
        "minQuantity": told(order.minQty),
        "group": order.ocaGroup,
        "groupType": order.ocaType,
        "algo": order.algoStrategy,
        "algoParams": {param.tag: param.value for param in order.algoParams},
        "conditions": [condition_as_read(condition) for condition in order.conditions],
        "conditionsCancel": order.conditionsCancelOrder,
        "conditionsIgnoreRth": order.conditionsIgnoreRth,
    }


def orders(args):
    ib = connect(args, args.client_id)
    try:
        listed = [(trade.contract, trade.order, False) for trade in ib.reqAllOpenOrders()]
        listed += [(trade.contract, trade.order, True) for trade in ib.reqCompletedOrders(False)]
        for contract, order, over in listed:
            print(json.dumps(order_as_read(contract, order, over)), flush=True)
    finally:
        ib.disconnect()
    return 0


def place(args):
    ib = connect(args, args.client_id)
    try:
        contract = Stock(args.symbol, "SMART", "USD")
        if not ib.qualifyContracts(contract)[0]:
            print(f"unknown symbol {args.symbol}", file=sys.stderr)
            return 1
        order = LimitOrder(args.side, args.qty, args.limit, account=args.account, orderRef=args.ref)
        trade = ib.placeOrder(contract, order)
        until(ib, lambda: trade.orderStatus.status not in ("", "PendingSubmit"), what="an answer")
        print(json.dumps({
            "status": trade.orderStatus.status,
            "orderId": trade.order.orderId,
            "permId": trade.order.permId,
        }), flush=True)
        closed = []
        loop = util.getLoop()
        loop.run_in_executor(None, lambda: closed.append(sys.stdin.read() is not None))
        while not closed and ib.isConnected():
            ib.waitOnUpdate(timeout=0.2)
    finally:
        ib.disconnect()
    return 0


def main():
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--host", default="127.0.0.1")
    common.add_argument("--port", type=int, required=True)
    common.add_argument("--client-id", type=int, default=700)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", parents=[common]).set_defaults(run=check)
    commands.add_parser("orders", parents=[common]).set_defaults(run=orders)
    watching = commands.add_parser("watch-open-order", parents=[common])
    watching.add_argument("--ref", required=True)
    watching.add_argument("--timeout", type=float, default=30)
    watching.set_defaults(run=watch_open_order)
    placing = commands.add_parser("place", parents=[common])
    placing.add_argument("--account", required=True)
    placing.add_argument("--symbol", required=True)
    placing.add_argument("--side", choices=["BUY", "SELL"], required=True)
    placing.add_argument("--qty", type=float, required=True)
    placing.add_argument("--limit", type=float, required=True)
    placing.add_argument("--ref", required=True)
    placing.set_defaults(run=place)
    words = sys.argv[1:]
    if not words or words[0].startswith("--") and words[0] not in ("-h", "--help"):
        words = ["check", *words]
    args = parser.parse_args(words)
    # Expected refusals are logged as errors by the library; the checks judge them.
    util.logToConsole("CRITICAL")
    return args.run(args)


if __name__ == "__main__":
    sys.exit(main())
