import "../src/styles/page.css";
import { createRoot } from "react-dom/client";
import { startApp } from "../src/app/start";
import { FakeBackend } from "../src/backend/fake";
import { prefer } from "../src/features/settings/preferences";
import { BusyBackend, BusyChain } from "./many";
import { walk } from "./script";

// The page on a fake backend, for looking at it: fake.html?still stops the market; ?empty knows no account; ?theme=dark; ?rows=60 fills and stirs the table; ?stirred moves the options in sight;
// ?do=click:nav-orders;type:ticket-quantity:10 walks.
const wanted = new URLSearchParams(location.search);
const rows = Number(wanted.get("rows") ?? 0);
const backend = (wanted.has("stirred") ? new BusyChain() : rows > 0 ? new BusyBackend(rows) : new FakeBackend()).withSamples();
if (wanted.has("empty")) backend.known = false;
const theme = wanted.get("theme");
prefer({ theme: theme === "dark" || theme === "light" ? theme : "system", density: wanted.has("compact") ? "compact" : "comfortable" });
if (wanted.has("large")) document.documentElement.style.fontSize = "121.9%";
if (wanted.has("live")) backend.link = { ...backend.link, mode: "live", simulated: false, readOnly: true };
if (wanted.has("refused")) backend.failures.set("confirm", { code: "timedOut", message: "The gateway did not answer in time. The order may or may not have been sent: look under Orders before you do anything else." });
const root = document.getElementById("root");
if (root) createRoot(root).render(startApp(backend));
Object.assign(window, { fake: backend });

if (backend instanceof BusyBackend || backend instanceof BusyChain) setInterval(() => backend.beat(), 100);
else if (!wanted.has("still")) {
  setInterval(() => {
    for (const conId of Object.keys(backend.prices).map(Number)) {
      if (Math.random() < 0.4) backend.move(conId, (backend.prices[conId] ?? 100) + Math.round(Math.random() * 20 - 10) / 100);
    }
  }, 1000);
}

await walk(wanted.get("do") ?? "");

if (wanted.has("axe")) {
  const { default: axe } = await import("axe-core");
  const { violations } = await axe.run(document.body);
  document.title = JSON.stringify(violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)]));
}
