import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { BackendError } from "../src/backend/backend";
import { FakeBackend } from "../src/backend/fake";
import { optionQuoteOf } from "../src/backend/fake/chain";
import { chooseChain } from "../src/features/chain/choices";
import { expectAccessible } from "./accessible";
import { openApp, pick, pickFrom } from "./app";
import { AAPL, openChain, quoted, SPX } from "./open-chain";

const C180 = 900_001;
const C190 = 900_002;

beforeEach(() => chooseChain({ columns: ["bid", "ask", "iv", "delta", "openInterest"], range: "all" }));

async function toStrike(user: UserEvent, strike: string): Promise<void> {
  act(() => screen.getByTestId("chain-grid").querySelector<HTMLElement>("[tabindex='0']")?.focus());
  await user.keyboard(strike);
}

describe("the chain of an underlying", () => {
  it("asks for an underlying first, and says where else one is found", async () => {
    const { user, backend } = await openApp();
    await user.keyboard("{Control>}o{/Control}");
    expect(screen.getByTestId("face-empty")).toHaveTextContent("No underlying is chosen.");
    expect(backend.callsOf("chain")).toEqual([]);
    await expectAccessible();
  });

  it("shows quotes and greeks about the money, and asks for no more than is in sight", async () => {
    const { backend } = await openChain();
    await quoted("chain-call-ask-180", "6.21");
    await quoted("chain-call-delta-180", "0.50");
    expect(screen.getByTestId("chain-call-iv-180")).toHaveTextContent("25.0 %");
    expect(screen.getByTestId("chain-call-openInterest-180")).toHaveTextContent("1,240");
    // 180.02: the calls at 170 and 180 are in the money, the puts at 190 and 200.
    const shaded = ["170", "180", "190", "200"].map((strike) => ["call", "put"].map((side) => screen.getByTestId(`chain-${side}-bid-${strike}`).classList.contains("in-money")));
    expect(shaded).toEqual([[true, false], [true, false], [false, true], [false, true]]);
    expect(screen.getByTestId("chain-strike-180")).toHaveTextContent("180 at the money");
    expect(backend.callsOf("showOptions").at(-1)).toBe("showOptions 900001 900101 900000 900100 900002 900102 900003 900103");
    expect(screen.getByTestId("chain-lines")).toHaveTextContent("8 options on lines");
    await expectAccessible();
  });

  it("lets the lines go when it is left", async () => {
    const { backend, user } = await openChain();
    await quoted("chain-call-ask-180", "6.21");
    await user.click(screen.getByTestId("nav-orders"));
    await waitFor(() => expect(backend.callsOf("showOptions").at(-1)).toBe("showOptions"));
    expect(backend.callsOf("unwatch")).toContain(`unwatch ${AAPL}`);
  });

  it("says in words when quotes can't be asked for, and asks again", async () => {
    const fake = new FakeBackend();
    const showOptions = fake.showOptions.bind(fake);
    fake.showOptions = () => Promise.reject(new BackendError({ code: "internal", message: "The program is busy." }));
    const { user } = await openChain(AAPL, "AAPL", fake);
    expect(await screen.findByTestId("chain-unsaid")).toHaveTextContent("could not be asked for: The program is busy.");
    await expectAccessible();
    fake.showOptions = showOptions;
    await user.click(screen.getByTestId("chain-say-again"));
    await quoted("chain-call-ask-180", "6.21");
    await waitFor(() => expect(screen.queryByTestId("chain-unsaid")).toBeNull());
  });

  it("says that it was left only after what was said before has arrived", async () => {
    const fake = new FakeBackend();
    const arrived: string[] = [];
    let begun = false;
    let arrive = (): void => undefined;
    const way = new Promise<void>((resolve) => (arrive = resolve));
    fake.showOptions = async (conIds) => {
      // A slow start says first that none are in sight.
      if (!begun && conIds.length === 0) return;
      begun = true;
      if (conIds.length > 0) await way;
      arrived.push(conIds.join(" "));
    };
    const { user } = await openChain(AAPL, "AAPL", fake);
    await waitFor(() => expect(begun).toBe(true));
    await user.click(screen.getByTestId("nav-orders"));
    arrive();
    await waitFor(() => expect(arrived).toHaveLength(2));
    expect(arrived.at(-1)).toBe("");
  });

  it("keeps only rows in sight in the document, the money among them", async () => {
    const { backend } = await openChain(SPX, "SPX");
    await waitFor(() => expect(backend.callsOf("showOptions")).not.toEqual([]));
    expect(screen.getAllByTestId(/^chain-row-/).length).toBeLessThan(60);
    expect(screen.getByTestId("chain-grid")).toHaveAttribute("aria-rowcount", "82");
  });

  it("shows as many strikes about the money as are wanted", async () => {
    const { user } = await openChain(SPX, "SPX");
    await pick(user, "chain-range", "10");
    expect(screen.getByTestId("chain-count")).toHaveTextContent("10 of 80 strikes");
    const strikes = screen.getAllByTestId(/^chain-strike-/).map((cell) => parseInt(cell.textContent.replace(",", ""), 10));
    expect([strikes.length, strikes[0], strikes.at(-1)]).toEqual([10, 5560, 5650]);
  });

  it("keeps trading classes apart and marks what is not standard", async () => {
    const { user, backend } = await openChain(SPX, "SPX");
    expect(screen.queryByTestId("chain-nonstandard")).toBeNull();
    expect(screen.getByTestId("chain-morning")).toHaveTextContent("SPX is settled in the morning");
    expect(within(screen.getByTestId("chain-expiry-20261217")).getByText("M AM")).toHaveAttribute("title", "monthly, settled on the morning of 18 Dec 26");
    await user.click(within(screen.getByTestId("chain-class-SPXW")).getByRole("radio"));
    await waitFor(() => expect(backend.callsOf("strikes").at(-1)).toBe("strikes 416904 SPXW 20261127"));
    expect(screen.getByTestId("chain-expiry-20261127")).toHaveTextContent("27 Nov 266 d W");
    expect(screen.queryByTestId("chain-morning")).toBeNull();
    await user.click(within(screen.getByTestId("chain-class-2SPX")).getByRole("radio"));
    expect(screen.getByTestId("chain-nonstandard")).toHaveTextContent("2SPX is not standard");
  });

  it("marks an adjusted class and reckons nothing of it from the price of its underlying", async () => {
    chooseChain({ columns: ["bid", "ask", "intrinsic", "breakeven"], range: "all" });
    const { user } = await openChain(SPX, "SPX");
    await quoted("chain-call-intrinsic-5400", "204.20");
    expect(screen.getByTestId("chain-class-SPX1")).toHaveTextContent("SPX1 (adjusted)");
    await user.click(within(screen.getByTestId("chain-class-SPX1")).getByRole("radio"));
    expect(screen.getByTestId("chain-nonstandard")).toHaveTextContent("SPX1 was adjusted after a corporate action: what it delivers instead of 100 shares is not known here");
    await screen.findByTestId("chain-row-5200");
    for (const column of ["intrinsic", "breakeven"]) {
      const cell = within(screen.getByTestId(`chain-call-${column}-5200`)).getByText("—");
      expect(cell).toHaveAttribute("data-tip", expect.stringContaining("is not known, so nothing is reckoned of it"));
    }
    expect(screen.getByTestId("chain-grid").querySelector(".in-money, .at-money")).toBeNull();
    // It is ordered by itself, not beside another leg.
    await user.click(screen.getByTestId("chain-call-ask-5200"));
    await user.click(screen.getByTestId("chain-call-ask-5210"));
    expect(screen.getByTestId("tray-refusal")).toHaveTextContent("SPX1 18 Dec 26 5200 C was adjusted after a corporate action");
    expect(screen.getByTestId("tray")).toHaveAttribute("data-count", "1");
  });

  it("remembers the columns that were chosen", async () => {
    const { user } = await openChain();
    await user.click(screen.getByTestId("chain-columns"));
    await user.click(within(screen.getByTestId("chain-column-extrinsic")).getByRole("checkbox"));
    await user.click(within(screen.getByTestId("chain-column-openInterest")).getByRole("checkbox"));
    // A mid of 6.20 less 0.02 of intrinsic value.
    await quoted("chain-call-extrinsic-180", "6.180");
    expect(screen.queryByTestId("chain-call-openInterest-180")).toBeNull();
    expect(localStorage.getItem("gatehouse.chain.1")).toContain('"columns":["bid","ask","iv","delta","extrinsic"]');
    await expectAccessible();
  });

  it("says once that quotes are delayed, and why others are refused", async () => {
    const { backend } = await openChain();
    await quoted("chain-call-ask-180", "6.21");
    expect(screen.getByTestId("chain-note")).toBeEmptyDOMElement();
    // From now on only the test tells quotes.
    backend.showOptions = () => Promise.resolve();
    const quote = optionQuoteOf(C180, Date.now());
    act(() => backend.send({ type: "quote", value: { ...quote, bid: { ...quote.bid, source: "delayed" } } }));
    await waitFor(() => expect(screen.getByTestId("chain-note")).toHaveTextContent("delayed by about 15 minutes"));
    const other = optionQuoteOf(C190, Date.now());
    act(() => backend.send({ type: "quote", value: { ...other, bid: { value: null, at: null, source: null }, refused: "Market data is not subscribed." } }));
    await waitFor(() => expect(screen.getByTestId("chain-note")).toHaveTextContent("refuses the quotes of 1 of the options in sight: Market data is not subscribed."));
    expect(within(screen.getByTestId("chain-call-bid-190")).getByRole("img")).toHaveAccessibleName("not known: Market data is not subscribed.");
  });

  it("says what went wrong, and tries again", async () => {
    const backend = new FakeBackend();
    backend.failures.set("chain", { code: "timedOut", message: "The gateway did not answer in time." });
    const { user } = await openApp(backend);
    await user.click(screen.getByTestId("nav-options"));
    await user.type(screen.getByTestId("chain-search"), "AAPL");
    await user.click(await screen.findByTestId(`chain-search-option-${AAPL}`));
    expect(await screen.findByTestId("face-broken")).toHaveTextContent("The gateway did not answer in time.");
    await user.click(screen.getByTestId("chain-again"));
    expect(await screen.findByTestId("chain-grid")).toBeInTheDocument();
  });

  it("opens from a position, from the ticket and from the palette", async () => {
    const { user } = await openApp();
    await user.click(screen.getAllByRole("button", { name: "Options of AAPL" })[0] as HTMLElement);
    expect(await screen.findByTestId("chain-underlying")).toHaveTextContent("AAPL");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-search"), "options of SPX");
    await user.click(await screen.findByTestId(`palette-search-option-${SPX}`));
    await waitFor(() => expect(screen.getByTestId("chain-underlying")).toHaveTextContent("SPX"));
    await user.type(screen.getByTestId("ticket-search"), "AAPL");
    await user.click(await screen.findByTestId(`ticket-search-option-${AAPL}`));
    await user.click(await screen.findByTestId("ticket-options"));
    await waitFor(() => expect(screen.getByTestId("chain-underlying")).toHaveTextContent("AAPL"));
  });
});

