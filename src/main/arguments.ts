import { z } from "zod";
import { ownProbe } from "../catalogue/schema.ts";
import { type ProbeSpec, REPORTS_PROVIDERS } from "../core/check.ts";
import { FILE_TYPES, FOLDERS, SPANS } from "../ipc/answers.ts";
import { type Call, type Calls, WINDOWS } from "../ipc/contract.ts";
import type { SettingsPatch } from "../ipc/settings.ts";
import { CHOICES } from "./settings-shape.ts";

const id = z.string().min(1).max(80);
const none = z.tuple([]);

const until = z.union([z.number().int().positive(), z.enum(["tomorrow", "resolved", "worse"])]);

const wish = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("muted"), service: id.exactOptional(), until }),
	z.strictObject({ kind: z.literal("unmuted"), service: id.exactOptional() }),
	z.strictObject({ kind: z.literal("back_wanted"), service: id }),
	z.strictObject({ kind: z.literal("back_unwanted"), service: id }),
]);

const about = z.strictObject({
	service: id.exactOptional(),
	incident: id.exactOptional(),
	section: z.string().max(20).exactOptional(),
});

const patch = z.strictObject(
	Object.fromEntries(Object.keys(CHOICES).map((key) => [key, z.unknown().optional()])),
) as unknown as z.ZodType<SettingsPatch>;

/** What each call takes, as pages may send it. What a setting may be, the settings themselves check, to say what is wrong. */
export const ARGUMENTS = {
	current: none,
	checkNow: z.tuple([z.array(id).max(500).optional()]),
	wish: z.tuple([wish]),
	settings: none,
	changeSettings: z.tuple([patch]),
	keepKey: z.tuple([z.enum(REPORTS_PROVIDERS), z.string().min(1).max(1000).optional()]),
	forgetLogin: none,
	pickSettings: none,
	pickCertificate: none,
	kept: none,
	openFolder: z.tuple([z.enum(FOLDERS)]),
	forgetHistory: none,
	catalogue: none,
	lookAt: z.tuple([z.string().max(4000)]),
	tryProbe: z.tuple([ownProbe as unknown as z.ZodType<ProbeSpec>]),
	openPage: z.tuple([
		z.union([
			z.strictObject({ service: id }),
			z.strictObject({ url: z.string().min(1).max(2000) }),
			z.strictObject({ signIn: z.literal(true) }),
		]),
	]),
	diagnose: z.tuple([id.optional()]),
	history: z.tuple([z.strictObject({ service: id, span: z.enum(SPANS) })]),
	bars: z.tuple([z.enum(SPANS).optional()]),
	checks: z.tuple([id]),
	incident: z.tuple([id]),
	save: z.tuple([
		z.strictObject({ name: z.string().min(1).max(200), type: z.enum(FILE_TYPES), content: z.string().max(5_000_000) }),
	]),
	testNotification: none,
	copy: z.tuple([z.string().max(100_000)]),
	language: none,
	health: none,
	facts: none,
	openWindow: z.tuple([z.enum(WINDOWS), about.optional()]),
	close: none,
	fit: z.tuple([z.number().min(0).max(10_000)]),
	quit: none,
} satisfies { readonly [C in Call]: z.ZodType<Parameters<Calls[C]>> };
