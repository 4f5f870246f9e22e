import { join } from "node:path";
import { STATE_NAMES } from "./gallery/states.ts";
import { servePages } from "./pages.ts";

const { url } = await servePages(join(import.meta.dirname, "../../out/renderer"), 4173);
process.stdout.write(
	`${STATE_NAMES.map((state) => `${url}popover.html?state=${state}`).join("\n")}\n&theme=light|dark|contrast &lang=en|it\n`,
);
