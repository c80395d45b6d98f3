import { Unknown } from "../../components/Unknown";

/** Earnings move a share like nothing else, and the gateway does not tell their dates. */
export function NextEarnings() {
  return (
    <div>
      <dt className="label">Earnings</dt>
      <dd>
        <Unknown why="The gateway tells no dates of earnings without a subscription of its own. Look the next one up before you trade options that live over it" testId="chain-earnings" />
      </dd>
    </div>
  );
}
