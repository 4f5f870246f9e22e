import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { HistoryDb } from "../../../src/io/history/history-db.ts";
import {
	controlRun,
	DAY,
	failedProbe,
	HOUR,
	historyAt,
	inFreshFolder,
	MINUTE,
	MONDAY,
	probed,
	sourceRead,
} from "../../helpers/history.ts";

const UNTIL = MONDAY + DAY;
const inMinutes = (history: HistoryDb, service?: string) =>
	history.readAsked(MONDAY, UNTIL, service).map((each) => [each.from, each.until].map((at) => (at - MONDAY) / MINUTE));

describe("when services were asked", () => {
	it("counts whatever came of it, and joins what follows on", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			history.append([probed(MONDAY + 5 * MINUTE), failedProbe(MONDAY + 6.5 * MINUTE, "timeout")]);
			history.append([sourceRead(MONDAY + 60 * MINUTE)]);
			expect(inMinutes(history)).toEqual([
				[5, 7],
				[60, 61],
			]);
			history.close();
		}));

	it("knows nothing of controls, nor of runs that were not tried: without a connection nothing else is asked", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			history.append([
				controlRun(MONDAY, { kind: "ok" }),
				probed(MONDAY + MINUTE, { outcome: { kind: "skipped", why: "no route" }, phases: {} }),
			]);
			expect(inMinutes(history)).toEqual([]);
			history.close();
		}));

	it("tells services apart", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			history.append([
				probed(MONDAY),
				probed(MONDAY + 9 * MINUTE, { checkId: "post/web/tcp://post.test:25", service: "post", feature: "web" }),
			]);
			expect(inMinutes(history, "post")).toEqual([[9, 10]]);
			expect(inMinutes(history, "chat")).toEqual([[0, 1]]);
			expect(inMinutes(history)).toHaveLength(2);
			expect(inMinutes(history, "nobody")).toEqual([]);
			history.close();
		}));

	it("leaves out what lies before and after, and remembers in hours what is older", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			history.append([probed(MONDAY - MINUTE), probed(MONDAY + 3 * HOUR + 20 * MINUTE), probed(UNTIL + MINUTE)]);
			expect(inMinutes(history)).toEqual([[200, 201]]);
			history.rollUp(MONDAY + 10 * DAY);
			expect(inMinutes(history)).toEqual([[180, 240]]);
			history.close();
		}));

	it("takes a moment only, however many checks run", () =>
		inFreshFolder((folder) => {
			const { history } = historyAt(join(folder, "history.db"));
			const runs = Array.from({ length: 288 }, (_, turn) =>
				Array.from({ length: 100 }, (__, check) =>
					probed(MONDAY + turn * 5 * MINUTE + check * 500, { checkId: `chat/messaging/${check}` }),
				),
			);
			history.append(runs.flat().slice(0, 9000));
			history.append(runs.flat().slice(9000, 18_000));
			history.append(runs.flat().slice(18_000));
			const began = performance.now();
			expect(history.readAsked(MONDAY, UNTIL).length).toBe(288);
			const tookMs = performance.now() - began;
			const first = performance.now();
			history.readSeries({ service: "chat", feature: "messaging" }, MONDAY, UNTIL, "minute");
			// far less than reading every row, on the same computer at the same time
			expect(tookMs).toBeLessThan(performance.now() - first);
			history.close();
		}));
});
