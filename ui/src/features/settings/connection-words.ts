import type { ConnectionView } from "../../backend/backend";

/** What the chosen client id means for orders made in TWS, and for those working under another one. */
export function underWhichId({ choice, nextClientId, usualClientId, clientIdFixed }: ConnectionView): string {
  const left = (id: number) => `Orders that Gatehouse placed under client id ${id} work on, but can be changed and cancelled one by one only under that id, or in TWS.`;
  if (!choice.takeOver) {
    const here = "Orders made by hand in TWS are shown; they are changed and cancelled there.";
    return nextClientId === 0 && !clientIdFixed ? `${here} Client id 0 is not needed for that.` : here;
  }
  if (nextClientId === 0) return clientIdFixed || usualClientId === 0 ? "Under client id 0 the gateway hands them over." : `Under client id 0 the gateway hands them over. ${left(usualClientId)}`;
  const needed = `The gateway hands them over to client id 0 only; Gatehouse uses ${nextClientId}.`;
  if (clientIdFixed) return `${needed} The command line names that id: start Gatehouse without it, or with 0.`;
  return `${needed} ${left(nextClientId)}`;
}

/** Whether the connection that is up is not as chosen. */
export function takesEffectLater({ choice, nextClientId, clientId, takesOver }: ConnectionView): boolean {
  if (clientId === null) return false;
  return clientId !== nextClientId || takesOver !== (choice.takeOver && nextClientId === 0);
}
