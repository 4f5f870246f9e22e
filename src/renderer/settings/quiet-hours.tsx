import { useRef } from "preact/hooks";
import type { QuietHours as Hours, QuietWindow } from "../../core/quiet-hours.ts";
import type { SettingsPatch } from "../../ipc/settings.ts";
import { useScene } from "../scene.ts";
import { Choice, Switch } from "./controls.tsx";
import { QuietTime } from "./quiet-window.tsx";
import { useSettings } from "./use-settings.ts";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const NIGHT: QuietWindow = { days: DAYS, from: "22:00", to: "07:00" };
const THROUGH = ["none", "major_outage", "partial_outage", "degraded"] as const;

/** When nothing is shown, and what comes through all the same. */
export function QuietHours() {
	const { t } = useScene().words;
	const { settings, change } = useSettings();
	const { quietHours, ...rest } = settings.notifications;
	// switched off and on again, they are what they were
	const latest = useRef<Hours>({ windows: [NIGHT] });
	latest.current = quietHours ?? latest.current;
	const keep = (hours: Hours | undefined): SettingsPatch => ({
		notifications: { ...rest, ...(hours && { quietHours: hours }) },
	});
	return (
		<>
			<Switch
				setting="notifications"
				label={t("settings.notifications.quiet.title")}
				help={t("settings.notifications.quiet.help")}
				on={quietHours !== undefined}
				turn={(on) => change(keep(on ? latest.current : undefined))}
			/>
			{quietHours && <Windows hours={quietHours} keep={(hours) => change(keep(hours))} />}
		</>
	);
}

interface WindowsProps {
	readonly hours: Hours;
	readonly keep: (hours: Hours) => void;
}

function Windows({ hours, keep }: WindowsProps) {
	const { t } = useScene().words;
	const locked = useSettings().isLocked("notifications");
	const { windows, through, ...rest } = hours;
	const add = useRef<HTMLButtonElement>(null);
	const put = (changed: readonly QuietWindow[]) => keep({ ...hours, windows: changed });
	const remove = (at: number) => {
		add.current?.focus();
		put(windows.toSpliced(at, 1));
	};
	return (
		<div class="sub-settings">
			{windows.map((window, at) => (
				<QuietTime
					key={`${at}`}
					n={at + 1}
					window={window}
					change={(changed) => put(windows.with(at, changed))}
					{...(windows.length > 1 && { remove: () => remove(at) })}
				/>
			))}
			<button ref={add} type="button" disabled={locked} onClick={() => put([...windows, NIGHT])}>
				{t("settings.notifications.quiet.add")}
			</button>
			<Choice
				setting="notifications"
				label={t("settings.notifications.quiet.through")}
				value={through ?? "none"}
				options={THROUGH.map((value) => ({ value, label: t(`settings.notifications.quiet.${value}`) }))}
				choose={(chosen) => keep({ ...rest, windows, ...(chosen !== "none" && { through: chosen }) })}
			/>
		</div>
	);
}
