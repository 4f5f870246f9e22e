import { useId } from "preact/hooks";
import { SPANS, type Span } from "../../ipc/answers.ts";
import { useScene } from "../scene.ts";

interface SpanChoiceProps {
	readonly span: Span;
	readonly choose: (span: Span) => void;
}

/** How far back one looks. */
export function SpanChoice({ span, choose }: SpanChoiceProps) {
	const { words } = useScene();
	const name = useId();
	return (
		<fieldset class="spans" aria-label={words.t("details.span.title")}>
			{SPANS.map((each) => (
				<label class="span" key={each}>
					<input
						type="radio"
						class="unseen"
						name={name}
						checked={each === span}
						aria-label={words.t(`details.last.${each}`)}
						onChange={() => choose(each)}
					/>
					{words.t(`details.span.${each}`)}
				</label>
			))}
		</fieldset>
	);
}
