import type { ProxyChoice } from "../ipc/settings.ts";

/** The logins of proxies, which pages never see: an address that comes back from a page without its login gets it again. */
export class ProxyLogins {
	readonly #known = new Map<string, string>();

	/** The proxy with the login that was last given for its address; whatever else it is, as it is. */
	complete(proxy: unknown): unknown {
		if (!isOwn(proxy)) return proxy;
		const url = new URL(proxy.url);
		if (url.username !== "" || url.password !== "") this.#known.set(addressOf(url), proxy.url);
		return { ...proxy, url: this.#known.get(addressOf(url)) ?? proxy.url };
	}

	forget(): void {
		this.#known.clear();
	}
}

/** A proxy without the login that its address may hold. */
export function withoutLogin(proxy: ProxyChoice): ProxyChoice {
	return typeof proxy === "string" ? proxy : { ...proxy, url: addressOf(new URL(proxy.url)) };
}

export function hasLogin(proxy: ProxyChoice): boolean {
	return typeof proxy !== "string" && new URL(proxy.url).username !== "";
}

/** As it is compared, and shown. */
function addressOf({ protocol, host }: URL): string {
	return `${protocol}//${host}`;
}

function isOwn(proxy: unknown): proxy is { readonly url: string } {
	if (typeof proxy !== "object" || proxy === null || !("url" in proxy)) return false;
	return typeof proxy.url === "string" && URL.canParse(proxy.url);
}
