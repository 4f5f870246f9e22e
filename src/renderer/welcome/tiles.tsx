import { useMemo, useState } from "preact/hooks";
import type { CatalogueEntry } from "../../ipc/answers.ts";
import type { SettingsView } from "../../ipc/settings.ts";
import { Icon } from "../icon.tsx";
import { monogram } from "../monogram.ts";
import { useScene } from "../scene.ts";
import { matching, plain } from "../search.ts";
import type { Wanted } from "./choices.tsx";
import { regionOf, suggested } from "./suggestions.ts";

const MOST_FOUND = 20;

interface TilesProps {
	readonly entries: readonly CatalogueEntry[];
	readonly view: SettingsView;
	readonly wanted: Wanted;
	readonly want: (wanted: Wanted) => void;
}

/** Services as tiles to press: the popular ones, or those that are searched for. */
export function Tiles({ entries, view, wanted, want }: TilesProps) {
	const { t } = useScene().words;
	const [sought, setSought] = useState("");
	/** Those that were found and pressed: they stay among the popular ones. */
	const [added, setAdded] = useState<readonly string[]>([]);
	const first = useMemo(() => new Set(view.settings.services.map(({ id }) => id)), [view]);
	const offered = useMemo(() => suggested(entries, regionOf(navigator.language), first), [entries, first]);
	const further = entries.filter(({ id }) => added.includes(id) && !offered.some((each) => each.id === id));
	const searching = plain(sought) !== "";
	const shown = searching ? matching(entries, sought, MOST_FOUND) : [...offered, ...further];
	const locked = view.locked.includes("services");
	const toggle = (id: string) => {
		if (locked) return;
		const without = wanted.services.filter((each) => each !== id);
		const services = without.length < wanted.services.length ? without : [...wanted.services, id];
		want({ ...wanted, services });
		if (!added.includes(id)) setAdded([...added, id]);
	};
	return (
		<section>
			<h2 class="unseen">{t("welcome.popular")}</h2>
			<input
				type="search"
				value={sought}
				aria-label={t("welcome.search")}
				placeholder={t("welcome.search")}
				autocomplete="off"
				spellcheck={false}
				onInput={({ currentTarget }) => setSought(currentTarget.value)}
				onKeyDown={(event) => {
					// the first press empties the field, the next one closes the window
					if (event.key !== "Escape" || sought === "") return;
					event.stopPropagation();
					event.preventDefault();
					setSought("");
				}}
			/>
			{locked && <p class="help-text">{t("settings.managed.byOrganisation")}</p>}
			{searching && shown.length === 0 && <p role="status">{t("window.search.none")}</p>}
			<ul class="tiles">
				{shown.map(({ id, name }) => (
					<li key={id}>
						<button
							type="button"
							class="tile"
							aria-pressed={wanted.services.includes(id)}
							aria-disabled={locked}
							onClick={() => toggle(id)}
						>
							<span class="monogram" aria-hidden="true">
								{monogram(name)}
							</span>
							<bdi>{name}</bdi>
							{wanted.services.includes(id) && <Icon name="done" />}
						</button>
					</li>
				))}
			</ul>
		</section>
	);
}
