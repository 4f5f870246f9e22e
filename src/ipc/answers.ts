import type { SourceFormat } from "../core/check.ts";
import type { CheckViews } from "../core/check-views.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import type { LayerReport } from "../core/diagnosis-layers.ts";
import type { Phases, ProbeOutcome } from "../core/evidence.ts";
import type { Failure } from "../core/failure.ts";
import type { LevelChange } from "../core/history.ts";
import type { Incident } from "../core/incidents.ts";
import type { Level } from "../core/level.ts";
import type { CheckId, FeatureName, ServiceId, Time } from "../core/model.ts";
import type { Lag, SourceHealth } from "../core/source-health.ts";

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

/** What a status page says now; at most 300 of its parts, and 20 incidents that go on. Names and titles are plain, one line, bounded. */
export type PageFound =
	| {
			readonly kind: "page";
			readonly name: string;
			readonly format: SourceFormat;
			/** Where it was read, after redirects. */
			readonly url: string;
			readonly level: Level;
			readonly parts: readonly PagePart[];
			/** How many more parts it has. */
			readonly further: number;
			readonly incidents: readonly { readonly title: string; readonly level: Level }[];
	  }
	/** `asked` is false where the address itself is none to be asked. */
	| { readonly kind: "failed"; readonly failure: Failure; readonly asked: boolean };

export interface PagePart {
	/** What it is known by in `SourceSpec.components`. */
	readonly key: string;
	readonly name: string;
	readonly level: Level;
}

/** What one run of a probe gave. */
export interface ProbeTry {
	readonly outcome: ProbeOutcome;
	readonly tookMs: Time;
}

/** A diagnosis and how it came about. */
export interface Examination {
	readonly startedAt: Time;
	readonly at: Time;
	/** From this computer outwards. */
	readonly layers: readonly LayerReport[];
	readonly diagnosis: Diagnosis;
	/** All of it as text to hand on, without addresses and without the names of the computer, its user and its Wi-Fi. */
	readonly report: string;
}

/** The worst that was shown during one step; `gap` where nobody looked: the app was not running, or there was no connection. */
export type Band = Level | "gap";

/** What was seen of a service: in the last 24 hours, in 24 steps that end now, or in the steps of a span; oldest first. */
export interface ServiceBars {
	readonly service: ServiceId;
	readonly bands: readonly Band[];
}

export const SPANS = ["day", "week", "month", "quarter"] as const;
export type Span = (typeof SPANS)[number];

/** What was seen of a service; empty where no history is kept. */
export interface ServiceHistory {
	readonly service: ServiceId;
	readonly from: Time;
	readonly until: Time;
	/** Where the steps of the bands begin, oldest first, and at last where the one ends that goes on now; days begin at midnight. */
	readonly edges: readonly Time[];
	/** The width of a point, ms. */
	readonly stepMs: Time;
	readonly features: readonly FeatureHistory[];
	/** Those that touched the service, oldest first. */
	readonly incidents: readonly Incident[];
}

export interface FeatureHistory {
	readonly feature: FeatureName;
	/** Changes, oldest first, beginning with the one in force at `from`, where it is known. */
	readonly levels: readonly LevelChange[];
	/** One for each step. */
	readonly bands: readonly Band[];
	/** The share of the time that it worked, 0 to 1: of what was seen, without planned work; absent where nothing was. */
	readonly uptime?: number;
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
	/** Of the answered runs, ms; both absent where there was none. */
	readonly averageMs?: number;
	readonly worstMs?: number;
	/** What the average is made of, ms; a step that took no time is absent. */
	readonly phases: Phases;
}

/** Everything that a service is judged by, and how well it can be seen. */
export interface ServiceChecks extends CheckViews {
	/** How late each of its official pages is, by the check, where that has been measured. */
	readonly lags: Readonly<Record<CheckId, Lag>>;
	/** How well each of them can be read, by the check. */
	readonly health: Readonly<Record<CheckId, SourceHealth>>;
}

/** What people keep of what a page shows. */
export interface FileToSave {
	/** Without its ending. */
	readonly name: string;
	readonly type: FileType;
	/** Text; of a picture, its bytes in base64. */
	readonly content: string;
}

export const FILE_TYPES = ["csv", "json", "md", "png"] as const;
export type FileType = (typeof FILE_TYPES)[number];

export type SaveResult = { readonly kind: "saved" | "cancelled" } | { readonly kind: "failed"; readonly why: string };

/** Whether the system took a notification; that it was seen, nobody can know. */
export type TestResult = { readonly shown: true } | { readonly shown: false; readonly why: string };

/** What is kept on this computer. */
export interface KeptData {
	readonly folder: string;
	/** Of the history on disk. */
	readonly bytes: number;
	/** When the oldest of it was seen; absent where there is none. */
	readonly oldest?: Time;
}

export const FOLDERS = ["data", "log"] as const;
export type Folder = (typeof FOLDERS)[number];

/** What the app is made of, and what it takes. */
export interface AppFacts {
	readonly version: string;
	readonly electron: string;
	readonly chromium: string;
	readonly node: string;
	readonly system: string;
	readonly startedAt: Time;
	/** Of all its processes now. What they share is counted with each of them. */
	readonly memoryBytes: number;
	/** Time of one processor core that its processes have taken since each of them began, ms. */
	readonly cpuMs: number;
	/** Of the last 24 hours; absent where no history is kept. */
	readonly checksToday?: number;
}

/** What the app is, and what troubles it. */
export interface AppHealth {
	readonly version: string;
	readonly platform: "windows" | "macos" | "linux";
	/** This system shows no notifications at all. */
	readonly mute?: true;
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
