import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = resolve(import.meta.dirname, "../src");

interface Arrow {
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => /(?<!\.test)\.tsx?$/.test(name));

const arrows: readonly Arrow[] = files.flatMap((from) => {
  const text = readFileSync(join(SRC, from), "utf8");
  return [...text.matchAll(/(?:from|import)\s+"([^"]+)"/g)].map(([, to = ""]) => ({
    from,
    to: to.startsWith(".") ? relative(SRC, resolve(SRC, dirname(from), to)) : to,
  }));
});

function crossing(forbidden: (arrow: Arrow) => boolean): string[] {
  return arrows.filter(forbidden).map(({ from, to }) => `${from} → ${to}`);
}

function featureOf(path: string): string | null {
  return /^features\/([^/]+)\//.exec(path)?.[1] ?? null;
}

describe("the page keeps its walls", () => {
  it("only backend/ names Tauri or the bindings", () => {
    expect(crossing(({ from, to }) => !from.startsWith("backend/") && (to.startsWith("@tauri-apps/") || to === "backend/bindings"))).toEqual([]);
  });

  it("features never import one another", () => {
    expect(crossing(({ from, to }) => featureOf(from) !== null && featureOf(to) !== null && featureOf(from) !== featureOf(to))).toEqual([]);
  });

  it("only app/ imports features, and nothing imports app/", () => {
    expect(crossing(({ from, to }) => !from.startsWith("app/") && featureOf(from) === null && featureOf(to) !== null)).toEqual([]);
    expect(crossing(({ from, to }) => !from.startsWith("app/") && to.startsWith("app/"))).toEqual([]);
  });

  it("live/, lib/ and components/ know no feature, and lib/ knows neither of the others", () => {
    expect(crossing(({ from, to }) => from.startsWith("lib/") && /^(live|components)\//.test(to))).toEqual([]);
    expect(crossing(({ from, to }) => from.startsWith("live/") && to.startsWith("components/"))).toEqual([]);
  });

  it("the fake backend stays out of the program", () => {
    expect(crossing(({ from, to }) => to.startsWith("backend/fake") && !from.startsWith("backend/fake"))).toEqual([]);
  });

  it("has no barrel files", () => {
    expect(files.filter((name) => /(^|\/)index\.tsx?$/.test(name))).toEqual([]);
  });

  it("turns no money into a number", () => {
    const careless = files
      .filter((name) => !name.startsWith("backend/fake"))
      .filter((name) => /\b(parseFloat|toFixed|Intl\.NumberFormat)\b/.test(readFileSync(join(SRC, name), "utf8")));
    expect(careless).toEqual([]);
  });
});
