//! US stocks, ETFs, partnerships, and the index.

#![allow(clippy::inconsistent_digit_grouping)] // Prices are in cents, grouped as dollars_cents.

use rust_decimal::Decimal;

use super::super::currency::Currency;
use super::super::ids::ConId;
use super::super::instrument::{Instrument, SecType};
use super::{GOOGL, OWN_IDS, Profile, SPY, cadence, rules};

const NASDAQ: &str = "NASDAQ";
const NYSE: &str = "NYSE";
const ARCA: &str = "ARCA";

pub(super) const VENUES: [&str; 10] = [
    "SMART",
    "NYSE",
    "ARCA",
    "NASDAQ",
    "BATS",
    "EDGX",
    "IEX",
    "MEMX",
    "IBEOS",
    "OVERNIGHT",
];
pub(super) const ORDER_TYPES: &str = "ACTIVETIM,AD,ADJUST,ALERT,ALGO,ALLOC,AON,COND,DAY,DIS,DUR,FOK,GAT,GTC,GTD,GTT,HID,ICE,IOC,LIT,LMT,LOC,MIDPX,MIT,MKT,MOC,MTL,NGCOMB,OCA,OPENCLOSE,OPG,OUTSIDERTH,PEGMID,REL,SCALE,STP,STPLMT,TRAIL,TRAILLIT,TRAILLMT,TRAILMIT,WHATIF";

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Common,
    Fund,
    Partnership,
}

/// conId, symbol, name, listing, form, industry, category, price in cents, volatility, size.
type Row = (
    i32,
    &'static str,
    &'static str,
    &'static str,
    Form,
    &'static str,
    &'static str,
    i64,
    i64,
    i64,
);

