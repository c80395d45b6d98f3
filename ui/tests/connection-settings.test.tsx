import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { expectAccessible } from "./accessible";
import { openApp } from "./app";

async function settings(backend = new FakeBackend()) {
  const { user } = await openApp(backend);
  await user.click(screen.getByTestId("nav-settings"));
  await screen.findByTestId("settings-tws-orders");
  return { user, backend, says: () => screen.getByTestId("connection-id-says").textContent ?? "" };
}

describe("orders made in TWS", () => {
  it("are looked at only until the person wants more", async () => {
    const { backend } = await settings();
    expect(screen.getByTestId("settings-tws-orders").dataset.value).toBe("look");
    expect(screen.queryByTestId("connection-id-switch")).toBeNull();
    expect(screen.queryByTestId("connection-later")).toBeNull();
    expect(backend.calls.some((call) => call.startsWith("chooseConnection"))).toBe(false);
  });

  it("need client id 0, which is offered and takes effect later", async () => {
    const { user, says } = await settings();
    await user.click(screen.getByLabelText(/Take over/));
    expect(says()).toMatch(/client id 0 only; Gatehouse uses 17/);
    expect(screen.queryByTestId("connection-later")).toBeNull();
    await user.click(screen.getByTestId("connection-id-switch"));
    expect(says()).toMatch(/Under client id 0 the gateway hands them over.*placed under client id 17/);
    expect(screen.getByTestId("connection-later").textContent).toMatch(/next connection/);
    await expectAccessible();
    await user.click(screen.getByTestId("connection-id-switch"));
    expect(says()).toMatch(/Gatehouse uses 17/);
  });

  it("can't be taken over when the command line names another id", async () => {
    const backend = new FakeBackend();
    backend.connected = { ...backend.connected, nextClientId: 5, usualClientId: 5, clientId: 5, clientIdFixed: true };
    const { user, says } = await settings(backend);
    await user.click(screen.getByLabelText(/Take over/));
    expect(says()).toMatch(/The command line names that id/);
    expect(screen.queryByTestId("connection-id-switch")).toBeNull();
  });

  it("stay as they were when the choice can't be kept", async () => {
    const backend = new FakeBackend();
    const { user } = await settings(backend);
    backend.failures.set("chooseConnection", { code: "internal", message: "The setting can't be kept." });
    await user.click(screen.getByLabelText(/Take over/));
    expect((await screen.findByTestId("connection-error")).textContent).toBe("The setting can't be kept.");
    expect(screen.getByTestId("settings-tws-orders").dataset.value).toBe("look");
  });
});
