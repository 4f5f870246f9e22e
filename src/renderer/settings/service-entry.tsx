import type { CatalogueEntry } from "../../ipc/answers.ts";
import { Icon } from "../icon.tsx";
import { monogram } from "../monogram.ts";
import { useScene } from "../scene.ts";

interface ServiceEntryProps {
	readonly entry: CatalogueEntry;
	readonly watches: boolean;
	/** Absent where it is not to be changed here. */
	readonly toggle: (() => void) | undefined;
	readonly problems: readonly string[];
}

/** A service of the catalogue, to be watched or not. */
export function ServiceEntry({ entry, watches, toggle, problems }: ServiceEntryProps) {
	const { t } = useScene().words;
	const { name } = entry;
	const action = t(watches ? "window.action.watching" : "window.action.watch");
	return (
		<li class="service-entry">
			<span class="monogram" aria-hidden="true">
				{monogram(name)}
			</span>
			<ServiceName entry={entry} />
			{toggle ? (
				<button
					type="button"
					aria-pressed={watches}
					aria-label={t("window.action.of", { action, name })}
					onClick={toggle}
				>
					{watches && <Icon name="done" />}
					{action}
				</button>
			) : (
				watches && <small>{t("window.action.watching")}</small>
			)}
			{problems.map((problem) => (
				<p class="setting-problem" role="alert" key={problem}>
					{problem}
				</p>
			))}
		</li>
	);
}

/** Its name, and what else there is to say under it. */
export function ServiceName({ entry, says }: { readonly entry: CatalogueEntry; readonly says?: string }) {
	const { t } = useScene().words;
	const { name, owner, own } = entry;
	const under = [own ? t("settings.services.own") : owner === name ? "" : owner, says ?? ""].filter(Boolean);
	return (
		<span class="who">
			<b>
				<bdi>{name}</bdi>
			</b>
			{under.length > 0 && (
				<small class="line">
					<bdi>{under.join(" · ")}</bdi>
				</small>
			)}
		</span>
	);
}
