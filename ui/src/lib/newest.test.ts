import { describe, expect, it } from "vitest";
import { Newest } from "./newest";

/** What was told, and answers that come when the test lets them. */
function slow() {
  const told: string[] = [];
  const answers: ((failure?: Error) => void)[] = [];
  const newest = new Newest<string>((value) => {
    told.push(value);
    return new Promise((resolve, reject) => answers.push((failure) => (failure ? reject(failure) : resolve())));
  });
  return { told, answers, newest };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("telling only the newest", () => {
  it("lets nothing overtake what is under way, and leaves out what is old by its turn", async () => {
    const { told, answers, newest } = slow();
    const first = newest.tell("first");
    await settled();
    const rest = ["second", "third", "last"].map((value) => newest.tell(value));
    await settled();
    expect(told).toEqual(["first"]);
    answers[0]?.();
    await settled();
    expect(told).toEqual(["first", "last"]);
    answers[1]?.();
    expect(await Promise.all([first, ...rest])).toEqual([true, false, false, true]);
  });

  it("goes on after a failure, which whoever told it hears of", async () => {
    const { told, answers, newest } = slow();
    const first = newest.tell("first");
    await settled();
    const second = newest.tell("second");
    answers[0]?.(new Error("no"));
    await expect(first).rejects.toThrow("no");
    await settled();
    answers[1]?.();
    expect(await second).toBe(true);
    expect(told).toEqual(["first", "second"]);
  });
});
