import type { TcpProbeSpec } from "../../core/check.ts";
import { probeConnection } from "./connection.ts";
import type { Probe } from "./probe.ts";

/** Whether a port accepts connections. Nothing is sent. */
export const probeTcp: Probe<TcpProbeSpec> = ({ host, port, family }, network, run) =>
	probeConnection({ host, port, family }, network, run);
