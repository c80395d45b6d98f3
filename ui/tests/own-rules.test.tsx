import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { OwnRuleForm } from "../src/backend/backend";
import { FakeBackend } from "../src/backend/fake";
import { viewOf } from "../src/backend/fake/own";
import { EMPTY_FORM } from "../src/features/rules/own/own-form";
import { expectAccessible } from "./accessible";
import { openApp, pick } from "./app";

async function openOwn(backend = new FakeBackend()) {
  const opened = await openApp(backend);
  await opened.user.click(screen.getByTestId("nav-rules"));
  await screen.findByTestId("own-rules");
  return opened;
}

async function openNew(backend = new FakeBackend()) {
  const opened = await openOwn(backend);
  await opened.user.click(screen.getByTestId("own-new"));
  await screen.findByTestId("own-title");
  return opened;
}

/** A rule over 500 is there, and is edited. */
async function openEdit(backend = new FakeBackend()) {
  const form: OwnRuleForm = { ...EMPTY_FORM, title: "No large orders", parts: [{ type: "row", row: { fact: "order.value", op: ">", value: "500" } }] };
  backend.rulebook = { ...backend.rulebook, own: [viewOf(form, "no-large-orders", 1)] };
  const opened = await openOwn(backend);
  await opened.user.click(screen.getByTestId("own-edit-no-large-orders"));
  await screen.findByTestId("own-title");
  return opened;
}

