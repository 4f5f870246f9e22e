import type { Diagnosis } from "../core/diagnosis.ts";
import type { LayerReport } from "../core/diagnosis-layers.ts";
import type { LevelChange } from "../core/history.ts";
import type { Incident } from "../core/incidents.ts";
import type { FeatureName, ServiceId, Time } from "../core/model.ts";

/** A service as a list for choosing shows it. */
export interface CatalogueEntry {
	readonly id: ServiceId;
	readonly name: string;
	/** Who runs it. */
	readonly owner: string;
	readonly kind: "service" | "provider";
	/** Other names that people may type. */
	readonly aliases: readonly string[];
	readonly features: readonly FeatureName[];
	readonly category?: string;
	/** Where it is used, as two-letter codes, if not everywhere. */
	readonly regions: readonly string[];
	readonly own: boolean;
}

/** A diagnosis and how it came about. */
export interface Examination {
	readonly startedAt: Time;
	readonly at: Time;
	/** From this computer outwards. */
	readonly layers: readonly LayerReport[];
	readonly diagnosis: Diagnosis;
}

export const SPANS = ["day", "week", "month", "year"] as const;
export type Span = (typeof SPANS)[number];

/** What was seen of a service; empty where no history is kept. */
export interface ServiceHistory {
	readonly service: ServiceId;
	readonly from: Time;
	readonly until: Time;
	/** The width of a point, ms. */
	readonly stepMs: Time;
	readonly features: readonly FeatureHistory[];
	/** Those that touched the service, oldest first. */
	readonly incidents: readonly Incident[];
}

interface FeatureHistory {
	readonly feature: FeatureName;
	/** Changes, oldest first, beginning with the one in force at `from`, where it is known. */
	readonly levels: readonly LevelChange[];
	/** Oldest first; where nothing was asked there is none. */
	readonly points: readonly HistoryPoint[];
}

/** What the probes of a feature saw from `at` on, for one step. */
export interface HistoryPoint {
	readonly at: Time;
	readonly ok: number;
	readonly failed: number;
	/** Answered with a refusal: up, and nothing known of the feature. */
	readonly blocked: number;
	/** Of the answered runs, ms; absent where there was none. */
	readonly averageMs?: number;
}

/** Whether the system took a notification; that it was seen, nobody can know. */
export type TestResult = { readonly shown: true } | { readonly shown: false; readonly why: string };

/** What the app is, and what troubles it. */
export interface AppHealth {
	readonly version: string;
	readonly platform: "windows" | "macos" | "linux";
	/** The newest of each kind, the newest first. */
	readonly troubles: readonly Trouble[];
}

/** A part of the app that did not work when it was last tried. */
export interface Trouble {
	readonly part: AppPart;
	readonly at: Time;
	/** One plain line, without personal data. */
	readonly why: string;
}

export type AppPart =
	| "tray"
	| "notifications"
	| "history"
	| "settings"
	| "keys"
	| "shortcut"
	| "autostart"
	| "updates"
	| "network";
