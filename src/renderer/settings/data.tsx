import { useCallback, useEffect, useState } from "preact/hooks";
import type { KeptData } from "../../ipc/answers.ts";
import { shownLine } from "../../words/window.ts";
import { localeOf } from "../clock.ts";
import { useScene } from "../scene.ts";
import { bytesText } from "./amounts.ts";
import { Choice, Line, Section, Switch } from "./controls.tsx";
import { FolderButton } from "./folder-button.tsx";
import { Transfer } from "./transfer.tsx";
import { useSettings } from "./use-settings.ts";

const MEGABYTES = [16, 64, 256, 1024];
const DAYS = [30, 90, 400, 1000];
const MEBIBYTE = 1024 * 1024;

/** What is kept on this computer, and for how long. */
export function Data() {
	const { bridge, words } = useScene();
	const { t } = words;
	const { settings } = useSettings();
	const [kept, setKept] = useState<KeptData>();
	const { history } = settings;
	const look = useCallback(() => void bridge.kept().then(setKept, () => {}), [bridge]);
	useEffect(look, [look, history.keep]);
	return (
		<Section title={t("settings.data.title")} lead={t("settings.data.lead")}>
			<Line label={t("settings.data.where")} help={kept ? shownLine(kept.folder) : ""}>
				<FolderButton folder="data" label={t("settings.data.open")} />
			</Line>
			<HistoryLimits kept={kept} />
			<Transfer />
			<Forget done={look} />
		</Section>
	);
}

function HistoryLimits({ kept }: { readonly kept: KeptData | undefined }) {
	const { words } = useScene();
	const { t } = words;
	const { settings, change } = useSettings();
	const { history } = settings;
	const size = useSize(kept);
	return (
		<>
			<Line label={t("settings.data.size")} help={size} />
			<Switch
				setting="history"
				label={t("settings.data.keep")}
				help={t("settings.data.keepHelp")}
				on={history.keep}
				turn={(keep) => change({ history: { ...history, keep } })}
			/>
			{history.keep && (
				<div class="sub-settings">
					<Choice
						setting="history"
						label={t("settings.data.megabytes")}
						value={String(history.megabytes)}
						options={among(MEGABYTES, history.megabytes).map((n) => ({
							value: String(n),
							label: bytesText(n * MEBIBYTE, words),
						}))}
						choose={(n) => change({ history: { ...history, megabytes: Number(n) } })}
					/>
					<Choice
						setting="history"
						label={t("settings.data.days")}
						value={String(history.days)}
						options={among(DAYS, history.days).map((count) => ({
							value: String(count),
							label: t("settings.data.daysOf", { count }),
						}))}
						choose={(n) => change({ history: { ...history, days: Number(n) } })}
					/>
				</div>
			)}
		</>
	);
}

/** How much there is, and since when. */
function useSize(kept: KeptData | undefined): string {
	const { words } = useScene();
	if (!kept) return "";
	if (kept.oldest === undefined) return words.t("settings.data.empty");
	const date = new Intl.DateTimeFormat(localeOf(words.language, navigator.languages), { dateStyle: "long" }).format(
		kept.oldest,
	);
	return words.t("settings.data.sizeOf", { size: bytesText(kept.bytes, words), date });
}

/** The usual amounts, and the present one. */
function among(usual: readonly number[], present: number): number[] {
	return [...new Set([...usual, present])].sort((a, b) => a - b);
}

function Forget({ done }: { readonly done: () => void }) {
	const { bridge, words, announce } = useScene();
	const { t } = words;
	const [deleted, setDeleted] = useState(false);
	const forget = async () => {
		const isDone = await bridge.forgetHistory();
		setDeleted(isDone);
		if (!isDone) return;
		announce(t("settings.data.forget.done"));
		done();
	};
	return (
		<Line
			label={t("settings.data.forget.title")}
			help={t(deleted ? "settings.data.forget.done" : "settings.data.forget.help")}
		>
			<button type="button" onClick={() => void forget()}>
				{t("settings.data.forget.button")}
			</button>
		</Line>
	);
}
