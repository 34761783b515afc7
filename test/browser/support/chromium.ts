import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";

/** Where distributions install it. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The program of a Chromium that is installed: that of `CHROME_PATH`, or else one that a distribution has installed; `null` for none. */
export const CHROMIUM: string | null = placesOf(process.env["CHROME_PATH"]).find((path) => existsSync(path)) ?? null;

function placesOf(named: string | undefined): readonly string[] {
  return named === undefined || named === "" ? PLACES : [named];
}

/** It asks nothing of the network by itself. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium without a window. */
export async function startChromium(): Promise<Browser> {
  const { chromium } = await import("playwright-core");
  return chromium.launch({ executablePath: CHROMIUM!, args: ARGUMENTS });
}
