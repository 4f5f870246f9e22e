import {
	blamesService,
	type Conclusion,
	concluded,
	foremost,
	type ServiceConclusion,
	type Sureness,
} from "./diagnosis-conclusion.ts";
import type { HostFinding, WordFinding } from "./diagnosis-findings.ts";
import { readHost } from "./diagnosis-host.ts";
import { failedWith } from "./diagnosis-local.ts";
import type { Look } from "./diagnosis-look.ts";
import { compareLevels, isProblem } from "./level.ts";
import type { ServiceId } from "./model.ts";

/** A service that somebody asked about. */
export interface AskedService {
	readonly service: ServiceId;
	/** The id of its owner. */
	readonly owner: string;
}

const HOSTS_TO_BE_SURE = 2;
/** Owners, not services: five services of one owner behind a provider prove nothing about the provider. */
const OWNERS_TO_BE_SURE = 2;

/** What the findings come to for one service, over a connection that is known to be well. */
export function judgeService({ service, owner }: AskedService, look: Look): ServiceConclusion {
	const own = look.hosts.filter((host) => host.service === service && host.role === "asked");
	const words = look.words.filter((word) => word.service === service);
	const read = own.map((host) => ({ host, reading: host.outcome.kind === "failed" ? readHost(host, look) : "well" }));
	const failing = read.filter(({ reading }) => reading !== "well");
	if (failing.length === 0) return { service, ...calm(own, words) };
	const local = failing.flatMap(({ reading }) =>
		typeof reading === "object" && !blamesService(reading) ? [reading] : [],
	);
	const [first] = local;
	if (first && local.length === failing.length) return { service, ...together(foremost(local) ?? first, local) };
	const theirs = failing.filter(({ reading }) => typeof reading === "string" || blamesService(reading));
	const trouble: Trouble = {
		owner,
		failing: theirs.map(({ host }) => host),
		unreached: theirs.filter(({ reading }) => reading === "network").map(({ host }) => host),
		answering: theirs.filter(({ reading }) => reading === "answer").map(({ host }) => host),
		shown: theirs.flatMap(({ reading }) => (typeof reading === "object" ? [reading] : [])),
		admitted: words.filter(({ level }) => isProblem(level)),
	};
	return { service, ...(upstream(trouble, look) ?? answers(trouble) ?? network(trouble, words, own, look)) };
}

/** Conclusions of one kind, with all that was seen. */
function together(first: Conclusion, all: readonly Conclusion[]): Conclusion {
	return { ...first, seen: [...new Set(all.flatMap(({ seen }) => seen))] };
}

/** No host fails. What is said elsewhere may still be true: much of a service cannot be seen from outside. */
function calm(own: readonly HostFinding[], words: readonly WordFinding[]): Omit<ServiceConclusion, "service"> {
	const [worst] = [...words].sort((a, b) => compareLevels(b.level, a.level));
	if (worst && (isProblem(worst.level) || worst.level === "maintenance")) {
		const kind = isProblem(worst.level) ? "unseen" : "planned";
		const sure = worst.from === "official" ? "high" : "fair";
		return { ...concluded(kind, sure, [worst, ...own]), level: worst.level };
	}
	const blocked = own.filter(({ outcome }) => outcome.kind === "blocked");
	if (blocked.length === own.length)
		return concluded(own.length > 0 ? "blocked_me" : "cannot_see", "high", [...own, ...words]);
	return concluded("fine", own.length >= HOSTS_TO_BE_SURE ? "high" : "fair", [...own, ...words]);
}

/** Hosts that fail for no reason on this side. */
interface Trouble {
	readonly owner: string;
	readonly failing: readonly HostFinding[];
	/** Their names are found, and lead nowhere. */
	readonly unreached: readonly HostFinding[];
	readonly answering: readonly HostFinding[];
	/** What hosts show by themselves. */
	readonly shown: readonly Conclusion[];
	/** What others say of it. */
	readonly admitted: readonly WordFinding[];
}

