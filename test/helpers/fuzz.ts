import { readdirSync, readFileSync } from "node:fs";
import { threadCpuUsage } from "node:process";
import type { SourceFormat } from "../../src/core/check.ts";
import type { OfficialPage } from "../../src/core/official.ts";
import { type Random, randomFrom } from "../../src/core/random.ts";
import { decodeText } from "../../src/io/network/decode-text.ts";
import { answerOf } from "../../src/io/sources/describe.ts";
import { recognise } from "../../src/io/sources/recognise.ts";
import { SOURCES } from "../../src/io/sources/registry.ts";
import { type Source, Unreadable } from "../../src/io/sources/source.ts";
import { isAnchored } from "./anchors.ts";
import { type Mutant, mutant } from "./mutations.ts";

const FIXTURES = new URL("../fixtures/", import.meta.url);
/** The moment all fixtures are written for. */
const NOW = Date.parse("2026-05-12T08:30:00Z");
/** Processor time that may be taken for 100 KB, and for anything smaller. */
const MS_PER_100_KB = 50;
/** One payload in so many is also tried as every other format. */
const RECOGNISED_ONE_IN = 20;

interface Seed {
	readonly format: SourceFormat;
	readonly name: string;
	readonly text: string;
}

/** How many payloads there were of each format, and what became of them. */
export interface Fuzzed {
	readonly payloads: number;
	readonly refused: number;
	readonly read: number;
	readonly operational: number;
	/** The most processor time that 100 KB took, ms, where a payload was large enough to measure. */
	readonly slowestMs: number;
	/** What must never happen, with what is needed to see it again. */
	readonly violations: readonly string[];
	readonly byFormat: ReadonlyMap<SourceFormat, number>;
}

/** Reads so many wrong payloads of all formats. The same seed makes the same payloads. */
export function fuzz(count: number, seed: number): Fuzzed {
	const random = randomFrom(seed);
	const seeds = allSeeds();
	const byFormat = new Map<SourceFormat, number>();
	const violations: string[] = [];
	const tally = { refused: 0, read: 0, operational: 0, slowestMs: 0 };
	for (let n = 0; n < count; n++) {
		const from = seeds[n % seeds.length] as Seed;
		const other = seeds[Math.floor(random.next() * seeds.length)] as Seed;
		const made = mutant(from.text, other.text, random);
		const { page, ms, wrong } = tried(from, made, random);
		byFormat.set(from.format, (byFormat.get(from.format) ?? 0) + 1);
		if (wrong) violations.push(`payload ${n} of seed ${seed} (${from.name}, ${made.how}): ${wrong}`);
		if (page) tally.read++;
		else tally.refused++;
		if (page?.level === "operational") tally.operational++;
		tally.slowestMs = Math.max(tally.slowestMs, ms);
	}
	return { payloads: count, ...tally, violations, byFormat };
}

/** Every fixture of every format. */
function allSeeds(): Seed[] {
	return (Object.keys(SOURCES) as SourceFormat[]).flatMap((format) =>
		readdirSync(new URL(`${format}/`, FIXTURES)).map((name) => ({
			format,
			name: `${format}/${name}`,
			text: readFileSync(new URL(`${format}/${name}`, FIXTURES), "utf8"),
		})),
	);
}

interface Tried {
	readonly page?: OfficialPage;
	readonly ms: number;
	readonly wrong?: string;
}

function tried({ format }: Seed, { body }: Mutant, random: Random): Tried {
	const text = typeof body === "string" ? body : decodeText(body, "application/json");
	const source: Source = SOURCES[format];
	const one = run(text, () => ({ format, page: source.parse(answerOf(text), NOW) }));
	if (one.wrong || random.next() >= 1 / RECOGNISED_ONE_IN) return one;
	const all = run(
		text,
		() => {
			const found = recognise(text, NOW, format);
			return { format: found.source.format as SourceFormat, page: found.page };
		},
		Object.keys(SOURCES).length,
	);
	return all.wrong ? { ...one, wrong: all.wrong } : one;
}

/** Reads a text, `parses` times over by different formats. */
function run(text: string, read: () => { format: SourceFormat; page: OfficialPage }, parses = 1): Tried {
	const allowed = parses * MS_PER_100_KB * Math.max(1, text.length / 100_000);
	let ms = timed(read).ms;
	// a collection of garbage may fall into the first measurement, not into three
	for (let again = 0; again < 2 && ms > allowed; again++) ms = Math.min(ms, timed(read).ms);
	const { result, error } = timed(read);
	const per = text.length >= 20_000 ? (ms / parses) * (100_000 / text.length) : 0;
	if (ms > allowed) return { ms: per, wrong: `took ${Math.round(ms)} ms for ${text.length} characters` };
	if (error && !(error instanceof Unreadable)) return { ms: per, wrong: `threw ${error}` };
	if (!result) return { ms: per };
	const { format, page } = result;
	const calm = page.level === "operational" && !isAnchored(format, text, answerOf(text).value);
	return { ms: per, page, ...(calm && { wrong: `reads as ${format}, and all well, without what makes it one` }) };
}

function timed<T>(work: () => T): { readonly result?: T; readonly error?: unknown; readonly ms: number } {
	const before = threadCpuUsage();
	try {
		const result = work();
		return { result, ms: msSince(before) };
	} catch (error) {
		return { error, ms: msSince(before) };
	}
}

function msSince(before: NodeJS.CpuUsage): number {
	const { user, system } = threadCpuUsage(before);
	return (user + system) / 1000;
}
