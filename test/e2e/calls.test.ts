import fc from "fast-check";
import { expect, test } from "vitest";
import { CALLS, type Call } from "../../src/ipc/contract.ts";
import { ARGUMENTS } from "../../src/main/arguments.ts";
import type { Host } from "./host/host.ts";
import { onEachHost } from "./host/on-each-host.ts";
import { MINUTE, stageOn } from "./host/stage.ts";

/** One ends the program, the others look at the network for a while: here they are only ever misunderstood. */
const NOT_TO_BE_UNDERSTOOD: ReadonlySet<Call> = new Set(["quit", "diagnose", "lookAt", "tryProbe"]);

/** What goes through the cloning between processes, and into JSON. */
const anything = fc.anything({
	withBigInt: false,
	withMap: false,
	withSet: false,
	withDate: false,
	withNullPrototype: false,
	withObjectString: true,
	maxDepth: 4,
});
/** Strings and numbers that have broken programs before, and words that the contract knows. */
const sly = fc.constantFrom(
	"",
	"__proto__",
	"constructor",
	"discord",
	"details",
	"radar",
	"day",
	"../../etc/passwd",
	"\u0000",
	"\u202e",
	"x".repeat(100_001),
	"https://127.0.0.1:9/",
	-1,
	0,
	Number.MAX_SAFE_INTEGER,
	1e308,
	null,
	true,
	[],
	{},
);
const near = fc.oneof(
	sly,
	fc.dictionary(
		fc.constantFrom("service", "url", "kind", "until", "span", "incident", "name", "type", "content", "__proto__"),
		fc.oneof(sly, fc.constantFrom("muted", "unmuted", "week", "png", "tomorrow", 1)),
	),
	fc.array(sly, { maxLength: 3 }),
);
const argumentLists = fc.array(fc.oneof(near, anything), { maxLength: 4 });

function survives(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value ?? null));
}

onEachHost("every call of the contract, asked for nonsense", (kind) => {
	const { start } = stageOn(kind);
	const stillWell = async (host: Host) => {
		await host.advance(6 * MINUTE);
		expect((await host.state()).icon).toBe("well");
	};

	test("refuses what it does not understand with its own name, does what it does, and the watch goes on", async () => {
		const host = await start({ args: ["--hidden"] });
		const lists = fc.sample(argumentLists, { numRuns: 150, seed: 20_260_301 }).map((list) => list.map(survives));
		for (const call of Object.keys(CALLS) as Call[]) {
			const understood = (list: readonly unknown[]) => ARGUMENTS[call].safeParse(list).success;
			const asked = lists.filter((list) => !NOT_TO_BE_UNDERSTOOD.has(call) || !understood(list));
			const refused = asked.filter((list) => !understood(list)).length;
			const outcome = await host.calls(call, asked);
			expect(outcome, call).toEqual({ refused, answered: asked.length - refused, otherwise: [] });
			expect(refused, call).toBeGreaterThan(75);
		}
		await stillWell(host);
	});

	test("refuses one argument too many, and every argument deep inside others", async () => {
		const host = await start({ args: ["--hidden"] });
		const deep = JSON.parse(`${"[".repeat(300)}${"]".repeat(300)}`) as unknown;
		const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key${index}`, index]));
		const lists = [[deep], [wide], [null, null, null, null], [[], {}, "x", 1, 2, 3]];
		for (const call of Object.keys(CALLS)) {
			expect(await host.calls(call, lists), call).toEqual({ refused: lists.length, answered: 0, otherwise: [] });
		}
		await stillWell(host);
	});

	test("changes no setting that is not understood, whatever else stands beside it", async () => {
		const host = await start({ args: ["--hidden"] });
		const before = await host.call("settings");
		const patches = fc
			.sample(fc.dictionary(fc.constantFrom("services", "own", "proxy", "history", "shortcut", "language"), anything), {
				numRuns: 100,
				seed: 20_260_302,
			})
			.map((patch) => ({ ...(survives(patch) as object), intervalMinutes: "soon" }));
		const { answered, refused, otherwise } = await host.calls(
			"changeSettings",
			patches.map((patch) => [patch]),
		);
		expect([answered + refused, otherwise]).toEqual([patches.length, []]);
		expect(await host.call("settings")).toEqual(before);
		await stillWell(host);
	});
});
