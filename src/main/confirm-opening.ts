import type { Dialog } from "electron";
import type { Words } from "../words/words.ts";

/** Asks before an address opens that the catalogue does not vouch for. Whoever closes the question has said no. */
export async function confirmOpening(
	url: string,
	dialog: Pick<Dialog, "showMessageBox">,
	{ t }: Words,
): Promise<boolean> {
	const { response } = await dialog.showMessageBox({
		type: "question",
		message: t("app.openPage.question"),
		detail: url,
		buttons: [t("app.openPage.open"), t("app.openPage.cancel")],
		defaultId: 1,
		cancelId: 1,
	});
	return response === 0;
}
