//! The legs of a question with their prices and markets, and what the account holds beside them.

use super::super::{Desk, words};
use super::bad;
use super::yours::{Priced, Volatilities, Yours};
use crate::error::ApiError;
use crate::view::{PayoffInput, PayoffLegInput};
use gatehouse_analytics::options::assumed::Assumed;
use gatehouse_analytics::options::leg::{Leg, LegKind};
use gatehouse_analytics::options::picture::{OptionMarket, Part};
use gatehouse_domain::Decimal;
use gatehouse_domain::contract::Contract;
use gatehouse_domain::id::{AccountId, ConId};
use gatehouse_domain::instant::UnixMillis;

/// How many legs and positions one picture takes.
const MOST_LEGS: usize = 60;

/// A question's legs, and what is known of them.
pub(super) struct Gathered {
    /// Of one unit.
    pub(super) unit: Vec<Leg>,
    /// Of all units, and of what is held.
    pub(super) parts: Vec<Part>,
    pub(super) underlying: Contract,
    pub(super) spot: Option<Decimal>,
    pub(super) assumed: Assumed,
    /// What the person supposes, beside what the market says.
    pub(super) yours: Vec<Yours>,
    /// Legs without a price of their own, at that of the model.
    pub(super) priced: Vec<Priced>,
    /// What is held and can't be reckoned with, in words.
    pub(super) left_out: Vec<String>,
}

impl Desk {
    pub(super) fn gather(
        &self,
        input: &PayoffInput,
        units: u32,
        rate: Option<Decimal>,
        now: UnixMillis,
    ) -> Result<Gathered, ApiError> {
        let (underlying, contracts) = self.on_one_underlying(&input.legs)?;
        let own = Volatilities::read(input.legs.iter().zip(&contracts))?;
        let assumed = self.assumed(underlying.con_id, rate);
        let spot = self.spot_of(&underlying, input);
        let market = |contract: &Contract| {
            Some(OptionMarket {
                supposed: own.of(contract.con_id),
                ..self.option_market(contract, &underlying)?
            })
        };
        let by_model = |contract: &Contract, kind: LegKind| {
            let (market, LegKind::Option(option)) = (market(contract)?, kind) else {
                return None;
            };
            market.supposed?;
            let price = market.greeks(option, spot?, &assumed, now)?.price?;
            Some(price.round_dp(2))
        };
        let mut priced = Vec::new();
        let mut unit = Vec::new();
        let mut legs: Vec<(&Contract, Leg)> = Vec::new();
        for (leg, contract) in input.legs.iter().zip(contracts) {
            let kind = LegKind::of(contract).ok_or_else(|| no_leg(contract))?;
            let price = match leg.price.trim() {
                "" => self.middle(contract.con_id).or_else(|| {
                    let price = by_model(contract, kind)?;
                    priced.push(Priced {
                        label: contract.label(),
                        price,
                    });
                    Some(price)
                }),
                typed => Some(
                    typed
                        .parse()
                        .map_err(|_| bad(format!("{typed:?} is no price.")))?,
                ),
            };
            let one = |ratio| {
                Leg::new(kind, leg.side, ratio, contract.multiplier, price)
                    .map_err(|why| bad(why.to_string()))
            };
            unit.push(one(leg.ratio)?);
            let ratio = leg.ratio.checked_mul(units);
            let ratio = ratio.ok_or_else(|| bad("That is too many.".into()))?;
            legs.push((contract, one(ratio)?));
        }
        let mut left_out = Vec::new();
        if let Some(account) = &input.account {
            self.add_held(account, &underlying, &mut legs, &mut left_out)?;
        }
        if legs.len() > MOST_LEGS {
            return Err(bad(format!(
                "A picture takes {MOST_LEGS} legs and positions."
            )));
        }
        let parts = legs
            .into_iter()
            .map(|(contract, leg)| Part {
                leg,
                market: market(contract),
            })
            .collect();
        let yours = own.beside(|con_id| {
            let contract = self.contracts.get(&con_id)?;
            let LegKind::Option(option) = LegKind::of(contract)? else {
                return None;
            };
            let market = self.option_market(contract, &underlying)?;
            let told = spot.and_then(|spot| market.greeks(option, spot, &assumed, now));
            let volatility = told.and_then(|told| told.volatility);
            Some((contract.label(), volatility.or(market.volatility)))
        });
        Ok(Gathered {
            unit,
            parts,
            underlying,
            spot,
            assumed,
            yours,
            priced,
            left_out,
        })
    }

    /// The contracts of the legs, and the underlying that all of them are on.
    fn on_one_underlying(
        &self,
        legs: &[PayoffLegInput],
    ) -> Result<(Contract, Vec<&Contract>), ApiError> {
        let mut underlying: Option<ConId> = None;
        let mut contracts = Vec::new();
        for leg in legs {
            let contract = ConId::new(leg.con_id).and_then(|id| self.contracts.get(&id));
            let contract = contract
                .ok_or_else(|| bad("A leg has not been looked up. Open its chain again.".into()))?;
            let under = self.underlying_of.get(&contract.con_id).copied();
            let under = under.unwrap_or(contract.con_id);
            if *underlying.get_or_insert(under) != under {
                return Err(bad("All legs have to be on the same underlying.".into()));
            }
            contracts.push(contract);
        }
        let underlying = underlying.and_then(|id| self.contracts.get(&id));
        let underlying = underlying.ok_or_else(|| bad("Choose at least one leg.".into()))?;
        Ok((underlying.clone(), contracts))
    }

    /// What the account holds of the underlying, from its average cost.
    fn add_held<'a>(
        &'a self,
        account: &str,
        underlying: &Contract,
        legs: &mut Vec<(&'a Contract, Leg)>,
        left_out: &mut Vec<String>,
    ) -> Result<(), ApiError> {
        let account =
            AccountId::new(account).map_err(|_| bad(format!("There is no account {account}.")))?;
        for position in self.on_underlying(&account, underlying) {
            let (contract, quantity) = (&position.contract, position.quantity.value);
            // Without its cost nothing could be said of all of them.
            let cost = position.average_cost;
            match cost.and_then(|cost| Leg::held(contract, quantity, Some(cost))) {
                Some(leg) => legs.push((contract, leg)),
                None => {
                    let why = match contract.is_adjusted() {
                        true => "what it delivers after a corporate action is not known",
                        false => "its size or cost can't be reckoned with",
                    };
                    left_out.push(format!(
                        "{} {} of {account} is left out: {why}.",
                        words::number(quantity),
                        contract.label()
                    ));
                }
            }
        }
        Ok(())
    }
}

fn no_leg(contract: &Contract) -> ApiError {
    let why = match contract.is_adjusted() {
        true => {
            ": it was adjusted after a corporate action, and what it delivers is not known. Read its terms at the exchange"
        }
        false => "",
    };
    bad(format!("{} can't be a leg{why}.", contract.label()))
}
