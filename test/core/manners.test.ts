import fc from "fast-check";
import { expect, test } from "vitest";
import {
	asked,
	askedInHour,
	HOST_GAP_MS,
	type HostState,
	leftAlone,
	politeAt,
	type Role,
} from "../../src/core/manners.ts";
import { HOUR, MINUTE, SECOND, T0 } from "../helpers/evidence.ts";

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

/** When somebody who asks as soon as it is polite does, from T0 on. */
function hurried(count: number, role?: Role): number[] {
	let host: HostState | undefined;
	return Array.from({ length: count }, () => {
		const at = Math.max(T0, politeAt(host, role));
		host = asked(host, at);
		return at - T0;
	});
}
const within = (times: readonly number[], windowMs: number) =>
	Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length));

test("after two dozen within an hour they come singly, and thirty are the most", () => {
	const times = hurried(31);
	expect(times[23]).toBe(5 * MINUTE + 30 * SECOND);
	const gaps = times.slice(24, 30).map((at, n) => at - (times[n + 23] as number));
	expect(Math.min(...gaps)).toBeGreaterThan(150 * SECOND);
	expect(times[29]).toBeGreaterThan(35 * MINUTE);
	expect(times[30]).toBeGreaterThanOrEqual(HOUR);
});

test("who used up his two dozen slowly goes on every two and a half minutes", () => {
	let host: HostState | undefined;
	for (let n = 0; n < 24; n++) host = asked(host, T0 + n * 2 * MINUTE);
	expect(politeAt(host)).toBe(T0 + 46 * MINUTE + 150 * SECOND);
});

test("a control may be asked twice as often", () => {
	const times = hurried(61, "control");
	expect(times[47]).toBe(11 * MINUTE + 30 * SECOND);
	expect((times[48] as number) - (times[47] as number)).toBe(150 * SECOND);
	expect(times[60]).toBe(HOUR);
});

test("they come singly no longer than it takes for the quick ones to be an hour ago", () => {
	const quick = hurried(24);
	const late = after(...quick, 59 * MINUTE);
	expect(politeAt(late)).toBe(T0 + HOUR + 10 * SECOND);
	expect(politeAt(asked(late, T0 + HOUR + 10 * SECOND))).toBe(T0 + HOUR + 20 * SECOND);
});

test("who always waits until it is polite keeps every rule in any hour, and little is remembered", () => {
	const wait = fc.oneof(fc.constant(0), fc.nat(30 * SECOND), fc.nat(6 * MINUTE));
	fc.assert(
		fc.property(
			fc.constantFrom<Role>("service", "control"),
			fc.array(wait, { minLength: 1, maxLength: 200 }),
			(role, waits) => {
				const times: number[] = [];
				let host: HostState | undefined;
				let now = T0;
				for (const wait of waits) {
					now = Math.max(now + wait, politeAt(host, role));
					host = asked(host, now);
					times.push(now);
				}
				expect(within(times, HOST_GAP_MS)).toBe(1);
				expect(within(times, MINUTE)).toBeLessThanOrEqual(4);
				expect(within(times, HOUR)).toBeLessThanOrEqual(role === "service" ? 30 : 60);
				expect(host?.startedAt.length).toBeLessThanOrEqual(60);
			},
		),
	);
});

test("what was asked of a host within the last hour is counted, a stranger was asked nothing", () => {
	expect(askedInHour(undefined, T0)).toBe(0);
	const host = after(0, 10 * MINUTE, 20 * MINUTE);
	const counts = [30 * MINUTE, HOUR, HOUR + 1, 2 * HOUR].map((at) => askedInHour(host, T0 + at));
	expect(counts).toEqual([3, 3, 2, 0]);
});

test("no more is remembered than an hour may hold", () => {
	expect(after(...Array.from({ length: 70 }, (_, n) => n * MINUTE))?.startedAt).toHaveLength(60);
});

test("who asks a host of a service every five minutes is never made to wait", () => {
	let host: HostState | undefined;
	for (let at = T0; at < T0 + 24 * HOUR; at += 5 * MINUTE) {
		expect(politeAt(host)).toBeLessThanOrEqual(at);
		host = asked(host, at);
	}
});

test("a page is read once a minute at most, and ten seconds after a probe of its host as anybody else", () => {
	const read = asked(undefined, T0, "page");
	expect(politeAt(read, "page")).toBe(T0 + MINUTE);
	expect(politeAt(read, "reports")).toBe(T0 + MINUTE);
	expect(politeAt(read, "service")).toBe(T0 + 10 * SECOND);
	expect(politeAt(asked(read, T0 + 55 * SECOND), "page")).toBe(T0 + 65 * SECOND);
	expect(politeAt(after(0), "page")).toBe(T0 + 10 * SECOND);
});
