import { describe, expect, test } from "vitest";
import { othersQuickAt } from "../../src/core/slowness.ts";
import { MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import { type Story, tell, type Watch } from "../helpers/story.ts";
import { CONTROLS, watched } from "../helpers/watched.ts";

const OWNERS = ["meta", "x", "reddit", "telegram"];
const WATCH: Watch = OWNERS.map((owner) =>
	watched(`${owner}-app`, { owner, features: { media: [`a.${owner}`, `b.${owner}`] } }),
);
const hostsOf = (owner: string) => [`${owner}-app/media/a.${owner}`, `${owner}-app/media/b.${owner}`];

/** So long that every check has a pace; then everything has just been asked again. */
const LEARNT = 60 * MINUTE;

/** A watch whose checks took a second each for an hour, and then the given times. */
function having(tookMs: { readonly controls?: number; readonly owners?: Readonly<Record<string, number>> }): Story {
	const story = tell(WATCH);
	const round = (at: number, controls: number, owners: Readonly<Record<string, number>>) => {
		for (const { id } of CONTROLS) story.passes(at, id, controls);
		for (const owner of OWNERS) for (const id of hostsOf(owner)) story.passes(at, id, owners[owner] ?? 200);
	};
	for (let at = MINUTE; at <= LEARNT; at += MINUTE) round(at, 100, {});
	round(LEARNT + MINUTE, tookMs.controls ?? 100, tookMs.owners ?? {});
	return story;
}
const quickAt = (story: Story) => othersQuickAt(story.state, "meta");

describe("everything but one owner's services", () => {
	test("is quick where controls and unrelated hosts take as long as ever, whatever the owner's own do", () => {
		const at = T0 + LEARNT + MINUTE;
		expect(quickAt(having({}))).toBe(at);
		expect(quickAt(having({ owners: { meta: 9000 } }))).toBe(at);
		expect(quickAt(having({ owners: { reddit: 210, x: 190 } }))).toBe(at);
	});

	test("is not where the controls take longer, too", () => {
		expect(quickAt(having({ controls: 400 }))).toBeUndefined();
	});

	test("nor where an unrelated owner in four is slow at the same time", () => {
		expect(quickAt(having({ owners: { x: 4000 } }))).toBeUndefined();
		expect(quickAt(having({ owners: { x: 4000, reddit: 4000, telegram: 4000 } }))).toBeUndefined();
	});

	test("is not known before anything has a pace, nor from runs of a while ago", () => {
		const fresh = tell(WATCH);
		for (const { id } of CONTROLS) fresh.passes(MINUTE, id, 100);
		expect(quickAt(fresh)).toBeUndefined();
		const story = having({});
		story.tick(LEARNT + 4 * MINUTE);
		expect(quickAt(story)).toBe(T0 + LEARNT + MINUTE);
		story.tick(LEARNT + 4 * MINUTE + SECOND);
		expect(quickAt(story)).toBeUndefined();
	});

	describe("of what has been asked just now", () => {
		const LATER = LEARNT + 4 * MINUTE;

		/** Of a watch that has learnt what is usual, what the given controls and owners' hosts took a while later; nothing else was asked. */
		function asking(controls: readonly number[], owners: Readonly<Record<string, readonly number[]>>): Story {
			const names = ["meta", ...Object.keys(owners)];
			const watch = names.map((owner) =>
				watched(`${owner}-app`, { owner, features: { media: [`a.${owner}`, `b.${owner}`] } }),
			);
			const story = tell(watch);
			for (let at = MINUTE; at <= LEARNT; at += MINUTE) {
				for (const { id } of CONTROLS) story.passes(at, id, 100);
				for (const id of names.flatMap(hostsOf)) story.passes(at, id, 200);
			}
			for (const [n, tookMs] of controls.entries()) story.passes(LATER, CONTROLS[n]?.id ?? "", tookMs);
			for (const [owner, times] of Object.entries(owners)) {
				for (const [n, tookMs] of times.entries()) story.passes(LATER + n * SECOND, hostsOf(owner)[n] ?? "", tookMs);
			}
			return story;
		}
		const quick = { a: [200], b: [200], c: [200] };
		const at = T0 + LATER;

		test.each([
			{ controls: [100, 100], is: undefined },
			{ controls: [100, 100, 100], is: at },
			{ controls: [100, 100, 100, 400], is: undefined },
			{ controls: [100, 100, 100, 100, 100, 400], is: at },
		])("three controls must have told, and less than a quarter of them be slower: $controls", ({ controls, is }) => {
			expect(quickAt(asking(controls, quick))).toBe(is);
		});

		test.each([
			{ owners: { ...quick, c: [] }, is: undefined },
			{ owners: { ...quick, d: [], e: [] }, is: at },
			{ owners: { a: [200] }, is: at },
			{ owners: { ...quick, d: [4000] }, is: undefined },
			{ owners: { ...quick, d: [200], e: [4000] }, is: at },
			{ owners: { ...quick, d: [200], e: [4000, 4000] }, is: at + SECOND },
			{ owners: { ...quick, c: [4000, 200] }, is: undefined },
		])("three other owners must have told, or all there are, and less than a quarter be slower: $owners", (each) => {
			expect(quickAt(asking([100, 100, 100], each.owners as Record<string, number[]>))).toBe(each.is);
		});

		test("the moment is that of the last that told", () => {
			expect(quickAt(asking([100, 100, 100], { ...quick, a: [200, 200] }))).toBe(at + SECOND);
		});
	});
});
