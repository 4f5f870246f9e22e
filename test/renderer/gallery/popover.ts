import type { FeatureName } from "../../../src/core/model.ts";
import type { Band, CatalogueEntry, ServiceBars } from "../../../src/ipc/answers.ts";
import type { SettingsView } from "../../../src/ipc/settings.ts";
import { DEFAULT_APP_SETTINGS } from "../../../src/main/settings-shape.ts";
import type { Answers, Scenes } from "./scenes.ts";
import { type Given, STATES } from "./states.ts";

/** A day that was well, with an hour or two that were not for some, and two without a connection. */
function barsOf(given: Given): readonly ServiceBars[] {
	if (typeof given === "string") return [];
	return given.services.map(({ id, level }, index) => {
		const bands = Array.from({ length: 24 }, (_, hour): Band => {
			if (hour === 7 || hour === 8) return "gap";
			if (hour === 23) return level;
			if (index % 3 === 1 && (hour === 15 || hour === 16)) return hour === 15 ? "degraded" : "major_outage";
			return index % 5 === 4 && hour < 3 ? "unknown" : "operational";
		});
		return { service: id, bands };
	});
}

const KNOWN: readonly (readonly [id: string, name: string, owner: string, ...aliases: string[]])[] = [
	["whatsapp", "WhatsApp", "Meta"],
	["instagram", "Instagram", "Meta", "IG"],
	["telegram", "Telegram", "Telegram"],
	["signal", "Signal", "Signal Foundation"],
	["teams", "Microsoft Teams", "Microsoft"],
	["telekom", "Telekom", "Deutsche Telekom"],
	["tele2", "Télé2", "Tele2"],
	["vimeo", "Vimeo", "Bending Spoons"],
];

const CATALOGUE = KNOWN.map(([id, name, owner, ...aliases]): CatalogueEntry => {
	const features: FeatureName[] = ["web"];
	return { id, name, owner, kind: "service", aliases, features, regions: [], own: false };
});

export function answersFor(given: Given, more: Partial<SettingsView> = {}): Answers {
	const services = typeof given === "string" ? [] : given.services.map(({ id }) => ({ id }));
	const settings = { settings: { ...DEFAULT_APP_SETTINGS, services }, locked: [], keys: [], ...more };
	return { bars: barsOf(given), catalogue: CATALOGUE, settings };
}

/** Every state, and what differs by more than what is seen. */
export const POPOVER: Scenes = {
	...Object.fromEntries(
		Object.entries(STATES).map(([name, state]) => {
			const given = state();
			return [name, () => ({ given, answers: answersFor(given) })];
		}),
	),
	managed: () => {
		const given = STATES.calm();
		return { given, answers: answersFor(given, { locked: ["services"] }) };
	},
	refusing: () => {
		const given = STATES.calm();
		const answers = answersFor(given);
		const view = answers.settings;
		const problems = ["services: at most 10 may be watched."];
		return { given, answers: { ...answers, ...(view && { changeSettings: { view, problems } }) } };
	},
	"no-history": () => {
		const given = STATES.calm();
		return { given, answers: { ...answersFor(given), bars: [] } };
	},
};
