import type { Level } from "./level.ts";
import type { FeatureName, ServiceId, Time } from "./model.ts";

/** From `at` on, until the next change of the same feature, this is the level that people were shown. */
export interface LevelChange {
	readonly service: ServiceId;
	readonly feature: FeatureName;
	readonly at: Time;
	readonly level: Level;
}
