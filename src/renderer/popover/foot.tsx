import { Icon, type IconName } from "../icon.tsx";
import { useScene } from "../scene.ts";
import type { Progress } from "../seen.ts";
import type { Deed } from "./keys.ts";

interface FootProps {
	readonly progress: Progress | undefined;
	readonly searching: boolean;
	readonly perform: (deed: Deed) => void;
}

/** What can be done about everything at once. */
export function Foot({ progress, searching, perform }: FootProps) {
	const { words } = useScene();
	const checking = progress && words.t("window.checking", { ...progress });
	const quiet = (deed: "search" | "settings" | "help", icon: IconName, expanded?: boolean) => {
		const label = words.t(`window.action.${deed}`);
		return (
			<button
				type="button"
				class="quiet square"
				aria-label={label}
				title={label}
				aria-expanded={expanded}
				onClick={() => perform(deed)}
			>
				<Icon name={icon} />
			</button>
		);
	};
	return (
		<footer class="foot">
			{progress && <progress value={progress.done} max={progress.total} aria-label={checking} />}
			<button type="button" class="primary" onClick={() => perform("me")}>
				{words.t("window.action.me")}
			</button>
			<button type="button" aria-disabled={progress !== undefined} onClick={() => perform("check")}>
				<Icon name="again" />
				{checking ?? words.t("window.action.check")}
			</button>
			<span class="room" />
			{quiet("search", "search", searching)}
			{quiet("help", "help")}
			{quiet("settings", "settings")}
		</footer>
	);
}
