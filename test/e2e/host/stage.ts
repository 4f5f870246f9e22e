import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { Host, HostKind, HostOptions } from "./host.ts";
import { built, newHome } from "./program.ts";

export const MINUTE = 60_000;
export const NOON = Date.parse("2026-03-01T12:00:00Z");
/** Discord fails from ten past twelve until half past. */
export const OUTAGE = join(import.meta.dirname, "outage.json");
/** Nothing is reached from ten past twelve until twenty past. */
export const OFFLINE = join(import.meta.dirname, "offline.json");
/** Instagram, Facebook and Messenger fail at ten past twelve: the first until 12:25, the others until ten past one. */
export const EASING = join(import.meta.dirname, "easing.json");
export const WATCHED = { version: 1, settings: { services: [{ id: "discord" }, { id: "telegram" }] } };

export interface Stage {
	/** Starts the program at noon, in a home where two services are watched; it is ended after the test. */
	start(options?: Partial<HostOptions>): Promise<Host>;
	/** A home, removed after the test. */
	home(settings?: unknown): ReturnType<typeof newHome>;
}

/** The program built once, and all that its tests start cleared away after each of them. */
export function stageOn(kind: HostKind): Stage {
	let program: string;
	const running: Host[] = [];
	const homes: (() => void)[] = [];
	beforeAll(async () => {
		program = await built();
	}, 60_000);
	afterEach(async () => {
		await Promise.all(running.splice(0).map((host) => host.kill()));
		for (const remove of homes.splice(0)) remove();
	});
	afterAll(() => rmSync(program, { recursive: true, force: true, maxRetries: 5 }));
	const home: Stage["home"] = (settings = WATCHED) => {
		const made = newHome(settings);
		homes.push(made.remove);
		return made;
	};
	return {
		home,
		async start(options = {}) {
			const given = { program, world: OUTAGE, at: NOON, home: options.home ?? home().home, ...options };
			const host = await kind.open(given);
			running.push(host);
			return host;
		},
	};
}
