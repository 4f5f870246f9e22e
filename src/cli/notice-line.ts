import type { Notice } from "../core/notice.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { noticeSentence } from "../words/notices.ts";
import { whereSeen } from "../words/where.ts";
import type { Words } from "../words/words.ts";

/** A notice as a line, with who else sees the trouble where there is room; without its time. */
export function noticeLine(notice: Notice, snapshot: Snapshot, words: Words): string {
	const where = "incident" in notice ? whereSeen(notice.features, snapshot, words) : undefined;
	return noticeSentence(notice, words, snapshot.names, where);
}
