import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { chooseChain } from "../src/features/chain/choices";
import { expectAccessible } from "./accessible";
import { pick } from "./app";
import { openChain, quoted, SPX } from "./open-chain";

const FIRST = "20261218";
const SECOND = "20270115";

beforeEach(() => chooseChain({ columns: ["bid", "ask", "iv", "delta", "openInterest"], range: "all" }));

function choice(expiry: string): HTMLElement {
  return within(screen.getByTestId(`chain-expiry-${expiry}`)).getByRole(screen.queryByRole("radiogroup", { name: /^Expiry/ }) ? "radio" : "checkbox");
}

describe("several expiries", () => {
  it("stand one under the other, each with its days, expected move and strikes, quoted from the money outwards", async () => {
    const { backend, user } = await openChain();
    await quoted("chain-call-ask-180", "6.21");
    expect(screen.queryByTestId(`chain-head-${FIRST}`)).toBeNull();
    expect(screen.queryByTestId("chain-head-expiry")).toBeNull();
    fireEvent.click(screen.getByTestId(`chain-expiry-${SECOND}`), { ctrlKey: true });
    const head = await screen.findByTestId(`chain-head-${SECOND}`);
    await waitFor(() => expect(head).toHaveTextContent("15 Jan 27 55 d monthly expected ≈±14.40 1 of 1 strikes"));
    expect(screen.getByTestId(`chain-head-${FIRST}`)).toHaveTextContent("18 Dec 26 27 d monthly expected ≈±7.20 4 of 4 strikes");
    expect(screen.getByTestId("chain-count")).toHaveTextContent("5 of 5 strikes");
    // Above the strikes stands whose they are, wherever the heads have been scrolled to.
    expect(screen.getByTestId("chain-head-expiry")).toHaveTextContent("18 Dec 26");
    await quoted(`chain-call-ask-${SECOND}-180`, "8.41");
    // Both expiries' strikes at the money come before the first strike beside it.
    await waitFor(() => expect(backend.callsOf("showOptions").at(-1)).toMatch(/^showOptions 900001 900101 900201 /));
    expect(screen.getByTestId("chain-grid")).toHaveAttribute("aria-rowcount", "9");
    await expectAccessible();
    // The last one stays.
    await user.click(choice(FIRST));
    expect(screen.queryByTestId(`chain-head-${FIRST}`)).toBeNull();
    expect(choice(SECOND)).toBeDisabled();
    await user.click(screen.getByTestId("chain-several"));
    expect(screen.getByTestId("chain-expiries")).toHaveAttribute("data-value", SECOND);
    expect(screen.queryByTestId(`chain-head-${SECOND}`)).toBeNull();
  });

  it("are walked by the arrows, and a strike typed is one of the same expiry", async () => {
    const { user } = await openChain();
    await user.click(screen.getByTestId("chain-several"));
    await user.click(choice(SECOND));
    await screen.findByTestId(`chain-row-${SECOND}-180`);
    act(() => screen.getByTestId("chain-grid").querySelector<HTMLElement>("[tabindex='0']")?.focus());
    await user.keyboard("200");
    expect(screen.getByTestId(`chain-call-ask-${FIRST}-200`)).toHaveFocus();
    await user.keyboard("{ArrowDown}");
    expect(screen.getByTestId(`chain-call-ask-${SECOND}-180`)).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(screen.getByTestId("tray-leg-900201")).toHaveAttribute("data-side", "buy");
    await user.keyboard("{Control>}{Home}{/Control}");
    expect(screen.getByTestId(`chain-row-${FIRST}-170`)).toContainElement(document.activeElement as HTMLElement);
  });

  it("show those that came while another could not be had", async () => {
    const backend = new FakeBackend();
    const strikes = backend.strikes.bind(backend);
    let fail = true;
    backend.strikes = async (conId, tradingClass, expiry) => {
      if (fail && expiry === SECOND) throw Object.assign(new Error("It did not answer in time."), { code: "timedOut" });
      return strikes(conId, tradingClass, expiry);
    };
    const { user } = await openChain(undefined, undefined, backend);
    fireEvent.click(screen.getByTestId(`chain-expiry-${SECOND}`), { ctrlKey: true });
    await waitFor(() => expect(screen.getByTestId(`chain-head-${SECOND}`)).toHaveTextContent("could not be had"));
    expect(screen.getByTestId(`chain-row-${FIRST}-180`)).toBeInTheDocument();
    fail = false;
    await user.click(screen.getByTestId("chain-again"));
    expect(await screen.findByTestId(`chain-row-${SECOND}-180`)).toBeInTheDocument();
  });
});

