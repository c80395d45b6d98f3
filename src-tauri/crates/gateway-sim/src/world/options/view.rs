//! What an option is worth and how that moves, as the option computations of market data tell it.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::super::catalog::Catalog;
use super::super::ids::ConId;
use super::super::market::Market;
use super::super::valuation::Prices;
use super::board;
use super::chain::Listed;
use super::instrument::OptionTerms;
use super::pricing::Inputs;
use super::surface;

/// Volatility and greeks at one price. For one unit of the underlying; vega for a point of volatility,
/// theta for a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computation {
    /// A year, 0.2 for 20 %; `None` when no volatility gives the price.
    pub implied_volatility: Option<Decimal>,
    /// Change for a unit of the underlying.
    pub delta: Option<Decimal>,
    /// The option's price.
    pub price: Option<Decimal>,
    /// Present value of the dividends until the end.
    pub pv_dividend: Option<Decimal>,
    /// Change of delta for a unit of the underlying.
    pub gamma: Option<Decimal>,
    /// Change for a point of volatility.
    pub vega: Option<Decimal>,
    /// Change in a day.
    pub theta: Option<Decimal>,
    /// The underlying's price.
    pub underlying: Option<Decimal>,
}

/// The four computations of an option's line; `None` where there is no such price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionView {
    /// At the bid.
    pub bid: Option<Computation>,
    /// At the offer.
    pub ask: Option<Computation>,
    /// At the last trade.
    pub last: Option<Computation>,
    /// At the model's own price.
    pub model: Computation,
}

/// What is reported of trading in one option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionActivity {
    /// Open contracts.
    pub open_interest: Decimal,
}

/// What is reported of the options on an underlying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderlyingActivity {
    /// Volatility that 30-day options at the money imply.
    pub implied_volatility: Decimal,
    /// Open calls, open puts.
    pub open_interest: (Decimal, Decimal),
    /// Calls and puts traded today.
    pub volume: (Decimal, Decimal),
    /// Average contracts traded in a day.
    pub average_volume: Decimal,
}

/// One option with everything around it.
struct Focus<'a> {
    terms: &'a OptionTerms,
    listed: &'a Listed,
    market: Market,
    spot: f64,
    years: f64,
}

fn focus<'a>(prices: Prices<'a>, con_id: ConId) -> Option<Focus<'a>> {
    let catalog: &'a Catalog = prices.catalog;
    let (instrument, listed) = catalog.chains().get(con_id, catalog.instruments())?;
    let terms = instrument.option.as_ref()?;
    let (_, market) = prices.market_of(con_id)?;
    let underlying = prices.market(listed.underlying)?;
    Some(Focus {
        terms,
        listed,
        market: market.into_owned(),
        spot: underlying.spot().middle,
        years: board::years(terms, prices.now),
    })
}

impl Focus<'_> {
    fn inputs(&self, spot: f64) -> Inputs {
        board::inputs(self.terms, self.listed, spot, self.years)
    }

    /// Greeks at the volatility that gives the price.
    fn at_price(&self, price: f64, spot: f64) -> Computation {
        let inputs = self.inputs(spot);
        let Some(volatility) = inputs.implied(price) else {
            return Computation {
                implied_volatility: None,
                delta: None,
                price: figure(price),
                pv_dividend: self.dividends(spot * self.listed.class.size.share()),
                gamma: None,
                vega: None,
                theta: None,
                underlying: figure(spot),
            };
        };
        self.at_volatility(
            &Inputs {
                volatility,
                american: false,
                ..inputs
            },
            Some(price),
        )
    }

    fn at_volatility(&self, inputs: &Inputs, price: Option<f64>) -> Computation {
        let value = inputs.value();
        // What the option is priced by moves so many times as much as its underlying.
        let share = self.listed.class.size.share();
        Computation {
            implied_volatility: figure(inputs.volatility),
            delta: figure(value.delta * share),
            price: figure(price.unwrap_or(value.price)),
            pv_dividend: self.dividends(inputs.spot),
            gamma: figure(value.gamma * share * share),
            vega: figure(value.vega),
            theta: figure(value.theta),
            underlying: figure(inputs.spot / share),
        }
    }

    fn dividends(&self, spot: f64) -> Option<Decimal> {
        figure(spot * (1.0 - (-surface::dividend(self.listed.class) * self.years).exp()))
    }
}

