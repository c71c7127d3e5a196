// Takes the picture of the README: the home page of a site.
//
//     ksbfolio build --output SITE && node tests/node/picture.mjs SITE docs/site.png

import { chromium } from "playwright-core";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const [site, picture] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium" });
const page = await browser.newPage({ viewport: { width: 1100, height: 760 }, colorScheme: "light" });
await page.goto(pathToFileURL(resolve(site, "index.html")).href);
await page.screenshot({ path: picture });
await browser.close();
