import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { historyAt, inFreshFolder } from "../../helpers/history.ts";

const CHILD = join(import.meta.dirname, "children", "tell.ts");

/** What a watcher shows that begins at a minute and kills itself at a step, if it lives to see it. */
function watcher(file: string, minute: number, step = "never"): { shown: string[]; killed: boolean } {
	const { stdout, stderr, signal } = spawnSync(process.execPath, [CHILD, file, String(minute), step], {
		encoding: "utf8",
	});
	expect(stderr).toBe("");
	return { shown: stdout.trim().split("\n").filter(Boolean), killed: signal === "SIGKILL" };
}

describe("a watcher that is killed while it tells of an outage, and begun again", () => {
	test.each<{ step: string; minute: number; before: string[]; after: string[] }>([
		{ step: "deciding", minute: 12, before: [], after: ["opened i1", "closed i1"] },
		{ step: "decided", minute: 12, before: [], after: ["opened i1", "closed i1"] },
		{ step: "decided", minute: 40, before: [], after: ["opened i1", "closed i1"] },
		{ step: "decided", minute: 90, before: [], after: [] },
		{ step: "written", minute: 12, before: ["opened i1"], after: ["closed i1"] },
		// between showing and writing that it was, nobody can know
		{ step: "shown", minute: 12, before: ["opened i1"], after: ["opened i1", "closed i1"] },
	])("at $step, and begun again at minute $minute, shows $after", ({ step, minute, before, after }) =>
		inFreshFolder((folder) => {
			const file = join(folder, "history.db");
			expect(watcher(file, 0, step)).toEqual({ shown: before, killed: true });
			expect(watcher(file, minute)).toEqual({ shown: after, killed: false });
			const { history, troubles } = historyAt(file);
			expect(history.readUnshown()).toEqual([]);
			const told = [...(history.readDesk()?.told.values() ?? [])];
			expect(told.filter(({ closedAt }) => closedAt === undefined)).toEqual([]);
			expect(troubles).toEqual([]);
			history.close();
		}),
	);
});
