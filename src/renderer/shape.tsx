import type { Level } from "../core/level.ts";

/** The colour family of a level; the shape says the same without colour. */
export const TONES = {
	unknown: "unknown",
	operational: "ok",
	maintenance: "plan",
	degraded: "warn",
	partial_outage: "warn",
	major_outage: "bad",
} as const satisfies Record<Level, string>;

/** Disc works, triangle unreliable, square down, dashed ring cannot tell, diamond planned. The word stands beside it. */
export function Shape({ level }: { readonly level: Level }) {
	return (
		<svg class={`shape fill-${TONES[level]}`} viewBox="0 0 16 16" aria-hidden="true">
			{OUTLINES[TONES[level]]}
		</svg>
	);
}

const OUTLINES = {
	ok: <circle cx="8" cy="8" r="6.2" />,
	warn: <path d="M8 1.6 15 14H1Z" />,
	bad: <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="2.4" />,
	plan: <path d="M8 1.2 14.8 8 8 14.8 1.2 8Z" />,
	unknown: <circle cx="8" cy="8" r="5.6" />,
};
