import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

/** Networks of their own, made by the kernel for one process: real links, routes and neighbours, and no way out of any of them. */
const CLI = join(import.meta.dirname, "../../../src/cli/semaforo.ts");
const HELPERS = pathToFileURL(join(import.meta.dirname, "../../helpers/")).href;
/** Of util-linux; `ip` is of iproute2. */
const UNSHARE = "unshare";
const ABLE = spawnSync(UNSHARE, ["-rn", "ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1"]).status === 0;
if (!ABLE)
	process.stderr.write(
		"No network namespaces here (unshare and ip are needed): diagnosing broken networks is skipped.\n",
	);

const children = new Set<number>();
afterAll(() => {
	for (const pid of children) process.kill(-pid, "SIGKILL");
});

/** Prepares a network with these commands, then runs a program in it that prints JSON. */
async function within(commands: readonly string[], program: readonly string[]) {
	const quoted = [process.execPath, ...program].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
	const child = spawn(UNSHARE, ["-rn", "sh", "-ec", [...commands, quoted].join("\n")], {
		detached: true,
		env: { ...process.env, NO_COLOR: "1", LC_ALL: "C" },
	});
	children.add(child.pid ?? 0);
	const told = { stdout: "", stderr: "" };
	child.stdout.on("data", (text) => {
		told.stdout += text;
	});
	child.stderr.on("data", (text) => {
		told.stderr += text;
	});
	const began = performance.now();
	const [code] = await once(child, "close");
	children.delete(child.pid ?? 0);
	expect(told.stderr).toBe("");
	const { layers, ...rest } = JSON.parse(told.stdout);
	const states = Object.fromEntries(layers.map(({ layer, state }: { layer: string; state: string }) => [layer, state]));
	return { ...rest, states, code, tookMs: performance.now() - began };
}

/** A cable to a neighbour who is not at home. */
const CABLE = [
	"ip link set lo up",
	"ip link add v0 type veth peer name v1",
	"ip addr add 10.9.8.2/24 dev v0",
	"ip link set v0 up",
	"ip link set v1 up",
	"ip route add default via 10.9.8.1",
];

/** A router at the other end of the cable that knows no way on. */
const ROUTER = [
	"unshare -n sleep 20 >/dev/null 2>&1 &",
	"far=$!",
	"trap 'kill $far 2>/dev/null || true' EXIT",
	'while [ "$(readlink /proc/$far/ns/net)" = "$(readlink /proc/$$/ns/net)" ]; do sleep 0.02; done',
	"ip link set v1 netns $far",
	"nsenter -t $far -n ip addr add 10.9.8.1/24 dev v1",
	"nsenter -t $far -n ip link set v1 up",
];

const DIAGNOSE = [CLI, "diagnose", "--json"];

describe.skipIf(!ABLE).concurrent("in a network of its own", { timeout: 30_000 }, () => {
	test("without any way out, the computer is offline", async () => {
		const { kind, exitCode, code, states, verdict } = await within([], DIAGNOSE);
		expect([kind, exitCode, code]).toEqual(["offline", 3, 3]);
		expect(states).toMatchObject({ link: "trouble", gateway: "absent", addresses: "trouble" });
		expect(verdict).toBe("This computer has no network.");
	});

	test("with a router that is gone, it is this network", async () => {
		const { kind, states, tookMs } = await within(CABLE, DIAGNOSE);
		expect(kind).toBe("lan");
		expect(states).toMatchObject({ link: "well", gateway: "trouble" });
		expect(tookMs).toBeLessThan(10_000);
	});

	test("with a router that answers and leads nowhere, it is the provider", async () => {
		const { kind, states, tookMs } = await within([...CABLE, ...ROUTER], DIAGNOSE);
		expect(kind).toBe("isp");
		expect(states).toMatchObject({ link: "well", gateway: "well", addresses: "trouble" });
		expect(tookMs).toBeLessThan(10_000);
	});

	test("with an IPv6 that swallows everything and an IPv4 that works, it is IPv6", async () => {
		const program = `
			import { neighbourhood } from "${HELPERS}neighbourhood.ts";
			import { closeDnsServers } from "${HELPERS}dns-server.ts";
			import { closeServers } from "${HELPERS}servers.ts";
			import { thisComputer } from "${HELPERS}../../src/io/diagnose/computer.ts";
			const vendors = ["north", "east", "south", "west"];
			const both = { a: ["127.0.0.1"], aaaa: ["fd00:9::99"] };
			const street = await neighbourhood({ names: Object.fromEntries(vendors.map((vendor) => ["page-" + vendor + ".test", both])) });
			const { diagnosis, layers } = await street.diagnose([], { computer: { ...thisComputer, publicRoots: [street.authority.pem] } });
			process.stdout.write(JSON.stringify({ ...diagnosis, layers }));
			await Promise.all([closeServers(), closeDnsServers()]);`;
		const commands = [...CABLE, "ip addr add fd00:8::2/64 dev v0 nodad", "ip route add default via fd00:8::1"];
		const { kind, states, tookMs } = await within(commands, ["--input-type=module-typescript", "-e", program]);
		expect(kind).toBe("ipv6_broken");
		expect(states).toMatchObject({ families: "trouble", portal: "well", doh: "well" });
		expect(tookMs).toBeLessThan(10_000);
	});
});
