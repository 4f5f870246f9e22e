import { useState } from "preact/hooks";
import type { AppHealth, TestResult } from "../../ipc/answers.ts";
import { shownLine } from "../../words/window.ts";
import type { Words } from "../../words/words.ts";
import { useScene } from "../scene.ts";
import { Line } from "./controls.tsx";
import { useHealth } from "./use-health.ts";

/** Sends a notification, and says what the system said. */
export function TryIt() {
	const { bridge, words, announce } = useScene();
	const { t } = words;
	const health = useHealth();
	const [result, setResult] = useState<TestResult | "sending">();
	const send = async () => {
		setResult("sending");
		const answer = await bridge.testNotification();
		setResult(answer);
		announce(outcomeOf(answer, words));
	};
	const said = result === undefined || result === "sending" ? permissionOf(health, words) : outcomeOf(result, words);
	return (
		<Line label={t("settings.notifications.test.title")} help={said}>
			<button type="button" disabled={health?.mute === true} onClick={() => void send()}>
				{t(`settings.notifications.test.${result === "sending" ? "sending" : "send"}`)}
			</button>
		</Line>
	);
}

/** What can be known without a try: systems do not tell whether people have allowed notifications. */
function permissionOf(health: AppHealth | undefined, { t }: Words): string {
	if (!health) return "";
	if (health.mute) return t("settings.notifications.test.mute");
	const refused = health.troubles.find(({ part }) => part === "notifications");
	const said = refused
		? t("settings.notifications.test.refused", { why: shownLine(refused.why) })
		: t("settings.notifications.test.unsaid");
	return `${said} ${t(`settings.notifications.test.where.${health.platform}`)}`;
}

function outcomeOf(result: TestResult, { t }: Words): string {
	return result.shown
		? t("settings.notifications.test.taken")
		: t("settings.notifications.test.failed", { why: shownLine(result.why) });
}
