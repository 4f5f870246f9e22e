import { isIP } from "node:net";
import { hostPatterns } from "./host-patterns.ts";

/** `http` and `https` open tunnels (CONNECT) and take whole requests for plain HTTP; `https` is itself spoken to over TLS. */
export interface ProxyWay {
	readonly kind: "http" | "https" | "socks5";
	readonly host: string;
	readonly port: number;
	/** Who we are to the proxy. A function, so that no printing of a proxy shows it. */
	readonly login?: () => Login;
}

interface Login {
	readonly user: string;
	readonly password: string;
}

/** One way out of here. */
export type Way = { readonly kind: "direct" } | ProxyWay;

export interface ProxyOptions {
	/** `http://`, `https://` or `socks5://`, then `user:password@host:port`; user and password may be absent. */
	readonly url: string;
	/** Hosts that are reached directly, as `hostPatterns` knows them. */
	readonly bypass?: readonly string[];
}

/** One proxy for everything but its exceptions. */
export interface FixedProxy extends ProxyWay {
	bypasses(host: string): boolean;
}

const DEFAULT_PORTS: Readonly<Record<ProxyWay["kind"], number>> = { http: 80, https: 443, socks5: 1080 };
/** What a SOCKS login has room for (RFC 1929), bytes. */
const SOCKS_LOGIN_LIMIT = 255;

/** Throws, with words that never quote the login, where the URL is not that of a proxy. */
export function createProxy({ url, bypass = [] }: ProxyOptions): FixedProxy {
	return { ...proxyAt(url), bypasses: hostPatterns(bypass) };
}

/** The proxy without its login, as people write it. */
export function labelOf(way: Way): string {
	if (way.kind === "direct") return "direct";
	return `${way.kind}://${way.host.includes(":") ? `[${way.host}]` : way.host}:${way.port}`;
}

/** The value of `Proxy-Authorization` (Basic), where there is a login to give. */
export function authorizationOf({ login }: ProxyWay): string | undefined {
	if (!login) return undefined;
	const { user, password } = login();
	return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

function proxyAt(text: string): ProxyWay {
	const url = URL.parse(text);
	const kind = url?.protocol.slice(0, -1);
	if (!url || (kind !== "http" && kind !== "https" && kind !== "socks5")) {
		throw new Error(`proxy: expected an http://, https:// or socks5:// URL${url ? `, found ${url.protocol}//` : ""}`);
	}
	if (url.hostname === "") throw new Error("proxy: expected a host in the URL, found none");
	const host = hostNameIn(url.hostname);
	const port = Number(url.port || DEFAULT_PORTS[kind]);
	return { kind, host, port, ...loginIn(url, kind) };
}

/** Only of the schemes it knows well does the URL parser bring hosts into their normal form. */
function hostNameIn(text: string): string {
	const { hostname } = new URL(`http://${text}/`);
	const bare = hostname.replace(/^\[|\]$/g, "");
	return isIP(bare) ? bare : hostname.replace(/\.$/, "");
}

function loginIn({ username, password }: URL, kind: ProxyWay["kind"]): Pick<ProxyWay, "login"> {
	if (username === "") return {};
	const login = { user: decoded(username), password: decoded(password) };
	if (kind === "socks5" && Object.values(login).some((text) => Buffer.byteLength(text) > SOCKS_LOGIN_LIMIT)) {
		throw new Error(`proxy: expected a login of at most ${SOCKS_LOGIN_LIMIT} bytes each, found a longer one`);
	}
	return { login: () => login };
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		throw new Error("proxy: expected a login in which % is written %25, found a lone %");
	}
}
