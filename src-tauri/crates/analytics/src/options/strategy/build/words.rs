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