describe("the strikes of a chain", () => {
  it("are as far from the money as is wanted, and how many are hidden is said", async () => {
    const { user } = await openChain(SPX, "SPX");
    await pick(user, "chain-range", "p5");
    await waitFor(() => expect(screen.getByTestId("chain-count")).toHaveTextContent("57 of 80 strikes"));
    await pick(user, "chain-range", "d15");
    await waitFor(() => expect(screen.getByTestId("chain-count")).toHaveTextContent("16 of 80 strikes"));
    await pick(user, "chain-range", "all");
    await waitFor(() => expect(screen.getByTestId("chain-count")).toHaveTextContent("80 of 80 strikes"));
  });

  it("bear the edges of the expiry's bands, and the model's figures marked as such", async () => {
    chooseChain({ columns: ["bid", "ask", "rho", "chanceIn", "chanceOut", "chanceTouch", "breakeven"] });
    await openChain();
    // 180.02 and five percent: between 170 and 180, and between 180 and 190; ten percent above is between 190 and 200.
    await waitFor(() => expect(screen.getByTestId("chain-strike-180")).toHaveTextContent("180 at the money−1σ"));
    expect(screen.getByTestId("chain-strike-190")).toHaveTextContent("190+1σ");
    expect(screen.getByTestId("chain-strike-200")).toHaveTextContent("200+2σ");
    await quoted("chain-call-chanceIn-180", "48.0 %");
    expect(within(screen.getByTestId("chain-call-chanceOut-180")).getByText("52.0 %")).toBeInTheDocument();
    expect(screen.getByTestId("chain-call-chanceTouch-180")).toHaveTextContent("≈");
    expect(screen.getByTestId("chain-put-rho-180")).toHaveTextContent("≈−0.071");
    expect(screen.getByTestId("chain-call-breakeven-180")).toHaveTextContent("186.200");
    await expectAccessible();
  });
});

describe("the head of a chain", () => {
  it("says where the volatility stands and the next dividend, and why it does not", async () => {
    const { user, backend } = await openChain();
    await waitFor(() => expect(screen.getByTestId("chain-iv-rank")).toHaveTextContent("≈43.2 %"));
    expect(screen.getByTestId("chain-iv-percentile")).toHaveTextContent("≈61.0 %");
    expect(screen.getByTestId("chain-dividend")).toHaveTextContent("0.26 on 8 Feb 27");
    expect(screen.getByTestId("chain-earnings")).toHaveAccessibleName(/not known: The gateway tells no dates of earnings/);
    expect(backend.callsOf("volatilityHistory")).toEqual([`volatilityHistory 265598`]);
    backend.failures.set("volatilityHistory", { code: "timedOut", message: "IBKR has no history of it." });
    await user.type(screen.getByTestId("chain-search"), "SPX");
    await user.click(await screen.findByTestId(`chain-search-option-${SPX}`));
    await waitFor(() => expect(screen.getByTestId("chain-iv-rank")).toHaveAccessibleName("not known: IBKR has no history of it."));
    // An index pays none.
    expect(screen.queryByTestId("chain-dividend")).toBeNull();
    expect(screen.queryByTestId("chain-earnings")).toBeNull();
  });
});
