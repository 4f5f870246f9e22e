import type { Desk } from "../../core/desk.ts";
import type { DecidedNotice, LevelChange, Showing } from "../../core/history.ts";
import type { Incident } from "../../core/incidents.ts";
import type { RunRow } from "./run.ts";
import type { Batch } from "./store.ts";

/** How many runs wait at most. */
export const RUNS_LIMIT = 10_000;
const LEVELS_LIMIT = 10_000;
const INCIDENTS_LIMIT = 1_000;
const NOTICES_LIMIT = 1_000;

/** What waits to be written, in memory: bounded, and the oldest goes first. */
export class Backlog implements Batch {
	#runs: RunRow[] = [];
	#levels: LevelChange[] = [];
	/** Of each incident only the last word. */
	#incidents = new Map<string, Incident>();

	#desk: Desk | undefined;
	#notices: DecidedNotice[] = [];
	#showings: Showing[] = [];

	get runs(): readonly RunRow[] {
		return this.#runs;
	}

	get levels(): readonly LevelChange[] {
		return this.#levels;
	}

	get incidents(): Iterable<Incident> {
		return this.#incidents.values();
	}

	/** The last word on what people have been told. */
	get desk(): Desk | undefined {
		return this.#desk;
	}

	get notices(): readonly DecidedNotice[] {
		return this.#notices;
	}

	get showings(): readonly Showing[] {
		return this.#showings;
	}

	get isEmpty(): boolean {
		const lists = [this.#runs, this.#levels, this.#notices, this.#showings];
		return lists.every(({ length }) => length === 0) && this.#incidents.size === 0 && this.#desk === undefined;
	}

	addRuns(runs: readonly RunRow[]): void {
		this.#runs = this.#runs.concat(runs);
	}

	addLevels(changes: readonly LevelChange[]): void {
		this.#levels = this.#levels.concat(changes);
	}

	addIncidents(incidents: readonly Incident[]): void {
		for (const incident of incidents) {
			// Set anew, so that the map's order is the order of the last word.
			this.#incidents.delete(incident.id);
			this.#incidents.set(incident.id, incident);
		}
	}

	addDesk(desk: Desk, notices: readonly DecidedNotice[]): void {
		this.#desk = desk;
		this.#notices = this.#notices.concat(notices);
	}

	addShowing(showing: Showing): void {
		this.#showings.push(showing);
	}

	/** Gives up the oldest of what is over the limits. */
	trim(): void {
		this.#runs = this.#runs.slice(-RUNS_LIMIT);
		this.#levels = this.#levels.slice(-LEVELS_LIMIT);
		this.#notices = this.#notices.slice(-NOTICES_LIMIT);
		this.#showings = this.#showings.slice(-NOTICES_LIMIT);
		for (const id of this.#incidents.keys()) {
			if (this.#incidents.size <= INCIDENTS_LIMIT) break;
			this.#incidents.delete(id);
		}
	}

	clear(): void {
		this.#runs = [];
		this.#levels = [];
		this.#incidents.clear();
		this.#desk = undefined;
		this.#notices = [];
		this.#showings = [];
	}
}
