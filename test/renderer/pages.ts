import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, extname, join } from "node:path";
import { playBridge } from "./fake-bridge.ts";
import { answersFor } from "./gallery/popover.ts";
import { SCENES, sceneOf, type WindowPage } from "./gallery/scenes.ts";
import { Demos, followDemo } from "./preview-demo.ts";

const TYPES: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript",
	".css": "text/css",
};

export interface Pages {
	/** Ends in a slash. */
	readonly url: string;
	close(): void;
}

/**
 * Serves the built pages of `folder` on 127.0.0.1, with a bridge that plays what the address asks for:
 * `popover.html?state=meta&theme=dark&lang=it`, any other window by its name and what it is about (`&service=x`). The theme is the system's unless it says `light`, `dark` or `contrast`.
 * `popover.html?demo=2019-07-03-meta-pictures&speed=60` follows a scripted outage instead.
 */
export async function servePages(folder: string, port = 0): Promise<Pages> {
	const demos = new Demos();
	const server = createServer(async (request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? "/", "http://page");
		if (pathname === "/demo") return demos.answer(request, response, searchParams.get("id") ?? "");
		const type = TYPES[extname(pathname)];
		try {
			const text =
				pathname === "/bridge.js" ? bridgeScript(searchParams, demos) : await page(folder, pathname, searchParams);
			response
				.writeHead(200, { "content-type": type ?? "application/octet-stream", "cache-control": "no-store" })
				.end(text);
		} catch (error) {
			response.writeHead(404).end(String(error));
		}
	});
	await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
	const { port: taken } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${taken}/`, close: () => server.close().closeAllConnections() };
}

function bridgeScript(asked: URLSearchParams, demos: Demos): string {
	const language = asked.get("lang") ?? "en";
	if (asked.has("demo")) {
		const feed = demos.open(asked);
		const played = { given: feed.first, answers: { ...answersFor(feed.first), bars: [] }, language };
		return `(${playBridge})(${JSON.stringify(played)});(${followDemo})(${JSON.stringify(feed)});`;
	}
	const window = asked.get("window") ?? "";
	if (!Object.hasOwn(SCENES, window))
		throw new Error(`expected one of ${Object.keys(SCENES).join(", ")}, got ${window}`);
	const scene = sceneOf(window as WindowPage, asked.get("state") ?? "");
	return `(${playBridge})(${JSON.stringify({ ...scene, language })});`;
}

async function page(folder: string, pathname: string, asked: URLSearchParams): Promise<string> {
	const file = join(folder, join("/", pathname === "/" ? "popover.html" : pathname));
	const text = await readFile(file, "utf8");
	if (file.endsWith(".css")) return themed(text, asked.get("theme"));
	if (!file.endsWith(".html") || !(asked.has("state") || asked.has("demo"))) return text;
	return (
		text
			// what the app's pages may not: be told by the one who serves them
			.replace("default-src 'none';", asked.has("demo") ? "$& connect-src 'self';" : "$&")
			.replace(/(?=<script)/, `<script src="./bridge.js?window=${basename(file, ".html")}&${asked}"></script>`)
			.replaceAll(/(?<=href="[^"]+\.css)(?=")/g, `?theme=${asked.get("theme") ?? ""}`)
	);
}

/** As the page would look with the system set so: pages know no theme of their own. */
function themed(css: string, theme: string | null): string {
	if (theme === "contrast") return css.replaceAll(/\(prefers-contrast: ?more\)/g, "all");
	return theme === "light" || theme === "dark"
		? css.replace(/color-scheme: ?light dark/, `color-scheme:${theme}`)
		: css;
}
