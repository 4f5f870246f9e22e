import { capital, shownLine, shownName } from "../../words/window.ts";
import { useScene } from "../scene.ts";
import { TextLine } from "./controls.tsx";
import type { Writing } from "./own.tsx";
import { checksOf, forgetting, keeping, keyOf, type OwnCheck, type OwnService, withoutCheck } from "./own-services.ts";
import { fieldsOf, targetText } from "./probe-fields.ts";
import { useSettings } from "./use-settings.ts";

interface OwnCardProps {
	readonly own: OwnService;
	readonly write: (writing: Writing) => void;
	/** Why the last change of it was refused. */
	readonly problems: readonly string[];
	readonly refuse: (problems: readonly string[]) => void;
}

/** A service of the user's own: its name, and what is asked for it. */
export function OwnCard({ own, write, problems, refuse }: OwnCardProps) {
	const { t } = useScene().words;
	const { settings, change, isLocked } = useSettings();
	const name = shownName(own.name);
	const service = own.id;
	const forget = async () => {
		const patch = forgetting(service, settings);
		refuse(patch ? await change(patch) : [t("settings.services.lastService")]);
	};
	const rename = (text: string) => {
		const written = text.trim();
		return written === "" ? Promise.resolve([]) : change(keeping({ ...own, name: written }, settings));
	};
	const drop = async (check: OwnCheck) => {
		const left = withoutCheck(own, check);
		if (left) refuse(await change(keeping(left, settings)));
		else await forget();
	};
	return (
		<section class="own-card">
			<h3>{name}</h3>
			<TextLine setting="own" label={t("settings.own.name")} text={name} keep={rename} />
			<ul>
				{checksOf(own).map((check) => (
					<CheckLine
						check={check}
						locked={isLocked("own")}
						edit={() => write({ kind: check.kind, service, instead: check })}
						drop={() => void drop(check)}
						key={keyOf(check)}
					/>
				))}
			</ul>
			{!isLocked("own") && (
				<p class="own-add">
					<button
						type="button"
						class="quiet"
						aria-label={t("settings.own.morePage", { name })}
						onClick={() => write({ kind: "source", service })}
					>
						{t("settings.own.addPage")}
					</button>
					<button
						type="button"
						class="quiet"
						aria-label={t("settings.own.moreProbe", { name })}
						onClick={() => write({ kind: "probe", service })}
					>
						{t("settings.own.addProbe")}
					</button>
					<button
						type="button"
						class="quiet"
						aria-label={t("window.action.of", { action: t("settings.own.delete"), name })}
						onClick={() => void forget()}
					>
						{t("settings.own.delete")}
					</button>
				</p>
			)}
			{problems.map((problem) => (
				<p class="setting-problem" role="alert" key={problem}>
					{problem}
				</p>
			))}
		</section>
	);
}

interface CheckLineProps {
	readonly check: OwnCheck;
	readonly locked: boolean;
	readonly edit: () => void;
	readonly drop: () => void;
}

function CheckLine({ check, locked, edit, drop }: CheckLineProps) {
	const { t } = useScene().words;
	const target = shownLine(check.kind === "source" ? check.source.url : targetText(check.probe));
	const what = check.kind === "source" ? t("settings.own.page.title") : capital(t(`feature.${check.feature}`));
	return (
		<li class="own-check">
			<span class="who">
				{what}
				<small class="line">
					<bdi>{target}</bdi>
				</small>
			</span>
			{!locked &&
				[
					...(isWritten(check) ? [{ label: t("settings.own.change"), act: edit }] : []),
					{ label: t("settings.own.remove"), act: drop },
				].map(({ label, act }) => (
					<button
						type="button"
						class="quiet"
						aria-label={t("window.action.of", { action: label, name: target })}
						onClick={act}
						key={label}
					>
						{label}
					</button>
				))}
		</li>
	);
}

/** Not every probe of a settings file can be written in this window. */
function isWritten(check: OwnCheck): boolean {
	return check.kind === "source" || fieldsOf(check.probe) !== undefined;
}
