import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { expect } from "vitest";
import { startApp } from "../src/app/start";
import { BackendContext } from "../src/backend/context";
import { FakeBackend } from "../src/backend/fake";
import { OrderTicket } from "../src/features/order-ticket/OrderTicket";
import { Ticket } from "../src/features/order-ticket/ticket";
import { LiveContext } from "../src/live/context";
import { Feed } from "../src/live/feed";
import { WindowFrames } from "../src/live/frames";
import { Live } from "../src/live/live";

/** The whole page over a fake backend. */
export async function openApp(backend = new FakeBackend()): Promise<{ backend: FakeBackend; user: UserEvent }> {
  render(startApp(backend));
  await screen.findByTestId(backend.known ? "account-card-DU1000001" : "frame");
  return { backend, user: userEvent.setup() };
}

/** The ticket alone, over a fake backend. */
export async function openTicket(backend = new FakeBackend()): Promise<{ backend: FakeBackend; user: UserEvent; ticket: Ticket }> {
  const live = new Live(new WindowFrames());
  const ticket = new Ticket(backend, (conId) => live.quotes.get(String(conId)));
  await new Feed(backend, live).start();
  render(
    <BackendContext value={backend}>
      <LiveContext value={live}>
        <OrderTicket ticket={ticket} onShowOrders={() => undefined} onShowOptions={() => undefined} />
      </LiveContext>
    </BackendContext>,
  );
  await screen.findByTestId("ticket-account-DU1000001");
  return { backend, user: userEvent.setup(), ticket };
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

/** Opens a list and takes one of its options. */
export async function pick(user: UserEvent, testId: string, value: string): Promise<void> {
  await pickFrom(user, testId, value);
  await waitFor(() => expect(screen.getByTestId(testId)).toHaveAttribute("data-value", value));
}

/** The same from a list that names nothing afterwards. */
export async function pickFrom(user: UserEvent, testId: string, value: string): Promise<void> {
  await user.click(screen.getByTestId(testId));
  const option = await screen.findByTestId(`${testId}-${value}`);
  // A list that opens, or still closes from before, takes no pointer.
  await waitFor(() => expect(option.closest(".pick-positioner")).not.toHaveStyle({ pointerEvents: "none" }));
  await user.click(option);
}
