import type { Level } from "./level.ts";
import type { FeatureName, ServiceId, Time } from "./model.ts";
import type { Notice } from "./notice.ts";

/** From `at` on, until the next change of the same feature, this is the level that people were shown. */
export interface LevelChange {
	readonly service: ServiceId;
	readonly feature: FeatureName;
	readonly at: Time;
	readonly level: Level;
}

/** A notice that was decided on, with its number: it counts them over all runs. */
export interface DecidedNotice {
	readonly number: number;
	readonly notice: Notice;
}

/** What came of showing a notice. */
export interface Showing {
	readonly number: number;
	readonly at: Time;
	/** Why it could not be shown, in one plain line; absent where it was. */
	readonly failure?: string;
}
