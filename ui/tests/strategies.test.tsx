import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { expectAccessible } from "./accessible";
import { openApp } from "./app";

async function openStrategies() {
  const opened = await openApp();
  await opened.user.click(await screen.findByTestId("positions-strategies"));
  await screen.findByTestId("greeks");
  return opened;
}

const CONDOR = "strategy-row-DU1000001:900100+900101+900102+900103";

describe("held options", () => {
  it("stand as strategies with their greeks, of each account and together", async () => {
    await openStrategies();
    const condor = within(screen.getByTestId(CONDOR));
    expect(condor.getByTestId("strategy-name")).toHaveTextContent("2 × Iron condor");
    expect(condor.getByTestId("strategy-delta")).toHaveTextContent("−12.4");
    const all = within(screen.getByTestId("greeks-all:USD"));
    expect(all.getByTestId("greeks-theta")).toHaveAccessibleName(/not known: Not known yet: greeks of AAPL 18 Dec 26 190 P/);
    expect(within(screen.getByTestId("greeks-DU1000001:USD")).getByTestId("greeks-theta")).toHaveTextContent("+20.30");
    await expectAccessible();
  });

  it("say what is coming, the loudest first, with its source", async () => {
    await openStrategies();
    const [first] = within(screen.getByTestId("coming")).getAllByRole("listitem");
    expect(first).toHaveTextContent(/IRA: not covered.*AAPL Short put, Roth IRA\..*liquidated.*articles 188 and 2187/);
  });

  it("are those of one account when one is chosen", async () => {
    const { user } = await openStrategies();
    await user.click(screen.getByTestId("account-switcher"));
    await user.click(await screen.findByTestId("account-switcher-DU1000002"));
    await waitFor(() => expect(screen.queryByTestId(CONDOR)).toBeNull());
    expect(screen.queryByTestId("greeks-all:USD")).toBeNull();
    expect(screen.getByTestId("greeks-DU1000002:USD")).toBeVisible();
  });

  it("are on show again when one comes back", async () => {
    const { user } = await openStrategies();
    await user.click(screen.getByTestId("nav-orders"));
    await user.click(screen.getByTestId("nav-portfolio"));
    expect(await screen.findByTestId(CONDOR)).toBeVisible();
  });

  it("are looked for on the chain when there are none", async () => {
    const backend = new FakeBackend();
    const { user } = await openApp(backend);
    const { strategies } = backend.snapshot();
    backend.send(strategies.map(({ key }) => ({ type: "strategyGone", value: key })));
    await user.click(await screen.findByTestId("positions-strategies"));
    expect(await screen.findByTestId("face-empty")).toHaveTextContent("open Options");
  });
});
