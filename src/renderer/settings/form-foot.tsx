import { useState } from "preact/hooks";
import { useScene } from "../scene.ts";

interface FormFootProps {
	/** There is something to save. */
	readonly ready: boolean;
	/** It was tried, and did not work. */
	readonly doubtful?: boolean;
	/** Resolves to why it was not saved. */
	readonly save: () => Promise<readonly string[]>;
	readonly leave: () => void;
}

/** Ends a form: saved, or left as if it had never been. */
export function FormFoot({ ready, doubtful = false, save, leave }: FormFootProps) {
	const { t } = useScene().words;
	const [problems, setProblems] = useState<readonly string[]>([]);
	return (
		<>
			{problems.map((problem) => (
				<p class="setting-problem" role="alert" key={problem}>
					{problem}
				</p>
			))}
			<p class="own-add">
				{ready && (
					<button type="button" class="primary" onClick={() => void save().then(setProblems)}>
						{t(doubtful ? "settings.own.saveAnyway" : "settings.own.save")}
					</button>
				)}
				<button type="button" onClick={leave}>
					{t("settings.own.cancel")}
				</button>
			</p>
		</>
	);
}
