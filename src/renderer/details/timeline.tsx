import type { Incident } from "../../core/incidents.ts";
import { admissionSentences, storyOf } from "../../words/timeline.ts";
import { useScene } from "../scene.ts";
import { Shape } from "../shape.tsx";
import { useWays } from "./place.ts";
import { written } from "./times.ts";

/** What was seen when, the oldest first, and how late the official pages were. */
export function Timeline({ incident }: { readonly incident: Incident }) {
	const { words, names } = useScene();
	const { locale } = useWays();
	const story = storyOf(incident, words, names);
	const days = new Set(story.map(({ at }) => written(at, "day", locale)));
	return (
		<>
			<ol class="timeline" aria-label={words.t("details.happened.timeline")}>
				{story.map(({ at, text, level }) => (
					<li class="moment" key={`${at} ${text}`}>
						<time>{written(at, days.size > 1 ? "moment" : "second", locale)}</time>
						<Shape level={level} />
						<span dir="auto">{text}</span>
					</li>
				))}
			</ol>
			<Admissions incident={incident} />
		</>
	);
}

function Admissions({ incident }: { readonly incident: Incident }) {
	const { words } = useScene();
	const sentences = admissionSentences(incident, words);
	if (sentences.length === 0) return null;
	return (
		<p class="admissions">
			<b>{words.t("details.admission.title")}:</b> <span dir="auto">{sentences.join(" ")}</span>
		</p>
	);
}
