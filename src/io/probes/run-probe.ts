import type { ProbeSpec } from "../../core/check.ts";
import { probeHttp } from "./http.ts";
import type { Probe } from "./probe.ts";
import { probeTcp } from "./tcp.ts";
import { probeTls } from "./tls.ts";

const PROBES = { http: probeHttp, tcp: probeTcp, tls: probeTls } satisfies {
	[Type in ProbeSpec["type"]]: Probe<Extract<ProbeSpec, { type: Type }>>;
};

/** Runs a probe of whatever kind. */
export const runProbe: Probe<ProbeSpec> = (spec, network, run) =>
	(PROBES[spec.type] as Probe<ProbeSpec>)(spec, network, run);
