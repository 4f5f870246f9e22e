import { expect, test } from "vitest";
import { project } from "../../src/core/snapshot.ts";
import { SECOND } from "../helpers/evidence.ts";
import { tell } from "../helpers/story.ts";
import { watched } from "../helpers/watched.ts";

test("an official page that cannot be read is no verdict, but it is said, last of all", () => {
	const story = tell([watched("sa", { features: { feed: ["a.sa", "b.sa"] }, official: { Feed: "feed" } })]);
	story.controls(SECOND);
	story.probes(2 * SECOND, "ok", "sa/feed/a.sa", "sa/feed/b.sa");
	story.page(3 * SECOND, "sa/official");
	const feature = () => project(story.state).services[0]?.features[0];
	expect(feature()?.level).toBe("operational");
	expect(feature()?.reasons.map(({ kind }) => kind)).toEqual(["host_passes", "host_passes", "source_failed"]);
	expect(feature()?.reasons.at(-1)).toMatchObject({ page: "status.sa.test" });
	story.page(4 * SECOND, "sa/official", { Feed: "operational" });
	expect(feature()?.reasons.map(({ kind }) => kind)).toEqual(["host_passes", "host_passes", "official"]);
});
