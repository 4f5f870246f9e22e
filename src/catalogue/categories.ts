/** What kind of thing a service is, for browsing; the only categories there are. */
export const CATEGORIES = [
	"messaging",
	"social",
	"video",
	"music",
	"meetings",
	"mail",
	"files",
	"games",
	"developer",
	"ai",
	"money",
	"shopping",
	"news",
	"telecom",
	"cloud",
	"public",
] as const;
