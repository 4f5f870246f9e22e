/**
 * Makes this process answer questions from the one that forked it, one at a time; an error is an answer too. It ends when
 * its parent lets go of it.
 */
export function answerWith<Question, Answer>(answer: (question: Question) => Answer | Promise<Answer>): void {
	process.on("message", async (question: Question) => {
		try {
			process.send?.({ answer: await answer(question) });
		} catch (error) {
			process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
		}
	});
	process.once("disconnect", () => process.exit(0));
}
