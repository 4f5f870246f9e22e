import type { Level } from "../core/level.ts";

/** The shape of each level: it carries the meaning where colour does not. */
export const SHAPES: Readonly<Record<Level, string>> = {
	unknown: "◌",
	operational: "●",
	maintenance: "◆",
	degraded: "▲",
	partial_outage: "▲",
	major_outage: "■",
};
