import type { OfferView } from "../../../backend/backend";

/** What exchanges take of a combination of options, whatever its legs. */
export const COMBO_OFFER: OfferView = {
  conId: 28812380,
  orderTypes: ["limit", "market"],
  tifs: ["day", "gtc", "gtd", "ioc"],
  algos: false,
  conditions: false,
  hidden: false,
  displaySize: false,
  allOrNone: false,
  oca: true,
};
