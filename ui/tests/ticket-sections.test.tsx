import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fillTicket, openTicket, pick } from "./app";
import { expectAccessible } from "./accessible";

describe("a bracket", () => {
  it("is typed by distances, tells risk and reward, and goes with the preview", async () => {
    const { backend, user } = await openTicket();
    await fillTicket(user, {});
    await user.click(screen.getByTestId("section-bracket"));
    await user.type(screen.getByTestId("exit-stop"), "175");
    for (let i = 0; i < 3; i += 1) await user.click(screen.getByTestId("exit-profit-unit"));
    expect(screen.getByTestId("exit-profit-unit")).toHaveAttribute("data-value", "r");
    await user.type(screen.getByTestId("exit-profit"), "2");
    expect(screen.getByTestId("exit-profit-price")).toHaveTextContent("= 190.00");
    expect(screen.getByTestId("bracket-risk")).toHaveTextContent("50.00 USD");
    expect(screen.getByTestId("bracket-reward")).toHaveTextContent("100.00 USD");
    expect(screen.getByTestId("bracket-ratio")).toHaveTextContent("2.00 to 1");
    expect(screen.getByTestId("bracket-worst")).toHaveTextContent("1,800.00 USD");
    await user.clear(screen.getByTestId("ticket-limit"));
    await user.type(screen.getByTestId("ticket-limit"), "179");
    expect(screen.getByTestId("exit-profit-price")).toHaveTextContent("= 187.00");
    await expectAccessible();
    await user.click(screen.getByTestId("ticket-preview"));
    expect(await screen.findByTestId("preview-details")).toHaveTextContent("Take-profit at 187.00.");
    expect(backend.lastPreviewed?.exits).toMatchObject({ takeProfit: "187.00", withStop: true, stopKind: "stop", stopPrice: "175", untilCancelled: true });
  });

  it("is set with the arrow keys on the ladder alone", async () => {
    const { user, ticket } = await openTicket();
    await fillTicket(user, {});
    await user.click(screen.getByTestId("section-bracket"));
    const line = screen.getByTestId("ladder-takeProfit");
    expect(line).toHaveAttribute("aria-valuetext", "not set; an arrow key puts it at 181.80");
    line.focus();
    await user.keyboard("{ArrowUp}{ArrowUp}{Shift>}{ArrowUp}{/Shift}");
    expect(screen.getByTestId("ladder-takeProfit")).toHaveAttribute("aria-valuetext", "181.91");
    screen.getByTestId("ladder-stop").focus();
    await user.keyboard("{ArrowDown}{PageDown}");
    screen.getByTestId("ladder-entry").focus();
    await user.keyboard("{ArrowDown}");
    const { draft } = ticket.state.get();
    expect(draft).toMatchObject({ limitPrice: "179.99", exits: { takeProfit: "181.91", stopPrice: "178.10" } });
  });

  it("is drawn with a pointer, from tick to tick", async () => {
    const { user, ticket } = await openTicket();
    await fillTicket(user, {});
    await user.click(screen.getByTestId("section-bracket"));
    const ladder = screen.getByTestId("ladder");
    ladder.getBoundingClientRect = () => ({ top: 0, bottom: 200, height: 200, left: 0, right: 100, width: 100, x: 0, y: 0, toJSON: () => "" });
    Element.prototype.setPointerCapture = () => undefined;
    const line = screen.getByTestId("ladder-stop");
    fireEvent.pointerMove(line, { clientY: 10 });
    expect(ticket.state.get().draft.exits?.stopPrice).toBe("");
    fireEvent.pointerDown(line, { clientY: 170, pointerId: 1 });
    fireEvent.pointerMove(line, { clientY: 180, pointerId: 1 });
    expect(ticket.state.get().draft.exits?.stopPrice).toMatch(/^17\d\.\d\d$/);
    const at = ticket.state.get().draft.exits?.stopPrice;
    fireEvent.pointerMove(line, { clientY: 180, pointerId: 1 });
    fireEvent.pointerUp(line, { pointerId: 1 });
    fireEvent.pointerMove(line, { clientY: 20 });
    expect(ticket.state.get().draft.exits?.stopPrice).toBe(at);
  });

  it("trails, has a limit, or has no stop", async () => {
    const { user, ticket } = await openTicket();
    await fillTicket(user, {});
    await user.click(screen.getByTestId("section-bracket"));
    await pick(user, "exit-stop-kind", "trail");
    await user.click(screen.getByTestId("exit-trail-unit"));
    await user.type(screen.getByTestId("exit-trail"), "2.5");
    expect(screen.getByTestId("ladder-stop")).toHaveAttribute("aria-valuetext", "175.50");
    await pick(user, "exit-stop-kind", "stopLimit");
    expect(screen.getByTestId("exit-stop-limit")).toBeInTheDocument();
    await pick(user, "exit-stop-kind", "none");
    expect(screen.queryByTestId("ladder-stop")).toBeNull();
    expect(ticket.state.get().draft.exits?.withStop).toBe(false);
  });
});

