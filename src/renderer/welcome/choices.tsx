import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type { TestResult } from "../../ipc/answers.ts";
import type { SettingsView } from "../../ipc/settings.ts";
import { shownLine } from "../../words/window.ts";
import { useScene } from "../scene.ts";
import { Toggle } from "../settings/controls.tsx";

/** What people are about to choose. */
export interface Wanted {
	readonly services: readonly string[];
	readonly notify: boolean;
	readonly startAtLogin: boolean;
}

interface ChoicesProps {
	readonly view: SettingsView;
	readonly wanted: Wanted;
	readonly want: (wanted: Wanted) => void;
}

/** Whether to be told, tried in place, and whether to start with the computer. */
export function Choices({ view, wanted, want }: ChoicesProps) {
	const { t } = useScene().words;
	const test = useTest();
	return (
		<section class="welcome-choices">
			<Choice
				name="notify"
				on={wanted.notify}
				locked={view.locked.includes("notify")}
				turn={(notify) => want({ ...wanted, notify })}
				{...(test.said !== undefined && { said: test.said })}
			>
				<button type="button" onClick={test.send}>
					{t("welcome.test")}
				</button>
			</Choice>
			<Choice
				name="startAtLogin"
				on={wanted.startAtLogin}
				locked={view.locked.includes("startAtLogin")}
				turn={(startAtLogin) => want({ ...wanted, startAtLogin })}
			/>
		</section>
	);
}

interface ChoiceProps {
	readonly name: "notify" | "startAtLogin";
	readonly on: boolean;
	readonly locked: boolean;
	readonly turn: (on: boolean) => void;
	/** What there is to say in place of what it means. */
	readonly said?: string;
	readonly children?: ComponentChildren;
}

function Choice({ name, on, locked, turn, said, children }: ChoiceProps) {
	const { t } = useScene().words;
	const [label, help] = [useId(), useId()];
	return (
		<div class="setting-line">
			<div class="setting-says">
				<p class="setting-name" id={label}>
					{t(`welcome.${name}`)}
				</p>
				<p class="setting-help" id={help}>
					{said ?? t(locked ? "settings.managed.byOrganisation" : `welcome.${name}Help`)}
				</p>
			</div>
			<div class="setting-acts">
				{children}
				<Toggle on={on} locked={locked} turn={turn} labelledBy={label} describedBy={help} />
			</div>
		</div>
	);
}

/** Shows a notification, and tells what the system said: on some systems that is when it asks whether they may. */
function useTest() {
	const { bridge, words, announce } = useScene();
	const { t } = words;
	const [said, setSaid] = useState<string>();
	const send = async () => {
		const answer: TestResult = await bridge.testNotification().catch(() => ({ shown: false, why: "" }));
		const text = answer.shown
			? t("settings.notifications.test.taken")
			: t("settings.notifications.test.failed", { why: shownLine(answer.why) });
		setSaid(text);
		announce(text);
	};
	return { said, send: () => void send() };
}
