import type { HistoryPoint } from "../../ipc/answers.ts";

export type PhaseName = keyof HistoryPoint["phases"];

/** The steps of an answer, in their order. */
export const PHASE_ORDER = [
	"dns",
	"connect",
	"proxy",
	"tls",
	"first_byte",
	"transfer",
] as const satisfies readonly PhaseName[];
