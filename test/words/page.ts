import type { Language } from "../../src/words/language.ts";
import { noticeText } from "../../src/words/notices.ts";
import { type Words, wordsIn } from "../../src/words/words.ts";
import {
	BLAME,
	CONNECTION,
	DIAGNOSES,
	HEADLINES,
	LAYERS_SAID,
	REASONS,
	type Sentence,
	SMALL_WORDS,
	SOURCES,
	TROUBLE,
	WHERE,
} from "./sentences.ts";
import { NAMES, SITUATIONS, type Situation } from "./situations.ts";

/** Who else sees a situation's trouble, in a sentence. */
export function whereIn({ where }: Situation, words: Words): string | undefined {
	if (where === "reported") return words.t("where.reportedIn", { regions: "Europe" });
	return where && words.t(`where.${where}`);
}

/** What each language calls itself. */
const OWN_NAMES: Readonly<Record<Language, string>> = {
	...{ en: "English", it: "Italiano", de: "Deutsch", fr: "Français", es: "Español", pt: "Português" },
};

/** The pages, each by its place in the folder of documents: English and Italian side by side, and every other language beside English. */
export const PAGES: Readonly<Record<string, readonly Language[]>> = {
	"words.md": ["en", "it"],
	...Object.fromEntries(
		(["de", "fr", "es", "pt"] as const).map((language) => [`words/${language}.md`, ["en", language]]),
	),
};

const ABOUT = `# The words

Everything Semaforo says, to be read aloud before it is changed. A test writes this page from \`test/words/situations.ts\` and
\`test/words/sentences.ts\`, and fails where it is out of date; \`npx vitest run test/words/page.test.ts -u\` writes it anew. The texts
are in \`src/words\`, one file for each language.`;

/** The page that shows every sentence in these languages. */
export function wordsPage(languages: readonly Language[]): string {
	const section = sectionIn(languages);
	const notices = SITUATIONS.map((situation) => ({
		name: situation.name,
		say: (words: Words) => {
			const { title, body } = noticeText(situation.notice, words, NAMES, whereIn(situation, words));
			return `**${title}**<br>${body}`;
		},
	}));
	return [
		ABOUT,
		section("Notifications", "A title of at most 60 characters and a body of at most 160.", notices),
		section("The sentence that leads", "What is not known is never called well.", HEADLINES),
		section("The connection", "What the controls found.", CONNECTION),
		section("What people cannot do", "For each feature and each level of trouble.", TROUBLE),
		section("Whose fault it is", "Ours, theirs, or that of somebody between.", BLAME),
		section("Who else sees it", "Nobody's own view is taken for the world's.", WHERE),
		section("Why we think so", "One line for each ground.", REASONS),
		section("Sources", "What `semaforo sources` says of them.", SOURCES),
		section(
			"Is it just me?",
			"The answer of a diagnosis and what to do, then what is unusual on this side.",
			DIAGNOSES,
		),
		section("Layer by layer", "What was found between this computer and the service.", LAYERS_SAID),
		section("Small words", "For tables, lists and the insides of sentences.", SMALL_WORDS),
		"",
	].join("\n\n");
}

function sectionIn(languages: readonly Language[]) {
	const spoken = languages.map((language) => wordsIn(language));
	const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
	const head = ["", ...languages.map((language) => OWN_NAMES[language])];
	return (title: string, about: string, sentences: readonly Sentence[]): string => {
		const rows = sentences.map(({ name, say }) => [name, ...spoken.map(say)]);
		const table = [head, head.map(() => "---"), ...rows].map(line);
		return `## ${title}\n\n${about}\n\n${table.join("\n")}`;
	};
}
