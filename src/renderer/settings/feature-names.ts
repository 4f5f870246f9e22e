import type { FeatureName } from "../../core/model.ts";

const ALL = {
	messaging: true,
	media: true,
	feed: true,
	publishing: true,
	stories: true,
	calls: true,
	login: true,
	ads: true,
	search: true,
	push: true,
	web: true,
	api: true,
	dns: true,
} satisfies Record<FeatureName, true>;

/** Every feature that a service may have. */
export const FEATURE_NAMES = Object.keys(ALL) as readonly FeatureName[];
