import { useState } from "preact/hooks";
import type { ServiceView } from "../../core/snapshot.ts";
import { Icon } from "../icon.tsx";
import { useScene } from "../scene.ts";
import type { Progress } from "../seen.ts";

interface FootProps {
	/** Absent where nothing is under way. */
	readonly progress: Progress | undefined;
	/** Absent until there is one. */
	readonly report: string | undefined;
	/** What it is about, where that is watched. */
	readonly service: ServiceView | undefined;
	readonly again: () => void;
}

/** What can be done about what was found. */
export function Foot({ progress, report, service, again }: FootProps) {
	const { bridge, words } = useScene();
	const done = progress && words.t("diagnosis.window.progress", { ...progress });
	return (
		<footer class="foot">
			{progress && <progress value={progress.done} max={progress.total} aria-label={done} />}
			<button type="button" class="primary" aria-disabled={progress !== undefined} onClick={again}>
				<Icon name="again" />
				{words.t("diagnosis.window.again")}
			</button>
			<Copy report={report} />
			<span class="room" />
			{service && (
				<button
					type="button"
					class="quiet"
					aria-label={words.t("diagnosis.window.details", { service: service.name })}
					onClick={() => void bridge.openWindow("details", { service: service.id })}
				>
					{words.t("window.action.details")}
				</button>
			)}
			{service?.page && (
				<button type="button" class="quiet" onClick={() => void bridge.openPage({ service: service.id })}>
					<Icon name="page" />
					{words.t("window.action.page")}
				</button>
			)}
		</footer>
	);
}

function Copy({ report }: Pick<FootProps, "report">) {
	const { bridge, words, announce } = useScene();
	const [copied, setCopied] = useState(false);
	const copy = async () => {
		if (report === undefined) return;
		await bridge.copy(report);
		setCopied(true);
		announce(words.t("diagnosis.window.copied"));
	};
	return (
		<button
			type="button"
			aria-disabled={report === undefined}
			onClick={() => void copy()}
			onBlur={() => setCopied(false)}
		>
			<Icon name={copied ? "done" : "copy"} />
			{words.t(copied ? "window.action.copied" : "diagnosis.window.copy")}
		</button>
	);
}
