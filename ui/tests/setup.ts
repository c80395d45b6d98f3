import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// A machine under load is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

// jsdom draws nothing and says so at length.
HTMLCanvasElement.prototype.getContext = () => null;

afterEach(() => {
  cleanup();
  localStorage.clear();
  delete document.documentElement.dataset.portfolio;
});
