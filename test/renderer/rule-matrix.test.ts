import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CAUSES } from "../../src/core/model.ts";
import { type Matter, type NotificationRule, wants, wantsConnection, wantsEnd } from "../../src/core/notice-rules.ts";
import { type Cell, COLUMNS, isFiner, isOn, turned } from "../../src/renderer/settings/rule-matrix.ts";

const SERVICES = ["wa", "ig", "x"];
const LEVELS = ["major_outage", "partial_outage", "degraded"] as const;
const FEATURES = ["messaging", "ads"] as const;

const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });

const rule = fc
	.record({
		services: some(SERVICES),
		features: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, some(FEATURES)),
		levels: some(LEVELS),
		causes: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, some(["service", "isp"] as const)),
		connection: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fc.constant(true as const)),
		end: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, fc.constant(true as const)),
		notify: fc.boolean(),
	})
	.map((made) => JSON.parse(JSON.stringify(made)) as NotificationRule);

const cell = fc
	.record({ service: fc.constantFrom(...SERVICES, undefined), column: fc.constantFrom(...COLUMNS) })
	.filter(({ service, column }) => service !== undefined || column === "end" || column === "major_outage")
	.map(({ service, column }): Cell => ({ ...(service !== undefined && { service }), column }));

const MATTERS: readonly Matter[] = SERVICES.flatMap((service) =>
	FEATURES.flatMap((feature) =>
		LEVELS.flatMap((level) =>
			[true, false].flatMap((alone) =>
				(["service", "isp"] as const).map((cause) => ({ service, feature, level, alone, cause })),
			),
		),
	),
);

/** All that these rules decide, by what it is about. */
function decisions(rules: readonly NotificationRule[]): Map<string, boolean> {
	return new Map([
		...MATTERS.map((each) => [JSON.stringify(each), wants(rules, each)] as const),
		...CAUSES.map((cause) => [`connection ${cause}`, wantsConnection(rules, cause)] as const),
		...[...SERVICES, undefined].map((service) => [`end ${service}`, wantsEnd(rules, service)] as const),
	]);
}

function isAbout(key: string, { service, column }: Cell): boolean {
	if (column === "end") return key === `end ${service}`;
	if (service === undefined) return key.startsWith("connection");
	return key.startsWith("{") && key.includes(`"service":"${service}"`) && key.includes(`"level":"${column}"`);
}

describe("a switch of the matrix", () => {
	test("changes what it is about and nothing else, whatever the rules were", () => {
		fc.assert(
			fc.property(fc.array(rule, { maxLength: 6 }), cell, fc.boolean(), (rules, at, on) => {
				const after = turned(rules, at, on);
				expect(isOn(after, at)).toBe(on);
				const others = ([key]: readonly [string, boolean]) => !isAbout(key, at);
				expect([...decisions(after)].filter(others)).toEqual([...decisions(rules)].filter(others));
				expect(after.filter(isFiner)).toEqual(rules.filter(isFiner));
			}),
		);
	});

	test("decides, where no finer rule does", () => {
		fc.assert(
			fc.property(
				fc.array(
					rule.filter((each) => !isFiner(each)),
					{ maxLength: 6 },
				),
				cell,
				fc.boolean(),
				(rules, at, on) => {
					const said = [...decisions(turned(rules, at, on))].filter(([key]) => isAbout(key, at));
					// a service that is slow as a whole is told of even so, unless a rule says otherwise
					const sure = said.filter(([key]) => on || at.column !== "degraded" || key.includes('"alone":true'));
					expect(sure.map(([, told]) => told)).toEqual(sure.map(() => on));
				},
			),
		);
	});

	test("turned there and back leaves no rule behind", () => {
		fc.assert(
			fc.property(cell, (at) => {
				const usual = isOn([], at);
				expect(turned(turned([], at, !usual), at, usual)).toEqual([]);
			}),
		);
	});

	test("of many services makes few rules", () => {
		const rules = SERVICES.flatMap((service) => LEVELS.map((column) => ({ service, column }))).reduce<
			NotificationRule[]
		>((so, at) => turned(so, at, at.column === "degraded"), []);
		expect(rules.length).toBeLessThanOrEqual(6);
		expect(SERVICES.every((service) => !isOn(rules, { service, column: "major_outage" }))).toBe(true);
	});
});
