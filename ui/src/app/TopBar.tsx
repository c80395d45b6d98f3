import { Pick } from "../components/Pick";
import { LinkState } from "../features/connection/LinkState";
import { ModeBadge } from "../features/connection/ModeBadge";
import { ProfileName } from "../features/connection/ProfileName";
import { StopButton } from "../features/connection/StopButton";
import { accountWords } from "../lib/words";
import { useKeys, useLive } from "../live/context";
import { keyCaps } from "./keymap";

interface Props {
  readonly account: string | null;
  readonly onAccount: (account: string | null) => void;
  readonly onProfile: () => void;
  readonly onWizard: () => void;
  readonly onSearch: () => void;
  readonly onStop: () => void;
}

export function TopBar({ account, onAccount, onProfile, onWizard, onSearch, onStop }: Props) {
  const { accounts } = useLive();
  const ids = useKeys(accounts);
  const known = account !== null && ids.includes(account);
  const options = [
    { value: "", label: "All accounts" },
    ...ids.map((id) => {
      const view = accounts.get(id);
      return { value: id, label: `${accountWords(view)} ${id}`.trim() };
    }),
    ...(account !== null && !known ? [{ value: account, label: account }] : []),
  ];
  return (
    <header className="top">
      <ModeBadge />
      <ProfileName onShow={onProfile} />
      <Pick label="Account shown" options={options} value={account ?? ""} onChange={(next) => onAccount(next || null)} testId="account-switcher" />
      <button type="button" className="search-button" onClick={onSearch} data-testid="open-palette">
        Search or do… <kbd>{keyCaps("mod+k")}</kbd>
      </button>
      <span className="top-space" />
      <LinkState onWizard={onWizard} />
      <StopButton onAsk={onStop} />
    </header>
  );
}
