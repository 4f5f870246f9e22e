import type { ServiceId } from "../../core/model.ts";
import { shownName } from "../../words/window.ts";
import { useScene } from "../scene.ts";
import { watchedServices } from "./chosen-services.ts";
import { Toggle } from "./controls.tsx";
import { type Cell, COLUMNS, isOn, turned } from "./rule-matrix.ts";
import { useSettings } from "./use-settings.ts";

/** Which trouble of which service people hear of, switch by switch, and of the connection. */
export function Matrix() {
	const { words } = useScene();
	const { t } = words;
	const name = useNames();
	const { settings } = useSettings();
	const services = watchedServices(settings).map(({ id }) => id);
	return (
		<div class="matrix-room">
			<table class="matrix">
				<caption>{t("settings.notifications.matrix.title")}</caption>
				<thead>
					<tr>
						<th scope="col">
							<span class="unseen">{t("settings.notifications.matrix.service")}</span>
						</th>
						{COLUMNS.map((column) => (
							<th scope="col" key={column}>
								{t(`settings.notifications.matrix.${column}`)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{services.map((service) => (
						<Row key={service} service={service} name={name(service)} />
					))}
					<Row name={t("settings.notifications.matrix.connection")} />
				</tbody>
			</table>
			<p class="help-text">{t("settings.notifications.matrix.slow")}</p>
			<p class="help-text">{t("settings.notifications.matrix.shared")}</p>
		</div>
	);
}

interface RowProps {
	/** The connection where absent: it is lost or back, and nothing between. */
	readonly service?: ServiceId;
	readonly name: string;
}

function Row({ service, name }: RowProps) {
	const { t } = useScene().words;
	const { settings, isLocked, change } = useSettings();
	const { notifications } = settings;
	const { rules } = notifications;
	const turn = (cell: Cell) => (on: boolean) =>
		change({ notifications: { ...notifications, rules: turned(rules, cell, on) } });
	return (
		<tr>
			<th scope="row">{name}</th>
			{COLUMNS.map((column) => {
				if (service === undefined && (column === "partial_outage" || column === "degraded")) return <td key={column} />;
				const cell: Cell = { column, ...(service !== undefined && { service }) };
				const what = t(`settings.notifications.matrix.${column}`);
				return (
					<td key={column}>
						<Toggle
							label={t("settings.notifications.matrix.cell", { service: name, what })}
							on={isOn(rules, cell)}
							locked={isLocked("notifications") || !settings.notify}
							turn={turn(cell)}
						/>
					</td>
				);
			})}
		</tr>
	);
}

/** A service's name as the app knows it, or as people called it. */
export function useNames(): (service: ServiceId) => string {
	const { names } = useScene();
	const { settings } = useSettings();
	return (service) => names[service] ?? shownName(settings.own.find(({ id }) => id === service)?.name ?? service);
}
