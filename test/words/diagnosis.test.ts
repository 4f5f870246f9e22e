import { describe, expect, test } from "vitest";
import type { Diagnosis } from "../../src/core/diagnosis.ts";
import { CONCLUSIONS, concluded, type Sureness } from "../../src/core/diagnosis-conclusion.ts";
import type { Finding } from "../../src/core/diagnosis-findings.ts";
import { LAYERS, type LayerReport, stateOf } from "../../src/core/diagnosis-layers.ts";
import type { Note } from "../../src/core/diagnosis-notes.ts";
import { nextStep, noteSentence, verdictSentence } from "../../src/words/diagnosis.ts";
import { layerName, layerResult, placesFor } from "../../src/words/diagnosis-layers.ts";
import { diagnosisLead, stepsToTry } from "../../src/words/diagnosis-lead.ts";
import { LANGUAGES } from "../../src/words/language.ts";
import { wordsIn } from "../../src/words/words.ts";
import { certificate, control, gateway, host, line, link, routes, word } from "../helpers/findings.ts";

const NAMES = { parley: "Parley", edge: "Edgeworks", loft: "Loft" };
const MINUTE = 60_000;
const WHOLE = /^\p{Lu}.*\.$/u;

const told = (kind: Diagnosis["kind"], sureness: Sureness = "high", more: Partial<Diagnosis> = {}): Diagnosis => ({
	...concluded(kind, sureness, [control("portal", "north", "ok", { aheadMs: 7 * MINUTE })]),
	...{ service: "parley", culprit: "edge", services: [], notes: [] },
	...more,
});
const nobody = (kind: Diagnosis["kind"]): Diagnosis => {
	const { service: _, culprit: __, ...rest } = told(kind);
	return rest;
};
const report = (layer: LayerReport["layer"], findings: readonly Finding[]): LayerReport => ({
	...{ layer, findings, state: stateOf(layer, findings), tookMs: 1 },
	...(layer === "service" && { service: "parley" }),
});

