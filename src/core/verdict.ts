import type { ReportsProvider } from "./check.ts";
import type { Failure } from "./failure.ts";
import type { Level } from "./level.ts";
import type { Cause, ServiceId, Time } from "./model.ts";

/** What the evidence says of one feature now. */
export interface Verdict {
	readonly level: Level;
	readonly cause: Cause;
	/** The owner or provider at fault; only with the causes `service` and `upstream`. */
	readonly culprit?: string;
	/** 0 to 1: how sure `level` is, given what was seen. 0 where nothing was. */
	readonly confidence: number;
	readonly standing: Standing;
	/** The weightiest first. */
	readonly reasons: readonly Reason[];
	/** Providers that every failing host sits behind: suspects where unrelated services fail too. */
	readonly suspects: readonly ServiceId[];
}

/**
 * - `none` no evidence that counts · `suspected` something failed and is being proved
 * - `proven` enough to tell people · `settled` well, and quiet long enough to call trouble over
 * - `recovering` well again, but not for long enough
 */
export type Standing = "none" | "suspected" | "proven" | "settled" | "recovering";

/** One ground for a verdict, as data: the wording layer turns it into a sentence. Times are when it was seen. */
export type Reason =
	| {
			readonly kind: "host_fails";
			readonly host: string;
			readonly failure: Failure;
			readonly inRow: number;
			readonly at: Time;
			readonly upstream?: ServiceId;
	  }
	| { readonly kind: "host_passes"; readonly host: string; readonly tookMs: number; readonly at: Time }
	| { readonly kind: "host_refuses_us"; readonly host: string; readonly failure: Failure; readonly at: Time }
	/** It answers, but much more slowly than it does of late: `usualMs` is the middle of its own past. */
	| {
			readonly kind: "host_slow";
			readonly host: string;
			readonly tookMs: number;
			readonly usualMs: number;
			readonly at: Time;
	  }
	| { readonly kind: "not_tried"; readonly host: string; readonly why: string; readonly at: Time }
	| {
			readonly kind: "official";
			readonly page: string;
			readonly level: Level;
			readonly title?: string;
			/** True where the page speaks of the service, not of this feature. */
			readonly whole: boolean;
			readonly at: Time;
	  }
	| { readonly kind: "source_failed"; readonly page: string; readonly failure: Failure; readonly at: Time }
	/** Other people report trouble, against the same hour of other weeks. */
	| {
			readonly kind: "reports";
			readonly perHour: number;
			readonly baseline: number;
			/** Where they come from, as the source names it; empty where it does not say. */
			readonly regions: readonly string[];
			readonly at: Time;
	  }
	/** Somebody who watches from elsewhere says that there is trouble, and does not count. */
	| {
			readonly kind: "noted";
			readonly provider: ReportsProvider;
			readonly regions: readonly string[];
			readonly at: Time;
	  }
	/** It comes and goes: so many changes within that time. */
	| { readonly kind: "unstable"; readonly changes: number; readonly withinMs: Time; readonly at: Time }
	| {
			readonly kind: "also_fails";
			readonly services: readonly ServiceId[];
			readonly provider: ServiceId;
			readonly at: Time;
	  }
	| { readonly kind: "blind"; readonly why: string }
	| { readonly kind: "no_connection"; readonly cause: Cause };
