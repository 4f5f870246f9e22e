import type { EdgeSignature } from "../../catalogue/catalogue.ts";
import type { ServiceId } from "../../core/model.ts";
import { type Headers, headerOf } from "./headers.ts";
import type { HttpResponse } from "./http.ts";

/** Error pages are short, and say so at their beginning. */
const PAGE_BYTES = 4096;

/**
 * The provider whose edge wrote this answer, by its signature in the catalogue: its headers; else, of an error, a status that
 * only it uses or words of its own error pages.
 */
export function edgeOf(response: HttpResponse, edges: readonly EdgeSignature[]): ServiceId | undefined {
	const { headers, status, body } = response;
	const byHeader = edges.find((edge) => edge.headers.some(({ name, value }) => bears(headers, name, value)));
	if (byHeader || status < 400) return byHeader?.provider;
	const page = body.toString("latin1", 0, PAGE_BYTES);
	const byPage = edges.find(
		({ statuses = [], pages = [] }) => statuses.includes(status) || pages.some((words) => page.includes(words)),
	);
	return byPage?.provider;
}

function bears(headers: Headers, name: string, value: string | undefined): boolean {
	if (!Object.hasOwn(headers, name)) return false;
	return value === undefined || headerOf(headers, name).toLowerCase().includes(value.toLowerCase());
}
