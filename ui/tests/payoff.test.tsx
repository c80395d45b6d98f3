import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { BackendError, type PayoffInput } from "../src/backend/backend";
import { FakeBackend } from "../src/backend/fake";
import { chooseChain } from "../src/features/chain/choices";
import { expectAccessible } from "./accessible";
import { AAPL, openChain, quoted } from "./open-chain";

const C180 = 900_001;
const C190 = 900_002;

beforeEach(() => chooseChain({ columns: ["bid", "ask", "iv", "delta", "openInterest"], range: "all" }));

async function openPayoff(backend = new FakeBackend()) {
  const opened = await openChain(AAPL, "AAPL", backend);
  await quoted("chain-call-ask-180", "6.21");
  await opened.user.click(screen.getByTestId("chain-call-ask-180"));
  await opened.user.click(screen.getByTestId("chain-call-bid-190"));
  await opened.user.click(screen.getByTestId("tray-payoff"));
  return opened;
}

function lastAsked(backend: FakeBackend): PayoffInput {
  return JSON.parse(backend.callsOf("payoff").at(-1)?.replace("payoff ", "") ?? "{}") as PayoffInput;
}

describe("a payoff that is refused", () => {
  it("does not say that it is asked for again when nothing would change by that", async () => {
    const backend = new FakeBackend();
    backend.payoff = () => Promise.reject(new BackendError({ code: "badInput", message: "AAPL1 can't be a leg: it was adjusted." }));
    await openPayoff(backend);
    const face = await screen.findByTestId("face-broken");
    expect(face).toHaveTextContent("AAPL1 can't be a leg: it was adjusted.");
    expect(face).not.toHaveTextContent("again by itself");
  });

  it("says that it is asked for again when that can help", async () => {
    const backend = new FakeBackend();
    backend.payoff = () => Promise.reject(new BackendError({ code: "internal", message: "The program is busy." }));
    await openPayoff(backend);
    expect(await screen.findByTestId("face-broken")).toHaveTextContent("The program is busy. It is asked for again by itself.");
  });
});

describe("the dates of a payoff", () => {
  const columns = () => within(screen.getByTestId("payoff")).getAllByRole("columnheader", { hidden: true }).map(({ textContent }) => textContent);

  it("are kept as lines, read in the legend and the table, and let go one by one", async () => {
    const backend = new FakeBackend();
    const { user } = await openPayoff(backend);
    await screen.findByTestId("payoff-max-loss");
    await user.click(screen.getByTestId("payoff-keep"));
    await user.click(screen.getByTestId("payoff-quick-half"));
    expect(screen.getByTestId("payoff-keep")).toHaveTextContent("Keep 4 Dec");
    await user.click(screen.getByTestId("payoff-keep"));
    await user.click(screen.getByTestId("payoff-quick-week"));
    await user.click(screen.getByTestId("payoff-keep"));
    fireEvent.change(screen.getByTestId("payoff-days"), { target: { value: "27" } });
    await waitFor(() => expect(lastAsked(backend).dates).toEqual(["20261218", "", "20261204", "20261211"]));
    await waitFor(() => expect(columns()).toEqual(["Underlying", "Expiry, 18 Dec", "18 Dec", "Now", "4 Dec", "11 Dec"]));
    expect(screen.getByTestId("payoff-picture").querySelectorAll("polyline")).toHaveLength(5);
    // No two lines have one pattern.
    const patterns = [...screen.getByTestId("payoff-picture").querySelectorAll("polyline")].map((line) => line.getAttribute("class"));
    expect(new Set(patterns).size).toBe(5);
    expect(screen.getByTestId("payoff-line-kept-20261204")).toHaveTextContent("4 Dec−64.00");
    expect(screen.getByTestId("payoff-read")).toHaveAttribute("aria-valuetext", expect.stringContaining("−64.00 on 4 Dec"));
    // Three are kept: a fourth has no room.
    expect(screen.getByTestId("payoff-keep")).toBeDisabled();
    await expectAccessible();
    await user.click(screen.getByTestId("payoff-drop-kept-20261204"));
    await waitFor(() => expect(columns()).toEqual(["Underlying", "Expiry, 18 Dec", "18 Dec", "Now", "11 Dec"]));
    expect(screen.getByTestId("payoff-keep")).toBeEnabled();
    // A date that is on show and kept is one column.
    await user.click(screen.getByTestId("payoff-quick-week"));
    await waitFor(() => expect(columns()).toEqual(["Underlying", "Expiry, 18 Dec", "Now", "11 Dec"]));
    // They outlast the panel.
    await user.click(screen.getByTestId("tray-payoff"));
    await user.click(screen.getByTestId("tray-payoff"));
    expect(await screen.findByTestId("payoff-line-kept-20261211")).toBeInTheDocument();
  });

  it("are not drawn after the first expiry, which is said, and go with midnight", async () => {
    const backend = new FakeBackend();
    const payoff = backend.payoff.bind(backend);
    const { user } = await openPayoff(backend);
    await screen.findByTestId("payoff-max-loss");
    await user.click(screen.getByTestId("payoff-quick-week"));
    await user.click(screen.getByTestId("payoff-keep"));
    await waitFor(() => expect(screen.getByTestId("payoff-line-kept-20261211")).toHaveTextContent(/11 Dec[−+]/));
    const lying = (lies: "beyond" | "past") => async (input: PayoffInput) => {
      const view = await payoff(input);
      return { ...view, expiry: "20261204", days: 13, dates: view.dates.map((date, i) => (i === 0 ? date : { ...date, lies })), points: view.points.map((point) => ({ ...point, onDates: point.onDates.map((amount, i) => (i === 0 ? amount : null)) })) };
    };
    backend.payoff = lying("beyond");
    await user.click(screen.getByTestId(`tray-side-${C180}`));
    await waitFor(() => expect(screen.getByTestId("payoff-line-kept-20261211")).toHaveTextContent("11 Decafter expiry"));
    expect(screen.getByTestId("payoff-picture").querySelectorAll("polyline")).toHaveLength(2);
    expect(columns()).toHaveLength(3);
    // The slider's own date is held to the nearer expiry.
    await waitFor(() => expect(lastAsked(backend).dates[0]).toBe("20261204"));
    backend.payoff = lying("past");
    await user.click(screen.getByTestId(`tray-side-${C180}`));
    await waitFor(() => expect(screen.queryByTestId("payoff-line-kept-20261211")).not.toBeInTheDocument());
  });
});

