//! The algorithms, one by one.

use super::{AlgoInfo, ParamInfo, ParamKind};
use crate::order_type::OrderType::{self, Limit, Market};

const BOTH: &[OrderType] = &[Limit, Market];

const fn share(tag: &'static str, name: &'static str, says: &'static str) -> ParamInfo {
    ParamInfo {
        tag,
        name,
        kind: ParamKind::Share {
            least: "1",
            most: "50",
        },
        default: "10",
        optional: false,
        says,
    }
}

const fn choice(
    tag: &'static str,
    name: &'static str,
    among: &'static [&'static str],
    default: &'static str,
    says: &'static str,
) -> ParamInfo {
    ParamInfo {
        tag,
        name,
        kind: ParamKind::Choice { among },
        default,
        optional: false,
        says,
    }
}

const fn flag(tag: &'static str, name: &'static str, says: &'static str) -> ParamInfo {
    ParamInfo {
        tag,
        name,
        kind: ParamKind::Flag,
        default: "",
        optional: true,
        says,
    }
}

const MAX_SHARE: ParamInfo = share(
    "maxPctVol",
    "Most of the volume",
    "It does not trade more than this part of the market's volume.",
);
const START: ParamInfo = ParamInfo {
    tag: "startTime",
    name: "Start",
    kind: ParamKind::Time,
    default: "",
    optional: true,
    says: "Empty: at once, or when the market opens.",
};
const END: ParamInfo = ParamInfo {
    tag: "endTime",
    name: "End",
    kind: ParamKind::Time,
    default: "",
    optional: true,
    says: "Empty: when the market closes.",
};
const PAST_END: ParamInfo = flag(
    "allowPastEndTime",
    "Go on after the end",
    "What has not traded by the end goes on trading.",
);
const NO_TAKE: ParamInfo = flag(
    "noTakeLiq",
    "Try never to take liquidity",
    "It rests rather than crossing the spread where it can.",
);
const AVERSION: ParamInfo = choice(
    "riskAversion",
    "Urgency",
    &["Get Done", "Aggressive", "Neutral", "Passive"],
    "Neutral",
    "The more urgent, the nearer to the price at the start and the more it moves the market.",
);
const FORCE: ParamInfo = flag(
    "forceCompletion",
    "Complete by the end of the day",
    "It trades the rest whatever the price when time runs out.",
);

/// Every algorithm that Gatehouse offers.
pub const ALGOS: &[AlgoInfo] = &[
    AlgoInfo {
        id: "Adaptive",
        name: "Adaptive",
        says: "Looks for a better fill than a plain order between bid and ask.",
        order_types: BOTH,
        params: &[choice(
            "adaptivePriority",
            "Urgency",
            &["Urgent", "Normal", "Patient"],
            "Normal",
            "The more patient, the longer it looks for a better price.",
        )],
    },
    AlgoInfo {
        id: "Twap",
        name: "TWAP",
        says: "Spreads the order evenly over time, aiming at the time-weighted average price.",
        order_types: BOTH,
        params: &[
            choice(
                "strategyType",
                "Trades when",
                &[
                    "Marketable",
                    "Matching Midpoint",
                    "Matching Same Side",
                    "Matching Last",
                ],
                "Marketable",
                "What the limit is held against before a part trades.",
            ),
            START,
            END,
            PAST_END,
        ],
    },
    AlgoInfo {
        id: "Vwap",
        name: "VWAP",
        says: "Trades along with the volume, aiming at the volume-weighted average price.",
        order_types: BOTH,
        params: &[
            MAX_SHARE,
            START,
            END,
            PAST_END,
            NO_TAKE,
            flag(
                "speedUp",
                "Speed up near the end of a range",
                "It trades faster when the limit price approaches.",
            ),
        ],
    },
    AlgoInfo {
        id: "ArrivalPx",
        name: "Arrival price",
        says: "Aims at the midpoint at the moment when the order arrives.",
        order_types: BOTH,
        params: &[MAX_SHARE, AVERSION, START, END, FORCE, PAST_END],
    },
    AlgoInfo {
        id: "DarkIce",
        name: "Dark Ice",
        says: "Shows a part at a time, of varying size, and hides the rest.",
        order_types: &[Limit],
        params: &[
            ParamInfo {
                tag: "displaySize",
                name: "Shown at a time",
                kind: ParamKind::Size,
                default: "100",
                optional: false,
                says: "How many are shown, varied by up to a half.",
            },
            START,
            END,
            PAST_END,
        ],
    },
    AlgoInfo {
        id: "PctVol",
        name: "Percent of volume",
        says: "Keeps to a part of the market's volume.",
        order_types: BOTH,
        params: &[
            share("pctVol", "Part of the volume", "What it aims at."),
            START,
            END,
            NO_TAKE,
        ],
    },
    AlgoInfo {
        id: "PctVolPx",
        name: "Percent of volume by price",
        says: "Takes a larger part of the volume the better the price gets.",
        order_types: BOTH,
        params: &[
            share("pctVol", "Part of the volume", "What it starts with."),
            share(
                "deltaPctVol",
                "Change of the part",
                "By how much the part changes as the price does.",
            ),
            ParamInfo {
                default: "5",
                ..share("minPctVol4Px", "Least part", "Never less than this.")
            },
            ParamInfo {
                default: "20",
                ..share("maxPctVol4Px", "Greatest part", "Never more than this.")
            },
            START,
            END,
            NO_TAKE,
        ],
    },
    AlgoInfo {
        id: "PctVolSz",
        name: "Percent of volume by size",
        says: "Changes its part of the volume as the order fills.",
        order_types: BOTH,
        params: &[
            share(
                "startPctVol",
                "Part at the start",
                "While nothing has filled.",
            ),
            share(
                "endPctVol",
                "Part at the end",
                "When almost all has filled.",
            ),
            START,
            END,
            NO_TAKE,
        ],
    },
    AlgoInfo {
        id: "PctVolTm",
        name: "Percent of volume by time",
        says: "Changes its part of the volume as time passes.",
        order_types: BOTH,
        params: &[
            share("startPctVol", "Part at the start", "At the start time."),
            share("endPctVol", "Part at the end", "At the end time."),
            START,
            END,
            NO_TAKE,
        ],
    },
    AlgoInfo {
        id: "ClosePx",
        name: "Close price",
        says: "Trades into the close, aiming at the closing price with less effect on it.",
        order_types: BOTH,
        params: &[MAX_SHARE, AVERSION, START, FORCE],
    },
    AlgoInfo {
        id: "MinImpact",
        name: "Minimise impact",
        says: "Trades slowly, to move the market as little as it can.",
        order_types: BOTH,
        params: &[MAX_SHARE],
    },
    AlgoInfo {
        id: "BalanceImpactRisk",
        name: "Balance impact and risk",
        says: "Weighs moving the market against the risk of waiting.",
        order_types: BOTH,
        params: &[MAX_SHARE, AVERSION, FORCE],
    },
];
