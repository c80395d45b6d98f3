// The day on which an option ends, as people read it.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `20261218` as "18 Dec 26"; anything else as it came. */
export function expiryWords(expiry: string): string {
  const [, year = "", month = "", day = ""] = /^\d{2}(\d{2})(\d{2})(\d{2})$/.exec(expiry) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? expiry : `${Number(day)} ${name} ${year}`;
}