describe("an implied volatility of the person's own", () => {
  it("is typed at a leg, marked as theirs wherever it counts, in no order, and let go by one press", async () => {
    const backend = new FakeBackend();
    const { user } = await openPayoff(backend);
    expect(await screen.findByTestId("payoff-chance")).toHaveTextContent("≈ 41.2 %");
    await user.click(screen.getByTestId(`tray-iv-set-${C180}`));
    await user.type(screen.getByTestId(`tray-iv-type-${C180}`), "32.50 %{Enter}");
    await waitFor(() => expect(screen.getByTestId(`tray-iv-set-${C180}`)).toHaveTextContent("Your IV 32.5 %*"));
    await waitFor(() => expect(screen.getByTestId("payoff-yours")).toHaveTextContent("* By your implied volatility, not the market's: AAPL 18 Dec 26 180 C 32.5 %"));
    expect(lastAsked(backend).legs.map(({ volatility }) => volatility)).toEqual(["32.5", ""]);
    expect(screen.getByTestId("payoff-chance")).toHaveTextContent("≈ 38.7 %*");
    expect(screen.getByTestId("payoff-vega")).toHaveTextContent("*");
    // No model is in these.
    expect(screen.getByTestId("payoff-max-loss")).not.toHaveTextContent("*");
    expect(screen.getByTestId("payoff-breakevens")).not.toHaveTextContent("*");
    await expectAccessible();
    await user.click(screen.getByTestId("tray-order"));
    await screen.findByTestId("combo-name");
    const sent = ["check", "preview"].flatMap((call) => backend.callsOf(call)).join(" ");
    expect(sent).not.toContain("32.5");
    await user.click(screen.getByTestId(`tray-iv-reset-${C180}`));
    await waitFor(() => expect(screen.queryByTestId("payoff-yours")).not.toBeInTheDocument());
    expect(lastAsked(backend).legs.map(({ volatility }) => volatility)).toEqual(["", ""]);
    expect(screen.getByTestId(`tray-iv-set-${C180}`)).toHaveTextContent("IV 25.0 %");
  });

  it("is not taken when it can't be one: what was typed stays, and so does the figure before it", async () => {
    const backend = new FakeBackend();
    const { user } = await openPayoff(backend);
    await screen.findByTestId("payoff-max-loss");
    await user.click(screen.getByTestId(`tray-iv-set-${C180}`));
    await user.type(screen.getByTestId(`tray-iv-type-${C180}`), "30{Enter}");
    await waitFor(() => expect(lastAsked(backend).legs[0]?.volatility).toBe("30"));
    for (const bad of ["0", "-4", "abc", "900", "24,5"]) {
      await user.click(screen.getByTestId(`tray-iv-set-${C180}`));
      const field = screen.getByTestId(`tray-iv-type-${C180}`);
      await user.clear(field);
      await user.type(field, `${bad}{Enter}`);
      expect(screen.getByTestId(`tray-iv-fault-${C180}`)).toHaveTextContent(`“${bad}” is no implied volatility. Type a percentage from 0.1 to 500, or nothing for the market’s. Until then your 30 % counts.`);
      expect(field).toHaveValue(bad);
      await user.type(field, "{Escape}");
      expect(screen.getByTestId(`tray-iv-set-${C180}`)).toHaveTextContent("Your IV 30 %*");
    }
    expect(new Set(backend.callsOf("payoff").map((call) => (JSON.parse(call.replace("payoff ", "")) as PayoffInput).legs[0]?.volatility))).toEqual(new Set(["", "30"]));
    // Nothing typed is the market's.
    await user.click(screen.getByTestId(`tray-iv-set-${C180}`));
    await user.clear(screen.getByTestId(`tray-iv-type-${C180}`));
    await user.keyboard("{Enter}");
    expect(screen.getByTestId(`tray-iv-set-${C180}`)).toHaveTextContent("IV 25.0 %");
  });

  it("stays with its option: another strike has the market's, and it is there again on the way back", async () => {
    const backend = new FakeBackend();
    const { user } = await openPayoff(backend);
    await screen.findByTestId("payoff-max-loss");
    await user.click(screen.getByTestId(`tray-remove-${C190}`));
    await user.click(screen.getByTestId(`tray-iv-set-${C180}`));
    await user.type(screen.getByTestId(`tray-iv-type-${C180}`), "30{Enter}");
    const mark = await screen.findByTestId(`payoff-leg-${C180}`);
    act(() => mark.focus());
    await user.keyboard("{ArrowRight}");
    expect(await screen.findByTestId(`tray-iv-set-${C190}`)).not.toHaveTextContent("Your IV");
    await waitFor(() => expect(lastAsked(backend).legs.map(({ volatility }) => volatility)).toEqual([""]));
    await user.keyboard("{ArrowLeft}");
    expect(await screen.findByTestId(`tray-iv-set-${C180}`)).toHaveTextContent("Your IV 30 %");
  });
});
