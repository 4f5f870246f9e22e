import { SOURCE_FORMATS } from "../core/check.ts";
import type { OfficialComponent, OfficialPage } from "../core/official.ts";
import { systemClock } from "../io/clock.ts";
import { fetchPage } from "../io/network/fetch-page.ts";
import { createNetwork } from "../io/network/network.ts";
import { networkOptions } from "../io/network-files.ts";
import { inspectPage } from "../io/sources/inspect.ts";
import type { PageFound, PagePart } from "../ipc/answers.ts";
import type { WatchGround } from "./watch-keeper.ts";

export type LookAt = (address: string, ground: WatchGround) => Promise<PageFound>;

/** A page that needs longer is none to be read every few minutes. */
const DEADLINE_MS = 45_000;
const MOST_PARTS = 300;
const MOST_INCIDENTS = 20;
/** Longer ids than that, the settings do not take. */
const LONGEST_KEY = 200;

/** Looks for status pages over a network of its own; another look ends the one before. */
export function createLookAt(): LookAt {
	let running = new AbortController();
	return async (address, { catalogue, network: settings, systemProxy }) => {
		running.abort();
		running = new AbortController();
		const network = createNetwork({
			...networkOptions(settings, systemProxy),
			edges: catalogue.edges,
			privateRoots: catalogue.roots,
		});
		try {
			const found = await inspectPage(address, {
				fetchPage: (url, how) => fetchPage(network, url, how),
				signal: AbortSignal.any([running.signal, AbortSignal.timeout(DEADLINE_MS)]),
				now: systemClock.now,
				// people may look at their own intranet
				allowPrivate: true,
			});
			if (found.kind === "page") return pageFound(found.page, found.url);
			return { kind: "failed", failure: found.failure, asked: found.tried.length > 0 };
		} finally {
			network.close();
		}
	};
}

function pageFound({ page, format, level, components, incidents }: OfficialPage, url: string): PageFound {
	const open = incidents.filter((incident) => incident.open);
	return {
		kind: "page",
		name: page.name,
		format: SOURCE_FORMATS.find((known) => known === format) ?? "feed",
		url,
		level,
		parts: components.slice(0, MOST_PARTS).map(partOf),
		further: Math.max(0, components.length - MOST_PARTS),
		incidents: open.slice(0, MOST_INCIDENTS).map(({ title, level: how }) => ({ title, level: how })),
	};
}

function partOf({ id, name, group, level }: OfficialComponent): PagePart {
	const whole = group === undefined ? name : `${group} / ${name}`;
	return { key: id !== "" && id.length <= LONGEST_KEY ? id : whole.slice(0, LONGEST_KEY), name: whole, level };
}