describe.each(LANGUAGES)("in %s", (language) => {
	const words = wordsIn(language);
	const tidy = (text: string) => {
		expect(text).toMatch(WHOLE);
		expect(text).not.toMatch(/\{\{|undefined|diagnosis\.| {2}|\.\.| ,|: \.|_/);
	};

	test.each(CONCLUSIONS)("%s has a verdict and a next step, in whole sentences", (kind) => {
		for (const sureness of ["high", "fair", "low"] as const) {
			tidy(verdictSentence(told(kind, sureness), words, NAMES));
			tidy(nextStep(told(kind, sureness), words, NAMES));
		}
	});

	test.each(CONCLUSIONS)("%s leads without a full stop, and what to try are whole sentences, one to a step", (kind) => {
		const { title, says } = diagnosisLead(told(kind), words, NAMES);
		expect(title).toMatch(/[^.]$/);
		expect(`${title}.`).toBe(verdictSentence(told(kind), words, NAMES));
		for (const sentence of says) tidy(sentence);
		const { culprit: _, ...unblamed } = told(kind);
		const steps = stepsToTry(unblamed, words, NAMES);
		for (const step of steps) {
			tidy(step);
			expect(step.slice(0, -1)).not.toMatch(/\. /);
		}
		expect(steps.join(" ")).toContain(nextStep(unblamed, words, NAMES));
	});

	test("a look that another one ended says so, and not that the network has changed", () => {
		const stopped = { ...nobody("hold"), unsettled: "stopped" } as const;
		tidy(verdictSentence(stopped, words, NAMES));
		expect(verdictSentence(stopped, words, NAMES)).not.toBe(verdictSentence(nobody("hold"), words, NAMES));
		expect(nextStep(stopped, words, NAMES)).not.toBe(nextStep(nobody("hold"), words, NAMES));
		expect(diagnosisLead(stopped, words, NAMES)).toMatchObject({ level: "unknown", says: [] });
	});

	test("every verdict is another", () => {
		const all = CONCLUSIONS.map((kind) => verdictSentence(told(kind), words, NAMES));
		expect(new Set(all).size).toBe(CONCLUSIONS.length);
	});

	test("what is about the service names it, what is about this side does not", () => {
		const naming = CONCLUSIONS.filter((kind) => verdictSentence(told(kind), words, NAMES).includes("Parley"));
		expect(naming).toEqual([
			...["dns_lying", "proxy_refuses", "dns_filter", "upstream", "isp_route", "service_network", "service_fails"],
			...["unclear", "unseen", "planned", "blocked_me", "cannot_see", "fine"],
		]);
	});

	test.each<Note>([
		{ kind: "vpn" },
		{ kind: "proxy" },
		{ kind: "ipv6_broken" },
		{ kind: "ipv6_only" },
		{ kind: "clock_wrong", aheadMs: 7 * MINUTE },
		{ kind: "clock_wrong", aheadMs: -7 * MINUTE },
		{ kind: "interception", by: "Zscaler" },
		{ kind: "interception" },
		{ kind: "one_portal", vendor: "apple" },
	])("the note %j is a whole sentence", (note) => {
		tidy(noteSentence(note, words));
	});

	test("every layer has a name of its own and says something, whatever was found", () => {
		const names = LAYERS.map((layer) => layerName(report(layer, []), words, NAMES));
		expect(new Set(names).size).toBe(LAYERS.length);
		for (const findings of [
			[],
			line(),
			line({ portal: "timeout", addresses: "refused", doh: "tls_untrusted", names: "dns_timeout" }),
		]) {
			for (const layer of LAYERS) {
				const text = layerResult(report(layer, findings), words);
				expect(text).not.toMatch(/\{\{|undefined|diagnosis\.|^$| {2}/);
			}
		}
	});
});

describe("the sentences", () => {
	const en = wordsIn("en");
	const verdict = (diagnosis: Diagnosis) => verdictSentence(diagnosis, en, NAMES);

	test("claim no more than is known", () => {
		expect(verdict(told("upstream", "high"))).toBe("It is not just you: Edgeworks, which carries Parley, has trouble.");
		expect(verdict(told("upstream", "fair"))).toBe(
			"It is probably not just you: Edgeworks, which carries Parley, has trouble.",
		);
		expect(verdict(told("unclear", "low"))).not.toMatch(/just you/);
	});

	test("tell who says what cannot be seen", () => {
		expect(verdict(told("unseen", "high", { seen: [word("parley", "major_outage")] }))).toContain(
			"the official page of Parley",
		);
		expect(verdict(told("unseen", "fair", { seen: [word("parley", "major_outage", "others")] }))).toContain(
			"others report trouble",
		);
	});

	test("without a service speak of the connection alone", () => {
		expect(verdict(nobody("fine"))).toBe("Your connection is fine.");
		expect(nextStep(nobody("fine"), en, NAMES)).toBe("Name a service to have it looked at too.");
		expect(verdict(nobody("unclear"))).toBe("Nothing could be tried that tells how this connection is.");
		expect(verdict(nobody("interception"))).toContain("by somebody whom");
	});

	test("count services that are well", () => {
		const services = ["parley", "loft"].map((service) => ({ service, ...concluded("fine", "high", []) }));
		expect(verdict(told("fine", "high", { services }))).toBe(
			"Parley and Loft work as far as can be seen from here, and your connection is fine.",
		);
	});

	test.each<[string, LayerReport["layer"], Finding[]]>([
		["connected by cable, a VPN is on", "link", [link("cable", "vpn", "virtual")]],
		["connected, but nobody gave it an address", "link", [link({ medium: "wireless", addresses: ["link_local"] })]],
		["not connected", "link", [link("virtual")]],
		["does not answer", "gateway", [gateway("silent")]],
		[
			"1 of 3 answer: no answer in time and error 503",
			"addresses",
			[control("addresses", "a", "ok"), control("addresses", "b", "timeout"), control("addresses", "c", "http/503")],
		],
		["there is one in the way", "portal", [control("portal", "a", "portal"), control("portal", "b", "timeout")]],
		["none in the way", "portal", [control("portal", "a", "ok")]],
		["IPv4 alone leads out", "families", routes(4)],
		["IPv6 leads nowhere", "families", [...routes(4, 6), control("families", "a", "timeout", { family: 6 })]],
		["none", "proxy", []],
		["genuine", "tls", [certificate("a", "ok", { issuer: "WR2", publicRoot: true })]],
		["trusted, but signed anew by ACME", "tls", [certificate("a", "ok", { issuer: "ACME", publicRoot: false })]],
		["not trusted, issued by ACME", "tls", [certificate("a", "tls_untrusted", { issuer: "ACME", publicRoot: false })]],
		["7 min behind", "clock", ["a", "b"].map((vendor) => control("portal", vendor, "ok", { aheadMs: -7 * MINUTE }))],
		[
			"1 of 2 answer: turns this computer away; its page says: down",
			"service",
			[
				host("parley", "a", "ok"),
				host("parley", "b", "blocked"),
				host("loft", "c", "timeout", { role: "carried" }),
				word("parley", "major_outage"),
			],
		],
	])("say of a layer: %s", (text, layer, findings) => {
		expect(layerResult(report(layer, findings), en)).toBe(text);
	});
});

describe("the places of a diagnosis", () => {
	test("are the layers of the connection, from this computer outwards, then the service", () => {
		expect(placesFor()).toEqual(LAYERS.filter((layer) => layer !== "service").map((layer) => ({ layer })));
		expect(placesFor("parley").at(-1)).toEqual({ layer: "service", service: "parley" });
	});
});
