const STEP_MS = 2000;

async function find(testId: string): Promise<HTMLElement> {
  const until = performance.now() + STEP_MS;
  for (;;) {
    const element = document.querySelector<HTMLElement>(`[data-testid="${testId}"]`);
    if (element) return element.matches("label") ? (element.querySelector("input") ?? element) : element;
    if (performance.now() > until) throw new Error(`no ${testId}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function type(element: HTMLElement, text: string): void {
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  set?.call(element, text);
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Walks the page: `click:nav-orders;type:ticket-quantity:10`. */
export async function walk(script: string): Promise<void> {
  for (const step of script.split(";").filter(Boolean)) {
    const [verb, testId = "", text = ""] = step.split(":");
    const element = await find(testId);
    if (verb === "type") type(element, text);
    else element.click();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
