import "../styles/page.css";
import { createRoot } from "react-dom/client";
import { tauriBackend } from "../backend/tauri";
import { startApp } from "./start";

const root = document.getElementById("root");
if (root) createRoot(root).render(startApp(tauriBackend));