/// All computations of an option's line.
pub(in super::super) fn view(prices: Prices<'_>, con_id: ConId) -> Option<OptionView> {
    let focus = focus(prices, con_id)?;
    let quote = focus.market.quote(&focus.listed.profile);
    let at = |price: Option<Decimal>| Some(focus.at_price(price?.to_f64()?, focus.spot));
    Some(OptionView {
        bid: at(quote.bid),
        ask: at(quote.ask),
        last: at(quote.last),
        model: focus.at_volatility(&focus.inputs(focus.spot), None),
    })
}

/// The option's worth at a volatility and a price of the underlying.
pub(in super::super) fn price_at(
    prices: Prices<'_>,
    con_id: ConId,
    volatility: Decimal,
    underlying: Decimal,
) -> Option<Computation> {
    let focus = focus(prices, con_id)?;
    let (volatility, spot) = (volatility.to_f64()?, underlying.to_f64()?);
    let sound = volatility > 0.0 && volatility <= 9.0 && spot > 0.0;
    let inputs = Inputs {
        volatility,
        ..focus.inputs(spot)
    };
    sound.then(|| focus.at_volatility(&inputs, None))
}

/// The volatility that gives this price at a price of the underlying.
pub(in super::super) fn volatility_at(
    prices: Prices<'_>,
    con_id: ConId,
    price: Decimal,
    underlying: Decimal,
) -> Option<Computation> {
    let focus = focus(prices, con_id)?;
    let spot = underlying.to_f64()?;
    (spot > 0.0).then(|| focus.at_price(price.to_f64().unwrap_or(f64::NAN), spot))
}

/// What is reported of an option besides its quote.
pub(in super::super) fn activity(prices: Prices<'_>, con_id: ConId) -> Option<OptionActivity> {
    let focus = focus(prices, con_id)?;
    let open = board::open_interest(con_id, focus.terms, focus.listed, prices.now);
    Some(OptionActivity {
        open_interest: Decimal::from(open),
    })
}

/// What is reported of the options on an underlying; `None` where there are none.
pub(in super::super) fn on_underlying(
    prices: Prices<'_>,
    con_id: ConId,
) -> Option<UnderlyingActivity> {
    let catalog = prices.catalog;
    let profile = catalog.profiles().get(catalog.position(con_id)?)?;
    if !catalog.chains().has(con_id) {
        return None;
    }
    let day = super::super::calendar::trading_day(prices.now);
    let draw = |salt: i64, around: u64| {
        Decimal::from(around + board::mixed(con_id, day * 8 + salt) % (around / 4))
    };
    Some(UnderlyingActivity {
        implied_volatility: figure(surface::at_the_money(profile, 30.0 / 365.0))?,
        open_interest: (draw(0, 1_400_000), draw(1, 1_100_000)),
        volume: (draw(2, 240_000), draw(3, 190_000)),
        average_volume: draw(4, 450_000),
    })
}

fn figure(value: f64) -> Option<Decimal> {
    Decimal::from_f64(value).map(|value| value.round_dp(8).normalize())
}

/// Shares that can be borrowed where there are plenty.
pub(in super::super) fn plenty(con_id: ConId) -> Decimal {
    Decimal::from(100_000 + board::mixed(con_id, 7) % 9_000_000)
}

/// Shares that can be borrowed where they must be found first.
pub(in super::super) fn few(con_id: ConId) -> Decimal {
    Decimal::from(100 + board::mixed(con_id, 7) % 800)
}

/// Open contracts of a future on a simulated day.
pub(in super::super) fn futures_open(con_id: ConId, day: i64) -> Decimal {
    let base = 200_000 + board::mixed(con_id, 3) % 1_800_000;
    Decimal::from(base + board::mixed(con_id, day) % (base / 20))
}
