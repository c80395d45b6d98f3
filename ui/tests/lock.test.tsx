import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { expectAccessible } from "./accessible";
import { fillTicket, openApp } from "./app";

const PASSPHRASE = "rain over Lisbon";

/** A backend with a passphrase. */
function withLock(): FakeBackend {
  const backend = new FakeBackend().withSamples();
  void backend.setPassphrase(null, PASSPHRASE);
  return backend;
}

describe("a locked window", () => {
  it("shows no figure, no account and no order, and all of it again once it is unlocked", async () => {
    const { backend, user } = await openApp(withLock());
    await user.keyboard("{Control>}l{/Control}");
    expect(await screen.findByTestId("lock-screen")).toHaveTextContent("You locked it.");
    expect(screen.queryByTestId("frame")).toBeNull();
    expect(document.body.textContent).not.toMatch(/DU100|\d[\d,]*\.\d\d/);
    await expectAccessible();
    await user.type(screen.getByTestId("lock-passphrase"), `${PASSPHRASE}{Enter}`);
    await screen.findByTestId("account-card-DU1000001");
    expect(backend.callsOf("unlock")).toHaveLength(1);
  });

  it("keeps what stood on the ticket", async () => {
    const { backend, user } = await openApp(withLock());
    await fillTicket(user, { quantity: "17" });
    act(() => backend.putLock("Nobody used it for 5 minutes."));
    await screen.findByTestId("lock-screen");
    act(() => backend.putLock(null));
    expect(await screen.findByTestId("ticket-quantity")).toHaveValue("17");
  });

  it("clears the field whatever comes of it, and says how long to wait", async () => {
    const backend = withLock();
    const { user } = await openApp(backend);
    act(() => backend.putLock("You locked it."));
    const field = await screen.findByTestId("lock-passphrase");
    await user.type(field, "wrong words{Enter}");
    expect(await screen.findByTestId("lock-refused")).toHaveTextContent("That was not the passphrase.");
    expect(field).toHaveValue("");
    expect(field).toHaveFocus();
    backend.failures.set("unlock", { code: "keychain", message: "The passphrase can't be checked. The keychain is locked." });
    await user.type(field, `${PASSPHRASE}{Enter}`);
    expect(await screen.findByTestId("lock-error")).toHaveTextContent("The keychain is locked.");
    expect(field).toHaveValue("");
    backend.lockState = { ...backend.lockState, tryAgainAt: Date.now() + 40_000 };
    await user.type(field, "wrong words{Enter}");
    await waitFor(() => expect(screen.getByTestId("lock-unlock")).toHaveTextContent(/Wait (40|39) s/));
    expect(screen.getByTestId("lock-unlock")).toBeDisabled();
    await user.click(screen.getByTestId("lock-forgotten"));
    await expectAccessible();
  });

  it("can stop and cancel, and nothing else", async () => {
    const backend = withLock();
    const { user } = await openApp(backend);
    act(() => backend.putLock("The screen was locked."));
    await screen.findByTestId("lock-screen");
    await user.keyboard("{Control>}k{/Control}{Control>}2{/Control}");
    expect(screen.queryByTestId("palette")).toBeNull();
    await user.keyboard("{F9}");
    await waitFor(() => expect(screen.getByTestId("locked-cancel-keep")).toHaveFocus());
    await expectAccessible();
    await user.click(screen.getByTestId("locked-cancel-go"));
    expect(await screen.findByTestId("locked-cancel-said")).toHaveTextContent("Cancel asked for");
    expect(backend.callsOf("cancelMany")).toEqual([`cancelMany ${JSON.stringify({ type: "everything", othersToo: false })}`]);
    await user.click(screen.getByTestId("locked-cancel-keep"));
    await user.keyboard("{Control>}.{/Control}");
    expect(await screen.findByTestId("lock-stopped")).toBeInTheDocument();
    expect(backend.callsOf("stopTrading")).toHaveLength(1);
  });

  it("says when a stop could cancel nothing, and a cancel that there is no link, for as long as there is none", async () => {
    const backend = withLock();
    const { user } = await openApp(backend);
    act(() => {
      backend.putLock("The screen was locked.");
      backend.setLink({ state: "down", says: "The gateway closed the connection." });
    });
    await screen.findByTestId("lock-screen");
    await user.click(screen.getByTestId("lock-cancel-all"));
    expect(await screen.findByTestId("cancel-unreached")).toHaveTextContent("The link is not up");
    await user.click(screen.getByTestId("locked-cancel-go"));
    await screen.findByTestId("locked-cancel-error");
    act(() => backend.setLink({ state: "up" }));
    await waitFor(() => expect(screen.queryByTestId("cancel-unreached")).toBeNull());
    expect(screen.queryByTestId("locked-cancel-error")).toBeNull();
    await user.click(screen.getByTestId("locked-cancel-keep"));
    act(() => backend.setLink({ state: "down" }));
    await user.click(screen.getByTestId("stop-trading"));
    await user.click(await screen.findByTestId("stop-go"));
    expect(await screen.findByTestId("stop-said")).toHaveTextContent("nothing could be cancelled");
    await user.click(screen.getByTestId("stop-back"));
    expect(screen.getByTestId("lock-stopped")).toBeInTheDocument();
  });

  it("says what waits", async () => {
    const backend = withLock();
    await openApp(backend);
    act(() => backend.putLock("You locked it."));
    await screen.findByTestId("lock-screen");
    act(() => backend.send({ type: "lock", value: { ...backend.lockView, waiting: 2 } }));
    expect(await screen.findByTestId("lock-waiting")).toHaveTextContent("2 things happened meanwhile");
  });

  it("does not show the last session's figures at the start", async () => {
    const first = await openApp(withLock());
    window.dispatchEvent(new Event("pagehide"));
    const backend = withLock();
    backend.setLink({ state: "down" });
    backend.known = false;
    backend.lockView = { lockedSince: Date.now(), says: "It starts locked.", waiting: 0 };
    document.body.innerHTML = "";
    const { render } = await import("@testing-library/react");
    const { startApp } = await import("../src/app/start");
    render(startApp(backend));
    expect(await screen.findByTestId("lock-screen")).toBeInTheDocument();
    expect(document.body.textContent).not.toMatch(/DU100/);
    expect(first.backend).not.toBe(backend);
  });
});

