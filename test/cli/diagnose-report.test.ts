import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conclude } from "../../src/core/diagnosis.ts";
import type { Finding } from "../../src/core/diagnosis-findings.ts";
import { LAYERS, stateOf } from "../../src/core/diagnosis-layers.ts";
import { utcText } from "../../src/io/clock.ts";
import type { Examination } from "../../src/io/diagnose/diagnose.ts";
import { createRedaction } from "../../src/io/diagnose/redact.ts";
import { diagnosisReport, leftOut } from "../../src/words/diagnosis-report.ts";
import { LANGUAGES } from "../../src/words/language.ts";
import { wordsIn } from "../../src/words/words.ts";
import { T0 } from "../helpers/evidence.ts";
import { detour, host, line, word } from "../helpers/findings.ts";

const en = wordsIn("en");

function examination(findings: readonly Finding[]): Examination {
	const layers = LAYERS.map((layer) => {
		const own =
			layer === "service"
				? findings.filter(({ kind }) => ["host", "detour", "word"].includes(kind))
				: findings.filter((each) => "layer" in each && each.layer === layer);
		return {
			layer,
			findings: own,
			state: stateOf(layer, own),
			tookMs: 12.4,
			...(layer === "service" && { service: "parley" }),
		};
	});
	return {
		startedAt: T0,
		at: T0 + 3_000,
		layers,
		diagnosis: conclude({ findings, asked: [{ service: "parley", owner: "parley" }] }),
	};
}

function report(
	findings: readonly Finding[],
	secrets: readonly string[] = [],
	names: Record<string, string> = { parley: "Parley" },
	words = en,
): string {
	const redaction = createRedaction(secrets, leftOut(words));
	const told = { ...redaction.examination(examination(findings)), moment: utcText };
	return diagnosisReport(told, words, redaction.names(names));
}

describe("a report", () => {
	test("says what it came to, whose fault it is, when, what was looked at and test by test", () => {
		const text = report([
			...line(),
			host("parley", "a.test", "http/503", { tries: 2, phases: { dns: 3.2, connect: 12, first_byte: 40.6 } }),
			host("parley", "b.test", "ok"),
		]);
		expect(text).toContain(
			"# Is it just me?\n\n**It is probably not just you: Parley answers with errors, while your connection is fine.**",
		);
		expect(text).toContain(
			"- Looked at: 2026-03-01 12:00:00 UTC – 2026-03-01 12:00:03 UTC\n- Whose fault: the service\n- How sure: probably",
		);
		expect(text).toContain("| Parley | 1 of 2 answer: error 503 | 12 ms |");
		expect(text).toContain("| Parley | a.test | error 503; tried again | name 3 ms, connection 12 ms, answer 41 ms |");
		expect(text).toContain("| login page | Google | answers |");
		expect(text.endsWith("Left out: addresses, the names of this computer, of its user and of its Wi-Fi.\n")).toBe(
			true,
		);
	});

	test("speaks the language that was chosen", () => {
		const text = report([...line(), host("parley", "a.test", "http/503")], [], { parley: "Parley" }, wordsIn("it"));
		expect(text).toContain("# Sono solo io?");
		expect(text).not.toMatch(/\b(?:answers?|Looked|Layer|hosts)\b/);
	});

	test("lets nothing from outside pass for Markdown or HTML", () => {
		const title = "](http://evil.test) <script>alert(1)</script> | `x` **y** &amp; # z";
		const text = report([...line(), host("parley", "a.test", "ok"), { ...word("parley", "major_outage"), title }], [], {
			parley: "Par|ley\n# hm",
		});
		for (const bad of [/(?<!\\)<script/, /(?<!\\)\]\(/, /^# hm/m, /(?<!\\)\*\*y/, /(?<!\\)`x/])
			expect(text).not.toMatch(bad);
		const rows = text.split("\n").filter((row) => row.startsWith("| "));
		for (const row of rows) expect([4, 5]).toContain(row.split(/(?<!\\)\|/).length - 1);
	});

	test("names known products that open connections, and nobody else", () => {
		const by = (issuer: string) =>
			report(
				[...line({ doh: "tls_untrusted", issuer, publicRoot: false }), host("parley", "a.test", "tls_untrusted")],
				["annas-laptop", "anna"],
			);
		expect(by("Zscaler Intermediate Root CA, Zscaler Inc.")).toContain("opened on the way by Zscaler");
		const own = by("mkcert anna@annas-laptop (Anna Rossi)");
		expect(own).not.toMatch(/anna|rossi|mkcert/i);
		expect(own).toContain("(left out)");
	});
});

const ADDRESSES = /\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}\b|::[0-9a-f]/i;
const secret = fc.stringMatching(/^[a-z]{4,10}(?:-[a-z0-9]{2,6})?$/).filter((name) => !COMMON.test(name));
/** Words that a report needs for itself. */
const COMMON = /^(?:left|none|page|http|dns|test|google|known|answer|address|parley|official|time|certificate|name)/;
const anyAddress = fc.oneof(fc.ipV4(), fc.ipV6());
const around = (inner: string) =>
	fc.constantFrom(
		inner,
		`at ${inner}`,
		`(${inner})`,
		`${inner}.corp.test`,
		`user@${inner}`,
		`${inner}: down`,
		`"${inner}"`,
		inner.toUpperCase(),
	);

describe("whatever came from outside", () => {
	test("no address, no name of the computer and none of its user gets into a report", () => {
		const outside = fc.tuple(secret, secret, anyAddress).chain(([user, computer, address]) =>
			fc.record({
				user: fc.constant(user),
				computer: fc.constant(computer),
				title: fc.tuple(around(user), around(computer), around(address)).map((parts) => parts.join(", ")),
				host: fc.constantFrom(`${computer}.local`, address, `${user}.test`),
				page: around(user),
				issuer: fc.tuple(around(user), around(computer)).map((parts) => parts.join(" ")),
				name: around(computer),
			}),
		);
		fc.assert(
			fc.property(
				outside,
				fc.constantFrom(...LANGUAGES),
				fc.boolean(),
				({ user, computer, title, host: at, page, issuer, name }, language, trusted) => {
					const findings: Finding[] = [
						...line({ doh: trusted ? "ok" : "tls_untrusted", issuer, publicRoot: false }),
						host("parley", at, "tls_untrusted", { issuer }),
						detour("parley", at, "found", "timeout"),
						{ ...word("parley", "major_outage"), page, title },
					];
					const text = report(findings, [`${computer}.example.org`, user], { parley: name }, wordsIn(language));
					expect(text.toLowerCase()).not.toMatch(new RegExp(`(?<![a-z0-9])(?:${user}|${computer})(?![a-z0-9])`));
					expect(text.replaceAll(/\d\d:\d\d:\d\d UTC/g, "")).not.toMatch(ADDRESSES);
				},
			),
			{ numRuns: 300 },
		);
	});

	test("an address is left for its kind", () => {
		const text = report([
			...line(),
			host("parley", "149.154.167.51", "timeout"),
			host("parley", "fe80::1%eth0", "timeout"),
			{ ...word("parley", "degraded"), title: "at 12:30:05 10.0.0.7 and 2001:db8::1 fail" },
		]);
		expect(text).toContain("| Parley | a public address | no answer in time |");
		expect(text).toContain("an address of its own");
		expect(text).toContain("at 12:30:05 a private address and a private address fail");
	});

	test("a name of one letter, or none, is not looked for", () => {
		expect(report([...line(), host("parley", "a.test", "ok")], ["a", ""])).toContain("| a.test |");
	});
});
