import { app, dialog, protocol } from "electron";
import { APP_ID, prepareApp } from "./prepare-app.ts";
import { start, type World } from "./start.ts";
import { wordsOf } from "./troubles.ts";

/** Begins, unless another instance runs already: that one then shows itself. Waits for nothing: Electron is ready only once this has ended. */
export function launch(world?: World): void {
	prepareApp(app, protocol, process);
	if (!app.requestSingleInstanceLock()) {
		app.quit();
		return;
	}
	app.setAppUserModelId(APP_ID);
	void app
		.whenReady()
		.then(() => start(world))
		.catch((error: unknown) => {
			// it would live on without a face, and nobody would know
			dialog.showErrorBox("Semaforo", wordsOf(error));
			app.exit(1);
		});
}
