import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { asking, ENDED, type Host, type HostKind, type HostOptions } from "../host.ts";
import { ORDERS, type Orders } from "../orders.ts";
import { chromium, environmentOf } from "../program.ts";

/** Node, with pages in Chromium where there is one. */
export const standIn: HostKind = {
	name: "the stand-in host",
	showsPages: chromium !== undefined,
	timeoutMs: 30_000,
	async open(options) {
		const child = started(options);
		const ended = once(child, "exit").then(([code]) => code as number | null);
		const ask = talkTo(child);
		await ask("begun", []);
		return Object.assign(Object.create(asking(ask)), {
			ended,
			async kill() {
				child.kill("SIGKILL");
				await ended;
			},
			async startAgain() {
				// the lock is the system's, and has no stand-in: the second is told that it is one, and the first that there is one
				const second = started(options, { SEMAFORO_TEST_SECOND: "1" });
				const [code] = (await once(second, "exit")) as [number | null];
				await ask("hear", ["second-instance"]);
				return code;
			},
		}) as Host;
	},
};

function started(
	{ program, home, world, at = 0, args = [], officialPages, ports = [], pages = false, system = {} }: HostOptions,
	more: Readonly<Record<string, string>> = {},
): ChildProcess {
	const file = join(home, "official-pages.json");
	if (officialPages) writeFileSync(file, JSON.stringify(officialPages));
	const orders: Orders = {
		built: join(program, "out"),
		at,
		system,
		ports,
		...(world !== undefined && { world }),
		...(officialPages && { pages: file }),
		scriptedTimers: !pages,
	};
	return fork(join(import.meta.dirname, "run.ts"), args, {
		execArgv: ["--import", join(import.meta.dirname, "register.ts")],
		stdio: ["ignore", "inherit", "inherit", "ipc"],
		env: {
			...process.env,
			...environmentOf(home),
			[ORDERS]: JSON.stringify(orders),
			...(pages && chromium && { SEMAFORO_TEST_CHROMIUM: chromium }),
			...more,
		},
	});
}

function talkTo(child: ChildProcess): Parameters<typeof asking>[0] {
	let next = 1;
	let gone = false;
	const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
	child.on("message", ({ id, value, error }: { id: number; value?: unknown; error?: string }) => {
		const asked = waiting.get(id);
		waiting.delete(id);
		if (error === undefined) asked?.resolve(value);
		else asked?.reject(new Error(error));
	});
	child.on("exit", () => {
		gone = true;
		for (const { reject } of waiting.values()) reject(new Error(ENDED));
		waiting.clear();
	});
	return (op, args) =>
		new Promise((resolve, reject) => {
			if (gone) return reject(new Error(ENDED));
			const id = next++;
			waiting.set(id, { resolve, reject });
			child.send({ id, op, args });
		});
}
