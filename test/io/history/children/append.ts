import { writeSync } from "node:fs";
import { openHistory } from "../../../../src/io/history/history-db.ts";
import { MINUTE, MONDAY, probed } from "../../../helpers/history.ts";

// Appends to a history, with upkeep now and then, and prints after each write how many runs are committed.
// Usage: append.ts <file> <check> <runs, or "forever">

const [file = "", checkId = "", wanted = "forever"] = process.argv.slice(2);
const limit = wanted === "forever" ? Number.POSITIVE_INFINITY : Number(wanted);
const history = openHistory({
	file,
	now: Date.now,
	onTrouble: (trouble) => {
		writeSync(2, `${trouble.message}\n`);
		process.exit(1);
	},
});
let now = MONDAY;
for (let count = 0; count < limit; ) {
	now += MINUTE;
	history.append([probed(now, { checkId }), probed(now, { checkId })]);
	count += 2;
	writeSync(1, `${count}\n`);
	// A jump of hours now and then gives the upkeep something to roll up.
	if (count % 100 === 0) {
		now += 7 * 60 * MINUTE;
		history.maintain(now);
	}
}
history.close();
