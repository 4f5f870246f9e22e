import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { Monitor } from "../../src/engine/monitor.ts";
import { loadCatalogue } from "../../src/io/catalogue-files.ts";
import type { Bridge } from "../../src/ipc/contract.ts";
import { excerptOf } from "../../src/replay/excerpt.ts";
import { findScenario } from "../../src/replay/library.ts";
import { castOf } from "../../src/replay/performance.ts";
import { scriptedChecks } from "../../src/replay/replay.ts";
import { loadScenario } from "../../src/replay/scenario.ts";
import { VirtualClock } from "../../src/replay/virtual-clock.ts";

/** As often as the app tells its pages at most. */
const TELL_EVERY_MS = 500;
const USUAL_SPEED = 60;

/** What a page is given of a demonstration. */
export interface DemoFeed {
	/** Where its events come from, and its wishes go to. */
	readonly source: string;
	readonly speed: number;
	/** What there is to see at the beginning. */
	readonly first: Snapshot;
}

/** What pages may wish of a demonstration. */
type Wished = { readonly [C in "wish" | "checkNow"]: readonly [C, ...Parameters<Bridge[C]>] }["wish" | "checkNow"];

/** A scripted outage with a monitor of its own, under a clock that goes faster; nothing is sent anywhere. */
class Demo {
	readonly speed: number;
	readonly #clock: VirtualClock;
	readonly #until: number;
	readonly #monitor: Monitor;
	#tell: (snapshot: Snapshot) => void = () => {};
	#news = true;
	#over = false;

	/** Throws `ScenarioError` where there is none so called. */
	constructor(name: string, speed: number) {
		const catalogue = loadCatalogue();
		const whole = loadScenario(findScenario(name).file);
		const cast = castOf(whole, catalogue);
		const scenario = excerptOf(whole, cast.checks);
		this.speed = speed;
		this.#until = scenario.until;
		this.#clock = new VirtualClock(scenario.from);
		const { runCheck } = scriptedChecks(scenario, this.#clock);
		const onChange = () => {
			this.#news = true;
		};
		this.#monitor = new Monitor({ clock: this.#clock, runCheck, onChange }, { ...cast, seed: scenario.seed });
	}

	snapshot(): Snapshot {
		return this.#monitor.snapshot();
	}

	/** Goes on until the script is over or nobody listens any more. The computer's own sleep is not played. */
	async play(tell: (snapshot: Snapshot) => void): Promise<void> {
		this.#tell = tell;
		const [from, began] = [this.#clock.now(), performance.now()];
		this.#monitor.start();
		while (!this.#over && this.#clock.now() < this.#until) {
			await this.#clock.runUntil(Math.min(this.#until, from + Math.round((performance.now() - began) * this.speed)));
			if (this.#news) this.#say();
			await pause(TELL_EVERY_MS);
		}
	}

	/** What comes of it is told at once: at this speed it may be over by the next time. */
	grant(wished: Wished): void {
		const [name, argument] = wished;
		if (name === "wish") this.#monitor.wish(argument);
		else this.#monitor.checkNow(argument);
		this.#say();
	}

	#say(): void {
		this.#news = false;
		this.#tell(this.snapshot());
	}

	end(): Promise<void> {
		this.#over = true;
		return this.#monitor.stop();
	}
}

/** Demonstrations that pages look at: each begins when its page listens, and ends when that goes away. */
export class Demos {
	readonly #demos = new Map<string, Demo>();
	#made = 0;

	/** Makes one ready for a page that asks for `demo=<scenario>&speed=<1 to 600>`. */
	open(asked: URLSearchParams): DemoFeed {
		const speed = Math.min(600, Math.max(1, Number(asked.get("speed")) || USUAL_SPEED));
		const demo = new Demo(asked.get("demo") ?? "", speed);
		const id = String(++this.#made);
		this.#demos.set(id, demo);
		return { source: `./demo?id=${id}`, speed, first: demo.snapshot() };
	}

	/** Tells a page what happens, or hears what it wishes. */
	async answer(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
		const demo = this.#demos.get(id);
		if (!demo) return void response.writeHead(204).end();
		if (request.method === "POST") {
			demo.grant(JSON.parse(await text(request)) as Wished);
			return void response.writeHead(204).end();
		}
		response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
		response.on("close", () => {
			this.#demos.delete(id);
			void demo.end();
		});
		await demo.play((snapshot) => void response.write(`data: ${JSON.stringify(snapshot)}\n\n`));
		response.end();
	}
}

/** Runs in the page, after `playBridge`: shows what the demonstration tells, by its own time, and hands on wishes. */
export function followDemo({ source, speed, first }: DemoFeed): void {
	let [at, heard] = [first.at, performance.now()];
	Date.now = () => Math.round(at + (performance.now() - heard) * speed);
	const events = new EventSource(source);
	events.onmessage = ({ data }) => {
		const snapshot = JSON.parse(data) as Snapshot;
		[at, heard] = [snapshot.at, performance.now()];
		window.stage.push(snapshot);
	};
	// the script is over, and time stands still
	events.onerror = () => {
		Date.now = () => at;
		events.close();
	};
	const wish = (name: string) => async (argument?: unknown) =>
		void (await fetch(source, { method: "POST", body: JSON.stringify([name, argument]) }));
	Object.assign(Reflect.get(window, "semaforo"), { wish: wish("wish"), checkNow: wish("checkNow") });
}