describe("the settings of the lock", () => {
  it("set a passphrase that was typed twice, and hand the fields over empty", async () => {
    const { backend, user } = await openApp();
    await user.keyboard("{Control>}l{/Control}");
    await user.click(await screen.findByTestId("lock-set"));
    const go = await screen.findByTestId("passphrase-go");
    await user.type(screen.getByTestId("passphrase-new"), "1234567");
    await user.type(screen.getByTestId("passphrase-again"), "1234567");
    expect(go).toBeDisabled();
    expect(screen.getByTestId("passphrase-dialog")).toHaveTextContent("It is too short: at least 8 letters.");
    await user.type(screen.getByTestId("passphrase-new"), "8");
    expect(go).toBeDisabled();
    expect(screen.getByTestId("passphrase-dialog")).not.toHaveTextContent("too short");
    expect(screen.getByTestId("passphrase-dialog")).toHaveTextContent("It is not the same as above.");
    await user.type(screen.getByTestId("passphrase-again"), "8");
    backend.failures.set("setPassphrase", { code: "keychain", message: "The passphrase was not set. There is no keychain on this computer." });
    await user.click(go);
    expect(await screen.findByTestId("passphrase-error")).toHaveTextContent("There is no keychain on this computer.");
    for (const field of ["passphrase-new", "passphrase-again"]) expect(screen.getByTestId(field)).toHaveValue("");
    await expectAccessible();
    await user.type(screen.getByTestId("passphrase-new"), PASSPHRASE);
    await user.type(screen.getByTestId("passphrase-again"), PASSPHRASE);
    await user.click(go);
    await screen.findByTestId("lock-now");
    expect(backend.passphrase).toBe(PASSPHRASE);
    expect(backend.calls.join(" ")).not.toContain("Lisbon");
    expect(await screen.findByTestId("secret-app-lock")).toHaveTextContent("The app lock stands on it.");
    expect(screen.queryByTestId("secret-delete-app-lock")).toBeNull();
  });

  it("choose when it locks itself, and take it off with the passphrase only", async () => {
    const backend = withLock();
    const { user } = await openApp(backend);
    await user.click(screen.getByTestId("nav-settings"));
    await user.click(within(await screen.findByTestId("lock-idle")).getByLabelText("15 min"));
    await waitFor(() => expect(backend.calls).toContain("lockWhenIdle 15"));
    await user.click(screen.getByTestId("lock-remove"));
    await user.type(await screen.findByTestId("passphrase-current"), "wrong words{Enter}");
    expect(await screen.findByTestId("passphrase-error")).toHaveTextContent("That was not the passphrase.");
    await user.type(screen.getByTestId("passphrase-current"), `${PASSPHRASE}{Enter}`);
    await screen.findByTestId("lock-set");
    expect(await screen.findByTestId("keychain-empty")).toBeInTheDocument();
  });
});

