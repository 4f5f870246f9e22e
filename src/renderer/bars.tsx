import type { Level } from "../core/level.ts";
import type { Band } from "../ipc/answers.ts";
import { TONES } from "./shape.tsx";

interface BarsProps {
	/** Oldest first. */
	readonly bands: readonly Band[];
	/** What the bars say, in a sentence. */
	readonly label: string;
	/** What a single bar says, for whoever points at it. */
	readonly say?: (step: number) => string;
}

/** The room of a bar and of the gap beside it. */
const STEP = 4;
const WIDTH = 2.2;
const HEIGHT = 16;

/** Short is fine and tall is bad, so that the bars can be read without colour. */
const HEIGHTS: Readonly<Record<Level, number>> = {
	unknown: 7,
	operational: 7,
	maintenance: 10,
	degraded: 11,
	partial_outage: 13,
	major_outage: HEIGHT,
};

/** What happened, step by step: by height and colour, hollow where it is not known, nothing but the ground line where nobody looked. */
export function Bars({ bands, label, say }: BarsProps) {
	const width = bands.length * STEP;
	const point = ({ currentTarget, clientX }: { readonly currentTarget: Element; readonly clientX: number }) => {
		const { left, width: wide } = currentTarget.getBoundingClientRect();
		const step = Math.min(bands.length - 1, Math.max(0, Math.floor(((clientX - left) / wide) * bands.length)));
		if (currentTarget.parentElement && say) currentTarget.parentElement.title = say(step);
	};
	return (
		<span class="bars-room">
			<svg
				class="bars"
				viewBox={`0 0 ${width} ${HEIGHT}`}
				preserveAspectRatio="none"
				role="img"
				aria-label={label}
				onPointerMove={say && point}
			>
				{[...outlines(bands)].map(([tone, path]) => (
					<path key={tone} class={`bar-${tone}`} d={path} />
				))}
			</svg>
		</span>
	);
}

/** One path for each colour: cheap to draw, however many bars there are. */
function outlines(bands: readonly Band[]): ReadonlyMap<string, string> {
	const paths = new Map<string, string>();
	for (const [index, band] of bands.entries()) {
		const tone = band === "gap" ? "gap" : TONES[band];
		const height = band === "gap" ? GROUND : HEIGHTS[band];
		const bar = `M${index * STEP + (STEP - WIDTH) / 2} ${HEIGHT - height}h${WIDTH}v${height}h${-WIDTH}z`;
		paths.set(tone, (paths.get(tone) ?? "") + bar);
	}
	return paths;
}

const GROUND = 0.8;
