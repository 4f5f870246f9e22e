import { existsSync, readFileSync } from "node:fs";

/** The moment all fixtures are written for. */
export const NOW = Date.parse("2026-05-12T08:30:00Z");

export function fixture(path: string): string {
	return readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), "utf8");
}

const PAYLOADS = new URL("../../../../shared/payloads/", import.meta.url);

/** Whether the recorded answers of real pages are at hand; they are not part of the project. */
export const HAS_PAYLOADS = existsSync(PAYLOADS);

export function payload(name: string): string {
	return readFileSync(new URL(name, PAYLOADS), "utf8");
}