describe("the keychain in the settings", () => {
  it("says in words why it can't be used", async () => {
    const backend = new FakeBackend();
    backend.vault = { state: "unusable", says: "There is no keychain on this computer that Gatehouse could use.", secrets: [] };
    const { user } = await openApp(backend);
    await user.click(screen.getByTestId("nav-settings"));
    expect(await screen.findByTestId("keychain-says")).toHaveTextContent("There is no keychain");
    await expectAccessible();
  });

  it("says what is waited for while the system asks for its password", async () => {
    const backend = new FakeBackend();
    backend.vault = { ...backend.vault, state: "locked", secrets: [{ name: "gateway-login", about: "The password", held: null }] };
    let answer: () => void = () => undefined;
    const deleted = () => {
      backend.vault = { ...backend.vault, secrets: [] };
      return backend.vault;
    };
    vi.spyOn(backend, "deleteSecret").mockImplementation(() => new Promise((resolve) => (answer = () => resolve(deleted()))));
    const { user } = await openApp(backend);
    await user.click(screen.getByTestId("nav-settings"));
    await user.click(await screen.findByTestId("secret-delete-gateway-login"));
    await user.click(await screen.findByTestId("secret-delete-go"));
    expect(await screen.findByTestId("keychain-deleting")).toHaveTextContent("asks for its password first");
    expect(screen.getByTestId("secret-delete-gateway-login")).toBeDisabled();
    answer();
    await waitFor(() => expect(screen.queryByTestId("keychain-deleting")).toBeNull());
    expect(await screen.findByTestId("keychain-empty")).toBeVisible();
  });

  it("deletes only when asked twice", async () => {
    const backend = new FakeBackend();
    backend.vault = { ...backend.vault, secrets: [{ name: "app-lock", about: "Checks the passphrase of the app lock", held: null }] };
    const { user } = await openApp(backend);
    await user.click(screen.getByTestId("nav-settings"));
    await user.click(await screen.findByTestId("secret-delete-app-lock"));
    await waitFor(() => expect(screen.getByTestId("secret-keep")).toHaveFocus());
    await expectAccessible();
    expect(backend.callsOf("deleteSecret")).toEqual([]);
    await user.click(screen.getByTestId("secret-delete-go"));
    expect(await screen.findByTestId("keychain-empty")).toBeInTheDocument();
    expect(backend.callsOf("deleteSecret")).toEqual(["deleteSecret app-lock"]);
  });
});
