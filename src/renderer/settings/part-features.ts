import type { FeatureName } from "../../core/model.ts";
import type { PagePart } from "../../ipc/answers.ts";
import { plain } from "../search.ts";

/** How pages call what a feature is, without accents and in small letters; the first that fits decides. */
const SIGNS: readonly (readonly [FeatureName, RegExp])[] = [
	["push", /\bpush\b|notif/],
	["login", /log ?in|sign.?in|sso|auth|accoun|identit|accesso/],
	["calls", /\bcalls?\b|voice|meeting|telephon|chiamat/],
	["stories", /\bstor(?:y|ies)\b/],
	["ads", /\bads?\b|advert/],
	["search", /search|ricerca/],
	["messaging", /messag|\bchat|\bdms?\b|\bmail\b|e-?mail|posta/],
	["publishing", /publish|posting|editor/],
	["media", /media|image|photo|video|\bcdn\b|playback|stream|immagin/],
	["feed", /\bfeeds?\b|timeline/],
	["api", /\bapis?\b|webhook|\bsdk\b/],
	["dns", /\bdns\b|name ?server/],
	["web", /\bweb|site|dashboard|portal|console|\bsito\b/],
];

/** What the parts of a page may stand for, judged by their names; a part whose name tells nothing counts for the whole. */
export function suggestedFor(parts: readonly PagePart[]): Readonly<Record<string, FeatureName>> {
	return Object.fromEntries(
		parts.flatMap(({ key, name }) => {
			const [feature] = SIGNS.find(([, sign]) => sign.test(plain(name))) ?? [];
			return feature ? [[key, feature]] : [];
		}),
	);
}
