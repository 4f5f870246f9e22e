import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";

/** Where our own pages live; nothing else is ever loaded. */
export const ORIGIN = "app://semaforo";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".json": "application/json",
	".woff2": "font/woff2",
};

/** Own scripts and styles, and nothing from anywhere else; charts set sizes through the style API, which a policy does not forbid. */
const CONTENT_SECURITY_POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' data:",
	"font-src 'self'",
	"connect-src 'none'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
	"require-trusted-types-for 'script'",
	"trusted-types 'none'",
].join("; ");

/** Answers requests for our own pages out of one folder; everything else is not found. */
export function pagesFrom(folder: string): (request: Pick<Request, "url" | "method">) => Promise<Response> {
	return async ({ url, method }) => {
		const file = method === "GET" ? fileFor(folder, url) : undefined;
		const type = file && CONTENT_TYPES[extname(file)];
		if (!file || !type) return notFound();
		try {
			return new Response(new Uint8Array(await readFile(file)), { headers: headersFor(type) });
		} catch {
			return notFound();
		}
	};
}

function fileFor(folder: string, url: string): string | undefined {
	const { protocol, host, pathname } = new URL(url);
	if (`${protocol}//${host}` !== ORIGIN) return undefined;
	const path = decoded(pathname);
	if (path === undefined || path.includes("\0")) return undefined;
	const file = normalize(join(folder, path));
	return file.startsWith(normalize(folder) + sep) ? file : undefined;
}

function decoded(path: string): string | undefined {
	try {
		return decodeURIComponent(path);
	} catch {
		return undefined;
	}
}

function headersFor(type: string): Record<string, string> {
	return {
		"content-type": type,
		"content-security-policy": CONTENT_SECURITY_POLICY,
		"x-content-type-options": "nosniff",
		"referrer-policy": "no-referrer",
	};
}

function notFound(): Response {
	return new Response("not found", { status: 404, headers: headersFor("text/plain; charset=utf-8") });
}

/** Whether an address is one of our own pages. */
export function isOwnPage(url: string): boolean {
	return url.startsWith(`${ORIGIN}/`);
}
