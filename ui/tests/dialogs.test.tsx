import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { TipLayer } from "../src/components/TipLayer";
import { openApp } from "./app";

function beside(): Element {
  const backdrop = document.querySelector(".backdrop");
  if (!backdrop) throw new Error("no dialog is open");
  return backdrop;
}

describe("a dialog", () => {
  it("outlives the second of two clicks that opened it, and is left by a later one beside it", async () => {
    const { user } = await openApp();
    let now = 1000;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
    await user.click(screen.getByTestId("stop-trading"));
    await waitFor(() => expect(screen.getByTestId("stop-back")).toHaveFocus());
    now += 200;
    await user.click(beside());
    expect(screen.getByTestId("stop-dialog")).toBeVisible();
    now += 1000;
    await user.click(beside());
    await waitFor(() => expect(screen.queryByTestId("stop-dialog")).toBeNull());
    expect(document.documentElement).not.toHaveAttribute("data-dialog");
    clock.mockRestore();
  });

  it("keeps the focus that a button lets go of", async () => {
    const { user } = await openApp();
    await user.click(screen.getByTestId("stop-trading"));
    await waitFor(() => expect(screen.getByTestId("stop-back")).toHaveFocus());
    act(() => screen.getByTestId("stop-back").blur());
    await waitFor(() => expect(screen.getByTestId("stop-dialog")).toHaveFocus());
    // What lies beneath stands still meanwhile, without its scroll bars.
    expect(document.documentElement).toHaveAttribute("data-dialog", "open");
  });
});

describe("the palette", () => {
  const choose = async (typed: string, option: string) => {
    const { user } = await openApp();
    screen.getByTestId("ticket-search").focus();
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-search"), typed);
    await screen.findByTestId(`palette-search-option-${option}`);
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByTestId("palette")).toBeNull());
    await new Promise((resolve) => setTimeout(resolve, 150));
  };

  it("gives the focus to the screen that it opened", async () => {
    await choose("go to journal", "go-journal");
    expect(screen.getByTestId("screen-journal")).toBeVisible();
    expect(screen.getByRole("main")).toHaveFocus();
  });

  it("gives the focus to the ticket when an instrument was chosen", async () => {
    await choose("AAPL", "265598");
    expect(screen.getByTestId("ticket-instrument")).toBeVisible();
    expect(document.activeElement?.closest("#ticket-dock")).not.toBeNull();
  });

  it("gives it back to where it was when nothing was opened", async () => {
    await choose("compact", "density");
    expect(screen.getByTestId("ticket-search")).toHaveFocus();
  });
});

describe("a tip", () => {
  afterEach(() => void vi.useRealTimers());

  it("shows on what is reached by the keyboard, and does not lie over what a press brings", () => {
    vi.useFakeTimers();
    render(
      <>
        <button type="button" data-tip="What it does">One</button>
        <TipLayer />
      </>,
    );
    const button = screen.getByRole("button");
    const settle = () => act(() => void vi.advanceTimersByTime(1000));
    fireEvent.pointerDown(button);
    act(() => button.focus());
    fireEvent.pointerUp(button);
    settle();
    expect(screen.queryByRole("tooltip")).toBeNull();
    act(() => button.blur());
    act(() => button.focus());
    settle();
    expect(screen.getByRole("tooltip")).toHaveTextContent("What it does");
    fireEvent.keyDown(button, { key: "Enter" });
    expect(screen.queryByRole("tooltip")).toBeNull();
  });
});
