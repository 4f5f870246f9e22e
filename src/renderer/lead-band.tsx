import type { ComponentChildren } from "preact";
import type { Lead } from "../words/window.ts";
import { Shape, TONES } from "./shape.tsx";

interface LeadBandProps {
	readonly lead: Lead;
	/** What stands under the sentences. */
	readonly children?: ComponentChildren;
}

/** One sentence leads; under it, whether it is them. Green is kept for where everything that can be seen has been. */
export function LeadBand({ lead: { level, gaps, title, says }, children }: LeadBandProps) {
	const [first, ...rest] = says;
	return (
		<header class={`head soft-${gaps && level === "operational" ? "unknown" : TONES[level]}`}>
			<Shape level={level} />
			<h1 class="title">{title}</h1>
			<p class="says">
				{first && (rest.length > 0 ? <b>{first}</b> : first)} {rest.join(" ")}
			</p>
			{children}
		</header>
	);
}
