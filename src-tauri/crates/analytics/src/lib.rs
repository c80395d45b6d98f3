//! Sums over positions and orders that a person reads: merging, worst case, exposure.
