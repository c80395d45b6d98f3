"""Ten thousand random options, valued by QuantLib and by our model.

    quantlib_values.py --program PATH [--seed N]

PATH is the example `value_options`. The last line is "N passed, M failed" and the exit code is 1
when M is not 0.
"""

import argparse
import json
import math
import random
import subprocess
import sys

import QuantLib as ql

TODAY = ql.Date(21, 11, 2026)
DAYS = ql.Actual365Fixed()
COUNTS = {"european": 5000, "american": 4600, "european_cash": 200, "american_cash": 200}


def made_up(dice, kind):
    """A contract that a chain could hold."""
    price = math.exp(dice.uniform(math.log(5), math.log(6000)))
    volatility = dice.uniform(0.08, 1.2)
    days = dice.choice([dice.randint(1, 60), dice.randint(61, 800)])
    deviation = volatility * math.sqrt(days / 365)
    cash = kind.endswith("cash")
    asked = {
        "right": dice.choice("CP"),
        "american": kind.startswith("american"),
        "price": price,
        "strike": price * math.exp(dice.uniform(-2.2, 2.2) * deviation),
        "rate": dice.uniform(0.0, 0.08),
        "yield": 0.0 if cash else dice.choice([0.0, dice.uniform(0.0, 0.08)]),
        "volatility": volatility,
        "years": days / 365,
        "dividends": [],
        "target": None,
    }
    if cash:
        gaps = sorted(dice.sample(range(1, days + 30), min(days, 3)))
        asked["dividends"] = [[day / 365, price * dice.uniform(0.001, 0.012)] for day in gaps]
    return asked


def process_of(asked):
    flat = lambda rate: ql.YieldTermStructureHandle(ql.FlatForward(TODAY, rate, DAYS))
    volatility = ql.BlackConstantVol(TODAY, ql.NullCalendar(), asked["volatility"], DAYS)
    return ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(asked["price"])),
        flat(asked["yield"]),
        flat(asked["rate"]),
        ql.BlackVolTermStructureHandle(volatility),
    )


def theirs(asked):
    process = process_of(asked)
    days = round(asked["years"] * 365)
    end = TODAY + days
    right = ql.Option.Call if asked["right"] == "C" else ql.Option.Put
    american = asked["american"]
    exercise = ql.AmericanExercise(TODAY, end) if american else ql.EuropeanExercise(end)
    option = ql.VanillaOption(ql.PlainVanillaPayoff(right, asked["strike"]), exercise)
    if asked["dividends"]:
        dates = [TODAY + round(years * 365) for years, _ in asked["dividends"]]
        within = [(d, a) for d, (_, a) in zip(dates, asked["dividends"]) if d <= end]
        dividends = ql.DividendVector([d for d, _ in within], [a for _, a in within])
        if american:
            engine = ql.FdBlackScholesVanillaEngine(
                process, dividends, 400, 600, 2, ql.FdmSchemeDesc.CrankNicolson(), False,
                -ql.nullDouble(), ql.FdBlackScholesVanillaEngine.Escrowed,
            )
        else:
            engine = ql.AnalyticDividendEuropeanEngine(process, dividends)
    elif american:
        engine = ql.QdFpAmericanEngine(process, ql.QdFpAmericanEngine.accurateScheme())
    else:
        engine = ql.AnalyticEuropeanEngine(process)
    option.setPricingEngine(engine)
    return option


def ours(program, asked):
    lines = "".join(json.dumps(one) + "\n" for one in asked)
    ran = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in ran.stdout.splitlines()]


class Check:
    """The worst of a comparison, against what is allowed."""

    def __init__(self, name, allowed):
        self.name, self.allowed, self.worst, self.at, self.count = name, allowed, -1.0, None, 0

    def take(self, off, asked):
        self.count += 1
        if not off <= self.worst:
            self.worst, self.at = off, asked

    def told(self):
        fine = self.count > 0 and self.worst <= self.allowed
        mark = "ok" if fine else "not ok"
        print(f"{mark} - {self.name}: worst {self.worst:.3g} of {self.count}, allowed {self.allowed:g}")
        if not fine:
            print(f"    {self.at}")
        return fine


def compare(kind, asked, answers, checks):
    cash, american = kind.endswith("cash"), kind.startswith("american")
    for one, got in zip(asked, answers):
        if "error" in got:
            raise AssertionError(f"{got['error']}: {one}")
        option = theirs(one)
        price = option.NPV()
        scale = one["price"]
        # What is worth next to nothing is compared by the underlying's price.
        floor = (1e-3 if american else 1e-4) * scale
        checks[kind, "price"].take(abs(got["price"] - price) / max(price, floor), one)
        if not american and not cash:
            vega = option.vega() / 100
            for name, wanted in [
                ("delta", option.delta()),
                ("gamma", option.gamma() * scale),
                ("vega", vega / scale),
                ("theta", option.theta() / 365 / scale),
                ("rho", option.rho() / 100 / scale),
            ]:
                unit = {"delta": 1.0, "gamma": scale}.get(name, 1 / scale)
                off = abs(got[name] * unit - wanted) / max(abs(wanted), 1e-3)
                checks[kind, name].take(off, one)
        if got["implied"] is not None:
            checks[kind, "implied volatility"].take(abs(got["implied"] - one["volatility"]), one)


ALLOWED = {
    ("european", "price"): 1e-6,
    ("european", "delta"): 1e-6,
    ("european", "gamma"): 1e-6,
    ("european", "vega"): 1e-6,
    ("european", "theta"): 1e-6,
    ("european", "rho"): 1e-6,
    ("european", "implied volatility"): 1e-5,
    ("european_cash", "price"): 1e-6,
    ("american", "price"): 5e-3,
    # Another method than ours, and a grid of its own.
    ("american_cash", "price"): 5e-3,
}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--seed", type=int, default=7)
    options = arguments.parse_args()
    ql.Settings.instance().evaluationDate = TODAY
    dice = random.Random(options.seed)
    checks = {key: Check(" ".join(key), allowed) for key, allowed in ALLOWED.items()}
    for kind, count in COUNTS.items():
        asked = [made_up(dice, kind) for _ in range(count)]
        if kind == "european":
            # Where a price hardly moves with volatility it tells of none.
            for one in asked:
                option = theirs(one)
                if option.vega() > 1e-3 * one["price"]:
                    one["target"] = option.NPV()
        compare(kind, asked, ours(options.program, asked), checks)
    results = [check.told() for check in checks.values()]
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
