import { join } from "node:path";
import { SCENES, sceneOf, type WindowPage } from "./gallery/scenes.ts";
import { servePages } from "./pages.ts";

const { url } = await servePages(join(import.meta.dirname, "../../out/renderer"), 4173);
const addresses = Object.entries(SCENES).flatMap(([window, scenes]) =>
	Object.keys(scenes).map((state) => {
		const { about } = sceneOf(window as WindowPage, state);
		return `${url}${window}.html?state=${state}${about ? `&${about}` : ""}`;
	}),
);
addresses.push(`${url}popover.html?demo=2019-07-03-meta-pictures&speed=60`);
process.stdout.write(`${addresses.join("\n")}\n&theme=light|dark|contrast &lang=en|it\n`);
