import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { expectAccessible } from "./accessible";
import { fillTicket, openApp, openConfirmation } from "./app";

describe("the screens are accessible", () => {
  for (const name of ["portfolio", "orders", "journal", "settings"]) {
    it(name, async () => {
      const { user } = await openApp(new FakeBackend().withSamples());
      await user.click(screen.getByTestId(`nav-${name}`));
      await screen.findByTestId(`screen-${name}`);
      if (name === "orders") for (const more of screen.getAllByTestId("order-toggle")) await user.click(more);
      if (name === "journal") await user.click(await screen.findByTestId("journal-row-400"));
      await expectAccessible();
    });
  }

  it("ticket, preview and confirmation", async () => {
    const { user } = await openApp();
    await fillTicket(user, { side: "sell", quantity: "100" });
    await screen.findByTestId("finding-ira.no-short-sale");
    await expectAccessible();
    await user.click(screen.getByTestId("ticket-clear"));
    await openConfirmation(user);
    await expectAccessible();
  });

  it("palette and help sheet", async () => {
    const { user } = await openApp();
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-search"), "journal");
    await screen.findByTestId("palette-search-option-go-journal");
    await expectAccessible();
    await user.keyboard("{Enter}");
    await screen.findByTestId("screen-journal");
    await user.keyboard("?");
    await screen.findByTestId("help-sheet");
    await expectAccessible();
  });
});

