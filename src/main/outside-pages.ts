import type { Catalogue } from "../catalogue/catalogue.ts";
import type { PageWanted } from "../ipc/contract.ts";

const URL_LIMIT = 2000;

/** What opening a page outside takes. */
export interface Outside {
	catalogue(): Catalogue;
	/** Ids of the user's own services: their pages are opened only after a question. */
	own(): ReadonlySet<string>;
	/** Asks people; the host is shown as it is spoken to. */
	confirm(url: string): Promise<boolean>;
	open(url: string): Promise<void>;
}

/** Opens a page in the browser where it may be: https, and of a host that the catalogue names, or with people's word for their own. */
export async function openOutside(page: PageWanted, outside: Outside): Promise<boolean> {
	if ("signIn" in page) return openSignIn(outside);
	const wanted = "service" in page ? outside.catalogue().services.get(page.service)?.page : page.url;
	const url = wanted === undefined ? undefined : secureUrl(wanted);
	if (!url) return false;
	const known = hostsOf(outside.catalogue(), outside.own());
	if (!known.shipped.has(url.host)) {
		if (!known.own.has(url.host) || !(await outside.confirm(url.href))) return false;
	}
	await outside.open(url.href);
	return true;
}

/** A network's own page has an address that only it knows: the browser is sent there from a page that is known, and harmless. */
async function openSignIn({ catalogue, open }: Outside): Promise<boolean> {
	const plain = catalogue().controls.find(({ control }) => control.type === "http" && control.status === 200)?.control;
	if (plain?.type !== "http") return false;
	await open(plain.url);
	return true;
}

/** Without a login, which could only mislead. */
function secureUrl(text: string): URL | undefined {
	if (text.length > URL_LIMIT || !URL.canParse(text)) return undefined;
	const url = new URL(text);
	return url.protocol === "https:" && url.username === "" && url.password === "" ? url : undefined;
}

function hostsOf({ files }: Catalogue, own: ReadonlySet<string>): { shipped: Set<string>; own: Set<string> } {
	const hosts = { shipped: new Set<string>(), own: new Set<string>() };
	for (const [id, { page, sources, announcements }] of files) {
		const urls = [...("url" in page ? [page.url] : []), ...[...sources, ...announcements].map(({ url }) => url)];
		for (const url of urls) hosts[own.has(id) ? "own" : "shipped"].add(new URL(url).host);
	}
	return hosts;
}