describe("a rule of the person's own", () => {
  it("is made with the form, and says in plain words what it does and what it would have said", async () => {
    const { backend, user } = await openNew();
    expect(screen.queryByTestId("own-empty")).toBeNull();
    expect(screen.getByTestId("own-title")).toHaveFocus();
    await user.type(screen.getByTestId("own-title"), "No large orders");
    await pick(user, "own-fact-0", "order.value");
    await user.type(screen.getByTestId("own-value-0"), "500");
    expect(await screen.findByTestId("own-sentence")).toHaveTextContent("Blocks when order.value > 500.");
    expect(screen.getByTestId("own-counts")).toHaveTextContent("Of your last 4 orders it would have spoken of 1; of 1 that can't be told.");
    const tried = screen.getByTestId("own-tried");
    expect(tried).toHaveTextContent("Would have spoken");
    expect(tried).toHaveTextContent("the order's value is 18,000.00");
    expect(tried).toHaveTextContent("not known of that moment: the order's value");
    await expectAccessible();
    await user.click(screen.getByTestId("own-keep"));
    const rule = await screen.findByTestId("own-no-large-orders");
    expect(rule).toHaveTextContent("Blocks when order.value > 500.");
    expect(screen.queryByTestId("own-editor")).toBeNull();
    expect(backend.rulebook.own).toHaveLength(1);
    await expectAccessible();
  });

  it("says at its field what is wrong, and of what is still empty only when it is to be kept", async () => {
    const { user } = await openNew();
    expect(await screen.findByTestId("own-unfinished")).toBeInTheDocument();
    await pick(user, "own-fact-0", "order.value");
    await user.type(screen.getByTestId("own-value-0"), "many");
    await waitFor(() => expect(screen.getByTestId("own-value-0")).toHaveAccessibleDescription(/no plain number/));
    expect(screen.getByTestId("own-title")).not.toHaveAccessibleDescription();
    await user.click(screen.getByTestId("own-keep"));
    await waitFor(() => expect(screen.getByTestId("own-title")).toHaveAccessibleDescription("Give the rule a title."));
    await expectAccessible();
  });

  it("has groups of conditions, and words to choose", async () => {
    const { backend, user } = await openNew();
    await user.type(screen.getByTestId("own-title"), "Early");
    await pick(user, "own-fact-0", "order.type");
    expect(screen.getByTestId("own-op-0")).toHaveAttribute("data-value", "is");
    await user.click(within(screen.getByTestId("own-value-0-MKT")).getByRole("checkbox"));
    await user.click(within(screen.getByTestId("own-value-0-MOC")).getByRole("checkbox"));
    await user.click(screen.getByTestId("own-add-group"));
    await pick(user, "own-fact-1.0", "time.of_day");
    expect(screen.getByTestId("own-op-1.0")).toHaveTextContent("is after");
    await user.type(screen.getByTestId("own-value-1.0"), "10:00");
    await user.click(screen.getByTestId("own-keep"));
    await screen.findByTestId("own-early");
    expect(backend.rulebook.own[0]?.form?.parts).toEqual([
      { type: "row", row: { fact: "order.type", op: "is", value: "MKT, MOC" } },
      { type: "group", join: "any", rows: [{ fact: "time.of_day", op: ">", value: "10:00" }] },
    ]);
  });

  it("may be only for some orders", async () => {
    const { backend, user } = await openEdit();
    await user.click(await screen.findByText(/Only for some orders/));
    await user.click(within(screen.getByTestId("own-kinds-STK")).getByRole("checkbox"));
    await user.click(within(screen.getByTestId("own-accounts-DU1000002")).getByRole("checkbox"));
    await expectAccessible();
    await user.click(screen.getByTestId("own-keep"));
    await waitFor(() => expect(backend.rulebook.own[0]?.form).toMatchObject({ kinds: ["STK"], accounts: ["DU1000002"] }));
    expect(screen.getByTestId("own-no-large-orders")).toHaveTextContent("For STK; DU1000002.");
  });

  it("is found by a word as the others are, and stays in sight while it is edited", async () => {
    const { user } = await openEdit();
    await user.type(screen.getByTestId("rules-search"), "nowhere");
    expect(screen.getByTestId("own-editor")).toBeInTheDocument();
    await user.clear(screen.getByTestId("rules-search"));
    await user.click(screen.getByTestId("own-keep"));
    await waitFor(() => expect(screen.queryByTestId("own-editor")).toBeNull());
    expect(screen.getByTestId("rules-count")).toHaveTextContent("7 rules");
    await user.type(screen.getByTestId("rules-search"), "large order.value");
    expect(screen.getByTestId("rules-count")).toHaveTextContent("1 of 7 rules");
    expect(screen.getByTestId("own-no-large-orders")).toBeInTheDocument();
    await user.type(screen.getByTestId("rules-search"), " nowhere");
    expect(screen.queryByTestId("own-no-large-orders")).toBeNull();
    expect(screen.queryByTestId("own-empty")).toBeNull();
  });

  it("offers other facts of the same unit as a number's value", async () => {
    const { user } = await openEdit();
    const others = screen.getByTestId("own-others-0").querySelectorAll("option");
    const keys = [...others].map((option) => option.value);
    expect(keys).toContain("account.nlv");
    expect(keys).not.toContain("order.value");
    expect(keys).not.toContain("order.share_of_nlv");
    // The unit is a number's own; another fact's name has the room.
    const unit = () => screen.getByTestId("own-row-0").querySelector(".hint");
    expect(unit()).not.toBeNull();
    const value = screen.getByTestId("own-value-0");
    await user.clear(value);
    await user.type(value, "account.nlv * 0.1");
    expect(unit()).toBeNull();
  });

  it("is edited, and deleted or turned off only by a typed word", async () => {
    const { backend, user } = await openEdit();
    const value = await screen.findByTestId("own-value-0");
    expect(value).toHaveValue("500");
    await user.clear(value);
    await user.type(value, "400");
    await user.click(screen.getByTestId("own-keep"));
    await waitFor(() => expect(backend.rulebook.own[0]?.version).toBe(2));
    await user.click(screen.getByTestId("own-turn-no-large-orders"));
    await user.type(await screen.findByTestId("loosen-word"), "loosen");
    await user.click(screen.getByTestId("loosen-go"));
    await waitFor(() => expect(screen.getByTestId("own-no-large-orders")).toHaveTextContent("Off"));
    await user.click(screen.getByTestId("own-delete-no-large-orders"));
    await screen.findByTestId("own-empty");
    expect(backend.rulebook.own).toEqual([]);
  });

  it("is edited as text as well, and a fault of that is told", async () => {
    const { user } = await openEdit();
    await screen.findByTestId("own-sentence");
    await user.click(within(screen.getByTestId("own-as-text")).getByRole("radio"));
    const text = await screen.findByTestId("own-text");
    expect(text).toHaveValue('[[own]]\nid = "no-large-orders"\ntitle = "No large orders"\nseverity = "block"\nwhen = "order.value > 500"\n');
    await expectAccessible();
    await user.clear(text);
    await user.type(text, "nothing");
    expect(await screen.findByTestId("own-fault")).toHaveTextContent("Line 1: the rule has no when.");
  });

  it("stays in the form while that is faulty, and keeps the last letter in the text", async () => {
    const { user } = await openEdit();
    const value = screen.getByTestId("own-value-0");
    await user.clear(value);
    await user.click(within(screen.getByTestId("own-as-text")).getByRole("radio"));
    await waitFor(() => expect(screen.getByTestId("own-value-0")).toHaveAccessibleDescription("A value is missing."));
    await user.type(value, "7");
    await user.click(within(screen.getByTestId("own-as-text")).getByRole("radio"));
    expect(await screen.findByTestId("own-text")).toHaveTextContent("order.value > 7");
  });

  it("is left by the Escape key only while nothing was typed", async () => {
    const { backend, user } = await openNew();
    await user.type(screen.getByTestId("own-title"), "Half{Escape}");
    expect(screen.getByTestId("own-title")).toHaveValue("Half");
    await user.click(screen.getByTestId("own-leave"));
    await user.click(screen.getByTestId("own-new"));
    await screen.findByTestId("own-title");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("own-editor")).toBeNull());
    expect(backend.callsOf("setOwnRule")).toEqual([]);
  });

  it("says that no order was judged yet, and that a preview can't be had", async () => {
    const backend = new FakeBackend();
    backend.attempts = [];
    const { user } = await openEdit(backend);
    expect(await screen.findByTestId("own-none-tried")).toBeInTheDocument();
    backend.failures.set("tryOwnRule", { code: "internal", message: "The program does not answer." });
    await user.type(screen.getByTestId("own-title"), "!");
    expect(await screen.findByText("What it would have said can't be told now.")).toBeInTheDocument();
    await expectAccessible();
  });

  it("can't be set while the rule file is at fault", async () => {
    const backend = new FakeBackend();
    backend.rulebook = { ...backend.rulebook, fault: "rules.toml: Line 3: there is no rule." };
    await openOwn(backend);
    expect(screen.getByTestId("own-new")).toBeDisabled();
  });
});
