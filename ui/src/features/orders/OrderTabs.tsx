import { Choice } from "../../components/Choice";
import { type Tab, TABS } from "./blotter";

const WORDS: Readonly<Record<Tab, string>> = {
  all: "All",
  working: "Working",
  filled: "Filled",
  cancelled: "Cancelled",
  rejected: "Rejected",
  blocked: "Blocked",
  unknown: "Unknown",
};

interface Props {
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
  readonly counts: Readonly<Record<Tab, number>>;
}

export function OrderTabs({ tab, onTab, counts }: Props) {
  const options = TABS.map((value) => ({ value, label: counts[value] > 0 ? `${WORDS[value]} ${counts[value]}` : WORDS[value], testId: `orders-tab-${value}` }));
  return <Choice label="Show orders" hideLabel options={options} value={tab} onChange={onTab} testId="orders-tabs" />;
}
