import type { ControlKind, Family, ReportsProvider } from "./check.ts";
import type { Failure, Phase } from "./failure.ts";
import type { CheckId, FeatureName, ServiceId, Time } from "./model.ts";
import type { OfficialPage } from "./official.ts";

/** How long each step took, in ms with fractions; a step that did not happen is absent. */
export type Phases = Readonly<Partial<Record<Phase, number>>>;

interface EvidenceBase {
	readonly checkId: CheckId;
	readonly startedAt: Time;
	/** When the run ended: what freshness counts from. */
	readonly at: Time;
}

/** What one run of a probe saw. */
export interface ProbeEvidence extends EvidenceBase {
	readonly kind: "probe";
	readonly service: ServiceId;
	readonly feature: FeatureName;
	readonly host: string;
	readonly outcome: ProbeOutcome;
	readonly phases: Phases;
	/** The address that was talked to, as text. */
	readonly address?: string;
	/** The provider that the catalogue says this host sits behind. */
	readonly upstream?: ServiceId;
	/** The provider whose edge signature the answer carried, whatever the catalogue says. */
	readonly edge?: ServiceId;
	/** The HTTP status, where one came. */
	readonly status?: number;
	/** True where the run went through a proxy. */
	readonly proxied?: boolean;
	/** The family of `address`; absent behind a proxy, which chooses for itself. */
	readonly family?: Family;
	/** Of the server, where there was one, whether or not it verified. */
	readonly certificate?: Certificate;
}

export interface Certificate {
	/** Who issued it, as it says itself. */
	readonly issuer: string;
	/** Whole days until it expires; below 0 where it has. */
	readonly daysLeft: number;
}

export type ProbeOutcome =
	| { readonly kind: "ok" }
	| { readonly kind: "failed"; readonly failure: Failure }
	/** The host answered and refused us (403, 429, a challenge): it is up, and says nothing about the feature. */
	| { readonly kind: "blocked"; readonly failure: Failure }
	/** The probe could not be run as meant (no route through the proxy): not counted. */
	| { readonly kind: "skipped"; readonly why: string };

/** What one reading of an official source gave. */
export interface SourceEvidence extends EvidenceBase {
	readonly kind: "source";
	readonly service: ServiceId;
	readonly outcome: SourceOutcome;
	/** What the server asked for (`Cache-Control: max-age`, `<ttl>`): not before this many ms. */
	readonly askAgainAfterMs?: number;
}

export type SourceOutcome =
	/** `fresh` is false when the server said "not modified" and the page is the one read before. */
	| {
			readonly kind: "read";
			readonly page: OfficialPage;
			readonly fresh: boolean;
			/** Where the page has moved for good, as its old address says. */
			readonly movedTo?: string;
	  }
	| { readonly kind: "failed"; readonly failure: Failure };

/** What one reading of other people's reports gave. */
export interface ReportsEvidence extends EvidenceBase {
	readonly kind: "reports";
	readonly service: ServiceId;
	readonly provider: ReportsProvider;
	readonly outcome: ReportsOutcome;
	/** Not before this many ms. */
	readonly askAgainAfterMs?: number;
}

export type ReportsOutcome =
	| {
			readonly kind: "counted";
			/** Reports, at the pace of now. */
			readonly perHour: number;
			/** What the provider takes for usual at this hour. */
			readonly baseline: number;
			/** What most of the reports are about, as far as the provider says. */
			readonly features?: readonly FeatureName[];
			/** Where they come from, as the provider names it; empty where it does not say. */
			readonly regions: readonly string[];
	  }
	/** The provider says whether there is trouble, and does not count. */
	| { readonly kind: "noted"; readonly trouble: boolean; readonly regions: readonly string[] }
	| { readonly kind: "failed"; readonly failure: Failure };

/** What one run of a control saw. */
export interface ControlEvidence extends EvidenceBase {
	readonly kind: "control";
	readonly vendor: string;
	readonly control: ControlKind;
	readonly outcome: ControlOutcome;
	readonly phases: Phases;
}

export type ControlOutcome =
	| { readonly kind: "ok" }
	/** Something answered in the vendor's place: a login page or a redirect to one. */
	| { readonly kind: "portal"; readonly detail: string }
	| { readonly kind: "failed"; readonly failure: Failure };

export type Evidence = ProbeEvidence | SourceEvidence | ReportsEvidence | ControlEvidence;
