import type { SettingsView } from "../../../src/ipc/settings.ts";
import { DEFAULT_APP_SETTINGS } from "../../../src/main/settings-shape.ts";
import { CATALOGUE } from "./catalogue.ts";
import type { Answers, Scenes, WindowScene } from "./scenes.ts";
import { STATES } from "./states.ts";

function scene(more: Partial<SettingsView> = {}, answers: Answers = {}): WindowScene {
	const settings = { settings: DEFAULT_APP_SETTINGS, locked: [], keys: [], ...more };
	return {
		given: STATES.calm(),
		answers: { settings, catalogue: CATALOGUE, testNotification: { shown: true }, ...answers },
	};
}

const HOSTILE = `<img src=x onerror=alert(1)> \u202Etxt.exe ${"long ".repeat(60)}`;

export const WELCOME: Scenes = {
	first: () => scene(),
	managed: () => scene({ locked: ["services", "startAtLogin"] }),
	mute: () => scene({}, { testNotification: { shown: false, why: "org.freedesktop.Notifications was not provided" } }),
	refusing: () =>
		scene(
			{},
			{
				changeSettings: {
					view: { settings: DEFAULT_APP_SETTINGS, locked: [], keys: [] },
					problems: ["the settings could not be written"],
				},
			},
		),
	hostile: () =>
		scene({}, { catalogue: [{ ...CATALOGUE[0], id: "whatsapp", name: HOSTILE } as never, ...CATALOGUE.slice(1)] }),
	lost: () => ({ given: STATES.lost() }),
};
