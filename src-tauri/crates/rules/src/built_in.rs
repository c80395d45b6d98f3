use gatehouse_domain::draft::Draft;
use gatehouse_domain::instant::UnixMillis;
use crate::{Facts, Finding, RuleBook};
pub(crate) struct Rule;
impl Rule { pub(crate) fn ask(&self, _d:&Draft,_f:&Facts<'_>,_b:&RuleBook,_n:UnixMillis)->Finding{ unreachable!() } }
pub(crate) static ALL: [Rule;0] = [];
