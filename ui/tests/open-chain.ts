import { screen, waitFor, within } from "@testing-library/react";
import { expect } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { openApp } from "./app";

export const AAPL = 265598;
export const SPX = 416904;

export async function openChain(conId = AAPL, symbol = "AAPL", backend = new FakeBackend()) {
  const opened = await openApp(backend);
  await opened.user.click(screen.getByTestId("nav-options"));
  await opened.user.type(await screen.findByTestId("chain-search"), symbol);
  await opened.user.click(await screen.findByTestId(`chain-search-option-${conId}`));
  await screen.findByTestId("chain-grid");
  return opened;
}

/** Waits until the table's options are quoted. */
export async function quoted(testId: string, text: string): Promise<void> {
  await waitFor(() => expect(within(screen.getByTestId(testId)).getByText(text)).toBeInTheDocument());
}
