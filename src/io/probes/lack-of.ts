import type { HealthyHttp } from "../../core/check.ts";
import { decodeText } from "../network/decode-text.ts";
import { headerOf } from "../network/headers.ts";
import type { HttpResponse } from "../network/http.ts";
import { valueAt } from "./json-pointer.ts";
import { isLike } from "./like.ts";

/** What an answer lacks of a healthy one, in words; absent where it lacks nothing. Its status is not looked at. */
export function lackOf(response: HttpResponse, healthy: HealthyHttp): string | undefined {
	return lackingHeader(response, healthy) ?? lackingText(response, healthy) ?? lackingValue(response, healthy);
}

/** Whether the whole body must be read to judge it. */
export function needsBody({ contains, json }: HealthyHttp): boolean {
	return contains !== undefined || json !== undefined;
}

/** The body as JSON; absent where it is none. */
export function jsonOf(response: HttpResponse): { readonly value: unknown } | undefined {
	try {
		return { value: JSON.parse(textOf(response)) };
	} catch {
		return undefined;
	}
}

function lackingHeader({ headers }: HttpResponse, { headers: wanted = [] }: HealthyHttp): string | undefined {
	const lacking = wanted.find(({ name, value = "" }) => {
		const found = headerOf(headers, name).toLowerCase();
		return found === "" || !found.includes(value.toLowerCase());
	});
	if (!lacking) return undefined;
	const { name, value } = lacking;
	return value === undefined ? `the header ${name} is missing` : `the header ${name} lacks "${value}"`;
}

function lackingText(response: HttpResponse, { contains }: HealthyHttp): string | undefined {
	return contains === undefined || textOf(response).includes(contains) ? undefined : `the body lacks "${contains}"`;
}

function lackingValue(response: HttpResponse, { json }: HealthyHttp): string | undefined {
	if (!json) return undefined;
	const body = jsonOf(response);
	if (!body) return "the body is not JSON";
	const lacking = Object.entries(json).find(([pointer, wanted]) => !fits(valueAt(body.value, pointer), wanted));
	if (!lacking) return undefined;
	const [pointer, wanted] = lacking;
	return `expected ${JSON.stringify(wanted)} at "${pointer}", found ${wordsFor(valueAt(body.value, pointer))}`;
}

function fits(found: unknown, wanted: string | number | boolean | null): boolean {
	return typeof wanted === "string" && typeof found === "string" ? isLike(found, wanted) : found === wanted;
}

function wordsFor(value: unknown): string {
	if (value === undefined) return "nothing";
	if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
	return JSON.stringify(value).slice(0, 60);
}

function textOf({ body, headers }: HttpResponse): string {
	return decodeText(body, headerOf(headers, "content-type"));
}