describe("the portfolio", () => {
  it("says the mode in words and frames the window", async () => {
    await openApp();
    expect(screen.getByTestId("mode-badge")).toHaveTextContent("PAPER (simulated)");
    expect(screen.getByTestId("frame")).toHaveAttribute("data-mode", "paper");
    expect(document.documentElement.dataset.portfolio ?? "").toMatch(/painted|^$/);
    await waitFor(() => expect(document.documentElement.dataset.portfolio).toBe("painted"));
  });

  it("follows a quote and shows a dash with its reason for what is not known", async () => {
    const { backend } = await openApp();
    backend.move(265598, 181.5);
    const row = within(await screen.findByTestId("position-row-265598"));
    await waitFor(() => expect(row.getByTestId("position-price")).toHaveTextContent("181.50"));
    const hongKong = within(screen.getByTestId("position-row-113170890"));
    expect(hongKong.getByTestId("position-dailyPnl")).toHaveTextContent("—");
    expect(hongKong.getByTestId("position-dailyPnl")).toHaveAccessibleName(/not known: The broker has not told/);
  });

  it("names the currency of value and profit in a row that is priced in another", async () => {
    await openApp();
    const hongKong = within(await screen.findByTestId("position-row-113170890"));
    expect(hongKong.getByTestId("position-price")).toHaveTextContent(/^412\.60$/);
    expect(hongKong.getByTestId("position-value")).toHaveTextContent(/^≈?USD 26,406\.40$/);
    expect(hongKong.getByTestId("position-unrealizedPnl")).toHaveTextContent("USD +2,649.60");
    const apple = within(screen.getByTestId("position-row-265598"));
    expect(apple.getByTestId("position-value")).not.toHaveTextContent("USD");
  });

  it("dims every figure and shows its age when the link is lost, and says what is stale", async () => {
    const { backend } = await openApp();
    await backend.simGateway("stop");
    const banner = await screen.findByTestId("connection-banner");
    expect(banner).toHaveTextContent("The link to the gateway is lost.");
    expect(screen.getByTestId("connection-stale")).toHaveTextContent(/Everything shown is stale: last heard \d+ seconds? ago/);
    expect(screen.getByTestId("connection-retry")).toHaveTextContent(/Next try in \d+ s/);
    expect(screen.getByTestId("figure-DU1000001-netLiquidation")).toHaveTextContent(/\d+s[\d,]+\.\d\d/);
    expect(screen.getByTestId("figure-DU1000001-netLiquidation")).toHaveAttribute("data-stale", "true");
    await backend.simGateway("start");
    await waitFor(() => expect(screen.queryByTestId("connection-banner")).toBeNull());
  });

  it("says on every screen that orders are stopped while the journal can't be written", async () => {
    const { backend } = await openApp();
    const head = { seq: 3, hash: "0".repeat(64) };
    backend.send({ type: "journal", value: { ...head, fault: "The disk is full (journal.db)." } });
    const banner = await screen.findByTestId("journal-banner");
    expect(banner).toHaveTextContent("Orders are stopped. The disk is full (journal.db).");
    backend.send({ type: "journal", value: { ...head, fault: null } });
    await waitFor(() => expect(screen.queryByTestId("journal-banner")).toBeNull());
  });

  it("lists positions by symbol", async () => {
    await openApp();
    const rows = await screen.findAllByTestId(/^position-row-/);
    const symbols = rows.map((row) => row.querySelector("strong")?.textContent ?? "");
    expect(symbols).toEqual([...symbols].sort());
    expect(symbols.length).toBeGreaterThan(3);
  });

  it("is loud on a live login, where orders are off until the word for them is typed", async () => {
    const backend = new FakeBackend();
    backend.link = { ...backend.link, mode: "live", simulated: false, readOnly: true };
    const { user } = await openApp(backend);
    const badge = screen.getByTestId("mode-badge");
    expect(badge).toHaveTextContent("LIVE — orders off");
    expect(screen.getByTestId("frame")).toHaveClass("frame-live");
    expect(screen.getByTestId("ticket-preview")).toBeDisabled();
    expect(screen.getByTestId("ticket-refusal")).toHaveTextContent("Live orders are off");
    await user.click(badge);
    await waitFor(() => expect(screen.getByTestId("arm-back")).toHaveFocus());
    expect(screen.getByTestId("arm-on")).toBeDisabled();
    await user.type(screen.getByTestId("arm-word"), "live");
    await user.click(screen.getByTestId("arm-on"));
    await waitFor(() => expect(badge).toHaveTextContent("LIVE — orders on, 15 min left"));
    expect(backend.calls).toContain("armLive 15 live");
    await user.click(badge);
    await user.click(screen.getByTestId("arm-off"));
    await waitFor(() => expect(badge).toHaveTextContent("LIVE — orders off"));
  });

  it("says what the gateway has to say until it is put away", async () => {
    const { backend, user } = await openApp();
    backend.send({ type: "notice", value: { id: 7, at: Date.now(), tone: "warning", text: "Market data farm is away.", code: 2103, about: null } });
    const notice = await screen.findByTestId("notice-7");
    expect(notice).toHaveTextContent("Market data farm is away.");
    await user.click(within(notice).getByRole("button", { name: "Put this notice away" }));
    await waitFor(() => expect(screen.queryByTestId("notice-7")).toBeNull());
  });

  it("reports its first portfolio when a benchmark asks for it, and only then", async () => {
    const asked = new FakeBackend();
    asked.measured = "portfolio";
    // The benchmark goes away after the first report, so that nothing is measured beyond this test.
    const told = asked.report.bind(asked);
    asked.report = async (measured) => {
      await told(measured);
      throw new Error("the benchmark has ended");
    };
    await openApp(asked);
    await waitFor(() => expect(asked.callsOf("report")).toContain("report portfolioPainted"));
    document.body.replaceChildren();
    const { backend } = await openApp();
    await waitFor(() => expect(document.documentElement.dataset.portfolio).toBe("painted"));
    expect(backend.callsOf("report")).toEqual([]);
  });

  it("shows one account alone", async () => {
    const { user } = await openApp();
    await user.keyboard("{Alt>}2{/Alt}");
    await waitFor(() => expect(screen.queryByTestId("account-card-DU1000001")).toBeNull());
    expect(screen.getByTestId("account-card-DU1000002")).toBeInTheDocument();
    expect(screen.getByTestId("position-row-DU1000002:756733")).toBeInTheDocument();
    expect(screen.queryByTestId("position-row-DU1000003:756733")).toBeNull();
  });

  it("moves through its grid with the keyboard and finds a symbol by typing", async () => {
    const { user } = await openApp();
    const row = await screen.findByTestId("position-row-265598");
    within(row).getByRole("rowheader").focus();
    await user.keyboard("n");
    expect(screen.getByTestId("position-row-4815747")).toContainElement(document.activeElement as HTMLElement);
    await user.keyboard("{End}{Enter}");
    expect(document.activeElement).toHaveAccessibleName("Buy NVDA");
    await user.keyboard("{Escape}{Home}");
    expect(document.activeElement).toHaveAttribute("role", "rowheader");
  });

  it("says what it waits for before any account is known", async () => {
    const backend = new FakeBackend();
    backend.known = false;
    backend.link = { ...backend.link, state: "connecting", says: "Looking for the gateway." };
    await openApp(backend);
    expect(await screen.findByTestId("face-loading")).toHaveTextContent("Connecting to 127.0.0.1:4002");
  });

  it("shows the last portfolio of the same gateway at once, marked stale, and never mixes it with new figures", async () => {
    const first = await openApp();
    window.dispatchEvent(new Event("pagehide"));
    document.body.replaceChildren();
    const backend = new FakeBackend();
    backend.known = false;
    backend.link = { ...first.backend.link, state: "connecting", lastHeard: null };
    await openApp(backend);
    expect(await screen.findByTestId("figure-DU1000001-netLiquidation")).toHaveAttribute("data-stale", "true");
    expect(screen.getByTestId("connection-stale")).toHaveTextContent("figures of the last session");
    backend.known = true;
    backend.holdings.splice(0, 1);
    backend.setLink({ state: "up" });
    await waitFor(() => expect(screen.getByTestId("figure-DU1000001-netLiquidation")).not.toHaveAttribute("data-stale"));
    expect(backend.callsOf("resync")).toHaveLength(1);
    await waitFor(() => expect(screen.queryByTestId("connection-stale")).toBeNull());
    expect(within(screen.getByTestId("position-row-265598")).getByTestId("position-quantity")).toHaveTextContent("40");
  });
});

