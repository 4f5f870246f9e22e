import { useState } from "preact/hooks";
import type { Level } from "../../core/level.ts";
import type { Reason } from "../../core/verdict.ts";
import { shortDuration } from "../../words/durations.ts";
import type { Names } from "../../words/names.ts";
import { reasonSentence } from "../../words/reasons.ts";
import { shownLine } from "../../words/window.ts";
import type { Words } from "../../words/words.ts";
import { Icon } from "../icon.tsx";
import { useScene } from "../scene.ts";
import { Shape } from "../shape.tsx";

/** What is shown before people ask for all of it. */
const FIRST = 6;

/** "Why we think so": a list one can read aloud, the weightiest first, each with its age. */
export function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
	const { words } = useScene();
	const [open, setOpen] = useState(false);
	return (
		<details class="why" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
			<summary class="why-asked">
				{words.t("window.card.why")}
				<Icon name="unfold" />
			</summary>
			{open && <Grounds reasons={reasons} />}
		</details>
	);
}

function Grounds({ reasons }: { readonly reasons: readonly Reason[] }) {
	const { words, names, now } = useScene();
	const [all, setAll] = useState(false);
	const lines = linesOf(reasons, words, names);
	const left = all ? 0 : Math.max(0, lines.length - FIRST);
	return (
		<>
			<ul class="grounds">
				{lines.slice(0, lines.length - left).map(({ text, reason }) => (
					<li class="ground" key={text}>
						<Shape level={levelOf(reason)} />
						<span dir="auto">{text}</span>
						{"at" in reason && <time>{shortDuration(now - reason.at, words)}</time>}
					</li>
				))}
			</ul>
			{left > 0 && (
				<button type="button" class="quiet" onClick={() => setAll(true)}>
					{words.t("window.card.more", { count: left })}
				</button>
			)}
		</>
	);
}

/** Each ground once: the features of a service often rest on the same. */
function linesOf(reasons: readonly Reason[], words: Words, names: Names) {
	const lines = new Map<string, Reason>();
	for (const reason of reasons) {
		const text = shownLine(reasonSentence(reason, words, names));
		if (!lines.has(text)) lines.set(text, reason);
	}
	return [...lines].map(([text, reason]) => ({ text, reason }));
}

function levelOf(reason: Reason): Level {
	switch (reason.kind) {
		case "host_fails":
			return "major_outage";
		case "host_passes":
			return "operational";
		case "official":
			return reason.level;
		case "host_slow":
		case "reports":
		case "noted":
		case "unstable":
		case "also_fails":
			return "degraded";
		case "host_refuses_us":
		case "not_tried":
		case "source_failed":
		case "blind":
		case "no_connection":
			return "unknown";
	}
}
