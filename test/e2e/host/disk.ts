import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { StatementSync } from "node:sqlite";
import { system } from "./witness.ts";

/** From here on the disk is as full as `system` says: what is written to files or to a database fails as it then does. */
export function installDisk(): void {
	const { writeSync, writeFileSync, appendFileSync } = fs;
	Object.assign(fs, {
		writeSync: whileThereIsRoom(writeSync),
		writeFileSync: whileThereIsRoom(writeFileSync),
		appendFileSync: whileThereIsRoom(appendFileSync),
	});
	syncBuiltinESMExports();
	const run = StatementSync.prototype.run as (...args: unknown[]) => unknown;
	Object.assign(StatementSync.prototype, {
		run(this: StatementSync, ...args: unknown[]) {
			if (system.diskIsFull) throw noRoomForRows();
			return run.apply(this, args);
		},
	});
}

function whileThereIsRoom<T extends (...args: never[]) => unknown>(write: T): T {
	return ((...args: unknown[]) => {
		// what goes to a terminal needs no room
		const toTerminal = args[0] === 1 || args[0] === 2;
		if (system.diskIsFull && !toTerminal) throw noRoom();
		return write(...(args as never[]));
	}) as unknown as T;
}

function noRoom(): Error {
	return Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", errno: -28 });
}

function noRoomForRows(): Error {
	return Object.assign(new Error("database or disk is full"), { code: "ERR_SQLITE_ERROR", errcode: 13 });
}
