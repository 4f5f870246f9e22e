/** The settings cannot be used. One sentence a line, each naming file, place, what was expected and found. */
export class SettingsError extends Error {
	override readonly name = "SettingsError";
}
