import { describe, expect, test } from "vitest";
import { DEFAULT_APP_SETTINGS, watchSettings } from "../../src/main/settings-shape.ts";
import { moved, toggled, watchedServices, withFeature } from "../../src/renderer/settings/chosen-services.ts";
import {
	forgetting,
	keeping,
	newOwn,
	type OwnCheck,
	withCheck,
	withoutCheck,
} from "../../src/renderer/settings/own-services.ts";
import { suggestedFor } from "../../src/renderer/settings/part-features.ts";
import { fieldsOf, NO_FIELDS, probeOf, withRest } from "../../src/renderer/settings/probe-fields.ts";

const NONE: ReadonlySet<string> = new Set();
const PAGE: OwnCheck = {
	kind: "source",
	source: { format: "feed", url: "https://a.example/feed", components: { c1: "api" }, speaksForWhole: true },
};
const WHOLE: OwnCheck = {
	kind: "source",
	source: { format: "feed", url: "https://b.example/feed", components: {}, speaksForWhole: true },
};
const PROBE: OwnCheck = { kind: "probe", feature: "web", probe: { type: "tcp", host: "a.example", port: 80 } };

describe("an own service", () => {
	test("has an id that no shipped service has, whatever its name", () => {
		expect(newOwn("Téléphone & Co.", NONE).id).toBe("own-telephone-co");
		expect(newOwn("日本", NONE).id).toBe("own-service");
		expect(newOwn("x".repeat(90), NONE).id).toMatch(/^own-x{30}$/);
		expect(newOwn("Shop", new Set(["own-shop", "own-shop-2"])).id).toBe("own-shop-3");
	});

	test("with a page alone has the features that its parts stand for, or else the website", () => {
		const shop = newOwn("Shop", NONE);
		expect(withCheck(shop, PAGE, "why").features).toEqual({ api: { blind: "why" } });
		expect(withCheck(shop, WHOLE, "why").features).toEqual({ web: { blind: "why" } });
		expect(withCheck(withCheck(shop, PROBE, "why"), WHOLE, "why").features).toEqual({
			web: { probes: [PROBE.kind === "probe" && PROBE.probe] },
		});
	});

	test("is as it was once what was added is taken away, and gone with the last of it", () => {
		const shop = withCheck(newOwn("Shop", NONE), PAGE, "why");
		const more = withCheck(withCheck(shop, PROBE, "why"), WHOLE, "why");
		expect(withoutCheck(withoutCheck(more, WHOLE) ?? more, PROBE)).toEqual(shop);
		expect(withoutCheck(shop, PAGE)).toBeUndefined();
	});

	test("is what the main process takes, whatever was put together", () => {
		const shop = withCheck(withCheck(withCheck(newOwn("Shop", NONE), PAGE, "why"), PROBE, "why"), WHOLE, "why");
		const { own, settings } = watchSettings({ ...DEFAULT_APP_SETTINGS, ...keeping(shop, DEFAULT_APP_SETTINGS) });
		expect(own.map(({ id }) => id)).toEqual(["own-shop"]);
		expect(settings.services.at(-1)).toEqual({ id: "own-shop" });
	});

	test("is watched once, in the place that it was given", () => {
		const own = [withCheck(newOwn("Shop", NONE), PAGE, "why")];
		const app = { ...DEFAULT_APP_SETTINGS, own, services: [{ id: "own-shop" }, { id: "x" }] };
		expect(watchSettings(app).settings.services).toEqual([{ id: "own-shop" }, { id: "x" }]);
		expect(watchedServices(app)).toEqual(app.services);
		expect(forgetting("own-shop", app)).toEqual({ own: [], services: [{ id: "x" }] });
		expect(forgetting("own-shop", { ...app, services: [{ id: "own-shop" }] })).toBeUndefined();
	});
});

describe("what is chosen", () => {
	const services = ["a", "b", "c"].map((id) => ({ id }));

	test("moves up to either end and no further, and keeps its features", () => {
		const chosen = [{ id: "a", features: ["web" as const] }, { id: "b" }];
		expect(moved(chosen, "a", 1)).toEqual([chosen[1], chosen[0]]);
		expect(moved(services, "a", -1)).toBe(services);
		expect(moved(services, "nobody", 1)).toBe(services);
	});

	test("comes last and goes without a trace", () => {
		expect(toggled(services, "d").map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
		expect(toggled(services, "b").map(({ id }) => id)).toEqual(["a", "c"]);
	});

	test("is all of a service where no feature is left out, also one that comes later", () => {
		const all = ["web", "api"] as const;
		const less = withFeature(services, "b", all, "api", false);
		expect(less[1]).toEqual({ id: "b", features: ["web"] });
		expect(withFeature(less, "b", all, "api", true)[1]).toEqual({ id: "b" });
	});
});

describe("what is typed of a probe", () => {
	const typed = (more: Partial<typeof NO_FIELDS>) => probeOf({ ...NO_FIELDS, ...more });

	test("becomes the probe, and the probe what was typed", () => {
		const http = { type: "http", url: "https://a.example/x", healthy: { status: [200, 301], contains: "hello" } };
		expect(typed({ url: " a.example/x ", status: "200, 301", text: "hello" })).toEqual(http);
		expect(fieldsOf(http as never)).toMatchObject({ kind: "http", status: "200 301", text: "hello" });
		expect(typed({ kind: "dns", host: "A.example" })).toEqual({ type: "dns", name: "a.example", mayBePrivate: true });
		expect(typed({ kind: "websocket", url: "a.example" })).toEqual({ type: "websocket", url: "wss://a.example/" });
	});

	test.each<Partial<typeof NO_FIELDS>>([
		{ url: "" },
		{ url: "ftp://a.example" },
		{ url: "https://me:secret@a.example" },
		{ url: "a.example", status: "2000" },
		{ url: "a.example", status: "ok" },
		{ kind: "websocket", url: "https://a.example" },
		{ kind: "tcp", host: "a.example", port: "0" },
		{ kind: "tcp", host: "https://a.example", port: "80" },
		{ kind: "dns", host: "two words" },
	])("is none yet: %j", (more) => expect(typed(more)).toBeUndefined());

	test("keeps what cannot be typed here, and drops it with the kind", () => {
		const before = {
			type: "http",
			url: "https://a.example/",
			family: 6,
			healthy: { status: [200], headers: [{ name: "server" }] },
		} as const;
		expect(withRest({ type: "http", url: "https://b.example/" }, before)).toEqual({
			type: "http",
			url: "https://b.example/",
			family: 6,
			healthy: { headers: [{ name: "server" }] },
		});
		expect(withRest({ type: "tcp", host: "a", port: 1 }, before)).toEqual({ type: "tcp", host: "a", port: 1 });
	});
});

test("the parts of a page are understood by their names, and left alone where those tell nothing", () => {
	const names = ["Log in", "REST API", "Push notifications", "Image uploads", "Tills", "Città"];
	const parts = names.map((name) => ({ key: name, name, level: "operational" as const }));
	expect(suggestedFor(parts)).toEqual({
		"Log in": "login",
		"REST API": "api",
		"Push notifications": "push",
		"Image uploads": "media",
	});
});
