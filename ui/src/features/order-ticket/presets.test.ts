import { afterEach, describe, expect, it } from "vitest";
import type { InstrumentView } from "../../backend/backend";
import { typed } from "../../lib/arithmetic";
import { BY_PRICE, NO_EXITS } from "./aims";
import { emptyDraft } from "../../lib/empty-draft";
import { acceptPresets, presetOf, presetPatch, Presets } from "./presets";

const STOCK: InstrumentView = { conId: 265598, symbol: "AAPL", label: "AAPL", name: null, kind: "stock", exchange: "NASDAQ", currency: "USD", multiplier: "1", tick: "0.01", sizeStep: "1", priceDecimals: 2, expiry: null, strike: null, right: null, adjusted: false };
const DRAFT = { ...emptyDraft("DU1"), conId: 265598, quantity: "100", tif: "gtc" as const, limitPrice: "180", exits: { ...NO_EXITS, takeProfit: "189", stopPrice: "176.40" } };

afterEach(() => localStorage.clear());

describe("presets", () => {
  it("hold distances, not prices", () => {
    const preset = presetOf(DRAFT, BY_PRICE, typed("180"), STOCK);
    expect(JSON.stringify(preset)).not.toMatch(/180|189|176/);
    const { patch, aims } = presetPatch(preset);
    expect(aims).toEqual({ takeProfit: { unit: "percent", text: "5" }, stop: { unit: "percent", text: "2" } });
    expect(patch).toMatchObject({ quantity: "100", orderType: "limit", tif: "gtc", exits: { takeProfit: "", stopPrice: "", withStop: true } });
  });

  it("are found by instrument, else by kind, and outlive a restart", () => {
    const presets = new Presets();
    const preset = presetOf(DRAFT, BY_PRICE, typed("180"), STOCK);
    presets.save({ of: "kind", kind: "stock" }, { ...preset, quantity: "1" });
    presets.save({ of: "symbol", conId: 265598, label: "AAPL" }, { ...preset, quantity: "2" });
    presets.save({ of: "symbol", conId: 265598, label: "AAPL" }, { ...preset, quantity: "3" });
    presets.save({ of: "template", name: "Swing" }, preset);
    const again = new Presets();
    expect(again.list.get()).toHaveLength(3);
    expect(again.findFor(STOCK)?.preset.quantity).toBe("3");
    expect(again.findFor({ ...STOCK, conId: 8314 })?.preset.quantity).toBe("1");
    expect(again.findFor({ ...STOCK, conId: 8314, kind: "future" })).toBeNull();
    again.remove({ of: "symbol", conId: 265598, label: "AAPL" });
    expect(again.findFor(STOCK)?.preset.quantity).toBe("1");
  });

  it("are let go when anything in them is wrong", () => {
    const good = { on: { of: "kind", kind: "stock" }, preset: { quantity: "1", orderType: "limit", tif: "day", exits: null } };
    expect(acceptPresets([good])).toHaveLength(1);
    for (const bad of [null, {}, [{ ...good, on: { of: "moon" } }], [{ ...good, preset: { ...good.preset, quantity: 1 } }], [{ ...good, preset: { ...good.preset, exits: {} } }]]) expect(acceptPresets(bad)).toBeNull();
  });
});
