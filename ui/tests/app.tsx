import { render, screen, within } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { startApp } from "../src/app/start";
import { FakeBackend } from "../src/backend/fake";

/** The whole page over a fake backend. */
export async function openApp(backend = new FakeBackend()): Promise<{ backend: FakeBackend; user: UserEvent }> {
  render(startApp(backend));
  await screen.findByTestId(backend.known ? "account-card-DU1000001" : "frame");
  return { backend, user: userEvent.setup() };
}

interface Order {
  readonly account?: string;
  readonly conId?: number;
  readonly symbol?: string;
  readonly side?: "buy" | "sell";
  readonly quantity?: string;
  readonly limit?: string;
}

/** Fills in the ticket as a person does. */
export async function fillTicket(user: UserEvent, order: Order): Promise<void> {
  const { account = "DU1000002", conId = 265598, symbol = "AAPL", side = "buy", quantity = "10", limit = "180" } = order;
  await user.click(within(await screen.findByTestId(`ticket-account-${account}`)).getByRole("radio"));
  await user.type(screen.getByTestId("ticket-search"), symbol);
  await user.click(await screen.findByTestId(`ticket-search-option-${conId}`));
  await screen.findByTestId("ticket-instrument");
  if (side === "sell") await user.click(within(screen.getByTestId("ticket-side-sell")).getByRole("radio"));
  await user.type(screen.getByTestId("ticket-quantity"), quantity);
  await user.type(screen.getByTestId("ticket-limit"), limit);
}

/** Fills in, previews and opens the confirmation. */
export async function openConfirmation(user: UserEvent, order: Order = {}): Promise<void> {
  await fillTicket(user, order);
  await user.click(screen.getByTestId("ticket-preview"));
  await user.click(await screen.findByTestId("preview-confirm"));
  await screen.findByTestId("confirm-dialog");
}
