import type { Level } from "./level.ts";
import type { Time } from "./model.ts";

/** A status page of any vendor, in our words. All text is plain, one line, bounded. */
export interface OfficialPage {
	readonly format: string;
	readonly page: { readonly name: string; readonly url?: string };
	/** The page's own word on the whole; judged last, after components and incidents. */
	readonly level: Level;
	/** True where the page has no such word, and `level` is the worst of all that it lists. */
	readonly summed?: true;
	readonly components: readonly OfficialComponent[];
	/** What a component that is not listed counts as, where a page lists only those in trouble; absent means unknown. */
	readonly unlisted?: Level;
	readonly incidents: readonly OfficialIncident[];
	readonly maintenances: readonly OfficialMaintenance[];
	/** Words of the vendor that our tables do not know; each became `unknown`. */
	readonly unknownWords: readonly string[];
}

export interface OfficialComponent {
	readonly id: string;
	readonly name: string;
	readonly group?: string;
	readonly level: Level;
}

export interface OfficialIncident {
	readonly id: string;
	readonly title: string;
	readonly level: Level;
	/** The vendor's own word, such as `investigating`. */
	readonly state: string;
	readonly open: boolean;
	/** Absent where the page gives none. */
	readonly startedAt?: Time;
	readonly updatedAt?: Time;
	/** Ids of the components it names; empty where it names none. */
	readonly components: readonly string[];
}

export interface OfficialMaintenance {
	readonly id: string;
	readonly title: string;
	readonly state: string;
	/** Whether it is going on, as the page says; planned and finished ones are not active. */
	readonly active: boolean;
	readonly from?: Time;
	readonly until?: Time;
	readonly components: readonly string[];
}
