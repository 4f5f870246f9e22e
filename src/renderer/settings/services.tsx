import { useContext, useState } from "preact/hooks";
import type { ServiceId } from "../../core/model.ts";
import type { WatchedService } from "../../core/settings.ts";
import type { CatalogueEntry } from "../../ipc/answers.ts";
import { useScene } from "../scene.ts";
import { matching, plain } from "../search.ts";
import { byCategory, type CategoryName } from "./categories.ts";
import { toggled, watchedServices } from "./chosen-services.ts";
import { Section } from "./controls.tsx";
import { ServiceEntry } from "./service-entry.tsx";
import { TurnTo } from "./turn-to.ts";
import { useCatalogue } from "./use-catalogue.ts";
import { useSettings } from "./use-settings.ts";
import { WatchedList } from "./watched-list.tsx";

const MOST_FOUND = 40;

/** What is watched: the chosen ones first, and all that there is. */
export function Services() {
	const { bridge, words } = useScene();
	const { t } = words;
	const { settings, isLocked } = useSettings();
	const entries = useCatalogue(bridge);
	const [sought, setSought] = useState("");
	const watched = watchedServices(settings);
	return (
		<Section title={t("settings.services.title")} lead={t("settings.services.lead")}>
			<Search sought={sought} setSought={setSought} />
			{isLocked("services") && <p class="setting-help">{t("settings.managed.byOrganisation")}</p>}
			{entries === "lost" && <p>{t("settings.frame.lost")}</p>}
			{Array.isArray(entries) &&
				(plain(sought) === "" ? (
					<>
						<WatchedList entries={entries} watched={watched} />
						<Browse entries={entries} watched={watched} />
					</>
				) : (
					<Found entries={matching(entries, sought, MOST_FOUND)} watched={watched} />
				))}
		</Section>
	);
}

function Search({ sought, setSought }: { readonly sought: string; readonly setSought: (text: string) => void }) {
	const { t } = useScene().words;
	const hint = t("settings.services.search");
	return (
		<input
			class="service-search"
			type="search"
			value={sought}
			aria-label={hint}
			placeholder={hint}
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
	);
}

interface ListProps {
	readonly entries: readonly CatalogueEntry[];
	readonly watched: readonly WatchedService[];
}

function Found({ entries, watched }: ListProps) {
	const { t } = useScene().words;
	const turnTo = useContext(TurnTo);
	return (
		<>
			<p class="found" role="status">
				{entries.length === 0 ? t("window.search.none") : t("settings.services.found", { count: entries.length })}
			</p>
			{entries.length === 0 ? (
				<button type="button" onClick={() => turnTo("own")}>
					{t("window.action.add")}
				</button>
			) : (
				<Entries entries={entries} watched={watched} />
			)}
		</>
	);
}

function Browse({ entries, watched }: ListProps) {
	const { t } = useScene().words;
	return (
		<section class="browse">
			<h3>{t("settings.services.browse")}</h3>
			{byCategory(entries).map((group) => (
				<Category {...group} watched={watched} key={group.name} />
			))}
		</section>
	);
}

function Category({ name, entries, watched }: ListProps & { readonly name: CategoryName }) {
	const { t } = useScene().words;
	const [open, setOpen] = useState(false);
	return (
		<details class="category" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
			<summary>
				<b>{t(`settings.services.category.${name}`)}</b> <small>{entries.length}</small>
			</summary>
			{open && name === "providers" && <p class="help-text">{t("settings.services.providersHelp")}</p>}
			{open && <Entries entries={entries} watched={watched} />}
		</details>
	);
}

function Entries({ entries, watched }: ListProps) {
	const { change, isLocked } = useSettings();
	const [problems, setProblems] = useState<{ readonly of: ServiceId; readonly said: readonly string[] }>();
	const { t } = useScene().words;
	const toggle = async (id: ServiceId) => {
		const services = toggled(watched, id);
		const said = services.length === 0 ? [t("settings.services.lastService")] : await change({ services });
		setProblems({ of: id, said });
	};
	return (
		<ul class="entries">
			{entries.map((entry) => (
				<ServiceEntry
					entry={entry}
					watches={watched.some(({ id }) => id === entry.id)}
					toggle={isLocked("services") || entry.own ? undefined : () => void toggle(entry.id)}
					problems={problems?.of === entry.id ? problems.said : []}
					key={entry.id}
				/>
			))}
		</ul>
	);
}
