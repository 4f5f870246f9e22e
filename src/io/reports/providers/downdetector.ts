import { z } from "zod";
import type { FeatureName } from "../../../core/model.ts";
import { spikeOf } from "../../../core/reports.ts";
import { Unreadable } from "../../sources/source.ts";
import { isNamed, placesIn } from "../names.ts";
import { LIST_LIMIT, type Reading, type Reports, type Subject } from "../provider.ts";

const BASE = "https://downdetectorapi.com/v2";
/** Tokens are good for an hour; this is a little less. */
const TOKEN_MS = 55 * 60_000;
/** Its counts are of quarters of an hour. */
const QUARTERS = 4;
/** What fewer of the reports are about is not what is broken. */
const NAMED_SHARE = 20;
/** Of companies that are listed for several countries, this one's page has most readers. */
const FIRST_COUNTRY = "US";

const amount = z.number().min(0);
const token = z.object({ access_token: z.string().min(1).max(4096) });
const companies = z
	.array(
		z.object({
			id: z.union([z.number(), z.string().max(40)]).transform(String),
			name: z.string(),
			slug: z.string().nullish(),
			country_iso: z.string().nullish(),
		}),
	)
	.transform((list) => list.slice(0, LIST_LIMIT));
/** Counts are numbers, or numbers with the moment they belong to. */
const counts = z
	.array(z.union([amount, z.object({ value: amount }), z.object({ total: amount }), z.object({ count: amount })]))
	.min(1)
	.transform((list) => list.slice(-LIST_LIMIT).map((each) => (typeof each === "number" ? each : valueIn(each))));
const company = z.object({
	stats_24: counts,
	baseline_current: amount.nullish(),
	country_iso: z.string().nullish(),
});
const indicators = z
	.array(z.object({ slug: z.string().nullish(), indicator: z.string().nullish(), percentage: amount }))
	.transform((list) => list.slice(0, LIST_LIMIT));

/** Which feature the words of an indicator mean; what no line means names none. */
const WORDS: readonly (readonly [RegExp, FeatureName])[] = [
	[/log.?in|sign.?in|account|password/i, "login"],
	[/messag|chat|sending|receiving|direct/i, "messaging"],
	[/stor(?:y|ies)/i, "stories"],
	[/call|voice|audio/i, "calls"],
	[/post|upload|publish|comment/i, "publishing"],
	[/video|photo|picture|image|media|stream|play/i, "media"],
	[/feed|timeline|news/i, "feed"],
	[/notif|push/i, "push"],
	[/search/i, "search"],
	[/web.?site|page/i, "web"],
	[/\bapi\b/i, "api"],
];

/** Counts of complaints, by the quarter of an hour; what they are about is asked for only while there are many. */
export const downdetector: Reports = {
	provider: "downdetector",
	host: "downdetectorapi.com",
	name: "Downdetector",
	covers: () => true,
	async read(subject, reading) {
		const authorization = await authorizationFor(reading);
		const get = { ...reading, ask: ((question) => reading.ask({ authorization, ...question })) as Reading["ask"] };
		const id = encodeURIComponent(await idOf(subject, get));
		const url = `${BASE}/companies/${id}?fields=id,name,country_iso,stats_24,baseline_current`;
		const { stats_24, baseline_current, country_iso } = await get.ask({
			url,
			shape: company,
			what: "a company's counts",
		});
		// the newest quarter has only just begun
		const perHour = QUARTERS * Math.max(...stats_24.slice(-2));
		const baseline = QUARTERS * (baseline_current ?? middleOf(stats_24));
		const regions = placesIn(country_iso ? [country_iso] : []);
		const counted = { kind: "counted", perHour, baseline, regions } as const;
		if (spikeOf({ perHour, usual: baseline }) === "none") return counted;
		const named = featuresIn(
			await get.ask({ url: `${BASE}/companies/${id}/indicators`, shape: indicators, what: "a company's indicators" }),
		);
		return named.length === 0 ? counted : { ...counted, features: named };
	},
};

/** A key is a token, or the id and secret, with a colon between them, that a token is had for. */
async function authorizationFor({ ask, key }: Reading): Promise<string> {
	if (!key.includes(":")) return `Bearer ${key}`;
	const { access_token } = await ask({
		url: `${BASE}/tokens?grant_type=client_credentials`,
		shape: token,
		what: "a token",
		post: true,
		sharedForMs: TOKEN_MS,
		authorization: `Basic ${Buffer.from(key, "utf8").toString("base64")}`,
	});
	return `Bearer ${access_token}`;
}

async function idOf(subject: Subject, { ask, memory }: Reading): Promise<string> {
	const known = memory.get(subject.id);
	if (known !== undefined) return known;
	const url = `${BASE}/companies/search?fields=id,name,slug,country_iso&page_size=100&name=${encodeURIComponent(subject.name)}`;
	const found = (await ask({ url, shape: companies, what: "a list of companies" })).filter(
		({ name, slug }) => isNamed(subject, name) || (slug && isNamed(subject, slug)),
	);
	const chosen = found.find(({ country_iso }) => country_iso === FIRST_COUNTRY) ?? found[0];
	if (!chosen)
		throw new Unreadable(`Downdetector knows no company called “${subject.name}”, or the key does not cover it`);
	memory.set(subject.id, chosen.id);
	return chosen.id;
}

function featuresIn(list: z.infer<typeof indicators>): FeatureName[] {
	const loud = list.filter(({ percentage }) => percentage >= NAMED_SHARE);
	const named = loud.flatMap(({ slug, indicator }) => {
		const text = `${indicator ?? ""} ${slug ?? ""}`.slice(0, 200);
		return WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? [];
	});
	return [...new Set(named)];
}

function valueIn(each: { value: number } | { total: number } | { count: number }): number {
	return "value" in each ? each.value : "total" in each ? each.total : each.count;
}

/** What is usual where the provider does not say: the middle of the last day. */
function middleOf(list: readonly number[]): number {
	return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}
