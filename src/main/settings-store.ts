import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { AppSettings, SettingsPatch, SettingsView } from "../ipc/settings.ts";
import { layered } from "./layered.ts";
import { CHOICES, DEFAULT_APP_SETTINGS } from "./settings-shape.ts";

/** Where the user's choices are kept: electron-store, or anything that holds one JSON object. */
export interface Kept {
	read(): unknown;
	/** Throws where it cannot be written. */
	write(choices: Stored): void;
	/** Puts a copy of what is there beside it, before anything is written over it. */
	setAside(): void;
}

/** What is on disk: the version of its shape, and only what the user has chosen. */
interface Stored {
	readonly version: 1;
	readonly settings: SettingsPatch;
}

/** What whoever set this computer up has chosen. */
export interface Policy {
	readonly suggested: SettingsPatch;
	readonly locked: SettingsPatch;
	/** Where that is written, as people find it. */
	readonly source?: string;
}

const stored = z.object({ version: z.literal(1), settings: z.record(z.string(), z.unknown()) });

/** The settings in force, read through one function, changed whole or not at all. */
export class SettingsStore {
	readonly #kept: Kept;
	readonly #policy: Policy;
	readonly #onTrouble: (error: unknown) => void;
	readonly #onWritable: () => void;
	#user: SettingsPatch;
	#unwritten = false;

	/** `onWritable` is told once they can be written again. */
	constructor(kept: Kept, policy: Policy, onTrouble: (error: unknown) => void, onWritable = () => {}) {
		this.#kept = kept;
		this.#policy = policy;
		this.#onTrouble = onTrouble;
		this.#onWritable = onWritable;
		this.#user = this.#load();
	}

	current(): AppSettings {
		return this.#inForce(this.#user);
	}

	locked(): readonly (keyof AppSettings)[] {
		return Object.keys(this.#policy.locked) as (keyof AppSettings)[];
	}

	/** A sentence for each reason why nothing was changed; none where all of it was. `objections` has the last word on the whole. */
	change(
		patch: Readonly<Record<string, unknown>>,
		objections: (next: AppSettings) => readonly string[],
	): readonly string[] {
		const { next, problems } = this.#considered(patch, objections);
		if (problems.length > 0) return problems;
		try {
			this.#kept.write({ version: 1, settings: next });
		} catch (error) {
			this.#unwritten = true;
			this.#onTrouble(error);
			return ["the settings could not be written"];
		}
		if (this.#unwritten) this.#onWritable();
		this.#unwritten = false;
		this.#user = next;
		return [];
	}

	/** What of it would change something, and a sentence for each reason why it could not be. What is locked is left out. */
	tried(
		patch: Readonly<Record<string, unknown>>,
		objections: (next: AppSettings) => readonly string[],
	): {
		readonly patch: SettingsPatch;
		readonly locked: readonly (keyof AppSettings)[];
		readonly problems: readonly string[];
	} {
		const locked = this.locked().filter((key) => Object.hasOwn(patch, key));
		const free = Object.fromEntries(Object.entries(patch).filter(([key]) => !locked.some((each) => each === key)));
		const { good, problems } = this.#considered(free, objections);
		const now = this.current();
		const differs = ([key, value]: readonly [string, unknown]) =>
			!isDeepStrictEqual(value, now[key as keyof AppSettings]);
		return { patch: Object.fromEntries(Object.entries(good).filter(differs)), locked, problems };
	}

	/** Absent where nobody but the user sets anything. */
	managed(): SettingsView["managed"] {
		const { suggested, locked, source = "" } = this.#policy;
		const keys = Object.keys(suggested) as (keyof AppSettings)[];
		return keys.length + Object.keys(locked).length > 0 ? { source, suggested: keys } : undefined;
	}

	#considered(
		patch: Readonly<Record<string, unknown>>,
		objections: (next: AppSettings) => readonly string[],
	): { readonly good: SettingsPatch; readonly next: SettingsPatch; readonly problems: readonly string[] } {
		const { good, problems } = understood(patch);
		const locked = new Set<string>(this.locked());
		const refused = Object.keys(good).filter((key) => locked.has(key));
		const all = [...problems, ...refused.map((key) => `${key}: set for this computer, and not to be changed`)];
		const next = { ...this.#user, ...good };
		return { good, next, problems: all.length > 0 ? all : objections(this.#inForce(next)) };
	}

	#inForce(user: SettingsPatch): AppSettings {
		const { suggested, locked } = this.#policy;
		return layered({ defaults: DEFAULT_APP_SETTINGS, suggested, user, locked });
	}

	/** What can be used of what is there. The rest is set aside, never lost in silence. */
	#load(): SettingsPatch {
		const raw = this.#kept.read();
		if (raw === undefined) return {};
		const whole = stored.safeParse(raw);
		const { good, problems } = whole.success
			? understood(whole.data.settings)
			: { good: {}, problems: ["not a settings file of this version"] };
		if (problems.length > 0) {
			this.#kept.setAside();
			this.#onTrouble(new Error(`set aside: ${problems.join("; ")}`));
		}
		return good;
	}
}

/** The choices in the text of a settings file; `undefined` where it is none of this version. */
export function choicesIn(text: string): Readonly<Record<string, unknown>> | undefined {
	try {
		return stored.parse(JSON.parse(text)).settings;
	} catch {
		return undefined;
	}
}

/** Each choice by itself: one that cannot be used takes no other with it. */
function understood(choices: Readonly<Record<string, unknown>>): { good: SettingsPatch; problems: string[] } {
	const good: Record<string, unknown> = {};
	const problems: string[] = [];
	for (const [key, value] of Object.entries(choices)) {
		if (!isChoice(key)) {
			problems.push(`${key.slice(0, 40)}: no such setting`);
			continue;
		}
		const checked = CHOICES[key].safeParse(value);
		if (checked.success) good[key] = checked.data;
		else problems.push(`${key}: ${checked.error.issues.map(({ message }) => message).join(", ")}`);
	}
	return { good, problems };
}

function isChoice(key: string): key is keyof AppSettings {
	return Object.hasOwn(CHOICES, key);
}
