import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { expectAccessible } from "./accessible";
import { openApp, pick } from "./app";

async function openRules(backend = new FakeBackend()) {
  const opened = await openApp(backend);
  await opened.user.click(screen.getByTestId("nav-rules"));
  await screen.findByTestId("rules-count");
  return opened;
}

async function openCap() {
  const opened = await openRules();
  await opened.user.click(screen.getByTestId("rule-open-cap.quantity"));
  return { ...opened, field: await screen.findByTestId("value-cap.quantity-all-most"), save: () => opened.user.click(screen.getByTestId("save-cap.quantity-all")) };
}

async function modeBox() {
  return within(await screen.findByTestId("mode-mode.read-only")).getByRole("checkbox");
}

describe("the rules", () => {
  it("are found by a word and say who wrote them, whom they concern and what they do", async () => {
    const { user } = await openRules();
    await user.type(screen.getByTestId("rules-search"), "short");
    expect(screen.getByTestId("rules-count")).toHaveTextContent("1 of 6 rules");
    await user.click(screen.getByTestId("rule-open-ira.no-short-sale"));
    const rule = screen.getByTestId("rule-ira.no-short-sale");
    expect(rule).toHaveTextContent("IBKR knowledge base: articles 188 and 2187");
    expect(rule).toHaveTextContent("Blocks");
    expect(within(rule).queryByRole("textbox")).toBeNull();
    await user.type(screen.getByTestId("rules-search"), " nowhere");
    expect(await screen.findByText("No rule speaks of “short nowhere”.")).toBeInTheDocument();
    await expectAccessible();
  });

  it("are set over all accounts, and for one", async () => {
    const { backend, user, field, save } = await openCap();
    expect(field).toHaveAttribute("placeholder", "1000");
    await user.type(field, "5");
    await save();
    await waitFor(() => expect(screen.getByTestId("rule-cap.quantity")).toHaveTextContent("set"));
    expect(screen.getByTestId("value-cap.quantity-DU1000002-most")).toHaveAttribute("placeholder", "5");
    await pick(user, "weight-cap.quantity-DU1000002", "override");
    await user.click(screen.getByTestId("save-cap.quantity-DU1000002"));
    await waitFor(() => expect(backend.rulebook.accounts).toEqual(["DU1000002"]));
    await expectAccessible();
  });

  it("say at the field what can't be set", async () => {
    const { user, field, save } = await openCap();
    await user.type(field, "many");
    await save();
    await waitFor(() => expect(screen.getByTestId("value-cap.quantity-all-most")).toHaveAccessibleDescription(/not a plain number/));
    await expectAccessible();
  });

  it("let more through only by a typed word", async () => {
    const { backend, user, field, save } = await openCap();
    await user.type(field, "5000");
    await save();
    await waitFor(() => expect(screen.getByTestId("loosen-back")).toHaveFocus());
    expect(screen.getByTestId("loosen-go")).toBeDisabled();
    await expectAccessible();
    await user.click(screen.getByTestId("loosen-back"));
    expect(backend.rulebook.rules.flatMap(({ settings }) => settings)).toEqual([]);
    await save();
    await user.type(await screen.findByTestId("loosen-word"), "loosen");
    await user.click(screen.getByTestId("loosen-go"));
    await waitFor(() => expect(screen.queryByTestId("loosen-dialog")).toBeNull());
    expect(backend.rulebook.rules.flatMap(({ settings }) => settings)).toHaveLength(1);
  });

  it("have the modes as switches", async () => {
    const { user } = await openRules();
    const box = within(screen.getByTestId("mode-mode.read-only")).getByRole("checkbox");
    await user.click(box);
    await waitFor(() => expect(box).toBeChecked());
    await user.click(screen.getByTestId("nav-orders"));
    expect(await screen.findByTestId("mode-banner")).toHaveTextContent("Read-only: no order goes out.");
    await expectAccessible();
    await user.click(screen.getByTestId("mode-banner-show"));
    await screen.findByTestId("rules-count");
    await user.click(await modeBox());
    await user.type(await screen.findByTestId("loosen-word"), "LOOSEN");
    await user.click(screen.getByTestId("loosen-go"));
    await waitFor(async () => expect(await modeBox()).not.toBeChecked());
    await user.click(screen.getByTestId("nav-orders"));
    await waitFor(() => expect(screen.queryByTestId("mode-banner")).toBeNull());
  });
});

describe("a rule file that can't be used", () => {
  it("is told beside every screen, and nothing is set until it is mended", async () => {
    const backend = new FakeBackend();
    backend.rulebook = { ...backend.rulebook, fault: "rules.toml: Line 3: there is no rule. The rules that were last in force hold." };
    const { user } = await openApp(backend);
    expect(await screen.findByTestId("rules-banner")).toHaveTextContent("Line 3");
    await user.click(screen.getByTestId("rules-banner-show"));
    expect(await screen.findByTestId("rules-fault")).toHaveTextContent("last in force");
    expect(within(screen.getByTestId("mode-mode.read-only")).getByRole("checkbox")).toBeDisabled();
    await expectAccessible();
    await user.click(screen.getByTestId("rules-restore"));
    await waitFor(() => expect(screen.queryByTestId("rules-fault")).toBeNull());
    expect(backend.callsOf("restoreRules")).toHaveLength(1);
  });

  it("that can't be written leaves the rules as they were", async () => {
    const { backend, user, field, save } = await openCap();
    backend.failures.set("setRule", { code: "internal", message: "The rule file can't be written." });
    await user.type(field, "5");
    await save();
    expect(await screen.findByTestId("rules-error")).toHaveTextContent("can't be written");
    expect(field).toHaveValue("5");
  });
});
