import type { QuietWindow } from "../../core/quiet-hours.ts";
import { useScene } from "../scene.ts";
import { useSettings } from "./use-settings.ts";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const DAY_MS = 24 * 3_600_000;
/** At noon UTC: the same day nearly everywhere. */
const A_MONDAY = Date.UTC(2026, 0, 5, 12);

interface QuietWindowProps {
	/** Which one it is, from 1 on. */
	readonly n: number;
	readonly window: QuietWindow;
	readonly change: (window: QuietWindow) => void;
	/** Absent for the last one. */
	readonly remove?: () => void;
}

/** From when to when it is quiet, and on which days. */
export function QuietTime({ n, window, change, remove }: QuietWindowProps) {
	const { t } = useScene().words;
	const locked = useSettings().isLocked("notifications");
	const { from, to } = window;
	return (
		<fieldset class="quiet-time" disabled={locked}>
			<legend class="unseen">{t("settings.notifications.quiet.window", { n })}</legend>
			<div class="times">
				<TimeOfDay
					label={t("settings.notifications.quiet.from")}
					time={from}
					choose={(at) => change({ ...window, from: at })}
				/>
				<TimeOfDay
					label={t("settings.notifications.quiet.to")}
					time={to}
					choose={(at) => change({ ...window, to: at })}
				/>
				{to <= from && <small>{t("settings.notifications.quiet.nextDay")}</small>}
				{remove && (
					<button type="button" class="quiet" onClick={remove}>
						{t("settings.notifications.quiet.remove", { n })}
					</button>
				)}
			</div>
			<Days days={window.days} choose={(days) => change({ ...window, days })} />
		</fieldset>
	);
}

interface TimeOfDayProps {
	readonly label: string;
	readonly time: string;
	readonly choose: (time: string) => void;
}

function TimeOfDay({ label, time, choose }: TimeOfDayProps) {
	return (
		<label>
			{label}
			<input
				type="time"
				value={time}
				onChange={({ currentTarget }) => {
					// emptied, it goes back to what it was
					if (currentTarget.value === "") currentTarget.value = time;
					else choose(currentTarget.value.slice(0, 5));
				}}
			/>
		</label>
	);
}

interface DaysProps {
	readonly days: QuietWindow["days"];
	readonly choose: (days: QuietWindow["days"]) => void;
}

/** At least one of them. */
function Days({ days, choose }: DaysProps) {
	const { language, t } = useScene().words;
	const short = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
	return (
		<fieldset class="days">
			<legend class="unseen">{t("settings.notifications.quiet.days")}</legend>
			{DAYS.map((day, index) => {
				const on = days.includes(day);
				return (
					<label key={day}>
						<input
							type="checkbox"
							checked={on}
							disabled={on && days.length === 1}
							onChange={() => choose(DAYS.filter((each) => (each === day ? !on : days.includes(each))))}
						/>
						{short.format(A_MONDAY + index * DAY_MS)}
					</label>
				);
			})}
		</fieldset>
	);
}
