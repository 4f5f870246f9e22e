/** An icon's drawing, on a ground of 24 × 24. */
declare module "lucide-static/icons/*.svg?path" {
	export const path: string;
}