describe("legs from the chain", () => {
  it("sells at a bid and buys at an ask, says the net in words, and goes to the ticket without a price", async () => {
    const { user } = await openChain();
    await quoted("chain-call-ask-180", "6.21");
    await user.click(screen.getByTestId("chain-call-ask-180"));
    await user.click(screen.getByTestId("chain-call-bid-190"));
    expect(screen.getByTestId("tray-name")).toHaveTextContent("AAPL Bull call spread");
    expect(screen.getByTestId("tray-natural")).toHaveTextContent("Natural you pay 4.17 a share, 417.00 USD for one");
    expect(screen.getByTestId("tray-mid")).toHaveTextContent("Mid you pay 4.15 a share, 415.00 USD for one");
    await expectAccessible();
    await user.click(screen.getByTestId("tray-order"));
    expect(screen.getByTestId("combo-name")).toHaveTextContent("AAPL Bull call spread");
    expect(screen.getByTestId(`leg-${C180}`)).toHaveAttribute("data-side", "buy");
    expect(screen.getByTestId(`leg-${C190}`)).toHaveAttribute("data-side", "sell");
    expect(screen.getByTestId("ticket-limit")).toHaveValue("");
  });

  it("takes the mid along when that is asked for, and whether it is received", async () => {
    const { user } = await openChain();
    await quoted("chain-call-ask-180", "6.21");
    await user.click(screen.getByTestId("chain-call-bid-180"));
    await user.click(screen.getByTestId("chain-call-ask-190"));
    expect(screen.getByTestId("tray-mid")).toHaveTextContent("you receive 4.15 a share");
    await user.click(screen.getByTestId("tray-order-mid"));
    expect(screen.getByTestId("ticket-limit")).toHaveValue("4.15");
    expect(within(screen.getByTestId("ticket-side-sell")).getByRole("radio")).toBeChecked();
  });

  it("carries a single option as a plain order", async () => {
    const { user } = await openChain();
    await quoted("chain-put-bid-190", "10.89");
    await user.click(screen.getByTestId("chain-put-bid-190"));
    expect(screen.getByTestId("tray-name")).toHaveTextContent("Sell AAPL 18 Dec 26 190 P");
    await pick(user, "tray-ratio-900102", "3");
    await user.click(screen.getByTestId("tray-order"));
    expect(await screen.findByTestId("ticket-instrument")).toHaveTextContent("AAPL 18 Dec 26 190 P");
    expect(within(screen.getByTestId("ticket-side-sell")).getByRole("radio")).toBeChecked();
    expect(screen.getByTestId("ticket-quantity")).toHaveValue("3");
    expect(screen.getByTestId("ticket-limit")).toHaveValue("");
  });

  it("works by the keyboard alone", async () => {
    const { user } = await openChain();
    await quoted("chain-call-ask-180", "6.21");
    await toStrike(user, "190");
    expect(screen.getByTestId("chain-call-ask-190")).toHaveFocus();
    await user.keyboard("{Enter}{ArrowUp}{ArrowLeft}{Enter}");
    expect(screen.getByTestId(`tray-leg-${C190}`)).toHaveAttribute("data-side", "buy");
    expect(screen.getByTestId(`tray-leg-${C180}`)).toHaveAttribute("data-side", "sell");
    await user.keyboard("{Shift>}{Enter}{/Shift}");
    expect(screen.getByTestId(`tray-leg-${C180}`)).toHaveAttribute("data-side", "buy");
  });

  it("turns, counts and removes legs, and takes none twice", async () => {
    const { user } = await openChain();
    await quoted("chain-call-ask-180", "6.21");
    await user.click(screen.getByTestId("chain-call-ask-180"));
    await user.click(screen.getByTestId("chain-call-ask-180"));
    expect(screen.getByTestId("tray-refusal")).toHaveTextContent("AAPL 18 Dec 26 180 C is in it already.");
    await user.click(screen.getByTestId(`tray-side-${C180}`));
    expect(screen.getByTestId(`tray-leg-${C180}`)).toHaveAttribute("data-side", "sell");
    await user.click(screen.getByTestId("chain-call-ask-190"));
    await pick(user, `tray-ratio-${C190}`, "2");
    expect(screen.getByTestId(`tray-leg-${C190}`)).toHaveAttribute("data-ratio", "2");
    await user.click(screen.getByTestId(`tray-remove-${C180}`));
    await user.click(screen.getByTestId("tray-clear"));
    expect(screen.getByTestId("tray")).toHaveTextContent("Click a bid to sell or an ask to buy");
  });

  it("keeps the legs while one looks elsewhere, and mixes no underlyings", async () => {
    const { user } = await openChain();
    await quoted("chain-call-ask-180", "6.21");
    await user.click(screen.getByTestId("chain-call-ask-180"));
    await user.click(screen.getByTestId("nav-orders"));
    await user.click(screen.getByTestId("nav-options"));
    expect(screen.getByTestId(`tray-leg-${C180}`)).toBeInTheDocument();
    await user.type(screen.getByTestId("chain-search"), "SPX");
    await user.click(await screen.findByTestId(`chain-search-option-${SPX}`));
    await user.click(await screen.findByTestId("chain-call-ask-5210"));
    expect(screen.getByTestId("tray-refusal")).toHaveTextContent("is on another underlying than AAPL 18 Dec 26 180 C");
  });
});

