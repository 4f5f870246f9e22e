import { useScene } from "../scene.ts";
import { Certificates } from "./certificates.tsx";
import { Choice, Section, TextLine } from "./controls.tsx";
import { ProxyLines, wordsIn } from "./proxy.tsx";
import { ReportKeys } from "./report-keys.tsx";
import { useSettings } from "./use-settings.ts";

const MINUTES = [5, 10, 15, 20, 30, 60];
const ASK_LESS = ["never", "battery", "always"] as const;

/** The way out, and how often it is taken. */
export function Network() {
	const { t } = useScene().words;
	const { settings, change } = useSettings();
	const { intervalMinutes, dnsServers } = settings;
	const intervals = [...new Set([...MINUTES, intervalMinutes])].sort((a, b) => a - b);
	return (
		<Section title={t("settings.network.title")} lead={t("settings.network.lead")}>
			<Choice
				setting="intervalMinutes"
				label={t("settings.network.interval.title")}
				help={t("settings.network.interval.help")}
				value={String(intervalMinutes)}
				options={intervals.map((count) => ({
					value: String(count),
					label: t("settings.network.interval.minutes", { count }),
				}))}
				choose={(minutes) => change({ intervalMinutes: Number(minutes) })}
			/>
			<Choice
				setting="askLess"
				label={t("settings.network.askLess.title")}
				help={t("settings.network.askLess.help")}
				value={settings.askLess}
				options={ASK_LESS.map((value) => ({ value, label: t(`settings.network.askLess.${value}`) }))}
				choose={(askLess) => change({ askLess })}
			/>
			<ProxyLines />
			<Certificates />
			<TextLine
				setting="dnsServers"
				label={t("settings.network.dns.title")}
				help={t("settings.network.dns.help")}
				placeholder={t("settings.network.dns.placeholder")}
				text={dnsServers.join(" ")}
				keep={(text) => change({ dnsServers: wordsIn(text) })}
			/>
			<ReportKeys />
		</Section>
	);
}
