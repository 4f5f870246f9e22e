import { join } from "node:path";
import log from "electron-log/node";

const LARGEST_BYTES = 512 * 1024;

/** A small log in a folder, of which one older part is kept. */
export function openLog(folder: string): (line: string) => void {
	const { file, console } = log.transports;
	console.level = false;
	file.resolvePathFn = () => join(folder, "semaforo.log");
	file.maxSize = LARGEST_BYTES;
	return (line) => log.info(line);
}
