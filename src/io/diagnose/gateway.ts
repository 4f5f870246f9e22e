import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { GatewayFinding } from "../../core/diagnosis-findings.ts";
import type { Computer } from "./computer.ts";

/** Where routers serve names or their own pages. To refuse is to answer. */
const PORTS = [53, 80, 443] as const;
const PORT_LIMIT_MS = 1_000;
/** Three questions of the kernel's, a second apart (`mcast_solicit` and `retrans_time_ms` of Linux), and a little. */
const NEIGHBOUR_LIMIT_MS = 3_300;
const NEIGHBOUR_PACE_MS = 150;

/**
 * Whether the router answers. Linux says where it is and whether the kernel has heard of it; elsewhere nothing is tried. It is only
 * asked where nothing behind it answers: three connections, and one empty packet that makes the kernel ask for its hardware address.
 */
export async function findGateway(computer: Computer, leadsOn: boolean, signal: AbortSignal): Promise<GatewayFinding> {
	const began = computer.elapsed();
	const routes = await computer.read("/proc/net/route");
	if (routes === undefined) return { kind: "gateway", answer: "not_tried", phases: {} };
	const gateway = gatewayIn(routes);
	if (gateway === undefined) return { kind: "gateway", answer: "none", phases: {} };
	if (leadsOn) return { kind: "gateway", answer: "answers", phases: {} };
	if (!(await answers(gateway, computer, signal))) return { kind: "gateway", answer: "silent", phases: {} };
	return { kind: "gateway", answer: "answers", phases: { connect: computer.elapsed() - began } };
}

async function answers(gateway: string, computer: Computer, signal: AbortSignal): Promise<boolean> {
	const found = new AbortController();
	const both = AbortSignal.any([signal, found.signal]);
	const tests = [heardOf(gateway, computer, both), ...PORTS.map((port) => answersAt(gateway, port, both))];
	const answered = await firstTrue(tests);
	found.abort();
	return answered;
}

/** The address of the default route's router, as `/proc/net/route` has it: little-endian hexadecimal. */
export function gatewayIn(routes: string): string | undefined {
	const rows = routes.split("\n").map((line) => line.split("\t"));
	const found = rows.find(([, destination, gateway]) => destination === "00000000" && gateway !== "00000000")?.[2];
	if (found === undefined || !/^[0-9A-F]{8}$/i.test(found)) return undefined;
	return [6, 4, 2, 0].map((at) => Number.parseInt(found.slice(at, at + 2), 16)).join(".");
}

/** Whether the kernel knows the router's hardware address, which it asks for before anything can be sent there. */
async function heardOf(gateway: string, computer: Computer, signal: AbortSignal): Promise<boolean> {
	const wake = createSocket("udp4");
	wake.on("error", () => {});
	wake.send("", 9, gateway, () => wake.close());
	const until = computer.elapsed() + NEIGHBOUR_LIMIT_MS;
	while (!signal.aborted && computer.elapsed() < until) {
		if (isNeighbour(gateway, (await computer.read("/proc/net/arp")) ?? "")) return true;
		await pause(NEIGHBOUR_PACE_MS, undefined, { signal }).catch(() => {});
	}
	return false;
}

/** The flag of a complete entry (`ATF_COM`) in `/proc/net/arp`. */
const COMPLETE = 0x2;

export function isNeighbour(address: string, table: string): boolean {
	const row = table
		.split("\n")
		.map((line) => line.split(/\s+/))
		.find(([own]) => own === address);
	return row !== undefined && (Number(row[2]) & COMPLETE) !== 0;
}

function answersAt(gateway: string, port: number, signal: AbortSignal): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect({ host: gateway, port });
		const end = (answered: boolean) => {
			resolve(answered);
			socket.destroy();
		};
		socket.once("connect", () => end(true));
		socket.on("error", (error: NodeJS.ErrnoException) =>
			end(error.code === "ECONNREFUSED" || error.code === "ECONNRESET"),
		);
		socket.setTimeout(PORT_LIMIT_MS, () => end(false));
		signal.addEventListener("abort", () => end(false), { once: true });
	});
}

function firstTrue(tests: readonly Promise<boolean>[]): Promise<boolean> {
	const yes = tests.map(async (test) => {
		if (!(await test)) throw new Error("no");
		return true;
	});
	return Promise.any(yes).catch(() => false);
}
