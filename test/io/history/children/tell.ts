import { writeSync } from "node:fs";
import { failure } from "../../../../src/core/failure.ts";
import { Monitor } from "../../../../src/engine/monitor.ts";
import type { History } from "../../../../src/engine/ports.ts";
import { openHistory } from "../../../../src/io/history/history-db.ts";
import { VirtualClock } from "../../../../src/replay/virtual-clock.ts";
import { fakeWorld } from "../../../fakes/world.ts";
import { MINUTE, T0 } from "../../../helpers/evidence.ts";
import { CONTROLS, watched } from "../../../helpers/watched.ts";

// Watches a service that is down from minute 5 to minute 60, from the given minute on, and prints each notice as it is shown. Kills itself
// at the given step of the first notice. Usage: tell.ts <file> <minute> <"deciding" | "decided" | "shown" | "written" | "never">

const [file = "", minute = "0", step = "never"] = process.argv.slice(2);
const clock = new VirtualClock(T0 + Number(minute) * MINUTE);
const kept = openHistory({
	file,
	now: clock.now,
	onTrouble: (trouble) => {
		writeSync(2, `${trouble.message}\n`);
		process.exit(1);
	},
});

/** Dies at once, as by a power cut to this process. */
function dieAt(now: string): void {
	if (now === step) process.kill(process.pid, "SIGKILL");
}

const history: History = {
	append: (evidence) => kept.append(evidence),
	saveLevels: (changes) => kept.saveLevels(changes),
	saveIncidents: (incidents) => kept.saveIncidents(incidents),
	saveDesk(desk, notices) {
		if (notices.length > 0) dieAt("deciding");
		kept.saveDesk(desk, notices);
		if (notices.length > 0) dieAt("decided");
	},
	saveShowing(showing) {
		dieAt("shown");
		kept.saveShowing(showing);
		dieAt("written");
	},
	maintain: (now) => kept.maintain(now),
};

const { service, checks } = watched("chat", { features: { messaging: ["a.chat", "b.chat"] } });
const down = { kind: "failed", failure: failure("timeout", "no answer", { phase: "connect" }) } as const;
const world = fakeWorld(clock, {
	probe: (_, now) => (now >= T0 + 5 * MINUTE && now < T0 + 60 * MINUTE ? down : undefined),
});
const incidents = kept.readIncidents();
const desk = kept.readDesk();
const monitor = new Monitor(
	{
		clock,
		runCheck: world.runCheck,
		concurrency: 8,
		history,
		show: (notice) => {
			writeSync(1, `${notice.kind} ${"incident" in notice ? notice.incident : ""}\n`);
		},
	},
	{
		services: [service],
		checks: [...CONTROLS, ...checks],
		seed: 1,
		book: { incidents, nextNumber: incidents.length + 1 },
		unshown: kept.readUnshown(),
		...(desk && { desk }),
	},
);
monitor.start();
await clock.runUntil(T0 + 120 * MINUTE);
await monitor.stop();
kept.close();
