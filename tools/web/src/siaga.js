// What the pages do better with scripts; each of them works without.
import "htmx.org";
import { keys } from "./keys.js";
import { sends } from "./sends.js";

document.documentElement.classList.add("scripted");
document.addEventListener("keydown", keys);
document.addEventListener("change", sends);