describe("a strategy by name", () => {
  it("fills the tray from the program's legs, with calls or puts, and turns them round", async () => {
    const { backend, user } = await openChain();
    await pick(user, "strategy", "vertical");
    expect(await screen.findByTestId("tray-name")).toHaveTextContent("AAPL Bull call spread");
    expect(backend.callsOf("strikes").at(-1)).toBe(`strikes ${AAPL} AAPL 20261218`);
    await user.click(screen.getByTestId("strategy-put"));
    await waitFor(() => expect(screen.getByTestId("tray-name")).toHaveTextContent("AAPL Bull put spread"));
    await user.click(screen.getByTestId("tray-turn"));
    expect(screen.getByTestId("tray-name")).toHaveTextContent("AAPL Bear put spread");
    await expectAccessible();
  });

  it("is no longer said to be chosen once the legs are others", async () => {
    const { user } = await openChain();
    await pick(user, "strategy", "vertical");
    await screen.findByTestId("tray-name");
    await waitFor(() => expect(screen.getByTestId("strategy")).toHaveAttribute("data-value", "vertical"));
    await user.click(screen.getByTestId("tray-clear"));
    expect(screen.getByTestId("strategy")).toHaveAttribute("data-value", "");
    await user.click(screen.getByTestId("chain-call-ask-180"));
    expect(screen.getByTestId("strategy")).toHaveAttribute("data-value", "");
  });

  it("lists the later expiry of a calendar before it asks", async () => {
    const { backend, user } = await openChain();
    await pick(user, "strategy", "calendar");
    await waitFor(() => expect(JSON.parse(backend.callsOf("plan").at(-1)?.replace("plan ", "") ?? "{}")).toMatchObject({ plan: "calendar", expiries: ["20261218", "20270115"] }));
    expect(backend.callsOf("strikes")).toContain(`strikes ${AAPL} AAPL 20270115`);
  });

  it("rolls a held strategy with all its legs, or one of its options alone", async () => {
    const { backend, user } = await openChain();
    const asked = () => JSON.parse(backend.callsOf("plan").at(-1)?.replace("plan ", "") ?? "{}") as object;
    // The list names nothing afterwards: what was rolled stands in the tray.
    const roll = (held: string) => pickFrom(user, "strategy-roll", held);
    await roll("DU1000001:900100+900101+900102+900103");
    const condor = ["2", "-2", "-2", "2"].map((quantity, i) => ({ conId: 900_100 + i, quantity }));
    await waitFor(() => expect(asked()).toEqual({ kind: "roll", account: "DU1000001", held: condor, expiry: "20270115" }));
    expect(await screen.findByTestId("tray-aim")).toHaveTextContent("2 of it in DU1000001");
    expect(screen.getByTestId("tray-name")).toHaveTextContent("AAPL Roll of Iron condor");
    expect(screen.getByTestId("tray-leg-900101")).toHaveAttribute("data-side", "buy");
    await roll("DU1000001:900102");
    await waitFor(() => expect(asked()).toMatchObject({ held: [{ conId: 900_102, quantity: "-2" }] }));
    await expectAccessible();
  });

  it("says why there is none", async () => {
    const backend = new FakeBackend();
    backend.plan = () => Promise.reject(new BackendError({ code: "badInput", message: "There are too few strikes." }));
    const { user } = await openChain(AAPL, "AAPL", backend);
    await pick(user, "strategy", "condor");
    expect(await screen.findByTestId("strategy-error")).toHaveTextContent("There are too few strikes.");
  });

  it("takes the shares beside an option, and each leg alone as an order of its own", async () => {
    const { user } = await openChain();
    await quoted("chain-call-bid-190", "2.04");
    await user.click(screen.getByTestId("chain-call-bid-190"));
    await user.click(screen.getByTestId("strategy-shares"));
    expect(screen.getByTestId("tray-name")).toHaveTextContent("AAPL Covered call");
    expect(screen.getByTestId(`tray-leg-${AAPL}`)).toHaveAttribute("data-ratio", "100");
    await user.click(screen.getByTestId("tray-apart"));
    expect(screen.getByTestId("tray-apart-says")).toHaveTextContent("They may fill apart");
    expect(screen.queryByTestId("tray-order")).toBeNull();
    await user.click(screen.getByTestId(`tray-alone-${C190}`));
    expect(screen.getByTestId("ticket-instrument")).toHaveAttribute("data-con-id", String(C190));
  });

  it("moves a leg to the next listed strike by buttons and by keys, and says where the ladder ends", async () => {
    const { user } = await openChain();
    await quoted("chain-call-ask-180", "6.21");
    await user.click(screen.getByTestId("chain-call-ask-180"));
    await user.click(screen.getByTestId(`tray-higher-${C180}`));
    expect(await screen.findByTestId(`tray-leg-${C190}`)).toHaveAttribute("data-side", "buy");
    act(() => screen.getByTestId(`tray-side-${C190}`).focus());
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    await screen.findByTestId("tray-leg-900003");
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    expect(await screen.findByTestId("tray-refusal")).toHaveTextContent("There is no further strike.");
  });
});

