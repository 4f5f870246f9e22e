import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ServiceId } from "../../core/model.ts";
import type { ServiceView } from "../../core/snapshot.ts";
import type { CatalogueEntry } from "../../ipc/answers.ts";
import { shownName } from "../../words/window.ts";
import { useScene } from "../scene.ts";
import { matching } from "../search.ts";

const MOST = 8;

interface ChooserProps {
	readonly id: string;
	readonly watched: readonly ServiceView[];
	readonly choose: (service: ServiceId | undefined) => void;
}

/** What else to ask about: what is watched, and whatever the catalogue knows by what is typed. */
export function Chooser({ id, watched, choose }: ChooserProps) {
	const { bridge, words } = useScene();
	const [sought, setSought] = useState("");
	const [entries, setEntries] = useState<readonly CatalogueEntry[]>([]);
	const field = useRef<HTMLInputElement>(null);
	// at once: the next key is the first letter
	useLayoutEffect(() => field.current?.focus(), []);
	useEffect(() => void bridge.catalogue().then(setEntries, () => {}), [bridge]);
	const found = sought.trim() === "" ? watched.slice(0, MOST) : matching(entries, sought, MOST);
	const hint = words.t("diagnosis.window.hint");
	return (
		<div class="chooser" id={id}>
			<input
				ref={field}
				type="search"
				value={sought}
				aria-label={hint}
				placeholder={hint}
				autocomplete="off"
				spellcheck={false}
				onInput={({ currentTarget }) => setSought(currentTarget.value)}
			/>
			<div class="choices">
				{found.map((each) => (
					<button type="button" key={each.id} onClick={() => choose(each.id)}>
						<bdi>{shownName(each.name)}</bdi>
					</button>
				))}
				{found.length === 0 && sought.trim() !== "" && <p class="faint">{words.t("diagnosis.window.none")}</p>}
				{sought === "" && (
					<button type="button" class="quiet" onClick={() => choose(undefined)}>
						{words.t("diagnosis.window.line")}
					</button>
				)}
			</div>
		</div>
	);
}
