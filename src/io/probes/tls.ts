import type { TlsProbeSpec } from "../../core/check.ts";
import { probeConnection } from "./connection.ts";
import type { Probe } from "./probe.ts";

/** Whether a port speaks TLS with a certificate that verifies, and the protocol that is asked for. Nothing is sent after the handshake. */
export const probeTls: Probe<TlsProbeSpec> = ({ host, port, family, root, alpn }, network, run) =>
	probeConnection({ host, port, family, security: { host, root, protocol: alpn } }, network, run);
