import "../styles/page.css";
import { createRoot } from "react-dom/client";
import { tauriBackend } from "../backend/tauri";
import { keepFor } from "../lib/kept";
import { startApp } from "./start";

const root = document.getElementById("root");
const open = () => root && createRoot(root).render(startApp(tauriBackend));
// A program that can't even say that has its fault shown by the page.
void tauriBackend.windowScope().then(keepFor, () => undefined).finally(open);
