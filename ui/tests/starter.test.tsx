import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { expectAccessible } from "./accessible";
import { openApp } from "./app";

async function settings(backend = new FakeBackend()) {
  const { user } = await openApp(backend);
  await user.click(screen.getByTestId("nav-settings"));
  return { user, backend };
}

describe("starting the gateway through IBC", () => {
  it("is looked at anew with the keychain", async () => {
    const { user, backend } = await settings();
    await screen.findByTestId("starter-found");
    const before = backend.callsOf("starter").length;
    await user.click(screen.getByTestId("keychain-look"));
    await waitFor(() => expect(backend.callsOf("starter").length).toBe(before + 1));
  });

  it("is offered with what was found, and what can't be is said at its field", async () => {
    const { user, backend } = await settings();
    expect((await screen.findByTestId("starter-found")).textContent).toBe("Found IBC 3.24.0 in /opt/ibc, and IB Gateway 1037.");
    await user.click(screen.getByTestId("starter-set-up"));
    await user.type(await screen.findByTestId("starter-port"), "x");
    await user.click(screen.getByTestId("starter-accepts-accept"));
    expect(screen.getByText(/every program that reaches the port can trade/)).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByTestId("starter-save"));
    expect(await screen.findByText("A port is a number from 1 to 65535.")).toBeVisible();
    expect(screen.getByTestId("starter-port")).toHaveFocus();
    await user.clear(screen.getByTestId("starter-port"));
    await user.type(screen.getByTestId("starter-login"), "alice");
    await user.click(screen.getByTestId("starter-save"));
    await waitFor(() => expect(screen.queryByTestId("starter-form")).toBeNull());
    expect(screen.getByTestId("starter-kept").textContent).toMatch(/Paper trading · user alice/);
    // What opened the form is gone, and one goes on from the screen.
    await waitFor(() => expect(screen.getByRole("main")).toHaveFocus());
    expect(screen.getByTestId("starter-start")).toBeDisabled();
    expect(JSON.stringify(backend.callsOf("keepStarter"))).not.toMatch(/password/i);
  });

  it("shows the difference before anything is written, and keeps a copy", async () => {
    const { user, backend } = await settings();
    backend.starterOf.keep({ ibc: "", config: "", gateway: "", login: "alice", mode: "paper", readOnly: "leave", port: "4002", restartAt: "", accepts: "manual", commandPort: "" });
    await user.click(screen.getByTestId("nav-portfolio"));
    await user.click(screen.getByTestId("nav-settings"));
    await user.click(await screen.findByTestId("starter-config"));
    const changes = await screen.findByTestId("config-changes");
    expect(changes.textContent).toMatch(/TradingMode.*live.*paper/);
    expect(changes.textContent).toMatch(/a password \(not shown\)/);
    expect(screen.getByTestId("config-holds-password")).toBeVisible();
    expect(backend.callsOf("writeStarterConfig")).toEqual([]);
    await expectAccessible();
    await user.click(screen.getByTestId("config-write"));
    expect(await screen.findByTestId("config-copy-warns")).toBeVisible();
    expect(backend.callsOf("writeStarterConfig")).toEqual(["writeStarterConfig 5eed"]);
    await user.click(screen.getByTestId("config-leave"));
    await user.click(screen.getByTestId("starter-config"));
    expect(await screen.findByTestId("config-same")).toHaveTextContent(/is as you set it: nothing has to be written\.$/);
    expect(screen.getByTestId("config-dialog")).not.toHaveTextContent(/but for this|A copy/);
    await user.click(screen.getByTestId("config-leave"));
    await user.click(screen.getByTestId("starter-start"));
    expect((await screen.findByTestId("starter-run")).textContent).toMatch(/Type the login into IB Gateway's window/);
    await user.click(screen.getByTestId("starter-stop"));
    await waitFor(() => expect(screen.getByTestId("starter-run").textContent).toBe("It was stopped."));
  });

  it("stores a password with what that means, and offers none to an IBC that shows it to others", async () => {
    const { user, backend } = await settings();
    backend.starterOf.keep({ ibc: "", config: "", gateway: "", login: "alice", mode: "paper", readOnly: "leave", port: "", restartAt: "", accepts: "manual", commandPort: "" });
    await user.click(screen.getByTestId("nav-portfolio"));
    await user.click(screen.getByTestId("nav-settings"));
    await user.click(await screen.findByTestId("starter-password"));
    await expectAccessible();
    await user.type(await screen.findByTestId("gateway-password"), "planted secret");
    await user.click(screen.getByTestId("password-keep"));
    await waitFor(() => expect(screen.getByTestId("starter-password-says").textContent).toMatch(/on no command line and in no file/));
    // The list of the keychain knows of it at once, and the starter of what is deleted there.
    await user.click(await screen.findByTestId("secret-delete-gateway-login"));
    await user.click(await screen.findByTestId("secret-delete-go"));
    await waitFor(() => expect(screen.queryByTestId("secret-gateway-login")).toBeNull());
    await waitFor(() => expect(screen.getByTestId("starter-password-says").textContent).not.toMatch(/on no command line and in no file/));
    backend.starterOf.set({ way: "commandLine" });
    await user.click(screen.getByTestId("nav-portfolio"));
    await user.click(screen.getByTestId("nav-settings"));
    expect((await screen.findByTestId("starter-password-says")).textContent).toMatch(/where every program on this computer can read it/);
    expect(screen.queryByTestId("starter-password")).toBeNull();
  });

  it("says what is not there", async () => {
    const backend = new FakeBackend();
    backend.starterOf.set({ ibcs: [] });
    const { user } = await settings(backend);
    expect(await screen.findByTestId("starter-none")).toBeVisible();
    backend.starterOf.fails = new Error("The folders can't be read.");
    await user.click(screen.getByTestId("nav-portfolio"));
    await user.click(screen.getByTestId("nav-settings"));
    expect(await screen.findByText("Gatehouse can't say whether IBC is here.")).toBeVisible();
  });
});
