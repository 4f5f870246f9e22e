import { plainLine } from "../core/failure.ts";
import type { Notice } from "../core/notice.ts";
import type { AppSettings } from "../ipc/settings.ts";

const TITLE_LIMIT = 120;
const BODY_LIMIT = 250;

/** What a notification says, safe for the system that shows it: Linux reads the body as markup, the others as plain text. */
export function safeText(
	{ title, body }: { readonly title: string; readonly body: string },
	platform: NodeJS.Platform,
): { title: string; body: string } {
	const plain = plainLine(body, BODY_LIMIT);
	return { title: plainLine(title, TITLE_LIMIT), body: platform === "linux" ? escapeMarkup(plain) : plain };
}

/** As the Desktop Notifications Specification has it: of its markup, none. */
function escapeMarkup(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** One notification on the screen for each: what comes later about the same takes its place. */
export function notificationId(notice: Notice): string {
	switch (notice.kind) {
		case "connection_lost":
		case "connection_back":
			return "connection";
		case "back":
			return `back.${notice.service}`;
		case "digest":
			return "digest";
		default:
			return `incident.${notice.incident}`;
	}
}

/** Good news comes without a sound, and so does what people chose to hear none of. */
export function isQuiet(notice: Notice, sound: AppSettings["sound"]): boolean {
	const { kind } = notice;
	if (kind === "eased" || kind === "closed" || kind === "connection_back" || kind === "digest") return true;
	return sound === "never" || (sound === "major" && !isGrave(notice));
}

/** Something is wholly down, or people asked to be told. */
function isGrave(notice: Notice): boolean {
	return !("incident" in notice) || notice.features.some(({ level }) => level === "major_outage");
}
