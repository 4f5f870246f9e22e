import fc from "fast-check";
import { expect, test } from "vitest";
import { asked, HOST_GAP_MS, type HostState, leftAlone, politeAt } from "../../src/core/manners.ts";
import { MINUTE, SECOND, T0 } from "../helpers/evidence.ts";

const after = (...times: number[]) =>
	times.reduce<HostState | undefined>((host, at) => asked(host, T0 + at), undefined);

test("a stranger may be asked at any time", () => {
	expect(politeAt(undefined)).toBeLessThanOrEqual(0);
});

test("no host is asked twice within ten seconds", () => {
	expect(politeAt(after(0))).toBe(T0 + 10 * SECOND);
});

test("nor more than four times a minute", () => {
	expect(politeAt(after(0, 10_000, 20_000))).toBe(T0 + 30 * SECOND);
	expect(politeAt(after(0, 10_000, 20_000, 30_000))).toBe(T0 + MINUTE);
	expect(politeAt(after(0, 10_000, 20_000, 30_000, 60_000))).toBe(T0 + 70 * SECOND);
});

test("a host that wants to be left alone is, the longest wish counts, and requests before do not end it", () => {
	const host = leftAlone(leftAlone(after(0), T0 + MINUTE), T0 + 30 * SECOND);
	expect(politeAt(host)).toBe(T0 + MINUTE);
	expect(politeAt(asked(host, T0 + SECOND))).toBe(T0 + MINUTE);
	expect(politeAt(leftAlone(undefined, T0 + 5))).toBe(T0 + 5);
});

test("who always waits until it is polite keeps both rules, and little is remembered", () => {
	fc.assert(
		fc.property(fc.array(fc.nat(30 * SECOND), { minLength: 1, maxLength: 40 }), (waits) => {
			const times: number[] = [];
			let host: HostState | undefined;
			let now = T0;
			for (const wait of waits) {
				now = Math.max(now + wait, politeAt(host));
				host = asked(host, now);
				times.push(now);
			}
			for (const [n, at] of times.slice(1).entries())
				expect(at - (times[n] as number)).toBeGreaterThanOrEqual(HOST_GAP_MS);
			for (const at of times) expect(times.filter((t) => t >= at && t < at + MINUTE).length).toBeLessThanOrEqual(4);
			expect(host?.startedAt.length).toBeLessThanOrEqual(4);
		}),
	);
});
