import { join } from "node:path";
import type { ProbeSpec } from "../../src/core/check.ts";
import { type Blackbox, startBlackbox } from "./blackbox.ts";
import { startChild } from "./child.ts";
import type { Addresses, Names } from "./children/internet.ts";
import type { Round } from "./children/prober.ts";
import { figure, median } from "./figures.ts";
import { atMost, type Line } from "./line.ts";
import { cpuMs } from "./process-cost.ts";

const ROUNDS = 5;
/** As many as the watcher has under way at most. */
const AT_ONCE = 8;

interface Contest {
	readonly name: string;
	readonly probe: ProbeSpec;
	readonly module: "http_2xx" | "tcp_connect";
	readonly target: string;
	/** Probes in a round: enough for a clock that counts CPU in steps of ten milliseconds. */
	readonly count: number;
	/** Our CPU over theirs, at most. */
	readonly budget: number;
}

type Prober = Pick<Blackbox, "pid"> & { readonly round: (contest: Contest) => Promise<number> };

/** CPU of one probe over a fresh connection, beside Prometheus' prober on the same server, round by round in turn. */
export async function measureProbeCost(): Promise<Line[]> {
	const here = (file: string) => join(import.meta.dirname, "children", file);
	const server = await startChild<Names, Addresses>(here("internet.ts"));
	const prober = await startChild<Round, number>(here("prober.ts"));
	let blackbox: Blackbox | undefined;
	try {
		const at = await server.ask({ hosts: ["127.0.0.1"] });
		const peer = await startBlackbox(at.root);
		blackbox = peer;
		const ours: Prober = {
			pid: prober.pid,
			round: ({ probe, count }) => prober.ask({ probe, count, atOnce: AT_ONCE, pauseMs: 0, root: at.root }),
		};
		const theirs: Prober = {
			pid: peer.pid,
			round: ({ module, target, count }) => peer.round(module, target, count, AT_ONCE),
		};
		const lines: Line[] = [];
		for (const contest of contests(at)) lines.push(await compare(contest, ours, theirs, peer.version));
		return lines;
	} finally {
		await blackbox?.end();
		await prober.end();
		await server.end();
	}
}

function contests(at: Addresses): Contest[] {
	const web = (name: string, url: string, count: number, budget: number): Contest => {
		return { name, probe: { type: "http", url }, module: "http_2xx", target: url, count, budget };
	};
	const host = "127.0.0.1";
	return [
		web("HTTPS", `https://${host}:${at.secureWeb}/short`, 500, 0.8),
		web("HTTP", `http://${host}:${at.web}/short`, 1000, 0.5),
		{
			name: "TCP",
			probe: { type: "tcp", host, port: at.tcp },
			module: "tcp_connect",
			target: `${host}:${at.tcp}`,
			count: 3000,
			budget: 0.5,
		},
	];
}

async function compare(contest: Contest, ours: Prober, theirs: Prober, version: string): Promise<Line> {
	const mine: Cost[] = [];
	const other: Cost[] = [];
	await costOf(contest, ours);
	await costOf(contest, theirs);
	for (let round = 0; round < ROUNDS; round++) {
		mine.push(await costOf(contest, ours));
		other.push(await costOf(contest, theirs));
	}
	const [cpu, peerCpu] = [median(mine.map((cost) => cost.cpuMs)), median(other.map((cost) => cost.cpuMs))];
	const ratio = cpu / peerCpu;
	return {
		what: `CPU of one ${contest.name} probe beside blackbox_exporter ${version}`,
		measured: `${figure(ratio)} times: ${figure(cpu)} ms beside ${figure(peerCpu)} ms; ${figure(median(mine.map((cost) => cost.aSecond)))} probes a second`,
		budget: atMost(ratio, contest.budget, "times"),
	};
}

interface Cost {
	/** Of one probe. */
	readonly cpuMs: number;
	readonly aSecond: number;
}

async function costOf(contest: Contest, prober: Prober): Promise<Cost> {
	const { name, count } = contest;
	const [cpuBefore, before] = [cpuMs(prober.pid), performance.now()];
	const good = await prober.round(contest);
	const [wall, cpu] = [performance.now() - before, cpuMs(prober.pid) - cpuBefore];
	if (good !== count) throw new Error(`expected ${count} good ${name} probes, found ${good}`);
	return { cpuMs: cpu / count, aSecond: (1000 * count) / wall };
}
