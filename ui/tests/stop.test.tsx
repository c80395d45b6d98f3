import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { expectAccessible } from "./accessible";
import { fillTicket, openApp } from "./app";

describe("stopping trading", () => {
  it("asks first when the button is pressed, and Enter stops nothing", async () => {
    const { backend, user } = await openApp();
    await user.click(screen.getByTestId("stop-trading"));
    await waitFor(() => expect(screen.getByTestId("stop-back")).toHaveFocus());
    await expectAccessible();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByTestId("stop-dialog")).toBeNull());
    expect(backend.callsOf("stopTrading")).toEqual([]);
  });

  it("stops at once with its keys, says so beside every screen, and goes on only when a person allows it", async () => {
    const { backend, user } = await openApp();
    await user.keyboard("{Control>}.{/Control}");
    expect(await screen.findByTestId("stop-banner")).toHaveTextContent("Trading is stopped since");
    expect(backend.callsOf("stopTrading")).toHaveLength(1);
    expect(screen.getByTestId("stop-trading")).toHaveTextContent("Trading stopped");
    await user.click(screen.getByTestId("stop-lift-ask"));
    await user.click(await screen.findByTestId("stop-lift"));
    await waitFor(() => expect(screen.queryByTestId("stop-banner")).toBeNull());
    expect(backend.callsOf("resumeTrading")).toHaveLength(1);
  });

  it("says before and after that without a link nothing can be cancelled, and what still stands", async () => {
    const { backend, user } = await openApp(new FakeBackend().withSamples());
    await user.click(screen.getByTestId("stop-trading"));
    await screen.findByTestId("stop-dialog");
    expect(screen.queryByTestId("stop-unreached")).toBeNull();
    act(() => backend.setLink({ state: "down", says: "The gateway closed the connection." }));
    expect(await screen.findByTestId("stop-unreached")).toHaveTextContent("Nothing can be cancelled now");
    await user.click(screen.getByTestId("stop-go"));
    expect(await screen.findByTestId("stop-said")).toHaveTextContent("nothing could be cancelled");
    expect(screen.queryByTestId("stop-lift")).toBeNull();
    await expectAccessible();
    await user.click(screen.getByTestId("stop-back"));
    await waitFor(() => expect(screen.queryByTestId("stop-dialog")).toBeNull());
    expect(screen.getByTestId("stop-standing")).toHaveTextContent(/orders still stand at the broker/);
    act(() => backend.setLink({ state: "up" }));
    await user.click(screen.getByTestId("stop-again"));
    await waitFor(() => expect(screen.queryByTestId("stop-standing")).toBeNull());
  });

  it("with its keys and without a link says aloud that nothing was cancelled", async () => {
    const { backend, user } = await openApp();
    await user.click(screen.getByTestId("stop-trading"));
    await screen.findByTestId("stop-dialog");
    act(() => backend.setLink({ state: "down", says: "The gateway closed the connection." }));
    await user.keyboard("{Control>}.{/Control}");
    expect(await screen.findByTestId("stop-said")).toHaveTextContent("nothing could be cancelled");
    // What was a stop has not become its lifting under the hand.
    expect(screen.queryByTestId("stop-lift")).toBeNull();
  });

  it("says which other windows it does not reach", async () => {
    const { backend, user } = await openApp();
    await user.click(screen.getByTestId("stop-trading"));
    await screen.findByTestId("stop-dialog");
    expect(screen.queryByTestId("stop-beyond")).toBeNull();
    await user.click(screen.getByTestId("stop-back"));
    backend.profileFile.openElsewhere("live");
    await user.click(screen.getByTestId("stop-trading"));
    expect(await screen.findByTestId("stop-beyond")).toHaveTextContent("It does not reach “Live, to look”, open in another window: stop trading there too.");
    await user.click(screen.getByTestId("stop-go"));
    expect(await screen.findByTestId("stop-banner-beyond")).toBeVisible();
  });
});

describe("a rule that asks for a reason", () => {
  it("lets the order go only when one is typed, and hands it on", async () => {
    const { backend, user } = await openApp();
    await fillTicket(user, { quantity: "1200", limit: "10" });
    await user.click(screen.getByTestId("ticket-preview"));
    await user.click(await screen.findByTestId("preview-confirm"));
    const send = await screen.findByTestId("confirm-send");
    expect(send).toBeDisabled();
    const reason = screen.getByTestId("reason-limit.fat-finger");
    await user.type(reason, "too short");
    expect(send).toBeDisabled();
    await user.clear(reason);
    await user.type(reason, "a rebalance of the year");
    await expectAccessible();
    await user.click(send);
    await screen.findByTestId("ticket-sent");
    expect(backend.calls).toContain("confirm preview-1 limit.fat-finger=a rebalance of the year");
  });
});
