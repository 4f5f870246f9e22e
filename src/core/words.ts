import type { ControlKind } from "./check.ts";
import type { Failure, FailureKind } from "./failure.ts";
import type { Level, Problem } from "./level.ts";
import type { Cause, FeatureName } from "./model.ts";

/** The shape of each level: it carries the meaning where colour does not. */
export const SHAPES: Readonly<Record<Level, string>> = {
	unknown: "◌",
	operational: "●",
	maintenance: "◆",
	degraded: "▲",
	partial_outage: "▲",
	major_outage: "■",
};

export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
	unknown: "cannot tell",
	operational: "works",
	maintenance: "planned work",
	degraded: "unreliable",
	partial_outage: "partly down",
	major_outage: "down",
};

export const FEATURE_WORDS: Readonly<Record<FeatureName, string>> = {
	messaging: "messages",
	media: "pictures",
	feed: "feed",
	publishing: "posting",
	stories: "stories",
	calls: "calls",
	login: "signing in",
	ads: "ads",
	search: "search",
	push: "notifications",
	web: "website",
	api: "API",
	dns: "names (DNS)",
};

/** What a control tries. */
export const CONTROL_WORDS: Readonly<Record<ControlKind, string>> = {
	http: "web",
	dns: "name",
	ip: "address",
	doh: "DNS over HTTPS",
};

/** What people cannot do, per feature and level. */
export const TROUBLE: Readonly<Record<FeatureName, Readonly<Record<Problem, string>>>> = {
	messaging: trouble(
		"Messages are not getting through",
		"Messages get through only at times",
		"Messages are unreliable",
	),
	media: trouble(
		"Photos and videos are not loading",
		"Photos and videos load only at times",
		"Photos and videos are unreliable",
	),
	feed: trouble("Feeds are not loading", "Feeds load only at times", "Feeds are unreliable"),
	publishing: trouble("Posting does not work", "Posting works only at times", "Posting is unreliable"),
	stories: trouble("Stories are not loading", "Stories load only at times", "Stories are unreliable"),
	calls: trouble("Calls do not connect", "Calls connect only at times", "Calls are unreliable"),
	login: trouble("Signing in does not work", "Signing in works only at times", "Signing in is unreliable"),
	ads: trouble("Ads are not loading", "Ads load only at times", "Ads are unreliable"),
	search: trouble("Search does not work", "Search works only at times", "Search is unreliable"),
	push: trouble("Notifications are not arriving", "Notifications arrive only at times", "Notifications are unreliable"),
	web: trouble("The website does not open", "The website opens only at times", "The website is unreliable"),
	api: trouble("The API does not answer", "The API answers only at times", "The API is unreliable"),
	dns: trouble("Names are not found", "Names are found only at times", "Finding names is unreliable"),
};

function trouble(major_outage: string, partial_outage: string, degraded: string): Record<Problem, string> {
	return { major_outage, partial_outage, degraded };
}

const FAILURE_WORDS: Readonly<Record<FailureKind, string>> = {
	timeout: "no answer in time",
	refused: "connection refused",
	reset: "connection broken off",
	unreachable: "no way to reach it",
	dns_nxdomain: "the name does not exist",
	dns_servfail: "the name cannot be looked up",
	dns_timeout: "no answer when looking up the name",
	tls_untrusted: "its certificate cannot be trusted",
	tls_failed: "no secure connection",
	http: "an error",
	unreadable: "an answer that makes no sense",
};

/** A failure in a few words, such as `error 503`. */
export function failureWords({ kind, status }: Failure): string {
	return kind === "http" && status !== undefined ? `error ${status}` : FAILURE_WORDS[kind];
}

/** Whose trouble it is, where it is nobody's service. */
export const LOCAL_TROUBLE: Readonly<Record<Exclude<Cause, "service" | "upstream">, string>> = {
	device: "This computer has no network",
	network: "This network has no Internet",
	captive_portal: "This network wants you to log in first",
	dns: "This network cannot look up names",
	proxy: "The proxy does not let anything through",
	isp: "Your Internet provider has trouble",
	unknown: "There is no connection",
};
