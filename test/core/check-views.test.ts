import { describe, expect, test } from "vitest";
import { checkViews } from "../../src/core/check-views.ts";
import { MINUTE, SECOND, T0 } from "../helpers/evidence.ts";
import { type Story, tell } from "../helpers/story.ts";
import { watched } from "../helpers/watched.ts";

const WATCH = [
	watched("wa", {
		owner: "meta",
		upstream: "cloudflare",
		features: { messaging: ["a", "b"], login: [] },
		official: { Login: "login" },
	}),
	watched("canva", { features: { web: ["c"] } }),
];

function online(): Story {
	const story = tell(WATCH, { names: { cloudflare: "Cloudflare" } });
	story.controls(SECOND);
	return story;
}
const views = (story: Story) => checkViews(story.state, "wa");

describe("what a service is judged by", () => {
	test("is its own checks, who runs it and what it is behind", () => {
		const view = views(online());
		expect(view).toMatchObject({ owner: WATCH[0]?.service.owner.name, behind: ["Cloudflare"] });
		expect(view?.probes.map(({ id }) => id)).toEqual(["wa/messaging/a", "wa/messaging/b"]);
		expect(view?.sources).toHaveLength(1);
		expect(checkViews(online().state, "nobody")).toBeUndefined();
	});

	test("claims nothing of what has not been asked", () => {
		const view = views(online());
		for (const probe of view?.probes ?? []) expect(probe).not.toHaveProperty("last");
		const [source] = view?.sources ?? [];
		expect(source).toMatchObject({ level: "unknown" });
		for (const claim of ["readAt", "failed", "page", "title"]) expect(source).not.toHaveProperty(claim);
	});

	test("shows the last answer of a probe, and how many of the newest were like it", () => {
		const story = online();
		story.probes(2 * SECOND, "ok", "wa/messaging/a");
		story.probes(MINUTE, "timeout", "wa/messaging/a");
		story.probes(2 * MINUTE, "timeout", "wa/messaging/a");
		const [a, b] = views(story)?.probes ?? [];
		expect(a?.last).toMatchObject({ at: T0 + 2 * MINUTE, outcome: "failed", inRow: 2, failure: { kind: "timeout" } });
		expect(b).not.toHaveProperty("last");
		story.probes(3 * MINUTE, "ok", "wa/messaging/a");
		const [after] = views(story)?.probes ?? [];
		expect(after?.last).toMatchObject({ outcome: "ok", inRow: 1 });
		expect(after?.last).not.toHaveProperty("failure");
	});

	test("keeps what a page said while it cannot be read, and says since when it cannot", () => {
		const story = online();
		const source = () => views(story)?.sources[0];
		story.page(2 * SECOND, "wa/official", { Login: "operational" }, "degraded");
		expect(source()).toMatchObject({ readAt: T0 + 2 * SECOND, page: "Status", format: "statuspage" });
		expect(source()).not.toHaveProperty("failed");
		const level = source()?.level;
		story.page(6 * MINUTE, "wa/official");
		expect(source()).toMatchObject({
			level,
			readAt: T0 + 2 * SECOND,
			failed: { at: T0 + 6 * MINUTE, failure: { kind: "timeout" } },
		});
	});
});
