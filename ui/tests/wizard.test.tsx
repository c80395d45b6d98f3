import { render, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { FaultView } from "../src/backend/backend";
import { startApp } from "../src/app/start";
import { FakeBackend } from "../src/backend/fake";
import { expectAccessible } from "./accessible";
import { openApp } from "./app";

const NOT_TRUSTED: FaultView = {
  name: "closedAtOnce",
  weight: "stops",
  says: "127.0.0.1:4002 accepts the connection and closes it without a word.",
  means: "The gateway does not trust the address that the connection comes from, or it is still starting.",
  remedies: [{ place: "tws", path: ["File", "Global Configuration…", "API", "Settings"], does: "Add 127.0.0.1 to “Trusted IPs”. Never 0.0.0.0/0." }],
};

async function openWizard(backend = new FakeBackend()) {
  const app = await openApp(backend);
  await app.user.keyboard("{Control>}k{/Control}");
  await app.user.type(await screen.findByTestId("palette-search"), "connection wizard");
  await app.user.click(await screen.findByTestId("palette-search-option-wizard"));
  await screen.findByTestId("wizard");
  return app;
}

describe("the connection wizard", () => {
  it("says what was found and takes it to the checks", async () => {
    const { user, backend } = await openWizard();
    expect(await screen.findByTestId("wizard-found-port-4002")).toHaveTextContent("A TWS API answers at 127.0.0.1:4002 (version 222)");
    expect(screen.getByTestId("wizard-found-install")).toHaveTextContent("IB Gateway 1037, may use 2048 MB, with its own Java");
    await expectAccessible();
    await user.click(screen.getByTestId("wizard-check-4002"));
    expect(screen.getByTestId("wizard-target-port")).toHaveValue("4002");
    await user.click(screen.getByTestId("wizard-run"));
    await waitFor(() => expect(screen.getByTestId("wizard-verdict")).toHaveAttribute("data-usable", "true"));
    expect(within(screen.getByTestId("check-list")).getAllByRole("listitem").length).toBeGreaterThanOrEqual(13);
    expect(backend.callsOf("prove")).toEqual(["prove 127.0.0.1:4002 17 either"]);
    await expectAccessible();
  });

  it("names a fault with what it means and what to click, runs nothing on it, and tries again", async () => {
    const backend = new FakeBackend();
    backend.checks.faults = { handshake: NOT_TRUSTED };
    const { user } = await openWizard(backend);
    await user.click(screen.getByTestId("wizard-step-prove"));
    await user.click(screen.getByTestId("wizard-run"));
    const failed = await screen.findByTestId("check-handshake");
    await waitFor(() => expect(failed).toHaveAttribute("data-outcome", "failed"));
    expect(failed).toHaveTextContent("closes it without a word");
    expect(failed).toHaveTextContent("In TWSFile → Global Configuration… → API → Settings: Add 127.0.0.1");
    expect(screen.getByTestId("check-positions")).toHaveTextContent("Not run, because this failed: It answers the greeting.");
    await expectAccessible();
    backend.checks.faults = {};
    await user.click(screen.getByTestId("check-again"));
    await waitFor(() => expect(screen.getByTestId("wizard-verdict")).toHaveAttribute("data-usable", "true"));
  });

  it("checks nothing that can't be a port or a client id", async () => {
    const { user, backend } = await openWizard();
    await user.click(screen.getByTestId("wizard-step-prove"));
    await user.clear(screen.getByTestId("wizard-target-port"));
    await user.type(screen.getByTestId("wizard-target-port"), "99999");
    expect(screen.getByTestId("wizard-run")).toBeDisabled();
    expect(screen.getByText(/A number from 1 to 65535/)).toBeInTheDocument();
    await user.keyboard("{Enter}");
    expect(backend.callsOf("prove")).toEqual([]);
  });

  it("says of what its results are once something else is typed, and proves nothing by them", async () => {
    const { user } = await openWizard();
    await user.click(await screen.findByTestId("wizard-check-4002"));
    await user.click(screen.getByTestId("wizard-run"));
    await waitFor(() => expect(screen.getByTestId("wizard-verdict")).toHaveAttribute("data-usable", "true"));
    await user.clear(screen.getByTestId("wizard-target-port"));
    await user.type(screen.getByTestId("wizard-target-port"), "4011");
    const verdict = screen.getByTestId("wizard-verdict");
    expect(verdict).not.toHaveAttribute("data-usable");
    expect(verdict).toHaveTextContent("Below is what came of 127.0.0.1:4002 with client id 17.");
    await user.click(screen.getByTestId("wizard-next"));
    expect(screen.getByText("This connection has not been proved.")).toBeInTheDocument();
    expect(screen.getByText(/127\.0\.0\.1:4011, client id 17\. Paper and live will both do\./)).toBeInTheDocument();
  });

  it("says that it was stopped, and leaves nothing running", async () => {
    const backend = new FakeBackend();
    backend.checks.endless = "handshake";
    const { user } = await openWizard(backend);
    await user.click(screen.getByTestId("wizard-step-prove"));
    await user.click(screen.getByTestId("wizard-run"));
    await waitFor(() => expect(screen.getByTestId("check-handshake")).toHaveAttribute("data-outcome", "running"));
    await user.click(screen.getByTestId("wizard-stop"));
    expect(screen.getByTestId("wizard-verdict")).toHaveTextContent("You stopped the checks. Below is how far they came.");
    expect(document.querySelector('[data-outcome="running"]')).toBeNull();
    await expectAccessible();
  });

  it("keeps what a connection that is set up already says, and only looks through one that only looks", async () => {
    const backend = new FakeBackend();
    const [first] = backend.profileFile.view.profiles;
    if (!first) throw new Error("there is no profile");
    const only = { ...first, profile: { ...first.profile, name: "To look", host: "127.0.0.1", port: 4002, clientId: 17, expects: "live" as const, readOnly: true, automatic: false } };
    backend.profileFile.view = { ...backend.profileFile.view, profiles: [only] };
    const { user } = await openWizard(backend);
    await user.click(await screen.findByTestId("wizard-check-4002"));
    await user.click(screen.getByTestId("wizard-run"));
    await waitFor(() => expect(screen.getByTestId("wizard-verdict")).toHaveAttribute("data-usable", "true"));
    await user.click(screen.getByTestId("wizard-next"));
    expect(await screen.findByTestId("wizard-same")).toHaveTextContent("This is your connection “To look”.");
    expect(screen.getByTestId("wizard-name")).toHaveValue("To look");
    expect(within(screen.getByTestId("wizard-read-only")).getByRole("checkbox")).toBeChecked();
    await user.click(screen.getByTestId("wizard-connect"));
    await waitFor(() => expect(backend.callsOf("connectProfile")).toHaveLength(1));
    const [{ profile } = { profile: null }] = backend.profileFile.view.profiles;
    expect(profile).toMatchObject({ name: "To look", expects: "live", readOnly: true, automatic: false });
  });

  it("draws the settings of either program in the words of its menus, and warns", async () => {
    const { user } = await openWizard();
    await user.click(within(screen.getByTestId("wizard-have-tws")).getByRole("radio"));
    await user.click(screen.getByTestId("wizard-next"));
    const tws = screen.getByTestId("wizard-picture-tws");
    expect(tws).toHaveTextContent("File → Global Configuration… → API → Settings");
    for (const name of ["Enable ActiveX and Socket Clients", "Read-Only API", "Socket port", "Allow connections from localhost only", "Master API client ID", "Trusted IPs"]) expect(tws).toHaveTextContent(name);
    expect(screen.getByTestId("wizard-warnings")).toHaveTextContent("Never trust 0.0.0.0/0");
    await expectAccessible();
    await user.click(screen.getByTestId("wizard-back"));
    await user.click(within(screen.getByTestId("wizard-have-none")).getByRole("radio"));
    await user.click(screen.getByTestId("wizard-next"));
    expect(screen.getByTestId("wizard-get")).toHaveTextContent("https://www.interactivebrokers.com/");
    expect(screen.getByTestId("wizard-picture-gateway")).toHaveTextContent("Configure → Settings → API → Settings");
  });

  it("has a word for nothing found, and for what it can't look at", async () => {
    const backend = new FakeBackend();
    backend.around = { ...backend.around, installs: [], settings: [], running: [], ports: [] };
    const { user } = await openWizard(backend);
    expect(await screen.findByTestId("wizard-nothing")).toHaveTextContent("Neither TWS nor IB Gateway was found");
    backend.failures.set("lookAround", { code: "notFound", message: "This computer does not say where your files are." });
    await user.type(screen.getByTestId("wizard-port"), "5000{Enter}");
    expect(await screen.findByTestId("face-broken")).toHaveTextContent("does not say where your files are");
    expect(backend.callsOf("lookAround")).toEqual(["lookAround", "lookAround 5000"]);
  });

  it("has the account types confirmed, stricter at most", async () => {
    const { user, backend } = await openWizard();
    await user.click(screen.getByTestId("wizard-step-types"));
    await user.click(await screen.findByTestId("wizard-confirm-DU1000002"));
    await waitFor(() => expect(screen.getByTestId("wizard-type-DU1000002")).toHaveAttribute("data-confirmed", "true"));
    expect(backend.callsOf("sayAccountKind")).toEqual(["sayAccountKind DU1000002 rothIra"]);
    await user.click(screen.getByTestId("wizard-kind-DU1000002"));
    expect((await screen.findAllByRole("option")).map((option) => option.textContent)).toEqual(["Roth IRA", "Traditional IRA"]);
    await user.keyboard("{Escape}");
    await expectAccessible();
    backend.failures.set("sayAccountKind", { code: "journal", message: "The journal can't be written." });
    await user.click(screen.getByTestId("wizard-unsay-DU1000002"));
    expect(await screen.findByText("The journal can't be written.")).toBeInTheDocument();
  });

  it("is left with Escape, and found again from the banner of a lost link", async () => {
    const { user, backend } = await openWizard();
    await user.click(screen.getByTestId("wizard-step-prove"));
    await user.keyboard("{Escape}");
    expect(screen.queryByTestId("wizard")).toBeNull();
    backend.setLink({ state: "down", says: "Nothing listens at [::1]:4001.", address: "[::1]:4001", retryAt: null });
    await user.click(await screen.findByTestId("find-fault"));
    // At the checks, of what the window connects to.
    expect(await screen.findByTestId("wizard-host")).toHaveValue("::1");
    expect(screen.getByTestId("wizard-target-port")).toHaveValue("4001");
    expect(screen.getByTestId("wizard-client-id")).toHaveValue("17");
  });
});

describe("a first start", () => {
  it("opens the wizard, and keeps what was proved under a name", async () => {
    const backend = new FakeBackend();
    backend.demo = false;
    backend.profileFile.view = { ...backend.profileFile.view, profiles: [], current: "main" };
    const { user } = await openApp(backend);
    await screen.findByTestId("wizard");
    await user.click(await screen.findByTestId("wizard-check-4002"));
    await user.click(screen.getByTestId("wizard-run"));
    await waitFor(() => expect(screen.getByTestId("wizard-verdict")).toHaveAttribute("data-usable", "true"));
    await user.click(screen.getByTestId("wizard-next"));
    await expectAccessible();
    backend.failures.set("saveProfile", { code: "internal", message: "The disk is full." });
    await user.click(screen.getByTestId("wizard-connect"));
    expect(await screen.findByTestId("wizard-name-error")).toHaveTextContent("The disk is full.");
    await user.type(screen.getByTestId("wizard-name"), "Main");
    await user.click(screen.getByTestId("wizard-connect"));
    await waitFor(() => expect(screen.getByTestId("wizard-connected")).toHaveAttribute("data-up", "true"));
    const [{ profile } = { profile: null }] = backend.profileFile.view.profiles;
    expect(profile).toMatchObject({ name: "Main", host: "127.0.0.1", port: 4002, clientId: 17, expects: "paper", automatic: true });
    await user.click(screen.getByTestId("wizard-to-types"));
    expect(screen.getByTestId("wizard-types")).toHaveTextContent("DU1000001");
  });

  it("is none in a demo, nor where a connection was set up or the command line names the gateway", async () => {
    for (const patch of [{ demo: true, profiles: [], fixed: false }, { demo: false, profiles: null, fixed: false }, { demo: false, profiles: [], fixed: true }]) {
      const backend = new FakeBackend();
      backend.demo = patch.demo;
      const { view } = backend.profileFile;
      backend.profileFile.view = { ...view, profiles: patch.profiles ?? view.profiles, gatewayFixed: patch.fixed };
      const { unmount } = render(startApp(backend));
      await screen.findByTestId("account-card-DU1000001");
      await Promise.all([backend.about(), backend.profiles()]);
      expect(screen.queryByTestId("wizard")).toBeNull();
      unmount();
    }
  });
});
