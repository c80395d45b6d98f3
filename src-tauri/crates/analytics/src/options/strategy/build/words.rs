//! What plans are called and do, for a person.

use super::Plan::{
    self, Box as LoanBox, Butterfly, Calendar, CashSecuredPut, Collar, Condor, CoveredCall,
    Diagonal, IronButterfly, IronCondor, ProtectivePut, Ratio, Single, Straddle, Strangle,
    Vertical,
};

impl Plan {
    /// As a person names it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Single => "Single option",
            CoveredCall => "Covered call",
            CashSecuredPut => "Cash-secured put",
            ProtectivePut => "Protective put",
            Collar => "Collar",
            Vertical => "Vertical",
            Straddle => "Straddle",
            Strangle => "Strangle",
            Butterfly => "Butterfly",
            IronButterfly => "Iron butterfly",
            Condor => "Condor",
            IronCondor => "Iron condor",
            Calendar => "Calendar",
            Diagonal => "Diagonal",
            Ratio => "Ratio spread",
            LoanBox => "Box",
        }
    }

    /// What it does, wherever its strikes lie.
    #[must_use]
    pub fn does(self) -> &'static str {
        match self {
            Single => "Buys one option.",
            CoveredCall => "Buys shares and sells a call on them.",
            CashSecuredPut => "Sells a put; its strike is kept in cash.",
            ProtectivePut => "Buys shares and a put on them.",
            Collar => "Buys shares and a put, and sells a call at a higher strike.",
            Vertical => "Buys the first strike and sells the second.",
            Straddle => "Buys the call and the put at one strike.",
            Strangle => "Buys a put and, at a higher strike, a call.",
            Butterfly => "Buys the outer strikes and sells the middle one twice.",
            IronButterfly => "Sells the straddle in the middle and buys the wings.",
            Condor => "Buys the outer strikes and sells the inner ones.",
            IronCondor => "Sells the inner put and call and buys the outer ones.",
            Calendar => "Sells the nearer expiry and buys the later one.",
            Diagonal => "Sells the nearer expiry and buys the later one, at another strike.",
            Ratio => "Buys the first strike once and sells the second twice.",
            LoanBox => "Buys the call spread and the put spread between two strikes.",
        }
    }

    /// What its strikes are called, in the plan's order.
    #[must_use]
    pub fn strike_labels(self) -> &'static [&'static str] {
        match self {
            Single | Straddle | Calendar => &["Strike"],
            CoveredCall => &["Call strike"],
            CashSecuredPut | ProtectivePut => &["Put strike"],
            Collar | Strangle => &["Put strike", "Call strike"],
            Vertical | Ratio => &["Strike bought", "Strike sold"],
            Diagonal => &["Nearer strike", "Later strike"],
            LoanBox => &["Lower strike", "Higher strike"],
            Butterfly | IronButterfly => &["Lowest strike", "Middle strike", "Highest strike"],
            Condor | IronCondor => &[
                "Lowest strike",
                "Second strike",
                "Third strike",
                "Highest strike",
            ],
        }
    }

    /// What it does as it comes, in one sentence.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Single => "Buys one option at the money.",
            CoveredCall => "Buys shares and sells a call on them, near a delta of 0.30.",
            CashSecuredPut => "Sells a put near a delta of 0.30; its strike is kept in cash.",
            ProtectivePut => "Buys shares and a put on them, near a delta of 0.25.",
            Collar => "Buys shares and a put, and sells a call, both near a delta of 0.25.",
            Vertical => "Buys at the money and sells further out.",
            Straddle => "Buys the call and the put at the money.",
            Strangle => "Buys a put and a call near a delta of 0.25.",
            Butterfly => "Buys the outer strikes and sells the one at the money twice.",
            IronButterfly => "Sells the straddle at the money and buys the wings.",
            Condor => "Buys the outer strikes and sells the inner ones.",
            IronCondor => "Sells a put and a call near a delta of 0.20 and buys those beyond.",
            Calendar => "Sells the nearer expiry and buys the later one at the money.",
            Diagonal => "Sells the nearer expiry further out and buys the later one at the money.",
            Ratio => "Buys one at the money and sells two further out.",
            LoanBox => "Buys the call spread and the put spread between two strikes.",
        }
    }
}
