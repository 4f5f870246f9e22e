import type { Diagnosis } from "../../core/diagnosis.ts";
import { noteSentence } from "../../words/diagnosis.ts";
import { stepsToTry } from "../../words/diagnosis-lead.ts";
import { shownLine } from "../../words/window.ts";
import { useScene } from "../scene.ts";

interface TryProps {
	/** Absent while nothing is known. */
	readonly diagnosis: Diagnosis | undefined;
	/** What is said until then. */
	readonly meanwhile: string;
}

/** What to do about it, in order; its room is there before it is known. */
export function Try({ diagnosis, meanwhile }: TryProps) {
	const { bridge, words, names } = useScene();
	if (!diagnosis) return <section class="try faint">{meanwhile}</section>;
	const steps = stepsToTry(diagnosis, words, names).map(shownLine);
	return (
		<section class="try">
			<div class="try-head">
				<h2>{words.t("diagnosis.window.try")}</h2>
				{diagnosis.kind === "captive_portal" && (
					<button type="button" onClick={() => void bridge.openPage({ signIn: true })}>
						{words.t("window.action.signIn")}
					</button>
				)}
			</div>
			{steps.length === 1 ? (
				<p>{steps[0]}</p>
			) : (
				<ol class="steps">
					{steps.map((step) => (
						<li key={step}>{step}</li>
					))}
				</ol>
			)}
		</section>
	);
}

/** What is unusual here, and explains nothing by itself. */
export function Notes({ diagnosis }: { readonly diagnosis: Diagnosis }) {
	const { words } = useScene();
	if (diagnosis.notes.length === 0) return null;
	return (
		<section class="also">
			<h2>{words.t("diagnosis.window.also")}</h2>
			<ul>
				{diagnosis.notes.map((note) => (
					<li key={note.kind}>{shownLine(noteSentence(note, words))}</li>
				))}
			</ul>
		</section>
	);
}
