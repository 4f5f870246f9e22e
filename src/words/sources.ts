import type { Failure } from "../core/failure.ts";
import type { Time } from "../core/model.ts";
import type { Lag, SourceHealth } from "../core/source-health.ts";
import { shortDuration } from "./durations.ts";
import { failureWords } from "./reasons.ts";
import type { Words } from "./words.ts";

/** How a source is now, without a full stop: read some time ago, or not to be read for so long. */
export function sourceState({ readAt, failing, lastFailure }: SourceHealth, now: Time, words: Words): string {
	if (failing && lastFailure) {
		const duration = shortDuration(now - failing.since, words);
		const failure = failureWords(lastFailure.failure, words);
		return words.t("sources.fails", { duration, failure, count: failing.times });
	}
	if (readAt === undefined) return words.t("sources.unread");
	return words.t("sources.read", { duration: shortDuration(now - readAt, words) });
}

/** What else is to be known of a source, in sentences: what has changed, and what to do where it cannot be read. */
export function sourceNotes(health: SourceHealth, now: Time, words: Words, isReports = false): string[] {
	const { readAt, failing, lastFailure, changed, moved, limited } = health;
	const ago = (at: Time) => ({ duration: shortDuration(now - at, words) });
	const failure = lastFailure && failureWords(lastFailure.failure, words);
	return [
		...(failing && lastFailure ? [adviceFor(lastFailure.failure, isReports, words)] : []),
		...(failing && readAt !== undefined ? [words.t("sources.lastRead", ago(readAt))] : []),
		...(!failing && lastFailure && failure ? [words.t("sources.failed", { ...ago(lastFailure.at), failure })] : []),
		...(changed ? [words.t("sources.changed", { ...ago(changed.at), from: changed.from, to: changed.to })] : []),
		...(moved ? [words.t("sources.moved", { to: moved.to })] : []),
		...(limited ? [words.t("sources.limited", { ...ago(limited.at), count: limited.times })] : []),
	];
}

/** How late a source is, without a full stop. */
export function lagSentence({ outages, first, missed, lateMs }: Lag, words: Words): string {
	if (outages === 0) return words.t("sources.lag.none");
	const late = lateMs && {
		middle: shortDuration(lateMs.middle, words),
		worst: shortDuration(lateMs.worst, words),
	};
	return [
		words.t("sources.lag.outages", { count: outages }),
		...(late ? [words.t("sources.lag.late", late)] : []),
		...(first > 0 ? [words.t("sources.lag.first", { count: first })] : []),
		...(missed > 0 ? [words.t("sources.lag.missed", { count: missed })] : []),
	].join(", ");
}

/** What to do where an address turned out to be no status page, in a sentence. */
export function inspectAdvice(failure: Failure, words: Words): string {
	const advice = adviceOf(failure, false);
	return words.t(`sources.advice.${advice === "strange" ? "page" : advice}`);
}

/** What to do about a source that cannot be read, in a sentence. */
function adviceFor(failure: Failure, isReports: boolean, words: Words): string {
	return words.t(`sources.advice.${adviceOf(failure, isReports)}`);
}

function adviceOf({ kind, status = 0, phase }: Failure, isReports: boolean) {
	switch (kind) {
		case "http":
			if (status === 401 || status === 403) return isReports ? "key" : "closed";
			if (status === 404 || status === 410) return "gone";
			return status === 429 ? "busy" : "broken";
		case "unreadable":
			return phase === "tls" ? "insecure" : "strange";
		case "tls_untrusted":
			return "untrusted";
		case "dns_nxdomain":
			return "nameless";
		default:
			return "silent";
	}
}
