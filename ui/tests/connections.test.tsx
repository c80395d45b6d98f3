import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { HeldView } from "../src/backend/backend";
import { FakeBackend } from "../src/backend/fake";
import { expectAccessible } from "./accessible";
import { openApp, pick } from "./app";

async function settings(backend = new FakeBackend()) {
  const { user } = await openApp(backend);
  await user.click(screen.getByTestId("nav-settings"));
  await screen.findByTestId("connections");
  return { user, backend };
}

describe("connections", () => {
  it("are listed with what they are like and where they are open", async () => {
    const { backend } = await settings();
    expect(screen.getByTestId("profile-main").textContent).toMatch(/127\.0\.0\.1:4002 · client id 17 · Expects paper/);
    expect(screen.getByTestId("profile-main-standing").textContent).toBe("This window");
    expect(screen.getByTestId("profile-live").textContent).toMatch(/read-only/);
    expect(screen.queryByTestId("profile-main-delete")).toBeNull();
    expect(backend.callsOf("saveProfile")).toEqual([]);
    await expectAccessible();
  });

  it("are edited in a form that says what is wrong at its field", async () => {
    const { user, backend } = await settings();
    await user.click(screen.getByTestId("profile-add"));
    await user.clear(await screen.findByTestId("profile-port"));
    await user.click(screen.getByTestId("profile-save"));
    expect(await screen.findByText("Give it a name.")).toBeVisible();
    expect(screen.getByTestId("profile-port")).toHaveAttribute("aria-invalid", "true");
    expect(screen.getByTestId("profile-name")).toHaveFocus();
    await user.type(screen.getByTestId("profile-name"), "Second");
    await user.type(screen.getByTestId("profile-port"), "7497");
    await pick(user, "profile-colour", "orange");
    await user.click(screen.getByTestId("profile-read-only"));
    await expectAccessible();
    await user.click(screen.getByTestId("profile-save"));
    await screen.findByTestId("profile-second");
    const saved = JSON.parse(backend.callsOf("saveProfile").at(-1)?.slice("saveProfile ".length) ?? "");
    expect(saved).toMatchObject({ id: null, name: "Second", port: "7497", expects: "paper", readOnly: true, colour: "orange" });
  });

  it("name the accounts of the login, and the names go with the id", async () => {
    const { user, backend } = await settings();
    await user.click(screen.getByTestId("profile-main-edit"));
    await user.type(await screen.findByTestId("label-DU1000002"), "Long term");
    await user.click(screen.getByTestId("profile-save"));
    await waitFor(() => expect(screen.queryByTestId("profile-form")).toBeNull());
    const saved = JSON.parse(backend.callsOf("saveProfile").at(-1)?.slice("saveProfile ".length) ?? "");
    expect(saved.accounts.find((label: { account: string }) => label.account === "DU1000002")).toEqual({ account: "DU1000002", nickname: "Long term", colour: null });
  });

  it("take orders over under client id 0 only", async () => {
    const { user } = await settings();
    await user.click(screen.getByTestId("profile-main-edit"));
    await user.click(await screen.findByTestId("profile-take-over"));
    expect(screen.getByTestId("profile-client-id")).toHaveValue("0");
    await user.click(screen.getByTestId("profile-take-over"));
    expect(screen.getByTestId("profile-client-id")).toHaveValue("17");
  });

  it("open beside, and are let go and taken up", async () => {
    const { user, backend } = await settings();
    await user.click(screen.getByTestId("profile-live-beside"));
    await waitFor(() => expect(screen.getByTestId("profile-live-standing").textContent).toBe("Open in another window"));
    expect(screen.getByTestId("profile-live-connect")).toBeDisabled();
    await user.click(screen.getByTestId("profile-main-disconnect"));
    expect((await screen.findByTestId("connection-banner")).textContent).toMatch(/Not connected/);
    expect(screen.getByTestId("profile-main-standing").textContent).toBe("This window, not connected");
    await user.click(screen.getByTestId("profile-main-connect"));
    expect(backend.callsOf("connectProfile")).toEqual(["connectProfile main"]);
  });

  it("begin the page anew when the window serves another one", async () => {
    const reload = vi.fn();
    vi.stubGlobal("location", { ...window.location, reload });
    const { user } = await settings();
    await user.click(screen.getByTestId("profile-live-connect"));
    await waitFor(() => expect(reload).toHaveBeenCalledOnce());
    vi.unstubAllGlobals();
  });

  it("are deleted only after a question", async () => {
    const { user, backend } = await settings();
    await user.click(screen.getByTestId("profile-live-delete"));
    expect(backend.callsOf("deleteProfile")).toEqual([]);
    await user.click(await screen.findByTestId("profile-delete-go"));
    await waitFor(() => expect(screen.queryByTestId("profile-live")).toBeNull());
  });

  it("say when there are none, when their file is broken, and what the command line decides", async () => {
    const backend = new FakeBackend();
    backend.profileFile.view = { ...backend.profileFile.view, profiles: [], current: null, fault: "Line 3 can't be read.", fixed: ["The command line names the gateway."] };
    await settings(backend);
    expect(screen.getByTestId("face-empty").textContent).toMatch(/No connection is set up/);
    expect(screen.getByTestId("profiles-fault").textContent).toMatch(/Line 3/);
    expect(screen.getByTestId("profiles-fixed").textContent).toMatch(/command line/);
  });

  it("can be asked for again when they can't be told", async () => {
    const backend = new FakeBackend();
    backend.failures.set("profiles", { code: "internal", message: "The folder is gone." });
    const { user } = await openApp(backend);
    await user.click(screen.getByTestId("nav-settings"));
    const face = await screen.findByText("The folder is gone.");
    await user.click(within(face.parentElement ?? document.body).getByRole("button", { name: "Ask again" }));
    expect(await screen.findByTestId("connections")).toBeVisible();
  });
});

