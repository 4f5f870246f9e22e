import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { Check } from "../../core/check.ts";
import { failure } from "../../core/failure.ts";
import { Trouble } from "../../io/network/failure-of.ts";
import { createNetwork, type Network, type NetworkOptions } from "../../io/network/network.ts";
import type { Answer } from "../world.ts";
import { createAuthority } from "./authority.ts";
import { openDoors } from "./doors.ts";
import { LOOPBACK } from "./listener.ts";
import { openNameServer } from "./name-server.ts";
import { type Part, partFor, UNREACHABLE } from "./part.ts";
import { PICTURE, secondHost } from "./reply.ts";
import { literalsIn, type Sees, seenBy } from "./sees.ts";

export interface InternetParts {
	/** Everything that will be asked for. */
	readonly checks: readonly Check[];
	readonly catalogue: Pick<Catalogue, "edges" | "roots" | "services">;
	/** How much scripted time passes in a real one: the deadlines of the network shrink by it. */
	readonly speed: number;
	/** The scripted time. */
	readonly now: () => number;
}

/** An Internet on 127.0.0.1: its servers, and networks that lead there and nowhere else. */
export interface Internet {
	/** For all that gets an answer by the script: a busy computer must not add failures that nobody plays. */
	readonly patient: Network;
	/** From now on the check's host is as the script answers. One run of a host at a time. */
	play(check: Check, answer: Answer): Performance;
	close(): Promise<void>;
}

/** One run of a check that is being played. */
interface Performance {
	/** The network to run it over: where nobody answers, it waits as long as in truth, at the speed of the demonstration. */
	readonly network: Network;
	end(): void;
}

/** The least that patience is, ms: a computer that is busy for longer than this cannot give the demonstration. */
const PATIENCE_MS = 4_000;
/** The least that a timer can measure well, ms. */
const HURRY_MS = 20;
/** A scripted answer, however slow, comes before the deadline: ms of scripted time. */
const LONGEST_ANSWER_MS = 8_000;

interface Playing {
	readonly part: Part;
	readonly sees: Sees;
	readonly afterMs: number;
}

export async function openInternet({ checks, catalogue, speed, now }: InternetParts): Promise<Internet> {
	const named = new Map<string, Part>();
	const dialled = new Map<string, Playing>();
	const authority = await createAuthority("Semaforo demonstration");
	const stranger = await createAuthority("Somebody else");
	const literals = new Set(checks.flatMap(literalsIn));
	const names = namesToProve(checks);
	const doors = await openDoors(await authority.issue(names), await stranger.issue(names), (host) => {
		const { part, afterMs = 0 } = dialled.get(host) ?? {};
		return part?.reply && { reply: part.reply, afterMs };
	});
	const nameServer = await openNameServer((name) => named.get(name)?.name);
	const options: NetworkOptions = {
		extraRoots: [authority.pem],
		privateRoots: new Map([...catalogue.roots.keys()].map((root) => [root, authority.pem])),
		edges: catalogue.edges,
		dnsServers: [nameServer.address],
		mapPort(host) {
			const { part, sees } = dialled.get(host) ?? NOBODY;
			return doors.portOf(part.door, sees);
		},
		mapAddress(host, address) {
			const mapped = literals.has(address) ? (dialled.get(host)?.part.name?.addresses[0] ?? LOOPBACK) : address;
			if (mapped === LOOPBACK || mapped === UNREACHABLE) return mapped;
			const words = `the demonstration stays on this computer and does not dial ${mapped}`;
			throw new Trouble(failure("unreachable", words));
		},
		now,
	};
	const patient = createNetwork({ ...options, deadlines: deadlinesAt(speed, PATIENCE_MS) });
	const hurried = { ...createNetwork({ ...options, deadlines: deadlinesAt(speed, HURRY_MS) }), trust: patient.trust };
	const networks = { patient, hurried, unheard: { ...patient, deadlines: hurried.deadlines } };
	return {
		patient,
		play(check, answer) {
			const part = partFor(check, answer, serviceOf(check, catalogue));
			const sees = seenBy(check);
			const now = { part, sees, afterMs: Math.min(answer.tookMs, LONGEST_ANSWER_MS) / speed };
			const name = nameIn(check);
			if (sees.name) named.set(name, part);
			if (sees.wire) dialled.set(check.host, now);
			for (const second of secondStepOf(check)) {
				named.set(second, SECOND.part);
				dialled.set(second, { ...SECOND, sees });
			}
			return {
				network: networks[mannerFor(part, sees)],
				end() {
					if (named.get(name) === part) named.delete(name);
					if (dialled.get(check.host) === now) dialled.delete(check.host);
				},
			};
		},
		async close() {
			patient.close();
			hurried.close();
			await Promise.all([doors.close(), nameServer.close()]);
		},
	};
}

/** Somebody dials a host that no run is about: nobody is there. */
const NOBODY: Pick<Playing, "part" | "sees"> = {
	part: { door: "closed" },
	sees: { name: false, wire: "socket", tls: false, answer: false },
};

/** What lies where the first step of a probe leads. */
const SECOND = {
	part: { door: "open", name: { code: 0, addresses: [LOOPBACK] }, reply: PICTURE },
	afterMs: 0,
} as const;

/** All names that a certificate is looked at for; never none, for there is no certificate for nobody. */
function namesToProve(checks: readonly Check[]): string[] {
	const secure = checks.filter((check) => seenBy(check).tls);
	return [...new Set(["nobody.invalid", ...secure.flatMap((check) => [check.host, ...secondStepOf(check)])])];
}

/** None, or the one. */
function secondStepOf(check: Check): readonly string[] {
	return check.kind === "probe" && check.probe.type === "two_step" ? [secondHost(check.probe)] : [];
}

/** Patience is for those who are answered: by the resolver, and by the host. */
function mannerFor({ name, door }: Part, sees: Sees): "patient" | "hurried" | "unheard" {
	if (sees.name && !name) return "hurried";
	return door === "silent" ? "unheard" : "patient";
}

function serviceOf(check: Check, { services }: Pick<Catalogue, "services">): string {
	return check.kind === "control" ? "" : (services.get(check.service)?.name ?? check.service);
}

/** The name that the resolver is asked for. */
function nameIn(check: Check): string {
	return check.kind === "control" && check.control.type === "dns" ? check.control.name : check.host;
}

function deadlinesAt(speed: number, leastMs: number): Network["deadlines"] {
	const { dnsMs, connectMs, tlsMs, firstByteMs, totalMs } = createNetwork().deadlines;
	const scaled = (ms: number) => Math.max(leastMs, ms / speed);
	return {
		dnsMs: scaled(dnsMs),
		connectMs: scaled(connectMs),
		tlsMs: scaled(tlsMs),
		firstByteMs: scaled(firstByteMs),
		totalMs: 2 * scaled(totalMs / 2),
	};
}