/** A provider that every failing host sits behind, and unrelated services too that fail more often than not. */
function upstream({ failing, owner }: Trouble, look: Look): Conclusion | undefined {
	const behind = new Set(failing.map((host) => (isOriginsFault(host) ? undefined : carrierOf(host))));
	const [provider] = behind;
	if (behind.size !== 1 || provider === undefined) return undefined;
	const others = look.hosts.filter(
		(host) => host.owner !== owner && (carrierOf(host) === provider || host.service === provider),
	);
	const broken = others.filter((host) => failsBehind(host, look));
	const admitted = look.words.filter(({ service, level }) => service === provider && isProblem(level));
	const brokenOwners = ownersOf(broken);
	const spared = [...ownersOf(others)].filter((each) => !brokenOwners.has(each)).length;
	const known = brokenOwners.size > spared;
	if (!known && admitted.length === 0) return undefined;
	const sure: Sureness = known && (admitted.length > 0 || brokenOwners.size >= OWNERS_TO_BE_SURE) ? "high" : "fair";
	return concluded("upstream", sure, [...failing, ...broken, ...admitted], { culprit: provider });
}

function carrierOf({ edge, upstream }: HostFinding): ServiceId | undefined {
	return edge ?? upstream;
}

/** Statuses 520 to 526 are Cloudflare's words for an origin that fails behind a healthy edge. */
function isOriginsFault(host: HostFinding): boolean {
	return failedWith(host, ({ status = 0 }) => status >= 520 && status <= 526);
}

function failsBehind(host: HostFinding, look: Look): boolean {
	if (host.outcome.kind !== "failed" || isOriginsFault(host)) return false;
	const reading = readHost(host, look);
	return reading !== "well" && (typeof reading === "string" || blamesService(reading));
}

function ownersOf(hosts: readonly HostFinding[]): ReadonlySet<string> {
	return new Set(hosts.map(({ owner }) => owner));
}

/** To answer with errors is to be reached: what is broken is the service's own. */
function answers({ answering, admitted, owner }: Trouble): Conclusion | undefined {
	if (answering.length === 0) return undefined;
	const sure = hostsIn(answering) >= HOSTS_TO_BE_SURE || admitted.length > 0 ? "high" : "fair";
	return concluded("service_fails", sure, [...answering, ...admitted], { culprit: owner });
}

/** It is not reached. Others who fail too, or say so, make it the service's; others who reach it, the way's. */
function network(trouble: Trouble, words: readonly WordFinding[], own: readonly HostFinding[], look: Look): Conclusion {
	const { owner, failing, unreached, shown, admitted } = trouble;
	const [first] = shown;
	const blame = (sure: Sureness, more: Conclusion["seen"] = []) =>
		concluded("service_network", sure, [...shown.flatMap(({ seen }) => seen), ...failing, ...more].filter(isFirst), {
			culprit: owner,
		});
	const kin = look.hosts.filter((host) => host.role === "kin" && host.owner === owner && failsBehind(host, look));
	if (admitted.length + kin.length > 0) return blame("high", [...kin, ...admitted]);
	if (first) return blame(first.sureness);
	const elsewhere = words.filter(({ from, level }) => from === "others" && level === "operational");
	const none = failing.length === own.length;
	if (none && elsewhere.length > 0) return concluded("isp_route", "fair", [...failing, ...elsewhere]);
	const refused = unreached.some((host) => failedWith(host, ({ kind }) => kind === "refused"));
	return hostsIn(unreached) >= HOSTS_TO_BE_SURE || refused ? blame("fair") : concluded("unclear", "low", failing);
}

function isFirst<T>(each: T, index: number, all: readonly T[]): boolean {
	return all.indexOf(each) === index;
}

function hostsIn(hosts: readonly HostFinding[]): number {
	return new Set(hosts.map(({ host }) => host)).size;
}
