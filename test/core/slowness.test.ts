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
});
