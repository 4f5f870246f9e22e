import { describe, expect, test } from "vitest";
import type { FailedControl } from "../../src/core/connectivity.ts";
import { failure } from "../../src/core/failure.ts";
import type { Level } from "../../src/core/level.ts";
import type { FeatureName } from "../../src/core/model.ts";
import type { ConnectionView, FeatureView, Snapshot } from "../../src/core/snapshot.ts";
import type { Reason } from "../../src/core/verdict.ts";
import {
	blame,
	certainty,
	connectionSentence,
	duration,
	headline,
	list,
	localTrouble,
	reasonSentence,
} from "../../src/core/wording.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";

const NAMES = {
	wa: "WhatsApp",
	ig: "Instagram",
	fb: "Facebook",
	ms: "Messenger",
	th: "Threads",
	x: "X",
	medium: "Medium",
	canva: "Canva",
	meta: "Meta",
	"x-corp": "X Corp.",
	cloudflare: "Cloudflare",
};

/** A snapshot with these levels; a feature called blind has a reason to be unknown. */
function snapshot(
	levels: readonly (readonly [string, FeatureName, Level] | readonly [string, FeatureName, Level, "blind"])[],
	connection: Partial<ConnectionView> = {},
): Snapshot {
	const view = (feature: FeatureName, level: Level, blind?: string): FeatureView => ({
		...{ feature, level, since: T0, cause: "unknown", confidence: 1, suspected: false, reasons: [] },
		...(blind && { blind }),
	});
	const services = Map.groupBy(levels, ([id]) => id);
	return {
		at: T0,
		level: "unknown",
		connection: { state: "online", since: T0, passed: 6, failed: [], ...connection },
		services: [...services].map(([id, own]) => ({
			...{ id, name: NAMES[id as keyof typeof NAMES], level: "unknown", sources: [] },
			features: own.map(([, feature, level, blind]) => view(feature, level, blind)),
		})),
		incidents: [],
		round: { done: 0, total: 0 },
		names: NAMES,
	};
}

const MAJOR = "major_outage";
const FINE = "It is not just you: your connection is fine.";

describe("the headline", () => {
	test.each([
		[snapshot([]), "Nothing could be checked yet."],
		[snapshot([["wa", "messaging", "unknown"]]), "Nothing could be checked yet."],
		[snapshot([["wa", "messaging", "unknown", "blind"]]), "Nothing could be checked yet."],
		[snapshot([["wa", "messaging", "operational"]]), "Everything works."],
		[
			snapshot([
				["wa", "messaging", "operational"],
				["wa", "calls", "unknown", "blind"],
			]),
			"Everything that can be seen from here works.",
		],
		[
			snapshot([
				["wa", "messaging", "operational"],
				["wa", "media", "unknown"],
			]),
			"What could be checked works; some could not be checked.",
		],
		[
			snapshot([
				["wa", "messaging", "operational"],
				["x", "feed", "maintenance"],
			]),
			"Planned work is going on; the rest works.",
		],
		[
			snapshot([
				["wa", "messaging", "unknown"],
				["x", "feed", "maintenance"],
			]),
			"Planned work is going on; some could not be checked.",
		],
		[snapshot([["wa", "messaging", MAJOR]]), `Messages are not getting through on WhatsApp. ${FINE}`],
		[
			snapshot([
				["ig", "feed", MAJOR],
				["fb", "feed", MAJOR],
				["x", "feed", MAJOR],
			]),
			`Feeds are not loading on Instagram, Facebook and X. ${FINE}`,
		],
		[
			snapshot([
				["ig", "feed", "degraded"],
				["wa", "messaging", MAJOR],
			]),
			`Messages are not getting through on WhatsApp. Feeds are unreliable on Instagram. ${FINE}`,
		],
		[
			snapshot([
				["ig", "feed", "degraded"],
				["ig", "stories", "partial_outage"],
				["wa", "messaging", MAJOR],
			]),
			`Trouble on WhatsApp and Instagram: messages, stories and feed. ${FINE}`,
		],
		[
			snapshot([["wa", "messaging", MAJOR]], { state: "trouble", cause: "captive_portal" }),
			"This network wants you to log in first. No service was judged.",
		],
		[
			snapshot([["wa", "messaging", "unknown"]], { state: "trouble", cause: "device" }),
			"This computer has no network. No service was judged.",
		],
		[
			snapshot([["wa", "messaging", "operational"]], { state: "trouble" }),
			"There is no connection. No service was judged.",
		],
		[snapshot([["wa", "messaging", "operational"]], { state: "unknown" }), "Checking the connection."],
	] as const)("%#: $1", (given, sentence) => {
		expect(headline(given)).toBe(sentence);
	});
});

