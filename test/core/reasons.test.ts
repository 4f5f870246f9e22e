import { expect, test } from "vitest";
import { fuse } from "../../src/core/fuse.ts";
import { witnesses } from "../../src/core/streak.ts";
import { run, SECOND, T0 } from "../helpers/evidence.ts";

const reasonsOf = (hosts: Parameters<typeof fuse>[0]["witnesses"]) =>
	fuse({ feature: { name: "media" }, owner: "meta", witnesses: hosts, official: [], now: T0 }).reasons;

test("hosts that are slow are named before those that merely pass, with what is usual", () => {
	const passing = witnesses([run("a", "ok", T0), run("b", "ok", T0), run("c", "ok", T0)], 0, T0);
	const reasons = reasonsOf(passing.map((each) => (each.host === "b" ? { ...each, usualMs: 100 } : each)));
	expect(reasons).toMatchObject([
		{ kind: "host_slow", host: "b", tookMs: SECOND, usualMs: 100 },
		{ kind: "host_passes", host: "a" },
		{ kind: "host_passes", host: "c" },
	]);
});

test("a host that fails is named with the provider it sits behind, one that was not tried with the reason", () => {
	const given = [run("a", "timeout", T0, { upstream: "fastly" }), run("b", "timeout", T0), run("c", "skipped", T0)];
	const [behind, alone, skipped] = reasonsOf(witnesses(given, 0, T0));
	expect(behind).toMatchObject({ kind: "host_fails", host: "a", upstream: "fastly" });
	expect(alone).not.toHaveProperty("upstream");
	expect(skipped).toEqual({ kind: "not_tried", host: "c", why: "the proxy carries web pages only", at: T0 });
});
