import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { expectAccessible } from "./accessible";
import { openApp } from "./app";

async function openJournal(backend = new FakeBackend().withSamples()) {
  const opened = await openApp(backend);
  await opened.user.click(screen.getByTestId("nav-journal"));
  await screen.findByTestId("journal-row-401");
  return opened;
}

describe("the journal's records", () => {
  it("are found by a word in them, and by account and word together", async () => {
    const { backend, user } = await openJournal();
    backend.write("refused", "DU1000001", "i-x", "Refused: the preview was too old.");
    await user.type(screen.getByTestId("journal-text"), "REFUSED");
    await waitFor(() => expect(screen.queryByTestId("journal-row-401")).toBeNull());
    expect(screen.getByTestId("journal-row-402")).toBeInTheDocument();
    await user.type(screen.getByTestId("journal-text"), "x");
    expect(await screen.findByText("No record matches these filters.")).toBeInTheDocument();
    await user.click(screen.getByTestId("journal-clear"));
    expect(await screen.findByTestId("journal-row-401")).toBeInTheDocument();
  });

  it("of one order are its life, oldest first, with what each rule said", async () => {
    const { backend, user } = await openJournal();
    backend.write("judged", "DU1000001", "i-life", "Blocked: the rules stopped it.");
    const judged = backend.journalEntries[0];
    if (!judged) throw new Error("nothing was written");
    backend.journalEntries[0] = { ...judged, body: JSON.stringify({ kind: "judged", findings: [{ rule: "cap.quantity", outcome: "passed", says: "Within the cap." }, { rule: "ira.no-short-sale", outcome: "blocked", says: "You hold 40." }] }) };
    backend.write("approved", "DU1000001", "i-life", "Approved and sent.");
    await user.type(screen.getByTestId("journal-intent"), "i-life");
    const life = within(await screen.findByTestId("journal-life"));
    await waitFor(() => expect(life.getAllByRole("button").map((step) => step.dataset.kind)).toEqual(["judged", "approved"]));
    const findings = within(screen.getByTestId("journal-findings-402")).getAllByRole("listitem");
    expect(findings.map((finding) => finding.textContent)).toEqual(["ira.no-short-sale blocked You hold 40.", "cap.quantity passed Within the cap."]);
    await user.click(screen.getByTestId("journal-row-403"));
    expect(await screen.findByTestId("journal-entry-body")).toHaveTextContent("approved");
    await expectAccessible();
  });
});

describe("copies of the journal", () => {
  it("are exports of what the filters show", async () => {
    const { backend, user } = await openJournal();
    backend.write("refused", "DU1000001", "i-x", "Refused: the preview was too old.");
    await user.type(screen.getByTestId("journal-text"), "refused");
    await user.click(screen.getByTestId("journal-copies-open"));
    await user.click(await screen.findByTestId("export-csv"));
    await user.click(screen.getByTestId("journal-export"));
    expect(await screen.findByTestId("journal-exported")).toHaveTextContent("1 record is in /home/sample/Downloads/gatehouse-journal-2026-12-18.csv");
    backend.failures.set("exportJournal", { code: "journal", message: "/home/sample/Downloads can't be written: the disk is full." });
    await user.click(screen.getByTestId("journal-export"));
    expect(await screen.findByTestId("journal-exported-error")).toHaveTextContent("the disk is full");
    expect(screen.queryByTestId("journal-exported")).toBeNull();
    await expectAccessible();
  });

  it("say when the last one was made, and are made now when asked", async () => {
    const { user } = await openJournal();
    await user.click(screen.getByTestId("journal-copies-open"));
    expect(await screen.findByTestId("journal-last-backup")).toHaveTextContent("There is none yet.");
    await user.click(screen.getByTestId("journal-back-up"));
    expect(await screen.findByTestId("journal-backed-up")).toHaveTextContent("A copy of 401 records was made and checked");
    expect(screen.getByTestId("journal-last-backup")).toHaveTextContent("The newest is of 2026-12-18 (UTC) and has 401 records.");
  });

  it("are proved by a head that was noted down", async () => {
    const { user } = await openJournal();
    await user.click(screen.getByTestId("journal-copies-open"));
    const head = (await screen.findByTestId("journal-head")).textContent ?? "";
    expect(screen.getByTestId("journal-prove")).toBeDisabled();
    await user.type(screen.getByTestId("journal-noted"), head);
    await user.click(screen.getByTestId("journal-prove"));
    expect(await screen.findByTestId("journal-proved")).toHaveAttribute("data-intact", "true");
    await user.type(screen.getByTestId("journal-noted"), "0");
    await user.click(screen.getByTestId("journal-prove"));
    await waitFor(() => expect(screen.getByTestId("journal-proved")).toHaveAttribute("data-intact", "false"));
  });
});
