import { isIP } from "node:net";
import type { ProxyWay, Way } from "./proxy.ts";

/** A PAC script's answer is outside text: more than this of it is not read. */
const LENGTH_LIMIT = 2000;
/** More ways than this are not tried, however many are named. */
const WAYS_LIMIT = 5;

/** `SOCKS` means version 4, which resolves no names: it is no way for us. */
const KINDS: Readonly<Record<string, ProxyWay["kind"] | undefined>> = {
	PROXY: "http",
	HTTP: "http",
	HTTPS: "https",
	SOCKS5: "socks5",
};

/**
 * The ways that a PAC script or a browser names for an address (`PROXY a:8080; SOCKS5 b:1080; DIRECT`), in their order. What is not
 * understood is left out, each way comes once, and nothing is added: an answer of which nothing is understood gives no way.
 */
export function waysIn(answer: string): readonly Way[] {
	if (answer.length > LENGTH_LIMIT) return [];
	const ways = new Map<string, Way>();
	for (const part of answer.split(";")) {
		const way = wayIn(part.trim());
		if (way) ways.set(JSON.stringify(way), way);
	}
	return [...ways.values()].slice(0, WAYS_LIMIT);
}

function wayIn(text: string): Way | undefined {
	if (/^direct$/i.test(text)) return { kind: "direct" };
	const [, word = "", bracketed, name, digits] =
		/^([a-z0-9]{4,6})\s+(?:\[([\da-f:.]{2,45})\]|([a-z0-9._-]{1,253})):(\d{1,5})$/i.exec(text) ?? [];
	const kind = KINDS[word.toUpperCase()];
	const port = Number(digits);
	if (!kind || !(port >= 1 && port <= 65_535)) return undefined;
	if (bracketed !== undefined) return isIP(bracketed) === 6 ? { kind, host: bracketed, port } : undefined;
	return name === undefined ? undefined : { kind, host: name.toLowerCase(), port };
}