describe("orders and journal", () => {
  it("shows a partial fill as one and cancels once", async () => {
    const { backend, user } = await openApp(new FakeBackend().withSamples());
    await user.click(screen.getByTestId("nav-orders"));
    const row = within(await screen.findByTestId("order-row-o-92"));
    expect(row.getByTestId("order-filled")).toHaveTextContent("4 of 10");
    await user.dblClick(row.getByTestId("order-cancel"));
    await waitFor(() => expect(screen.getByTestId("order-row-o-92")).toHaveAttribute("data-state", "cancelled"));
    expect(backend.callsOf("cancel")).toEqual(["cancel o-92"]);
  });

  it("is loud about an order that nobody can vouch for, and offers no way to repeat it", async () => {
    const { user } = await openApp(new FakeBackend().withSamples());
    await user.click(screen.getByTestId("nav-orders"));
    const row = within(await screen.findByTestId("order-row-o-91"));
    expect(row.getByTestId("order-loud")).toHaveTextContent("will not send it again");
    expect(row.queryByTestId("order-cancel")).toBeNull();
  });

  it("leads from an order to its records, filters, and checks the chain", async () => {
    const { backend, user } = await openApp(new FakeBackend().withSamples());
    backend.write("approved", "DU1000001", "i-o-92", "Approved and sent.");
    await user.click(screen.getByTestId("nav-orders"));
    const row = within(await screen.findByTestId("order-row-o-92"));
    await user.click(row.getByTestId("order-toggle"));
    await user.click(row.getByTestId("order-journal"));
    expect(await screen.findByTestId("journal-row-402")).toHaveTextContent("Approved and sent.");
    await waitFor(() => expect(screen.queryByTestId("journal-row-400")).toBeNull());
    await user.click(screen.getByTestId("journal-clear"));
    expect(await screen.findByTestId("journal-row-401")).toBeInTheDocument();
    await user.click(screen.getByTestId("journal-verify"));
    expect(await screen.findByTestId("journal-verdict")).toHaveTextContent("All 402 records are as they were written.");
  });

  it("keeps only the rows in sight in the document", async () => {
    const { user } = await openApp(new FakeBackend().withSamples());
    await user.click(screen.getByTestId("nav-journal"));
    await screen.findByTestId("journal-row-401");
    expect(screen.getAllByRole("option").length).toBeLessThan(60);
  });
});
