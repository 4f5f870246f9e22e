import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Desk } from "../../core/desk.ts";
import type { DecidedNotice } from "../../core/history.ts";
import { plainDesk, readDesk, readNotice } from "./desk-shape.ts";
import { wholeTime } from "./run.ts";
import type { Batch } from "./store.ts";

/** What people have been told, as the file keeps it. Calls may throw what SQLite throws. */
export interface NoticeLog {
	readDesk(): Desk | undefined;
	/** Oldest first. */
	readUnshown(): DecidedNotice[];
}

/** Writes the notice part of a batch; to be called within its transaction. */
export function prepareWriteNotices(db: DatabaseSync): (batch: Pick<Batch, "desk" | "notices" | "showings">) => void {
	const deskRow = db.prepare("INSERT OR REPLACE INTO desk (id, body) VALUES (1, ?)");
	const noticeRow = db.prepare("INSERT OR REPLACE INTO notices (number, at, body) VALUES (?, ?, ?)");
	const shown = db.prepare("UPDATE notices SET shown_at = ? WHERE number = ?");
	const failed = db.prepare("UPDATE notices SET failure = ? WHERE number = ?");
	return ({ desk, notices, showings }) => {
		if (desk) deskRow.run(JSON.stringify(plainDesk(desk)));
		for (const { number, notice } of notices) noticeRow.run(number, wholeTime(notice.at), JSON.stringify(notice));
		for (const { number, at, failure } of showings) {
			if (failure === undefined) shown.run(wholeTime(at), number);
			else failed.run(failure, number);
		}
	};
}

export function prepareNoticeLog(db: DatabaseSync): NoticeLog {
	const desk = db.prepare("SELECT body FROM desk");
	const unshown = db.prepare(
		"SELECT number, body FROM notices WHERE shown_at IS NULL AND failure IS NULL ORDER BY number",
	);
	return {
		readDesk: () => readDesk(jsonOf(desk.get()?.["body"])),
		readUnshown: () =>
			unshown.all().flatMap(({ number, body }) => {
				const notice = readNotice(jsonOf(body));
				return notice ? [{ number: Number(number), notice }] : [];
			}),
	};
}

function jsonOf(body: SQLOutputValue | undefined): unknown {
	try {
		return JSON.parse(String(body));
	} catch {
		return undefined;
	}
}
