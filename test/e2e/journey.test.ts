import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Snapshot } from "../../src/core/snapshot.ts";
import type { Host } from "./host/host.ts";
import { onEachHost } from "./host/on-each-host.ts";
import { builtWithPages, newHome } from "./host/program.ts";
import { MINUTE } from "./host/stage.ts";
import { userOf } from "./host/user.ts";

const STATUS_PAGE = readFileSync(
	join(import.meta.dirname, "../fixtures/statuspage/workbench-operational.json"),
	"utf8",
);
const SECOND = 1000;
/** A page on a busy computer takes its time. */
const PATIENT = { timeout: 10_000 };
const CHOSEN = ["Instagram", "WhatsApp"];
/** From wherever the focus is in the popover to its first line: an outage where there is one. */
const TO_THE_TOP = ["ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp"];

/** Pages have the computer's own clock: so the script begins now. */
const BEGIN = Math.ceil(Date.now() / MINUTE) * MINUTE;
const after = (minutes: number) => new Date(BEGIN + minutes * MINUTE).toISOString();

/** Ten minutes after the start Instagram's feeds fail, twelve later its messages too, and forty after the start all of it is over. */
const SCENARIO = {
	name: "feeds-then-messages",
	from: after(0),
	until: after(120),
	seed: 7,
	services: ["instagram", "whatsapp"],
	world: [
		{
			from: after(10),
			until: after(40),
			probe: { service: "instagram", feature: "feed" },
			answer: { fail: "timeout" },
		},
		{
			from: after(22),
			until: after(40),
			probe: { service: "instagram", feature: "messaging" },
			answer: { fail: "timeout" },
		},
	],
};

