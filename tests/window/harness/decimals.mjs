// Decimal strings without floating point: a test that rounds would not see a rounding.

const PLACES = 8;

/** A decimal string as a whole number of hundred-millionths. */
export function units(text) {
  const found = /^([-−]?)(\d+)(?:\.(\d{1,8}))?$/.exec(String(text).replaceAll(',', ''));
  if (!found) throw new Error(`${JSON.stringify(text)} is not a decimal`);
  const [, sign, whole, fraction = ''] = found;
  const value = BigInt(whole + fraction.padEnd(PLACES, '0'));
  return sign === '' ? value : -value;
}

/** The units as a decimal string with `places` decimals, cut off towards zero. */
export function decimal(value, places = 2) {
  const cut = value / 10n ** BigInt(PLACES - places);
  const digits = (cut < 0n ? -cut : cut).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const sign = cut < 0n ? '-' : '';
  return places === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-places)}`;
}

/** `price` moved by `percent` (a whole number, may be negative), on a tick of 0.01. */
export function moved(price, percent) {
  return decimal((units(price) * BigInt(100 + percent)) / 100n);
}
