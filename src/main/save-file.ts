import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Dialog } from "electron";
import type { FileToSave, FileType, SaveResult } from "../ipc/answers.ts";
import type { Words } from "../words/words.ts";

export interface SavingParts {
	readonly dialog: Pick<Dialog, "showSaveDialog">;
	/** Where files are offered to be kept. */
	folder(): string;
	words(): Words;
}

/** The first bytes of every PNG (https://www.w3.org/TR/png-3/#5PNG-file-signature). */
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const LONGEST_NAME = 100;

/** Asks where to keep a file, and writes it there; whoever closes the question has said no. Never throws. */
export async function saveFile({ name, type, content }: FileToSave, parts: SavingParts): Promise<SaveResult> {
	const { dialog, folder, words } = parts;
	const bytes = bytesOf(type, content);
	if (!bytes) return { kind: "failed", why: words().t("details.save.why.picture") };
	try {
		const { canceled, filePath } = await dialog.showSaveDialog({
			defaultPath: join(folder(), `${fileName(name)}.${type}`),
			filters: [{ name: words().t(`details.save.type.${type}`), extensions: [type] }],
			properties: ["showOverwriteConfirmation"],
		});
		if (canceled || filePath === "") return { kind: "cancelled" };
		await writeFile(filePath, bytes);
		return { kind: "saved" };
	} catch (error) {
		return { kind: "failed", why: words().t(`details.save.why.${reasonOf(error)}`) };
	}
}

/** `undefined` where it should be a picture and is none. */
function bytesOf(type: FileType, content: string): Buffer | undefined {
	if (type !== "png") return Buffer.from(content, "utf8");
	const bytes = Buffer.from(content, "base64");
	return bytes.subarray(0, PNG.length).equals(PNG) ? bytes : undefined;
}

/** A name that every file system takes, and that leads nowhere else. */
function fileName(name: string): string {
	const plain = name.replaceAll(/[\p{C}/\\:*?"<>|]+/gu, " ").trim();
	const short = basename(plain)
		.slice(0, LONGEST_NAME)
		.replaceAll(/^\.+|[. ]+$/g, "");
	return short === "" ? "semaforo" : short;
}

const REASONS = {
	ENOSPC: "full",
	EDQUOT: "full",
	EACCES: "forbidden",
	EPERM: "forbidden",
	EROFS: "forbidden",
	EISDIR: "forbidden",
	ENOENT: "gone",
	ENOTDIR: "gone",
} as const;

function reasonOf(error: unknown) {
	const code = error instanceof Error && "code" in error ? String(error.code) : "";
	return Object.hasOwn(REASONS, code) ? REASONS[code as keyof typeof REASONS] : "refused";
}