onEachHost("from the first start to the end of an outage", (kind) => {
	let program: string;
	let host: Host;
	let server: Server;
	let address: string;
	const { home, file, remove } = newHome();
	const settings = () => JSON.parse(readFileSync(file, "utf8")).settings;
	const before = (page: Parameters<typeof userOf>[1]) => userOf(host, page);
	/** The popover may have gone when another window came. */
	const popover = async () => {
		await host.click("Show Semaforo");
		return before("popover");
	};
	const isMuted = async () => {
		const { services } = (await host.call("current")) as Snapshot;
		return services.find(({ id }) => id === "instagram")?.muted !== undefined;
	};
	let stuck = false;
	beforeEach(({ skip }) => skip(stuck, "the way here broke off before"));
	afterEach(({ task }) => {
		stuck ||= task.result?.state === "fail";
	});

	beforeAll(async () => {
		if (!kind.showsPages) return;
		program = await builtWithPages();
		server = createServer(({ url }, response) => {
			const isThere = url === "/api/v2/summary.json";
			response.writeHead(isThere ? 200 : 404, { "content-type": "application/json" }).end(isThere ? STATUS_PAGE : "{}");
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const { port } = server.address() as AddressInfo;
		address = `http://127.0.0.1:${port}/`;
		const world = join(home, "scenario.json");
		writeFileSync(world, JSON.stringify(SCENARIO));
		const officialPages = { [`${address}api/v2/summary.json`]: STATUS_PAGE };
		host = await kind.open({ program, world, at: BEGIN, home, pages: true, ports: [port], officialPages });
	}, 90_000);
	afterAll(async () => {
		await host?.kill();
		server?.close();
		remove();
		if (program) rmSync(program, { recursive: true, force: true });
	});

	test.skipIf(!kind.showsPages)("people choose two services, and that is what is watched", async () => {
		const welcome = before("welcome");
		await welcome.sees("heading", "What matters to you?");
		await welcome.sees("button", "Instagram");
		for (const { name, pressed } of await welcome.all("button")) {
			if (pressed !== CHOSEN.includes(name) && name !== "") await welcome.clicks("button", name);
		}
		await welcome.expects("2 chosen");
		await welcome.clicks("button", "Start");
		await welcome.seesItGo();
		expect(
			settings()
				.services.map(({ id }: { id: string }) => id)
				.toSorted(),
		).toEqual(["instagram", "whatsapp"]);
		await host.advance(6 * MINUTE);
		await (await popover()).expects(/Instagram.*WhatsApp|WhatsApp.*Instagram/);
	});

	test.skipIf(!kind.showsPages)("a status page of their own is recognised, understood and watched", async () => {
		await (await popover()).presses("Mod+,");
		const own = before("settings");
		await own.clicks("button", "Own pages");
		await own.clicks("button", "Add a status page");
		await own.writes("textbox", "Address", address);
		await own.presses("Enter");
		await own.expects(/Workbench works Format: Statuspage.*It tells of no outage now/);
		await own.tabsTo("combobox", "Stockroom");
		await own.presses("s", "e", "a");
		await own.clicks("button", "Save");
		await expect
			.poll(() => settings().own, PATIENT)
			.toMatchObject([
				{
					name: "Workbench",
					sources: [{ url: `${address}api/v2/summary.json`, components: { c0stock00001: "search" } }],
				},
			]);
		expect(await own.complaints()).toEqual([]);
		await own.presses("Escape");
		await own.seesItGo();
		await host.advance(2 * MINUTE);
		const services = await popover();
		await services.clicks("button", /^Workbench/);
		await services.expects(/Search works for/);
	});

	test.skipIf(!kind.showsPages)("an outage turns the icon, is told once, and is explained", async () => {
		await host.advance(10 * MINUTE);
		const { icon, notifications } = await host.state();
		expect(icon).toBe("down");
		expect(notifications.map(({ title }) => title)).toEqual(["Feeds are not loading on Instagram"]);
		const outage = await popover();
		await outage.expects(/^Feeds are not loading on Instagram It is not just you\. Your connection is fine\./);
		await outage.expects(/What does not work .* Down Instagram Feed /);
		expect(await outage.reads()).not.toContain("no answer in time");
		await outage.presses(...TO_THE_TOP, "Enter");
		await outage.expects(/Why we think so.* i\.instagram\.com fails: no answer in time/);
		expect(await outage.complaints()).toEqual([]);
	});

	test.skipIf(!kind.showsPages)("its details tell its story, and lead to the service and back", async () => {
		await (await popover()).presses(...TO_THE_TOP, "d");
		const details = before("details");
		await details.expects(/Feeds are not loading on Instagram .* What happened .*Instagram, feed: down/);
		await details.clicks("button", "Instagram");
		await details.sees("img", /^Response time of Instagram, feed/);
		await details.clicks("button", "Back");
		await details.expects("What it touches");
		expect(await details.complaints()).toEqual([]);
		await details.presses("Escape");
		await details.seesItGo();
	});

	test.skipIf(!kind.showsPages)(
		"muted for an hour it says so, and nothing more is told while it gets worse",
		async () => {
			const outage = await popover();
			await outage.presses(...TO_THE_TOP, "m");
			await outage.clicks("button", "For an hour");
			await expect.poll(isMuted, PATIENT).toBe(true);
			await host.advance(SECOND);
			await outage.expects(/Unmute Muted until /);
			await host.advance(10 * MINUTE);
			await outage.expects(/What does not work .* Down Instagram Feed Messages /);
			expect((await host.state()).notifications).toHaveLength(1);
		},
	);

	test.skipIf(!kind.showsPages)(
		"whether it is just them is looked at, and the report says what came of it",
		async () => {
			const services = await popover();
			await services.clicks("button", /^Instagram/);
			await services.clicks("button", "Is it just me? Instagram");
			const me = before("diagnosis");
			// no way leads out of a scripted world, and that is what it finds
			await me.sees("heading", "This computer has no network");
			await me.expects("About: Instagram");
			await me.clicks("button", "Copy the report");
			await me.expects("Copied");
			const { copied } = await host.state();
			expect(copied).toMatch(/^# Is it just me\?\n\n\*\*This computer has no network\.\*\*/);
			expect(await me.complaints()).toEqual([]);
			await me.presses("Escape");
			await me.seesItGo();
		},
	);

	test.skipIf(!kind.showsPages)(
		"its end comes without a word, even once the hour is over, and is remembered",
		async () => {
			await host.advance(20 * MINUTE);
			expect((await host.state()).icon).toBe("well");
			await host.advance(50 * MINUTE);
			expect(await isMuted()).toBe(false);
			expect((await host.state()).notifications).toHaveLength(1);
			const services = await popover();
			await services.expects(/^Everything that can be seen from here works .*Lately over Instagram: over /);
			await services.presses(...TO_THE_TOP, "ArrowDown", "d");
			const details = before("details");
			await details.expects(/What happened .*Instagram, feed: works again .*It is over/);
			expect(await details.complaints()).toEqual([]);
		},
	);
});
