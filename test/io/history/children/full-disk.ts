import { spawnSync } from "node:child_process";
import { appendFileSync, rmSync } from "node:fs";
import { openHistory } from "../../../../src/io/history/history-db.ts";
import { countedRuns, MINUTE, MONDAY, probed } from "../../../helpers/history.ts";

// Writes while there is room, while there is none, and when there is room again; prints what it saw as JSON.
// Usage: full-disk.ts <file> <"ballast": fill the disk | "limit": the file size limit this process was started with>

const [file = "", kind = ""] = process.argv.slice(2);
const ballast = `${file}.ballast`;
const messages: string[] = [];
const history = openHistory({ file, now: () => MONDAY, onTrouble: (trouble) => messages.push(trouble.message) });

let appended = 0;
const append = () => history.append([probed(MONDAY + appended++ * MINUTE)]);

for (let i = 0; i < 100; i++) append();
const committed = countedRuns(history);
if (kind === "ballast") fill();
while (messages.length === 0 && appended < 20_000) append();
const whenFull = appended - 1;
for (let i = 0; i < 100; i++) append();
const readableWhenFull = countedRuns(history);
if (kind === "ballast") rmSync(ballast);
else spawnSync("sh", ["-c", `prlimit --pid ${process.pid} --fsize=unlimited`]);
append();
const recovered = countedRuns(history);
history.close();
process.stdout.write(JSON.stringify({ committed, whenFull, readableWhenFull, recovered, appended, messages }));

function fill(): void {
	for (const size of [65_536, 4096, 1]) {
		try {
			for (;;) appendFileSync(ballast, Buffer.alloc(size));
		} catch {
			// Full for pieces of this size.
		}
	}
}