describe("the sections of the ticket", () => {
  it("offer the algorithms that the order type takes, with a typed form and its defaults", async () => {
    const { user, ticket } = await openTicket();
    await fillTicket(user, {});
    await user.click(screen.getByTestId("section-algo"));
    await pick(user, "algo", "Vwap");
    expect(screen.getByTestId("algo-maxPctVol")).toHaveValue("10");
    await user.click(screen.getByTestId("algo-noTakeLiq"));
    await user.type(screen.getByTestId("algo-endTime"), "2030-11-29 16:00");
    await expectAccessible();
    expect(ticket.state.get().draft.algo).toEqual({
      id: "Vwap",
      params: { maxPctVol: "10", startTime: "", endTime: String(new Date(2030, 10, 29, 16, 0).getTime()), allowPastEndTime: "", noTakeLiq: "1", speedUp: "" },
    });
    await user.type(screen.getByTestId("algo-startTime"), "30.11.2026 16:00");
    expect(ticket.state.get().draft.algo?.params.startTime).toBe("30.11.2026 16:00");
    expect(screen.getByTestId("algo-startTime")).toHaveValue("30.11.2026 16:00");
    await user.clear(screen.getByTestId("algo-startTime"));
    expect(ticket.state.get().draft.algo?.params.startTime).toBe("");
    await user.click(screen.getByTestId("section-algo"));
    expect(screen.getByTestId("sections-told")).toHaveTextContent("Worked by VWAP");
    await pick(user, "ticket-type", "stop");
    expect(screen.getByTestId("ticket-notes")).toHaveTextContent("The algorithm VWAP was taken off");
  });

  it("open by themselves when something in them is wrong", async () => {
    const { user } = await openTicket();
    await fillTicket(user, {});
    await user.click(screen.getByTestId("section-conditions"));
    await user.click(screen.getByTestId("condition-add"));
    await user.click(screen.getByTestId("section-conditions"));
    await user.click(screen.getByTestId("ticket-preview"));
    expect(await screen.findByTestId("ticket-fault-condition-0")).toHaveTextContent("Type a value");
  });

  it("hold conditions as sentences, of any instrument", async () => {
    const { user, ticket } = await openTicket();
    await fillTicket(user, {});
    await user.click(screen.getByTestId("section-conditions"));
    await user.click(screen.getByTestId("condition-add"));
    await waitFor(() => expect(screen.getByTestId("condition-0-instrument")).toHaveTextContent("of AAPL"));
    await user.click(screen.getByTestId("condition-0-instrument-change"));
    await user.type(screen.getByTestId("condition-0-instrument-search"), "SPY");
    await user.click(await screen.findByTestId("condition-0-instrument-search-option-756733"));
    await user.type(screen.getByTestId("condition-0-value"), "550");
    await pick(user, "condition-0-reaches", "atMost");
    await user.click(screen.getByTestId("condition-add"));
    await pick(user, "condition-1-kind", "margin");
    await user.type(screen.getByTestId("condition-1-value"), "10");
    await pick(user, "condition-0-join", "or");
    await user.click(screen.getByTestId("conditions-cancel"));
    await expectAccessible();
    expect(ticket.state.get().draft).toMatchObject({
      conditionsCancel: true,
      conditions: [
        { kind: "price", conId: 756733, reaches: "atMost", value: "550", and: false },
        { kind: "margin", conId: null, reaches: "atLeast", value: "10", and: true },
      ],
    });
    await user.click(screen.getByTestId("condition-0-remove"));
    expect(ticket.state.get().draft.conditions).toHaveLength(1);
  });

  it("handle the order as the exchange takes it, and say so when they are folded", async () => {
    const { user, ticket } = await openTicket();
    await fillTicket(user, {});
    await user.click(screen.getByTestId("section-more"));
    await user.click(screen.getByTestId("more-outside-rth"));
    await user.type(screen.getByTestId("more-display-size"), "5");
    await user.type(screen.getByTestId("more-oca-group"), "pair");
    await pick(user, "more-oca-kind", "reduce");
    await expectAccessible();
    await user.click(screen.getByTestId("section-more"));
    expect(screen.getByTestId("sections-told")).toHaveTextContent("Also outside regular hours, shows 5, in group pair");
    expect(ticket.state.get().draft.handling).toMatchObject({ outsideRth: true, displaySize: "5", ocaGroup: "pair", ocaKind: "reduce" });
  });
});
