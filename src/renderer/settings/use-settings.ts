import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { AppSettings, SettingsPatch, SettingsView } from "../../ipc/settings.ts";

/** The settings in force, and the way to change them. */
export interface SettingsHand {
	readonly view: SettingsView;
	readonly settings: AppSettings;
	/** Chosen by whoever set this computer up. */
	readonly isLocked: (key: keyof AppSettings) => boolean;
	/** Resolves to why nothing was changed, a sentence each; to none where all of it was. */
	readonly change: (patch: SettingsPatch) => Promise<readonly string[]>;
}

export const SettingsContext = createContext<SettingsHand | undefined>(undefined);

export function useSettings(): SettingsHand {
	const hand = useContext(SettingsContext);
	if (!hand) throw new Error("expected settings around every section");
	return hand;
}
