import { Command, Option } from "commander";
import { CATEGORIES } from "../catalogue/categories.ts";
import { LANGUAGES } from "../words/language.ts";
import type { CatalogueOptions } from "./catalogue.ts";
import type { CheckOptions } from "./check.ts";
import type { DemoOptions } from "./demo.ts";
import type { DiagnoseOptions } from "./diagnose.ts";
import { beFrugal } from "./frugal.ts";
import type { InspectOptions } from "./inspect.ts";
import type { ReplayOptions } from "./replay.ts";
import type { ServicesOptions } from "./services.ts";
import type { SourcesOptions } from "./sources.ts";
import type { Terminal } from "./terminal.ts";
import type { WatchOptions } from "./watch.ts";

/** Told the code that a command ended with. */
type Done = (code: number) => void;

const CONFIG = new Option(
	"-c, --config <file>",
	"a settings file (JSON): services, features, interval, proxy, own hosts",
);
const CATALOGUE = new Option("--catalogue <folder>", "another folder of services than the shipped one");
const LANGUAGE = new Option(
	"--language <language>",
	"the language of sentences; that of the environment where none is given, English in JSON",
).choices(LANGUAGES);
const JSON_OPTION = new Option("--json", "print JSON for other programs");

/** The command line. Commands load their code when they run, so that help is instant. */
export function createProgram(version: string, terminal: Terminal, done: Done): Command {
	const program = new Command("semaforo")
		.description(
			"Is it just me? Watches, feature by feature, the services people live in, and says whose fault it is when one fails.",
		)
		.version(version)
		.showHelpAfterError('(try "semaforo --help")')
		.configureOutput({
			writeOut: (text) => terminal.stdout.write(text),
			writeErr: (text) => terminal.stderr.write(text),
		})
		.addHelpText("after", EXAMPLES);
	addCheck(program, terminal, done);
	addDiagnose(program, terminal, done);
	addWatch(program, terminal, done);
	addInspect(program, terminal, done);
	addServices(program, terminal, done);
	addCatalogue(program, terminal, done);
	addSources(program, terminal, done);
	addReplay(program, terminal, done);
	addDemo(program, terminal, done);
	return program;
}

const EXAMPLES = `
Examples:
  semaforo check                        one look at the popular services
  semaforo check whatsapp instagram     one look at these two
  semaforo diagnose whatsapp            is it just me? an answer within ten seconds
  semaforo watch -c settings.json       keep watching what the settings choose
  semaforo inspect status.example.com   what a status page says, in our words
  semaforo services discord             what is asked about Discord, and why
  semaforo catalogue --update list.json get a newer list of services, signed by somebody you trust
  semaforo sources discord              how well its official page can be read, and how late it is
  semaforo replay 2019-07-03            what it would have told you on a bad day
  semaforo demo 2024-12-11              a bad evening, performed live on this computer

Shapes:  ● works  ▲ unreliable or partly down  ■ down  ◆ planned work  ◌ cannot tell`;

const EXIT_CODES = `
The exit code is that of monitoring plugins:
  0  everything works
  1  something is unreliable, or under planned work
  2  something is partly or wholly down
  3  it cannot be told, or there is no connection

A first failure proves nothing: it is tried again after 10, 20 and 35 seconds while other hosts and
your own connection are checked too. So an answer takes a few seconds when all is well, and up to
two minutes when something fails.`;

function addCheck(program: Command, terminal: Terminal, done: Done): void {
	program
		.command("check")
		.description("look once, make sure, and print what works and what does not")
		.argument("[service...]", "names or ids; the settings' services where none is given")
		.addOption(JSON_OPTION)
		.addOption(CONFIG)
		.addOption(CATALOGUE)
		.addOption(LANGUAGE)
		.addHelpText("after", EXIT_CODES)
		.action(async (names: string[], options: CheckOptions) => {
			const { check } = await import("./check.ts");
			done(await check(names, options, terminal));
		});
}

const DIAGNOSIS_CODES = `
The exit code:
  0  nothing is wrong, as far as can be seen from here
  1  something is odd here (the clock, IPv6), unreliable, or under planned work
  2  a service, or what carries it, is at fault
  3  this side keeps it from being told, or it cannot be told`;

