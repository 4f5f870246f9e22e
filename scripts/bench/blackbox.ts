import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Unavailable } from "./line.ts";

const PROGRAM = "prometheus-blackbox-exporter";

/** The peer: Prometheus' prober, asked over its own `/probe` page. */
export interface Blackbox {
	readonly pid: number;
	readonly version: string;
	/** Probes and returns how many went well. */
	round(module: "http_2xx" | "tcp_connect", target: string, count: number, atOnce: number): Promise<number>;
	end(): Promise<void>;
}

/** Starts it on a free port. It believes `root` (PEM) alone. */
export async function startBlackbox(root: string): Promise<Blackbox> {
	const version = installedVersion();
	const folder = mkdtempSync(join(tmpdir(), "semaforo-bench-"));
	writeFileSync(join(folder, "root.pem"), root);
	writeFileSync(join(folder, "config.yml"), configuration(join(folder, "root.pem")));
	const address = `127.0.0.1:${await freePort()}`;
	const flags = [`--config.file=${join(folder, "config.yml")}`, `--web.listen-address=${address}`, "--log.level=error"];
	const child = spawn(PROGRAM, flags, { stdio: ["ignore", "ignore", "inherit"] });
	const ended = once(child, "exit");
	const end = async () => {
		child.kill();
		await ended;
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		await listening(address, child);
	} catch (error) {
		await end();
		throw error;
	}
	return {
		pid: child.pid ?? 0,
		version,
		round: (module, target, count, atOnce) =>
			askInLanes(`http://${address}/probe?module=${module}&target=${encodeURIComponent(target)}`, count, atOnce),
		end,
	};
}

function installedVersion(): string {
	const { stdout, stderr, error } = spawnSync(PROGRAM, ["--version"], { encoding: "utf8" });
	if (error) throw new Unavailable(`${PROGRAM} is not installed; apt-get install ${PROGRAM}`);
	return /version ([\d.]+)/.exec(stdout + stderr)?.[1] ?? "unknown";
}

function configuration(root: string): string {
	const limits = "timeout: 5s";
	return [
		"modules:",
		`  http_2xx: { prober: http, ${limits}, http: { preferred_ip_protocol: ip4, tls_config: { ca_file: ${root} } } }`,
		`  tcp_connect: { prober: tcp, ${limits}, tcp: { preferred_ip_protocol: ip4 } }`,
		"",
	].join("\n");
}

async function askInLanes(url: string, count: number, atOnce: number): Promise<number> {
	let left = count;
	let good = 0;
	const lane = async () => {
		while (left-- > 0) {
			const answer = await (await fetch(url)).text();
			if (/^probe_success 1$/m.test(answer)) good += 1;
		}
	};
	await Promise.all(Array.from({ length: atOnce }, lane));
	return good;
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	await once(server, "close");
	return typeof address === "object" ? (address?.port ?? 0) : 0;
}

async function listening(address: string, child: ChildProcess): Promise<void> {
	for (let turn = 0; turn < 100 && child.exitCode === null; turn++) {
		if (
			await fetch(`http://${address}/-/healthy`).then(
				({ ok }) => ok,
				() => false,
			)
		)
			return;
		await wait(50);
	}
	throw new Error(`${PROGRAM} did not come up at ${address}`);
}