describe("a login that is not the expected one", () => {
  const held: HeldView = { expects: "paper", found: "live", accounts: ["U1234567"], word: "LIVE" };

  it("hides every figure until the person goes on by a typed word", async () => {
    const backend = new FakeBackend();
    const { user } = await openApp(backend);
    backend.setLink({ state: "held", mode: "live", held });
    const panel = await screen.findByTestId("held");
    expect(panel.textContent).toMatch(/real money/);
    expect(screen.getByTestId("held-accounts").textContent).toBe("U1234567");
    expect(screen.queryByTestId("account-card-DU1000001")).toBeNull();
    expect(screen.getByTestId("held-go-on")).toBeDisabled();
    await expectAccessible();
    await user.type(screen.getByTestId("held-word"), "live");
    await user.click(screen.getByTestId("held-go-on"));
    await waitFor(() => expect(screen.queryByTestId("held")).toBeNull());
    expect(backend.callsOf("goOn")).toEqual(["goOn live"]);
    expect(screen.getByTestId("account-card-DU1000001")).toBeVisible();
  });

  it("leaves the way to the settings open", async () => {
    const backend = new FakeBackend();
    const { user } = await openApp(backend);
    backend.setLink({ state: "held", mode: "live", held });
    await user.click(await screen.findByTestId("held-settings"));
    expect(await screen.findByTestId("connections")).toBeVisible();
  });
});

describe("the link", () => {
  it("tells how it did lately", async () => {
    const { user } = await openApp();
    await user.click(screen.getByTestId("link-state"));
    expect((await screen.findByTestId("link-latency")).textContent).toMatch(/Typically 7 ms, at most 12 ms/);
    expect(screen.getByTestId("link-drops").textContent).toMatch(/1 in the last 24 hours/);
    expect(screen.getByTestId("link-gaps").textContent).toMatch(/1 min.*Nightly restart/);
    await expectAccessible();
  });

  it("announces the nightly restart, and is quiet about it", async () => {
    const backend = new FakeBackend();
    await openApp(backend);
    backend.setLink({ restartAt: Date.now() + 290_000 });
    const banner = await screen.findByTestId("restart-banner");
    expect(banner.textContent).toMatch(/in 5 min/);
    expect(banner).toHaveAttribute("role", "status");
    backend.setLink({ state: "down", restartAt: null, restarting: true, says: "The gateway restarts at 23:45." });
    const gone = await screen.findByTestId("connection-banner");
    expect(gone).toHaveAttribute("role", "status");
    expect(gone.textContent).toMatch(/The gateway is restarting/);
    backend.setLink({ restarting: false });
    await waitFor(() => expect(screen.getByTestId("connection-banner")).toHaveAttribute("role", "alert"));
  });

  it("names the connection at the top", async () => {
    const backend = new FakeBackend();
    const { user } = await openApp(backend);
    backend.setLink({ profile: { id: "main", name: "Paper", colour: "teal", expects: "paper", readOnly: false } });
    await user.click(await screen.findByTestId("connection-name"));
    expect(await screen.findByTestId("connections")).toBeVisible();
  });
});
