import { readFileSync } from "node:fs";
import { z } from "zod";
import type { ControlKind } from "../core/check.ts";
import { FAILURE_KINDS } from "../core/failure.ts";
import { LEVELS } from "../core/level.ts";
import { CAUSES, FEATURES } from "../core/model.ts";
import { explainIssues, parseJson } from "../io/explain-issues.ts";

/** A moment, as RFC 3339 text in UTC; given as ms since 1970. */
const moment = z.iso
	.datetime({ offset: true, error: "a time such as 2026-03-01T12:00:00Z" })
	.transform((text) => Date.parse(text));

const words = oneOrMore(z.string());
const features = oneOrMore(z.enum(FEATURES));
const KINDS = FAILURE_KINDS.filter((kind) => kind !== "http" && kind !== "unreadable");
const level = z.enum(LEVELS.filter((each) => each !== "unknown"));
const CONTROL_KINDS = ["http", "dns", "ip", "doh"] as const satisfies readonly ControlKind[];
const share = z.number().min(0).max(1);
const headers = z.record(z.string(), z.string());

const span = { from: moment.optional(), until: moment.optional(), rate: share.optional() };
const status = z.int().min(100).max(599);
/** Said where a span ends before it begins, which would match nothing. */
const AFTER_FROM = { path: ["until"], error: "a time after `from`" };

const probeRule = z
	.strictObject({
		...span,
		probe: z.strictObject({
			service: words.optional(),
			feature: features.optional(),
			host: words.optional(),
			upstream: words.optional(),
			family: words.optional(),
		}),
		answer: z.union([
			z.strictObject({ fail: z.enum(KINDS) }),
			z.strictObject({ http: status, headers: headers.optional() }),
			z.strictObject({ slow: z.number().positive("a number above 0") }),
			z.strictObject({ ok: z.literal(true) }),
		]),
	})
	.refine(isInOrder, AFTER_FROM);

const officialRule = z
	.strictObject({
		...span,
		official: z.strictObject({ service: words.optional() }),
		answer: z.union([
			z.strictObject({
				level,
				features: z.partialRecord(z.enum(FEATURES), level).optional(),
				title: z.string().max(300).optional(),
			}),
			z.strictObject({ unreadable: z.literal(true) }),
			z.strictObject({ http: status }),
		]),
	})
	.refine(isInOrder, AFTER_FROM);

const reportsRule = z
	.strictObject({
		...span,
		reports: z.strictObject({ service: words.optional() }),
		answer: z.strictObject({
			perHour: z.number().min(0),
			baseline: z.number().min(0),
			features: z.array(z.enum(FEATURES)).optional(),
		}),
	})
	.refine(isInOrder, AFTER_FROM);

const controlRule = z
	.strictObject({
		...span,
		control: z.strictObject({ kind: oneOrMore(z.enum(CONTROL_KINDS)).optional(), vendor: words.optional() }),
		answer: z.union([
			z.strictObject({ fail: z.enum(KINDS) }),
			z.strictObject({ portal: z.literal(true) }),
			z.strictObject({ ok: z.literal(true) }),
		]),
	})
	.refine(isInOrder, AFTER_FROM);

const deviceRule = z.discriminatedUnion("device", [
	z.strictObject({ device: z.literal("asleep"), from: moment, until: moment }).refine(isInOrder, AFTER_FROM),
	z.strictObject({ device: z.literal("interface-changed"), from: moment }),
]);

const SELECTORS = ["probe", "official", "reports", "control", "device"] as const;
const rule = z.union([probeRule, officialRule, reportsRule, controlRule, deviceRule], { error: wrongSelectors });

const truth = z.strictObject({
	services: z.array(z.string()),
	features: z.array(z.string()),
	from: moment,
	until: moment,
	visibleFrom: moment.optional(),
	cause: z.enum(CAUSES),
	culprit: z.string().optional(),
	seen: z.array(z.enum(["probe", "official", "reports", "control"])),
});

/** A scripted world: who answers what, when. Where several rules match one run, the last one wins; else all is well. */
const scenarioFile = z
	.strictObject({
		$schema: z.string().optional(),
		name: z.string().min(1).max(80),
		about: z.string().max(500).optional(),
		from: moment,
		until: moment,
		seed: z.int().min(0),
		services: z.array(z.string()).min(1).max(200),
		noise: z.strictObject({ loss: share.default(0) }).default({ loss: 0 }),
		world: z.array(rule).max(2000),
		/** What really happened: for scorers; a replay never looks at it. */
		truth: z.array(truth).default([]),
	})
	.refine(({ from, until }) => !(until <= from), AFTER_FROM);

/** A value or a list of values, given as a list. */
function oneOrMore<T extends z.ZodType<string, string>>(item: T) {
	return z.union([item, z.array(item).min(1)]).transform((value): string[] => [value].flat());
}

/** True too where either is missing or no time: that is said elsewhere. */
function isInOrder({ from, until }: { readonly from?: unknown; readonly until?: unknown }): boolean {
	return typeof from !== "number" || typeof until !== "number" || until >= from;
}

/** What is wrong with a rule before its parts are looked at. */
function wrongSelectors({ input }: { readonly input?: unknown }): string | undefined {
	if (typeof input !== "object" || input === null) return undefined;
	const found = SELECTORS.filter((selector) => selector in input);
	return found.length === 1 ? undefined : `exactly one of ${SELECTORS.map((each) => `"${each}"`).join(", ")}`;
}

export type Scenario = z.infer<typeof scenarioFile>;
export type Rule = Scenario["world"][number];
export type ProbeRule = z.infer<typeof probeRule>;
export type OfficialRule = z.infer<typeof officialRule>;
export type ReportsRule = z.infer<typeof reportsRule>;
export type ControlRule = z.infer<typeof controlRule>;

/** The scenario cannot be played. One sentence a line, each naming file, place, what was expected and found. */
export class ScenarioError extends Error {
	override readonly name = "ScenarioError";
}

/** Reads and checks a scenario. Throws `ScenarioError`. */
export function loadScenario(file: string): Scenario {
	const json = parseJson(file, readText(file));
	if ("problem" in json) throw new ScenarioError(json.problem);
	const checked = scenarioFile.safeParse(json.value);
	if (!checked.success)
		throw new ScenarioError(explainIssues(file, checked.error, json.value, scenarioFile).join("\n"));
	return checked.data;
}

function readText(file: string): string {
	try {
		return readFileSync(file, "utf8");
	} catch (error) {
		const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
		throw new ScenarioError(`${file}: expected a scenario, found ${code === "ENOENT" ? "nothing" : code}`);
	}
}