const TECH: &str = "Technology";
const COMM: &str = "Communications";
const CYCL: &str = "Consumer, Cyclical";
const STAP: &str = "Consumer, Non-cyclical";
const FIN: &str = "Financial";
const INDU: &str = "Industrial";
const ENER: &str = "Energy";
const FUND: &str = "Funds";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    (265598,    "AAPL",  "APPLE INC",                       NASDAQ, Form::Common, TECH, "Computers",      272_15, 26, 400),
    (272093,    "MSFT",  "MICROSOFT CORP",                  NASDAQ, Form::Common, TECH, "Software",       471_80, 24, 200),
    (4815747,   "NVDA",  "NVIDIA CORP",                     NASDAQ, Form::Common, TECH, "Semiconductors", 187_40, 42, 600),
    (76792991,  "TSLA",  "TESLA INC",                       NASDAQ, Form::Common, CYCL, "Auto Manufacturers", 441_30, 52, 300),
    (3691937,   "AMZN",  "AMAZON.COM INC",                  NASDAQ, Form::Common, COMM, "Internet",       230_60, 30, 400),
    (208813719, "GOOGL", "ALPHABET INC-CL A",               NASDAQ, Form::Common, COMM, "Internet",       314_70, 29, 300),
    (208813720, "GOOG",  "ALPHABET INC-CL C",               NASDAQ, Form::Common, COMM, "Internet",       315_60, 29, 300),
    (107113386, "META",  "META PLATFORMS INC-CLASS A",      NASDAQ, Form::Common, COMM, "Internet",       661_20, 33, 200),
    (15124833,  "NFLX",  "NETFLIX INC",                     NASDAQ, Form::Common, COMM, "Internet",        94_35, 34, 300),
    (4391,      "AMD",   "ADVANCED MICRO DEVICES",          NASDAQ, Form::Common, TECH, "Semiconductors", 215_25, 48, 400),
    (270639,    "INTC",  "INTEL CORP",                      NASDAQ, Form::Common, TECH, "Semiconductors",  39_80, 45, 900),
    (8314,      "IBM",   "INTL BUSINESS MACHINES CORP",     NYSE,   Form::Common, TECH, "Computers",      299_10, 24, 200),
    (272800,    "ORCL",  "ORACLE CORP",                     NYSE,   Form::Common, TECH, "Software",       196_45, 38, 200),
    (265768,    "ADBE",  "ADOBE INC",                       NASDAQ, Form::Common, TECH, "Software",       349_90, 31, 200),
    (268084,    "CSCO",  "CISCO SYSTEMS INC",               NASDAQ, Form::Common, COMM, "Telecommunications", 77_05, 22, 500),
    (1520593,   "JPM",   "JPMORGAN CHASE & CO",             NYSE,   Form::Common, FIN,  "Banks",          321_75, 23, 200),
    (10098,     "BAC",   "BANK OF AMERICA CORP",            NYSE,   Form::Common, FIN,  "Banks",           54_90, 25, 900),
    (49462172,  "V",     "VISA INC-CLASS A SHARES",         NYSE,   Form::Common, FIN,  "Diversified Financial Services", 346_20, 20, 200),
    (38685693,  "MA",    "MASTERCARD INC - A",              NYSE,   Form::Common, FIN,  "Diversified Financial Services", 571_40, 20, 100),
    (8894,      "KO",    "COCA-COLA CO/THE",                NYSE,   Form::Common, STAP, "Beverages",       69_85, 15, 900),
    (11031,     "PFE",   "PFIZER INC",                      NYSE,   Form::Common, STAP, "Pharmaceuticals", 24_95, 22, 2_000),
    (8719,      "JNJ",   "JOHNSON & JOHNSON",               NYSE,   Form::Common, STAP, "Pharmaceuticals", 207_30, 16, 200),
    (11054,     "PG",    "PROCTER & GAMBLE CO/THE",         NYSE,   Form::Common, STAP, "Cosmetics/Personal Care", 143_60, 16, 300),
    (13824,     "WMT",   "WALMART INC",                     NASDAQ, Form::Common, CYCL, "Retail",         112_10, 21, 400),
    (272997,    "COST",  "COSTCO WHOLESALE CORP",           NASDAQ, Form::Common, CYCL, "Retail",         881_00, 21, 100),
    (7930,      "HD",    "HOME DEPOT INC",                  NYSE,   Form::Common, CYCL, "Retail",         345_45, 22, 200),
    (6459,      "DIS",   "WALT DISNEY CO/THE",              NYSE,   Form::Common, COMM, "Media",          114_20, 26, 300),
    (4762,      "BA",    "BOEING CO/THE",                   NYSE,   Form::Common, INDU, "Aerospace/Defense", 219_80, 33, 200),
    (5437,      "CAT",   "CATERPILLAR INC",                 NYSE,   Form::Common, INDU, "Machinery-Constr&Mining", 591_10, 30, 100),
    (5684,      "CVX",   "CHEVRON CORP",                    NYSE,   Form::Common, ENER, "Oil&Gas",        152_35, 23, 300),
    (37018770,  "T",     "AT&T INC",                        NYSE,   Form::Common, COMM, "Telecommunications", 24_55, 20, 2_000),
    (4901,      "VZ",    "VERIZON COMMUNICATIONS INC",      NYSE,   Form::Common, COMM, "Telecommunications", 40_60, 20, 1_200),
    (9599491,   "F",     "FORD MOTOR CO",                   NYSE,   Form::Common, CYCL, "Auto Manufacturers", 13_30, 32, 4_000),
    (756733,    "SPY",   "SS SPDR S&P 500 ETF TRUST-US",    ARCA,   Form::Fund,   FUND, "Equity Fund",    688_40, 15, 1_000),
    (320227571, "QQQ",   "INVESCO QQQ TRUST SERIES 1",      NASDAQ, Form::Fund,   FUND, "Equity Fund",    619_25, 19, 800),
    (9579970,   "IWM",   "ISHARES RUSSELL 2000 ETF",        ARCA,   Form::Fund,   FUND, "Equity Fund",    248_10, 21, 800),
    (73128548,  "DIA",   "SS SPDR DOW JONES INDUSTRIAL AVERAGE ETF TRUST", ARCA, Form::Fund, FUND, "Equity Fund", 484_30, 14, 300),
    (136155102, "VOO",   "VANGUARD S&P 500 ETF",            ARCA,   Form::Fund,   FUND, "Equity Fund",    632_90, 15, 400),
    (12340041,  "VTI",   "VANGUARD TOTAL STOCK MARKET ETF", ARCA,   Form::Fund,   FUND, "Equity Fund",    338_55, 15, 400),
    (51529211,  "GLD",   "SPDR GOLD SHARES",                ARCA,   Form::Fund,   FUND, "Commodity Fund", 398_70, 18, 500),
    (39039301,  "SLV",   "ISHARES SILVER TRUST",            ARCA,   Form::Fund,   FUND, "Commodity Fund",  65_90, 32, 900),
    (15547841,  "TLT",   "ISHARES 20+ YEAR TREASURY BOND ETF", NASDAQ, Form::Fund, FUND, "Debt Fund",      87_30, 13, 1_500),
    (OWN_IDS + 1, "EPD",  "ENTERPRISE PRODUCTS PARTNERS LP", NYSE,  Form::Partnership, ENER, "Pipelines",   32_05, 17, 700),
    (OWN_IDS + 2, "ET",   "ENERGY TRANSFER LP",             NYSE,   Form::Partnership, ENER, "Pipelines",   16_50, 21, 2_500),
    (OWN_IDS + 3, "MPLX", "MPLX LP",                        NYSE,   Form::Partnership, ENER, "Pipelines",   53_45, 18, 400),
    (OWN_IDS + 4, "PAA",  "PLAINS ALL AMERICAN PIPELINE LP", NASDAQ, Form::Partnership, ENER, "Pipelines",  18_10, 22, 900),
    (OWN_IDS + 5, "WES",  "WESTERN MIDSTREAM PARTNERS LP",  NYSE,   Form::Partnership, ENER, "Pipelines",   39_55, 22, 400),
];

