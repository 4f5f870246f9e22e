import { describe, expect, test } from "vitest";
import { SOURCE_FORMATS, type SourceCheck, type SourceFormat } from "../../../src/core/check.ts";
import type { Level } from "../../../src/core/level.ts";
import { officialLevels } from "../../../src/core/official-levels.ts";
import { recognise } from "../../../src/io/sources/recognise.ts";
import { pageReply } from "../../../src/replay/loopback/pages.ts";
import type { Rule } from "../../../src/replay/scenario.ts";
import { ScriptedWorld } from "../../../src/replay/world.ts";
import { scenarioOf, T0 } from "./stage.ts";

function pageOf(format: SourceFormat, answer: Extract<Rule, { official: unknown }>["answer"] | undefined) {
	const check: SourceCheck = {
		kind: "source",
		id: "chat/official",
		host: "status.chat.test",
		service: "chat",
		source: {
			format,
			url: "https://status.chat.test/page?a=1&b=2",
			components: format === "statuspage" || format === "incidentio" ? { Pictures: "media", Apps: "web" } : {},
			speaksForWhole: true,
		},
	};
	const world = new ScriptedWorld(scenarioOf(answer ? [{ official: {}, answer }] : []));
	const { evidence } = world.answer(check, T0);
	if (evidence.kind !== "source" || evidence.outcome.kind !== "read") throw new Error("expected a page");
	const { page } = evidence.outcome;
	const text = String(pageReply(page, "Chat & Co <b>", T0).body);
	const { page: read } = recognise(text, T0, format);
	return { read, scripted: officialLevels(page, check.source, T0), heard: officialLevels(read, check.source, T0) };
}

const LEVELS: readonly Exclude<Level, "unknown">[] = [
	"operational",
	"maintenance",
	"degraded",
	"partial_outage",
	"major_outage",
];

const WRITTEN = ["statuspage", "incidentio", "instatus", "feed"] as const;
const OTHERS = SOURCE_FORMATS.filter((format) => !(WRITTEN as readonly string[]).includes(format));

describe.each(OTHERS)("a page in the format %s", (format) => {
	test("is sent as a Statuspage summary in its place, and understood", () => {
		const { read, heard } = pageOf(format, { level: "major_outage", title: "It is bad" });
		expect(read.format).toBe("statuspage");
		expect(heard.whole).toMatchObject({ level: "major_outage", title: "It is bad" });
		expect(read.unknownWords).toEqual([]);
	});
});

describe.each(WRITTEN)("an official page in the format %s", (format) => {
	test("is read as that format, under its own name", () => {
		const { read } = pageOf(format, undefined);
		expect(read.format).toBe(format);
		expect(read.page.name).toBe("Chat & Co");
		expect(read.unknownWords).toEqual([]);
	});

	test.each(LEVELS)("says of the whole that it is %s", (level) => {
		const { heard, scripted, read } = pageOf(format, { level, title: "Something & <else>: we look" });
		expect(heard.whole.level).toBe(scripted.whole.level);
		expect(heard.whole.level).toBe(level);
		expect(read.unknownWords).toEqual([]);
	});

	test("says what the script calls the incident", () => {
		const { heard } = pageOf(format, { level: "partial_outage", title: 'Some people & "their" pictures' });
		expect(heard.whole.title).toBe('Some people & "their" pictures');
	});
});

describe.each(["statuspage", "incidentio"] as const)("a page that lists components, %s", (format) => {
	test.each(LEVELS)("says of a feature that it is %s", (level) => {
		const { heard, scripted } = pageOf(format, { level, features: { media: level }, title: "Pictures" });
		expect(heard.features).toEqual(scripted.features);
		expect(heard.features.get("media")?.level).toBe(level);
		expect(heard.features.get("web")?.level).toBe("operational");
	});
});
