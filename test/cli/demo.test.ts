import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ended, printed, type Ran, semaforo, start } from "../helpers/run-semaforo.ts";

/** A short evening on which Discord's website fails and its page says so late; Telegram shows that literal addresses work too. */
const SCENARIO = {
	name: "short-evening",
	about: "Discord's website is gone for a few minutes.",
	from: "2026-03-01T12:00:00Z",
	until: "2026-03-01T12:26:00Z",
	seed: 5,
	services: ["discord", "telegram", "signal"],
	world: [
		{
			from: "2026-03-01T12:02:00Z",
			until: "2026-03-01T12:14:00Z",
			probe: { service: "discord", feature: "web" },
			answer: { fail: "timeout" },
		},
		{
			from: "2026-03-01T12:10:00Z",
			until: "2026-03-01T12:15:00Z",
			official: { service: "discord" },
			answer: { level: "partial_outage", features: { web: "partial_outage" }, title: "Some cannot open it" },
		},
	],
	truth: [
		{
			services: ["discord"],
			features: ["web"],
			from: "2026-03-01T12:02:00Z",
			until: "2026-03-01T12:14:00Z",
			cause: "service",
			culprit: "discord",
			seen: ["probe", "official"],
		},
	],
};

let folder: string;
let file: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "semaforo-demo-"));
	file = join(folder, "short-evening.json");
	writeFileSync(file, JSON.stringify(SCENARIO));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ENTRY = join(import.meta.dirname, "../../src/cli/semaforo.ts");
const ISOLATOR = "unshare";
/** A network of its own, in which there is nothing but 127.0.0.1. */
const CUT_OFF = ["-rn", "sh", "-c", 'ip link set lo up && exec "$0" "$@"', process.execPath, ENTRY];

/** Runs the program where it can reach nothing but itself, or says that this computer cannot do that, and runs it as it is. */
async function cutOff(...args: string[]): Promise<Ran> {
	if (spawnSync(ISOLATOR, ["-rn", "ip", "link", "set", "lo", "up"]).status !== 0) {
		process.stdout.write("not cut off from the network: this computer has no unshare and ip that could do it\n");
		return semaforo(...args);
	}
	const child = spawn(ISOLATOR, [...CUT_OFF, ...args], { env: { ...process.env, NO_COLOR: "1" } });
	child.stdout.setEncoding("utf8");
	child.stderr.setEncoding("utf8");
	return ended(child);
}

interface PrintedNotice {
	readonly at: string;
	readonly kind: string;
}

describe("semaforo demo", () => {
	test("needs no network: performs a scenario, tells what a replay tells at the same moments, and sums up", {
		timeout: 20_000,
	}, async () => {
		const [demo, replay] = await Promise.all([
			cutOff("demo", file, "--speed", "600"),
			semaforo("replay", file, "--json"),
		]);
		expect(demo.stderr).toBe("");
		expect(demo.code).toBe(0);
		const [header, about] = demo.stdout.split("\n");
		expect(header).toContain("Demonstration of short-evening, on this computer only, at 600 times the real speed.");
		expect(header).toContain("2026-03-01 12:00:00 UTC");
		expect(about).toBe(`  ${SCENARIO.about}`);
		const notices: PrintedNotice[] = JSON.parse(replay.stdout).notices;
		expect([notices[0]?.kind, notices.at(-1)?.kind]).toEqual(["opened", "closed"]);
		const [live = "", summary = ""] = demo.stdout.split("What really happened, and what you were told:");
		const moments = [...live.matchAll(/^(2026\S+ \S+) {2}/gm)].map(([, moment]) => moment);
		expect(moments).toEqual(notices.map(({ at }) => at.replace("T", " ").slice(0, 19)));
		expect(live).toMatch(/Discord.*It is not just you/);
		expect(summary).toContain("2026-03-01 12:02:00  Discord: website (Discord)");
		expect(summary).toMatch(/Told at 12:0\d:\d\d, \d+ (?:seconds|minutes?) after it began\./);
		expect(summary).toContain("Over at 12:14:00, told");
		expect(summary).toContain("An official page said so at 12:10:00, 8 minutes after it began.");
		expect(summary).not.toContain("did not see what was played");
	});

	test("skips the quiet before something happens, unless it is to be shown", async () => {
		const late = { ...SCENARIO, from: "2026-03-01T06:00:00Z" };
		const path = join(folder, "late.json");
		writeFileSync(path, JSON.stringify(late));
		const shown = async (...more: string[]) => {
			const child = start(["demo", path, "--speed", "1", ...more]);
			const text = await printed(child, "UTC");
			child.kill("SIGINT");
			expect((await ended(child)).code).toBe(0);
			return text;
		};
		expect(await shown()).toContain("Simulated time: 2026-03-01 11:52:00 UTC");
		expect(await shown("--from-start")).toContain("Simulated time: 2026-03-01 06:00:00 UTC");
	});

	test("Ctrl-C ends it at once", async () => {
		const child = start(["demo", file, "--speed", "1"]);
		await printed(child, "UTC");
		const began = performance.now();
		child.kill("SIGINT");
		const { code, stderr } = await ended(child);
		expect(performance.now() - began).toBeLessThan(1500);
		expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
	});

	test("lists the scenarios, each with what happens in it", async () => {
		const { stdout, code } = await semaforo("demo", "--list");
		expect(code).toBe(0);
		expect(stdout).toMatch(/^2024-12-11-meta-waves\n {2}First Threads takes no pictures/m);
		expect(stdout).toMatch(/^hotel-portal$/m);
	});

	test("a speed that is none is a mistake", async () => {
		const speeds = ["0", "601", "fast"];
		const ran = await Promise.all(speeds.map((speed) => semaforo("demo", file, "--speed", speed)));
		for (const [index, { stderr, code, stdout }] of ran.entries()) {
			expect(stderr).toBe(`--speed: expected a number from 1 to 600, found "${speeds[index]}"\n`);
			expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
		}
	});

	test("an unknown name is told with the names that may have been meant", async () => {
		const { stderr, code } = await semaforo("demo", "2024-12-12");
		expect(stderr).toBe(
			'expected the name of a scenario, found "2024-12-12": did you mean 2020-12-14-google-login and 2024-12-11-meta-waves?\n',
		);
		expect(code).toBe(3);
	});

	test("mistakes in a file are told as a replay tells them", async () => {
		const path = join(folder, "wrong.json");
		writeFileSync(path, JSON.stringify({ ...SCENARIO, services: ["nobody"], seed: "x" }));
		const [demo, replay] = await Promise.all([semaforo("demo", path), semaforo("replay", path)]);
		expect(demo.stderr).toBe(replay.stderr);
		expect(demo.stderr).toContain("seed");
		expect(demo.code).toBe(3);
	});
});