describe("a table that is wider than its place", () => {
  it("begins with the strikes in the middle, and again when columns are added", async () => {
    const widths = [vi.spyOn(Element.prototype, "scrollWidth", "get").mockReturnValue(1000), vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(600)];
    const { user } = await openChain();
    const grid = screen.getByTestId("chain-grid");
    expect(grid.scrollLeft).toBe(200);
    grid.scrollLeft = 0;
    await user.click(screen.getByTestId("chain-columns"));
    await user.click(screen.getByTestId("chain-column-gamma"));
    expect(grid.scrollLeft).toBe(200);
    for (const width of widths) width.mockRestore();
  });
});

describe("the payoff of the legs picked", () => {
  it("is drawn, read by keys, told in figures and as a table, and asked anew for another date", async () => {
    const { backend, user } = await openChain();
    await quoted("chain-call-ask-180", "6.21");
    await user.click(screen.getByTestId("chain-call-ask-180"));
    await user.click(screen.getByTestId("chain-call-bid-190"));
    await user.click(screen.getByTestId("tray-payoff"));
    expect(await screen.findByTestId("payoff-max-loss")).toHaveTextContent("390.00 USD");
    expect(screen.getByTestId("payoff-max-profit")).toHaveTextContent("610.00 USD");
    expect(screen.getByTestId("payoff-breakevens")).toHaveTextContent("183.90");
    expect(screen.getByTestId("payoff-chance")).toHaveTextContent("≈ 41.2 %");
    expect(screen.getByTestId("payoff-reading")).toHaveTextContent("At 180.00Expiry−390.00");
    fireEvent.change(screen.getByTestId("payoff-read"), { target: { value: "5" } });
    expect(screen.getByTestId("payoff-reading")).toHaveTextContent("At 190.00Expiry+610.00");
    expect(screen.getByTestId("payoff-read")).toHaveAttribute("aria-valuetext", expect.stringContaining("At 190.00: +610.00 at expiry, "));
    expect(within(screen.getByTestId("payoff")).getAllByRole("row", { hidden: true })).toHaveLength(9);
    fireEvent.change(screen.getByTestId("payoff-days"), { target: { value: "10" } });
    await waitFor(() => expect(JSON.parse(backend.callsOf("payoff").at(-1)?.replace("payoff ", "") ?? "{}")).toMatchObject({ dates: ["20261201"], legs: [{ conId: C180, side: "buy", ratio: 1, price: "" }, { conId: C190, side: "sell" }] }));
    expect(screen.getByTestId("payoff-return-risk")).toHaveTextContent("156.4 %");
    fireEvent.change(screen.getByTestId("payoff-rate"), { target: { value: "18" } });
    await waitFor(() => expect(JSON.parse(backend.callsOf("payoff").at(-1)?.replace("payoff ", "") ?? "{}")).toMatchObject({ rate: "4.5" }));
    await expectAccessible();
  });

  it("moves a leg by the arrows at its mark", async () => {
    const { user } = await openChain();
    await quoted("chain-call-ask-180", "6.21");
    await user.click(screen.getByTestId("chain-call-ask-180"));
    await user.click(screen.getByTestId("tray-payoff"));
    const mark = await screen.findByTestId(`payoff-leg-${C180}`);
    act(() => mark.focus());
    await user.keyboard("{ArrowRight}");
    expect(await screen.findByTestId(`payoff-leg-${C190}`)).toHaveFocus();
  });

  it("stacks the marks of strikes too close to stand side by side", async () => {
    const { user } = await openChain();
    await quoted("chain-call-ask-180", "6.21");
    await user.click(screen.getByTestId("chain-call-ask-180"));
    await user.click(screen.getByTestId("chain-call-bid-190"));
    await user.click(screen.getByTestId("chain-put-ask-180"));
    const narrow = vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(80);
    await user.click(screen.getByTestId("tray-payoff"));
    const rows = (await screen.findAllByTestId(/^payoff-leg-/)).map(({ dataset }) => dataset["row"]);
    narrow.mockRestore();
    expect(rows).toEqual(["0", "1", "2"]);
  });

  it("asks for the margin of one account by a press, and says in words what the rules stop without an attempt", async () => {
    const backend = new FakeBackend();
    const { user } = await openChain(AAPL, "AAPL", backend);
    await quoted("chain-call-ask-180", "6.21");
    await user.click(screen.getByTestId("chain-call-ask-180"));
    await user.click(screen.getByTestId("chain-call-bid-190"));
    await user.click(screen.getByTestId("tray-payoff"));
    expect(await screen.findByTestId("payoff-margin")).toHaveTextContent("Choose one account to ask for");
    await pick(user, "account-switcher", "DU1000001");
    await user.click(await screen.findByTestId("payoff-margin-ask"));
    expect(await screen.findByTestId("payoff-margin-source")).toHaveTextContent("For one in DU1000001");
    expect(backend.callsOf("preview")).toHaveLength(1);
    expect(backend.callsOf("abandon")).toHaveLength(1);
    const check = backend.check.bind(backend);
    backend.check = async (draft) => ({ ...(await check(draft)), faults: [{ field: "legs", says: "The loss has no bound.", part: null, mend: null }] });
    await user.click(screen.getByTestId("payoff-margin-ask"));
    expect(await screen.findByTestId("payoff-margin-refused")).toHaveTextContent("Not known: The loss has no bound.");
    expect(backend.callsOf("preview")).toHaveLength(1);
  });

  it("says when it is unbounded, and why something is missing", async () => {
    const backend = new FakeBackend();
    const payoff = backend.payoff.bind(backend);
    backend.payoff = async (input) => ({ ...(await payoff(input)), maxLoss: { amount: null, unbounded: true }, chanceOfProfit: null, says: "There is no volatility of one leg." });
    const { user } = await openChain(AAPL, "AAPL", backend);
    await quoted("chain-call-ask-180", "6.21");
    await user.click(screen.getByTestId("chain-call-bid-180"));
    await user.click(screen.getByTestId("tray-payoff"));
    expect(await screen.findByTestId("payoff-max-loss")).toHaveTextContent("unbounded");
    expect(within(screen.getByTestId("payoff-chance")).getByRole("img")).toHaveAccessibleName("not known: There is no volatility of one leg.");
  });

  it("does not say that there is no breakeven while a price is missing", async () => {
    const backend = new FakeBackend();
    const payoff = backend.payoff.bind(backend);
    backend.payoff = async (input) => {
      const view = await payoff(input);
      return { ...view, breakevens: [], points: view.points.map((point) => ({ ...point, atExpiry: null })), says: "The price of leg 1 is not known." };
    };
    const { user } = await openChain(AAPL, "AAPL", backend);
    await quoted("chain-call-ask-180", "6.21");
    await user.click(screen.getByTestId("chain-call-ask-180"));
    await user.click(screen.getByTestId("tray-payoff"));
    expect(within(await screen.findByTestId("payoff-breakevens")).getByRole("img")).toHaveAccessibleName("not known: The price of leg 1 is not known.");
  });
});
