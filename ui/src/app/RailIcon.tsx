import type { RailScreen } from "./view";

const PATHS: Record<RailScreen, string> = {
  portfolio: "M3 16V9M8 16V4M13 16v-5M18 16V7",
  options: "M3 4h14M3 8h5M12 8h5M3 12h5M12 12h5M3 16h5M12 16h5M10 7v10",
  orders: "M4 5h13M4 10h13M4 15h8",
  rebalance: "M10 3v14M6 17h8M4 6h12M4 6l-2 5h4zM16 6l-2 5h4z",
  rules: "M10 2l6 2v5c0 4-2.5 7-6 9-3.5-2-6-5-6-9V4zM7.5 10l2 2 3.5-4",
  journal: "M5 3h10a1 1 0 0 1 1 1v13H6a2 2 0 0 1-2-2V4a1 1 0 0 1 1-1M8 7h5M8 11h5",
  settings: "M3 6h9M16 6h2M3 14h2M9 14h9M14 4v4M7 12v4",
};

export function RailIcon({ screen }: { readonly screen: RailScreen }) {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" aria-hidden="true">
      <path d={PATHS[screen]} />
    </svg>
  );
}
