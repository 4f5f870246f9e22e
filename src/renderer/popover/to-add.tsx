import { useEffect, useState } from "preact/hooks";
import type { ServiceId } from "../../core/model.ts";
import type { ServiceView } from "../../core/snapshot.ts";
import type { CatalogueEntry } from "../../ipc/answers.ts";
import type { SettingsView } from "../../ipc/settings.ts";
import { shownLine, shownName } from "../../words/window.ts";
import { Icon } from "../icon.tsx";
import { useScene } from "../scene.ts";
import { matching, plain } from "../search.ts";

const MOST = 6;

interface ToAddProps {
	readonly sought: string;
	readonly watched: readonly ServiceView[];
	/** Those that people have just added here: they stay, so that the same button takes them back. */
	readonly touched: readonly ServiceId[];
	readonly touch: (service: ServiceId) => void;
}

/** What else is called so: services of the catalogue that are not watched yet, each to be watched at a press. */
export function ToAdd({ sought, watched, touched, touch }: ToAddProps) {
	const { bridge, words } = useScene();
	const [known, setKnown] = useState<{ readonly entries: readonly CatalogueEntry[]; readonly view?: SettingsView }>();
	const [problem, setProblem] = useState("");
	useEffect(() => {
		Promise.all([bridge.catalogue(), bridge.settings()]).then(
			([entries, view]) => setKnown({ entries, view }),
			() => setKnown({ entries: [] }),
		);
		return bridge.on("settings", (view) => setKnown((before) => before && { ...before, view }));
	}, [bridge]);
	if (!known || plain(sought) === "") return null;
	const { entries, view } = known;
	const isNew = ({ id }: CatalogueEntry) => touched.includes(id) || !watched.some((each) => each.id === id);
	const found = matching(entries.filter(isNew), sought, MOST);
	const locked = view === undefined || view.locked.includes("services");
	const toggle = async ({ id }: CatalogueEntry) => {
		if (!view) return;
		touch(id);
		const { services } = view.settings;
		const without = services.filter((each) => each.id !== id);
		const next = without.length < services.length ? without : [...services, { id }];
		const { view: changed, problems } = await bridge
			.changeSettings({ services: next })
			.catch(() => ({ view, problems: [words.t("window.lead.lost")] }));
		setProblem(shownLine(problems.join(" ")));
		setKnown({ entries, view: changed });
	};
	return (
		<section class="to-add">
			{found.length > 0 && <h3>{words.t("window.search.others")}</h3>}
			<ul>
				{found.map((entry) => (
					<Entry
						entry={entry}
						watches={view?.settings.services.some(({ id }) => id === entry.id) ?? false}
						toggle={locked ? undefined : () => void toggle(entry)}
						key={entry.id}
					/>
				))}
			</ul>
			{found.length === 0 && !watched.some(({ name }) => plain(name).includes(plain(sought))) && (
				<p>{words.t("window.search.none")}</p>
			)}
			{view?.locked.includes("services") && <p>{words.t("window.search.locked")}</p>}
			{problem !== "" && <p role="alert">{problem}</p>}
			{!locked && (
				<button type="button" class="quiet" onClick={() => void bridge.openWindow("settings", { section: "own" })}>
					{words.t("window.action.add")}
				</button>
			)}
		</section>
	);
}

interface EntryProps {
	readonly entry: CatalogueEntry;
	readonly watches: boolean;
	/** Absent where nothing may be changed. */
	readonly toggle: (() => void) | undefined;
}

function Entry({ entry, watches, toggle }: EntryProps) {
	const { words } = useScene();
	const name = shownName(entry.name);
	const owner = shownName(entry.owner);
	const action = words.t(watches ? "window.action.watching" : "window.action.watch");
	return (
		<li class="entry">
			<span class="who">
				<b>
					<bdi>{name}</bdi>
				</b>
				{owner !== name && (
					<small class="line">
						<bdi>{owner}</bdi>
					</small>
				)}
			</span>
			{toggle && (
				<button
					type="button"
					aria-pressed={watches}
					aria-label={words.t("window.action.of", { action: words.t("window.action.watch"), name })}
					onClick={toggle}
				>
					{watches && <Icon name="done" />}
					{action}
				</button>
			)}
		</li>
	);
}
