import { act, screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { quoteOf } from "../src/backend/fake/portfolio";
import { expectAccessible } from "./accessible";
import { openTicket, pick } from "./app";

const C180 = 900_001;
const C190 = 900_002;

async function turnToCombo(user: UserEvent): Promise<void> {
  await user.click(within(screen.getByTestId("ticket-account-DU1000001")).getByRole("radio"));
  await user.click(within(screen.getByTestId("ticket-combo")).getByRole("radio"));
}

async function addLeg(user: UserEvent, spelled: string, conId: number): Promise<void> {
  await user.type(screen.getByTestId("combo-search"), spelled);
  await screen.findByTestId(`combo-search-option-${conId}`);
  await user.keyboard("{Enter}");
  await screen.findByTestId(`leg-${conId}`);
}

/** A net price in words. An old quote has its age between them. */
function expectNet(testId: string, words: string, price: string): void {
  expect(screen.getByTestId(testId)).toHaveTextContent(words);
  expect(within(screen.getByTestId(testId)).getByText(price)).toBeInTheDocument();
}

/** A bull call spread, by the keyboard. */
async function openSpread(backend = new FakeBackend()) {
  const opened = await openTicket(backend);
  const { user } = opened;
  await turnToCombo(user);
  await addLeg(user, "AAPL 20261218 180 C", C180);
  await addLeg(user, "AAPL 20261218 190 C", C190);
  await user.click(screen.getByTestId(`leg-side-${C190}`));
  return opened;
}

describe("a combination on the ticket", () => {
  it("is built leg by leg, named, priced in words, previewed and sent", async () => {
    const { backend, user } = await openSpread();
    expect(screen.getByTestId("combo-name")).toHaveTextContent("AAPL Bull call spread");
    // 6.21 − 2.04 at once, 6.20 − 2.05 halfway.
    expectNet("combo-natural", "you pay", "4.17");
    expectNet("combo-mid", "you pay", "4.15");
    await user.click(screen.getByTestId("combo-mid"));
    expect(screen.getByTestId("ticket-limit")).toHaveValue("4.15");
    await user.type(screen.getByTestId("ticket-quantity"), "2");
    await expectAccessible();
    await user.click(screen.getByTestId("ticket-preview"));
    await screen.findByTestId("preview-panel");
    expect(backend.lastPreviewed).toMatchObject({
      conId: null,
      side: "buy",
      limitPrice: "4.15",
      legs: [
        { conId: C180, side: "buy", ratio: 1 },
        { conId: C190, side: "sell", ratio: 1 },
      ],
    });
    expect(screen.queryByTestId("preview-position")).toBeNull();
    await user.click(screen.getByTestId("preview-confirm"));
    const dialog = within(await screen.findByTestId("confirm-dialog"));
    expect(dialog.getByTestId("confirm-side")).toHaveTextContent("Pay for");
    expect(dialog.getByTestId("confirm-price")).toHaveTextContent("LMT at 4.15 USD or less");
    expect(dialog.getByTestId("confirm-send")).toHaveTextContent("Pay for 2 AAPL combinations at 4.15 in Individual");
    await user.click(dialog.getByTestId("confirm-send"));
    await screen.findByTestId("ticket-sent");
    expect(backend.callsOf("unwatch")).toEqual(expect.arrayContaining([`unwatch ${C180}`, `unwatch ${C190}`]));
  });

  it("keeps its legs watched through the preview, for the rules look at their quotes until it is sent", async () => {
    const { backend, user } = await openSpread();
    await user.type(screen.getByTestId("ticket-quantity"), "1");
    await user.click(screen.getByTestId("combo-natural"));
    await user.click(screen.getByTestId("ticket-preview"));
    await screen.findByTestId("preview-panel");
    expect(backend.callsOf("watch")).toEqual([`watch ${C180}`, `watch ${C190}`]);
    expect(backend.callsOf("unwatch")).toEqual([]);
  });

  it("lets the limit go when a leg changes, and turns its side by a click only, with a word on it", async () => {
    const { ticket, user } = await openSpread();
    await user.click(screen.getByTestId("combo-natural"));
    expect(ticket.state.get().draft).toMatchObject({ side: "buy", limitPrice: "4.17" });
    await user.click(screen.getByTestId(`leg-side-${C180}`));
    await user.click(screen.getByTestId(`leg-side-${C190}`));
    expect(ticket.state.get().draft).toMatchObject({ side: "buy", limitPrice: "" });
    expect(screen.getByTestId("combo-name")).toHaveTextContent("Bear call spread");
    expectNet("combo-natural", "you receive", "4.13");
    expect(screen.getByTestId("combo-across")).toHaveTextContent("The ticket says that you pay, and at these quotes you would receive");
    await user.click(screen.getByTestId("combo-natural"));
    expect(ticket.state.get().draft).toMatchObject({ side: "sell", limitPrice: "4.13" });
    expect(screen.getByTestId("combo-across")).toBeEmptyDOMElement();
    expect(within(screen.getByTestId("ticket-side-sell")).getByRole("radio")).toBeChecked();
    expect(screen.getByTestId("ticket-side-sell")).toHaveTextContent("You receive");
  });

  it("shows no price while a leg has no quote, and says whose is missing", async () => {
    const { backend } = await openSpread();
    const none = { value: null, at: null, source: null };
    act(() => backend.send({ type: "quote", value: { ...quoteOf(C190, 2.05, Date.now()), bid: none } }));
    await waitFor(() => expect(within(screen.getByTestId("combo-natural")).getByRole("img")).toHaveAccessibleName("not known: No bid of AAPL 18 Dec 26 190 C has come from the gateway yet"));
    expect(screen.getByTestId("combo-natural")).not.toHaveTextContent(/\d/);
  });

  it("counts ratios and takes legs off again", async () => {
    const { ticket, user } = await openSpread();
    await pick(user, `leg-ratio-${C190}`, "2");
    expect(screen.getByTestId("combo-name")).toHaveTextContent("Call ratio spread, 1 bought against 2 sold");
    expectNet("combo-natural", "you pay", "2.13");
    await user.click(screen.getByTestId(`leg-remove-${C190}`));
    expect(ticket.state.get().draft.legs).toEqual([{ conId: C180, side: "buy", ratio: 1 }]);
    expect(screen.getByTestId("combo")).toHaveFocus();
    expect(screen.queryByTestId("ticket-fault-legs")).toBeNull();
    await user.click(screen.getByTestId("ticket-preview"));
    expect(await screen.findByTestId("ticket-fault-legs")).toHaveTextContent("two to 8 legs");
  });

  it("takes no other stock and no option twice", async () => {
    const { ticket, user } = await openSpread();
    await user.type(screen.getByTestId("combo-search"), "MSFT");
    await user.click(await screen.findByTestId("combo-search-option-272093"));
    expect(await screen.findByTestId("combo-refused")).toHaveTextContent("MSFT is on another underlying");
    await user.type(screen.getByTestId("combo-search"), "AAPL 20261218 180 C");
    await user.click(await screen.findByTestId(`combo-search-option-${C180}`));
    expect(await screen.findByTestId("combo-refused")).toHaveTextContent("is in it already");
    expect(ticket.state.get().draft.legs).toHaveLength(2);
  });

  it("offers only what exchanges take of combinations, and nothing can be attached", async () => {
    const { ticket, user } = await openSpread();
    expect(screen.queryByTestId("section-bracket")).toBeNull();
    await user.click(screen.getByTestId("ticket-type"));
    expect(await screen.findByTestId("ticket-type-market")).toBeInTheDocument();
    expect(screen.queryByTestId("ticket-type-stop")).toBeNull();
    expect(ticket.state.get().offer?.tifs).toEqual(["day", "gtc", "gtd", "ioc"]);
  });

  it("turned to a single instrument and back has its legs again", async () => {
    const { ticket, user } = await openSpread();
    await user.click(within(screen.getByTestId("ticket-single")).getByRole("radio"));
    expect(ticket.state.get().draft.legs).toEqual([]);
    expect(screen.getByTestId("ticket-search")).toBeInTheDocument();
    await user.click(within(screen.getByTestId("ticket-combo")).getByRole("radio"));
    expect(ticket.state.get().draft.legs).toHaveLength(2);
  });

  it("comes back after a restart with its legs, which are looked up again", async () => {
    const { ticket } = await openSpread();
    const { legs } = ticket.state.get().draft;
    document.body.innerHTML = "";
    const again = await openTicket();
    expect(again.ticket.state.get().draft.legs).toEqual(legs);
    await again.ticket.resume();
    expect(again.backend.callsOf("instrument")).toEqual([`instrument ${C180}`, `instrument ${C190}`]);
    await waitFor(() => expect(screen.getByTestId("combo-name")).toHaveTextContent("Bull call spread"));
    expect(again.backend.callsOf("watch")).toHaveLength(2);
  });
});

describe("a strategy by its name", () => {
  async function openNamed() {
    const opened = await openTicket();
    await turnToCombo(opened.user);
    await opened.user.click(screen.getByTestId("combo-by-name"));
    await opened.user.type(screen.getByTestId("named-symbol"), "aapl");
    return opened;
  }

  it("finds its legs, all at once", async () => {
    const { ticket, user } = await openNamed();
    await pick(user, "named-strategy", "ironCondor");
    await user.type(screen.getByTestId("named-expiry-0"), "18 Dec 26");
    for (const [name, strike] of [["0", "170"], ["1", "180"], ["2", "190"], ["3", "200"]] as const) await user.type(screen.getByTestId(`named-strike-${name}`), strike);
    await expectAccessible();
    await user.keyboard("{Enter}");
    expect(await screen.findByTestId("combo-name")).toHaveTextContent("AAPL Iron condor");
    expect(ticket.state.get().draft.legs).toEqual([
      { conId: 900_100, side: "buy", ratio: 1 },
      { conId: 900_101, side: "sell", ratio: 1 },
      { conId: C190, side: "sell", ratio: 1 },
      { conId: 900_003, side: "buy", ratio: 1 },
    ]);
    expect(screen.queryByTestId("named")).toBeNull();
  });

  it("says which option there is not, and takes no other instead", async () => {
    const { ticket, user } = await openNamed();
    await user.type(screen.getByTestId("named-expiry-0"), "2026-12-18");
    await user.type(screen.getByTestId("named-strike-0"), "180");
    await user.type(screen.getByTestId("named-strike-1"), "182.5");
    await user.click(screen.getByTestId("named-fill"));
    expect(await screen.findByTestId("named-missing")).toHaveTextContent("There is no option AAPL 20261218 182.5 C.");
    expect(ticket.state.get().draft.legs).toEqual([]);
    await user.clear(screen.getByTestId("named-strike-1"));
    await user.type(screen.getByTestId("named-strike-1"), "180");
    await user.click(screen.getByTestId("named-fill"));
    expect(await screen.findByText("The two strikes are the same.")).toBeInTheDocument();
  });
});
