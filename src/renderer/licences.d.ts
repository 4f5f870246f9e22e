/** The parts of the program that others have made, by name, put together when it is built. */
declare module "virtual:licences" {
	export const licences: readonly {
		readonly name: string;
		readonly version: string;
		/** As SPDX writes it. */
		readonly licence: string;
		/** The whole text; empty where the package brings none. */
		readonly text: string;
	}[];
}