describe("a reason", () => {
	const at = T0;
	const timeout = failure("timeout", "-");
	test.each<[Reason, string]>([
		[{ kind: "host_fails", host: "a.wa", failure: timeout, inRow: 1, at }, "a.wa fails: no answer in time"],
		[
			{ kind: "host_fails", host: "a.wa", failure: failure("http", "-", { status: 503 }), inRow: 3, at },
			"a.wa fails: error 503, 3 times in a row",
		],
		[{ kind: "host_passes", host: "a.wa", tookMs: 84.6, at }, "a.wa answers in 85 ms"],
		[
			{ kind: "host_refuses_us", host: "a.wa", failure: failure("http", "-", { status: 403 }), at },
			"a.wa answers but refuses this computer (error 403)",
		],
		[
			{ kind: "not_tried", host: "a.wa", why: "the proxy carries web pages only", at },
			"a.wa was not tried: the proxy carries web pages only",
		],
		[
			{ kind: "official", page: "Meta Status", level: "degraded", title: "Slow feeds", whole: false, at },
			"The official page of Meta Status says: Slow feeds",
		],
		[
			{ kind: "official", page: "Meta Status", level: "operational", whole: true, at },
			"The official page of Meta Status says: works",
		],
		[
			{ kind: "official", page: "Meta Status", level: "unknown", whole: true, at },
			"The official page of Meta Status does not say",
		],
		[
			{ kind: "source_failed", page: "Meta Status", failure: failure("unreadable", "-"), at },
			"The official page of Meta Status cannot be read: an answer that makes no sense",
		],
		[
			{ kind: "also_fails", services: ["canva"], provider: "cloudflare", at },
			"Canva, also behind Cloudflare, fails too",
		],
		[
			{ kind: "also_fails", services: ["canva", "medium"], provider: "cloudflare", at },
			"Canva and Medium, also behind Cloudflare, fail too",
		],
		[{ kind: "blind", why: "Only those who sign in can tell." }, "Only those who sign in can tell."],
		[{ kind: "no_connection", cause: "dns" }, "This network cannot look up names"],
	])("%#: $1", (reason, sentence) => {
		expect(reasonSentence(reason, NAMES)).toBe(sentence);
	});
});

describe("the connection in words", () => {
	const failed = (vendor: string, control: FailedControl["control"]): FailedControl => ({
		...{ checkId: `control/${vendor}/${control}`, vendor, control, what: "portal", at: T0 },
	});
	const view = (more: Partial<ConnectionView>): ConnectionView => ({
		...{ state: "online", since: T0, passed: 5, failed: [] },
		...more,
	});
	test.each([
		[view({ state: "unknown" }), "The connection has not been checked yet."],
		[view({ failed: [failed("google", "http")] }), "Your connection is fine: 5 of 6 controls passed."],
		[
			view({ state: "trouble", cause: "network", failed: [failed("google", "http"), failed("quad9", "ip")] }),
			"This network has no Internet. These controls failed: Google (web) and Quad9 (address).",
		],
		[
			view({
				state: "trouble",
				cause: "captive_portal",
				failed: [failed("google", "http"), failed("google", "doh"), failed("google", "http"), failed("apple", "dns")],
			}),
			"This network wants you to log in first. These controls failed: Google (web, DNS over HTTPS) and Apple (name).",
		],
	])("%#: $1", (given, sentence) => {
		expect(connectionSentence(given)).toBe(sentence);
	});

	test.each([
		["service", "meta", "It is not just you: the trouble is at Meta"],
		["service", "nameless", "It is not just you: the trouble is at nameless"],
		["service", undefined, "It is not just you: the trouble is at the service"],
		["upstream", "cloudflare", "It is not just you: Cloudflare, which carries it, has trouble"],
		["isp", undefined, "Your Internet provider has trouble"],
		["proxy", undefined, "The proxy does not let anything through"],
		["device", undefined, "This computer has no network"],
	] as const)("blame for %s, %s: %s", (cause, culprit, sentence) => {
		expect(blame(cause, culprit, NAMES)).toBe(sentence);
	});

	test("a cause that is nobody's connection is told as none", () => {
		expect([localTrouble(), localTrouble("service"), localTrouble("upstream")]).toEqual(
			Array(3).fill("There is no connection"),
		);
	});
});

describe("small words", () => {
	test.each([
		[-5, "0 s"],
		[0, "0 s"],
		[40 * SECOND, "40 s"],
		[59_499, "59 s"],
		[59_500, "1 min"],
		[3 * MINUTE + 59 * SECOND, "3 min"],
		[HOUR, "1 h"],
		[2 * HOUR + 5 * MINUTE, "2 h 5 min"],
		[47 * HOUR + 59 * MINUTE, "47 h 59 min"],
		[48 * HOUR, "2 d"],
		[100 * HOUR, "4 d"],
	])("%i ms are %s", (ms, words) => {
		expect(duration(ms)).toBe(words);
	});

	test.each([
		[[], ""],
		[["a"], "a"],
		[["a", "b"], "a and b"],
		[["a", "b", "c"], "a, b and c"],
	])("%j is told as '%s'", (items, words) => {
		expect(list(items)).toBe(words);
	});

	test.each([
		[1, "almost certain"],
		[0.95, "almost certain"],
		[0.94, "probably"],
		[0.7, "probably"],
		[0.69, "unclear"],
		[0, "unclear"],
	])("%d is %s", (confidence, words) => {
		expect(certainty(confidence)).toBe(words);
	});
});
