import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
	readonly label: string;
	readonly help?: string | undefined;
	readonly text: string;
	readonly type: (text: string) => void;
	readonly numeric?: boolean;
	/** Beside another one, where there is room. */
	readonly half?: boolean;
	readonly children?: ComponentChildren;
}

/** A labelled line of a form, with what it means under it. What is typed is kept by whoever asks. */
export function Field({ label, help, text, type, numeric = false, half = false, children }: FieldProps) {
	const [control, helpId] = [useId(), useId()];
	return (
		<div class={`form-field ${half ? "half" : ""}`}>
			<label for={control}>{label}</label>
			<span class="form-row">
				<input
					id={control}
					type="text"
					inputMode={numeric ? "numeric" : "text"}
					spellcheck={false}
					autocomplete="off"
					value={text}
					aria-describedby={help === undefined ? undefined : helpId}
					onInput={({ currentTarget }) => type(currentTarget.value)}
				/>
				{children}
			</span>
			{help !== undefined && (
				<p class="help-text" id={helpId}>
					{help}
				</p>
			)}
		</div>
	);
}
