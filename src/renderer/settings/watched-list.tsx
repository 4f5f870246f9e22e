import { useContext, useId, useState } from "preact/hooks";
import type { ServiceId } from "../../core/model.ts";
import type { WatchedService } from "../../core/settings.ts";
import type { CatalogueEntry } from "../../ipc/answers.ts";
import { shownName } from "../../words/window.ts";
import { Icon } from "../icon.tsx";
import { monogram } from "../monogram.ts";
import { useScene } from "../scene.ts";
import { chosenOf, moved } from "./chosen-services.ts";
import { FeatureChoice } from "./feature-choice.tsx";
import { ServiceName } from "./service-entry.tsx";
import { TurnTo } from "./turn-to.ts";
import { useSettings } from "./use-settings.ts";

interface WatchedListProps {
	readonly entries: readonly CatalogueEntry[];
	readonly watched: readonly WatchedService[];
}

/** The chosen services, in the user's order. */
export function WatchedList({ entries, watched }: WatchedListProps) {
	const { words, announce } = useScene();
	const { t } = words;
	const { change, isLocked } = useSettings();
	// kept here: a row that is refused to go comes back as another one
	const [refused, setRefused] = useState<{ readonly of: ServiceId; readonly said: readonly string[] }>();
	const remove = async (of: ServiceId) => {
		const services = watched.filter(({ id }) => id !== of);
		const said = services.length === 0 ? [t("settings.services.lastService")] : await change({ services });
		setRefused({ of, said });
	};
	const move = (entry: CatalogueEntry, step: number) => {
		const services = moved(watched, entry.id, step);
		if (isLocked("services") || services === watched) return;
		void change({ services });
		const place = services.findIndex(({ id }) => id === entry.id) + 1;
		announce(t("settings.services.moved", { name: entry.name, place, total: services.length }));
	};
	return (
		<section class="watched">
			<h3>{t("settings.services.watched")}</h3>
			<ol>
				{watched.map((service) => {
					const entry = entries.find(({ id }) => id === service.id) ?? unknownEntry(service.id);
					return (
						<WatchedRow
							service={service}
							entry={entry}
							watched={watched}
							move={(step) => move(entry, step)}
							remove={() => void remove(service.id)}
							problems={refused?.of === service.id ? refused.said : []}
							key={service.id}
						/>
					);
				})}
			</ol>
			{!isLocked("services") && <p class="help-text">{t("settings.services.moveHelp")}</p>}
		</section>
	);
}

/** One that the catalogue does not know any more: it can still be removed. */
function unknownEntry(id: string): CatalogueEntry {
	const name = shownName(id);
	return { id, name, owner: name, kind: "service", aliases: [], features: [], regions: [], own: false };
}

interface WatchedRowProps {
	readonly service: WatchedService;
	readonly entry: CatalogueEntry;
	readonly watched: readonly WatchedService[];
	readonly move: (step: number) => void;
	readonly remove: () => void;
	/** Why it could not be removed. */
	readonly problems: readonly string[];
}

function WatchedRow({ service, ...acts }: WatchedRowProps) {
	const { entry, watched, move } = acts;
	const { t } = useScene().words;
	const { isLocked } = useSettings();
	const [open, setOpen] = useState(false);
	const body = useId();
	const { name, features: all } = entry;
	const chosen = chosenOf(service, all).length;
	const says =
		chosen === all.length
			? t("settings.services.all")
			: t("settings.services.some", { count: chosen, total: all.length });
	return (
		<li
			class="watched-row"
			onKeyDown={(event) => {
				const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
				if (step === undefined || !event.altKey) return;
				event.preventDefault();
				move(step);
			}}
		>
			<button
				type="button"
				class="watched-head"
				aria-expanded={open}
				aria-controls={open ? body : undefined}
				onClick={() => setOpen(!open)}
			>
				<span class="monogram" aria-hidden="true">
					{monogram(name)}
				</span>
				<ServiceName entry={entry} {...(all.length > 0 && { says })} />
				<Icon name="unfold" />
			</button>
			{!isLocked("services") && <RowActs {...acts} />}
			{open && (
				<div class="watched-body" id={body}>
					<FeatureChoice entry={entry} service={service} watched={watched} />
				</div>
			)}
		</li>
	);
}

function RowActs({ entry, watched, move, remove, problems }: Omit<WatchedRowProps, "service">) {
	const { t } = useScene().words;
	const turnTo = useContext(TurnTo);
	const { id, name, own } = entry;
	const place = watched.findIndex((each) => each.id === id);
	const of = (action: string) => t("window.action.of", { action, name });
	return (
		<>
			<span class="watched-acts">
				{[
					{ step: -1, icon: "up", label: t("settings.services.up"), end: place === 0 } as const,
					{ step: 1, icon: "down", label: t("settings.services.down"), end: place === watched.length - 1 } as const,
				].map(({ step, icon, label, end }) => (
					<button
						type="button"
						class="quiet square"
						aria-label={of(label)}
						aria-disabled={end}
						title={label}
						onClick={() => move(step)}
						key={step}
					>
						<Icon name={icon} />
					</button>
				))}
				{own ? (
					<button
						type="button"
						class="quiet"
						aria-label={of(t("settings.services.edit"))}
						onClick={() => turnTo("own")}
					>
						{t("settings.services.edit")}
					</button>
				) : (
					<button type="button" class="quiet" aria-label={of(t("settings.services.remove"))} onClick={remove}>
						{t("settings.services.remove")}
					</button>
				)}
			</span>
			{problems.map((problem) => (
				<p class="setting-problem" role="alert" key={problem}>
					{problem}
				</p>
			))}
		</>
	);
}
