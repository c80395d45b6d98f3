import "../src/styles/page.css";
import { createRoot } from "react-dom/client";
import { startApp } from "../src/app/start";
import { FakeBackend } from "../src/backend/fake";

// The page on a fake backend, for looking at it: fake.html?still stops the market; ?empty knows no account.
const wanted = new URLSearchParams(location.search);
const backend = new FakeBackend().withSamples();
if (wanted.has("empty")) backend.known = false;
const root = document.getElementById("root");
if (root) createRoot(root).render(startApp(backend));
Object.assign(window, { fake: backend });

if (!wanted.has("still")) {
  setInterval(() => {
    for (const conId of Object.keys(backend.prices).map(Number)) {
      if (Math.random() < 0.4) backend.move(conId, (backend.prices[conId] ?? 100) + Math.round(Math.random() * 20 - 10) / 100);
    }
  }, 1000);
}
