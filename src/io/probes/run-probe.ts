import type { ProbeSpec } from "../../core/check.ts";
import { probeDns } from "./dns.ts";
import { probeHttp } from "./http.ts";
import { probeMtproto } from "./mtproto.ts";
import type { Probe } from "./probe.ts";
import { probeStun } from "./stun.ts";
import { probeTcp } from "./tcp.ts";
import { probeTls } from "./tls.ts";
import { probeTwoStep } from "./two-step.ts";
import { probeWebSocket } from "./websocket.ts";
import { whyInVain, whyNot } from "./why-not.ts";

const PROBES = {
	http: probeHttp,
	two_step: probeTwoStep,
	tcp: probeTcp,
	tls: probeTls,
	dns: probeDns,
	websocket: probeWebSocket,
	stun: probeStun,
	mtproto: probeMtproto,
} satisfies { [Type in ProbeSpec["type"]]: Probe<Extract<ProbeSpec, { type: Type }>> };

/** Runs a probe of whatever kind. One that this computer cannot run as meant is skipped, with the reason. */
export const runProbe: Probe<ProbeSpec> = async (spec, network, run) => {
	const not = await whyNot(spec, network);
	if (not !== undefined) return { outcome: { kind: "skipped", why: not }, phases: {} };
	const result = await (PROBES[spec.type] as Probe<ProbeSpec>)(spec, network, run);
	const inVain = await whyInVain(spec, result);
	const { barred: _, ...seen } = result;
	return inVain === undefined ? seen : { ...seen, outcome: { kind: "skipped", why: inVain } };
};