pub(super) fn list() -> impl Iterator<Item = (Instrument, Profile)> {
    ROWS.iter().map(listed)
}

fn listed(row: &Row) -> (Instrument, Profile) {
    let (con_id, symbol, name, listing, form, industry, category, cents, volatility, size) = *row;
    let instrument = Instrument {
        con_id: ConId::new(con_id),
        symbol: symbol.to_owned(),
        local_symbol: symbol.to_owned(),
        trading_class: if listing == NASDAQ {
            "NMS".to_owned()
        } else {
            symbol.to_owned()
        },
        sec_type: SecType::Stock,
        currency: Currency::Usd,
        pair_base: None,
        long_name: name.to_owned(),
        stock_type: match form {
            Form::Common => "COMMON",
            Form::Fund => "ETF",
            Form::Partnership => "MLP",
        },
        industry,
        category,
        is_mlp: form == Form::Partnership,
        exchange: "SMART",
        primary_exchange: listing,
        valid_exchanges: VENUES.to_vec(),
        market_rule_ids: vec![rules::US_STOCK; VENUES.len()],
        min_tick: rules::smallest_tick(rules::US_STOCK),
        multiplier: Decimal::ONE,
        future: None,
        option: None,
        min_size: Decimal::ONE,
        size_increment: Decimal::ONE,
        suggested_size_increment: Decimal::ONE_HUNDRED,
        order_types: ORDER_TYPES,
        time_zone: "US/Eastern",
        settlement_days: 1,
    };
    let profile = Profile {
        base: cents * 10_000,
        ladder: rules::ladder(rules::US_STOCK).to_vec(),
        volatility,
        size,
        size_step: 100,
        cadence: cadence(SecType::Stock),
        two_sided: true,
        prints_volume: true,
        leader: match symbol {
            "VOO" => Some(SPY),
            "GOOG" => Some(GOOGL),
            _ => None,
        },
    };
    (instrument, profile)
}

/// The S&P 500 index.
pub(super) fn index() -> (Instrument, Profile) {
    let instrument = Instrument {
        con_id: ConId::new(416_904),
        symbol: "SPX".to_owned(),
        local_symbol: "SPX".to_owned(),
        trading_class: "SPX".to_owned(),
        sec_type: SecType::Index,
        currency: Currency::Usd,
        pair_base: None,
        long_name: "S&P 500 Stock Index".to_owned(),
        stock_type: "",
        industry: "Indices",
        category: "Broad Range Equity Index",
        is_mlp: false,
        exchange: "CBOE",
        primary_exchange: "CBOE",
        valid_exchanges: vec!["CBOE"],
        market_rule_ids: vec![rules::US_STOCK],
        min_tick: rules::smallest_tick(rules::US_STOCK),
        multiplier: Decimal::ONE,
        future: None,
        option: None,
        min_size: Decimal::ONE,
        size_increment: Decimal::ONE,
        suggested_size_increment: Decimal::ONE,
        order_types: "",
        time_zone: "US/Central",
        settlement_days: 0,
    };
    let profile = Profile {
        base: 6_902_400_000,
        ladder: rules::ladder(rules::US_STOCK).to_vec(),
        volatility: 14,
        size: 0,
        size_step: 1,
        cadence: cadence(SecType::Index),
        two_sided: false,
        prints_volume: false,
        leader: Some(SPY),
    };
    (instrument, profile)
}
