/** Something the user can mend. Its message is shown as it is, without a stack; the command ends with code 3. */
export class Complaint extends Error {
	override readonly name = "Complaint";
}

/** Errors whose messages are written for people: shown as they are. */
const FOR_PEOPLE = new Set(["Complaint", "SettingsError", "CatalogueError", "HistoryError", "ScenarioError"]);

/** What to print for an error: its message where it was written for people, else all there is, for a report. */
export function explained(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return FOR_PEOPLE.has(error.name)
		? error.message
		: `This is a mistake in Semaforo, please report it:\n${error.stack ?? error.message}`;
}
