import type { TlsProbeSpec } from "../../core/check.ts";
import { probeConnection } from "./connection.ts";
import type { Probe } from "./probe.ts";

/** Whether a port speaks TLS with a certificate that verifies. Nothing is sent after the handshake. */
export const probeTls: Probe<TlsProbeSpec> = ({ host, port, root }, network, run) =>
	probeConnection({ host, port, security: { host, root } }, network, run);
