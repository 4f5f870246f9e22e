import { readFileSync } from "node:fs";
import { Unavailable } from "./line.ts";

/** What Linux counts CPU time in, whatever its own clock does. */
const TICK_MS = 10;

/** CPU time that a process has used since it began, all threads together, ms in steps of ten. */
export function cpuMs(pid: number): number {
	const stat = fromProc(pid, "stat");
	// the second field is a name in brackets, which may hold spaces
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

export interface Resident {
	/** What of it is in memory now, bytes. */
	readonly now: number;
	/** The most there ever was, bytes. */
	readonly peak: number;
	/** The part that is not a file's, and so cannot be shared or dropped, bytes. */
	readonly own: number;
}

/** The memory of a process as the system counts it (VmRSS, VmHWM, RssAnon). */
export function resident(pid: number): Resident {
	const status = fromProc(pid, "status");
	const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1024;
	return { now: bytes("VmRSS"), peak: bytes("VmHWM"), own: bytes("RssAnon") };
}

function fromProc(pid: number, name: string): string {
	if (process.platform !== "linux") throw new Unavailable("it reads /proc, which only Linux has");
	return readFileSync(`/proc/${pid}/${name}`, "utf8");
}
