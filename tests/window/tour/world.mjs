// What the simulated world holds at its start, as far as the tour leans on it.

export const INDIVIDUAL = 'DU4000001';
export const ROTH = 'DU4000002';
export const LLC = 'DU4000003';

export const ACCOUNTS = [
  { id: INDIVIDUAL, kind: 'Individual' },
  { id: ROTH, kind: 'Roth IRA' },
  { id: LLC, kind: 'Company' },
];

export const AAPL = 265598;
export const KO = 8894;
export const T = 37018770;
export const IBM = 8314;
export const GOOGL = 208813719;
export const PFE = 11031;