function addDiagnose(program: Command, terminal: Terminal, done: Done): void {
	program
		.command("diagnose")
		.description("is it just me? look at everything from this computer to the services, within ten seconds")
		.argument("[service...]", "names or ids; the connection alone where none is given")
		.addOption(JSON_OPTION)
		.option("--report <file>", "also write a report to hand on (Markdown), without addresses and names")
		.addOption(CONFIG)
		.addOption(CATALOGUE)
		.addOption(LANGUAGE)
		.addHelpText("after", DIAGNOSIS_CODES)
		.action(async (names: string[], options: DiagnoseOptions) => {
			const { diagnose } = await import("./diagnose.ts");
			done(await diagnose(names, options, terminal));
		});
}

function addWatch(program: Command, terminal: Terminal, done: Done): void {
	program
		.command("watch")
		.description("keep watching; a line for every outage that begins, changes or ends")
		.argument("[service...]", "names or ids; the settings' services where none is given")
		.addOption(CONFIG)
		.addOption(CATALOGUE)
		.addOption(LANGUAGE)
		.option("--no-history", "keep nothing on disk")
		.action(async (names: string[], options: WatchOptions) => {
			beFrugal();
			const { watch } = await import("./watch.ts");
			done(await watch(names, options, terminal));
		});
}

function addInspect(program: Command, terminal: Terminal, done: Done): void {
	program
		.command("inspect")
		.description("say what kind of status page an address leads to, and what it says")
		.argument("<url>", "any address of the page; https is assumed")
		.addOption(JSON_OPTION)
		.addOption(CONFIG)
		.addOption(LANGUAGE)
		.option("--allow-private", "also open addresses of this computer and of private networks")
		.action(async (address: string, options: InspectOptions) => {
			const { inspect } = await import("./inspect.ts");
			done(await inspect(address, options, terminal));
		});
}

function addServices(program: Command, terminal: Terminal, done: Done): void {
	program
		.command("services")
		.description("list what the catalogue knows, or all about one service")
		.argument("[service...]", "names or ids")
		.addOption(new Option("--category <category>", "only those of this kind").choices(CATEGORIES))
		.option("--region <country>", "only those of this country, such as it")
		.addOption(JSON_OPTION)
		.addOption(CONFIG)
		.addOption(CATALOGUE)
		.addOption(LANGUAGE)
		.action(async (names: string[], options: ServicesOptions) => {
			const { services } = await import("./services.ts");
			done(await services(names, options, terminal));
		});
}

function addSources(program: Command, terminal: Terminal, done: Done): void {
	program
		.command("sources")
		.description("say how well official sources can be read, and how late they are")
		.argument("[service...]", "names or ids; the settings' services where none is given")
		.addOption(JSON_OPTION)
		.addOption(CONFIG)
		.addOption(CATALOGUE)
		.addOption(LANGUAGE)
		.action(async (names: string[], options: SourcesOptions) => {
			const { sources } = await import("./sources.ts");
			done(await sources(names, options, terminal));
		});
}

function addCatalogue(program: Command, terminal: Terminal, done: Done): void {
	program
		.command("catalogue")
		.description("say which catalogue of services is in force, and get a newer one")
		.option(
			"--update [from]",
			"get an update from an https address, a file or a share; from where the settings say, without one",
		)
		.option("--key <file>", "with --update: a public key to believe, beside those of the settings")
		.addOption(JSON_OPTION)
		.addOption(CONFIG)
		.action(async (options: CatalogueOptions) => {
			const { catalogue } = await import("./catalogue.ts");
			done(await catalogue(options, terminal));
		});
}

function addReplay(program: Command, terminal: Terminal, done: Done): void {
	program
		.command("replay")
		.description("play a scripted outage and print what you would have been told; nothing is sent anywhere")
		.argument("[scenario]", "its name or file; without one, lists those that come with Semaforo")
		.addOption(JSON_OPTION)
		.addOption(CATALOGUE)
		.addOption(LANGUAGE)
		.action(async (scenario: string | undefined, options: ReplayOptions) => {
			const { replay } = await import("./replay.ts");
			done(await replay(scenario, options, terminal));
		});
}

function addDemo(program: Command, terminal: Terminal, done: Done): void {
	program
		.command("demo")
		.description("perform a scripted outage live, with real servers on this computer; nothing leaves it")
		.argument("[scenario]", "its name or file; a telling one where none is given")
		.option("--speed <times>", "how many times faster than in truth, 1 to 600", "60")
		.option("--from-start", "all of it, not only the part in which something happens")
		.option("--list", "list the scenarios that come with Semaforo")
		.addOption(CATALOGUE)
		.addOption(LANGUAGE)
		.action(async (scenario: string | undefined, options: DemoOptions) => {
			const { demo } = await import("./demo.ts");
			done(await demo(scenario, options, terminal));
		});
}
