import { existsSync } from 'node:fs';

import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executable = [process.env['CHROMIUM'], ...places].find((path) => path && existsSync(path));
const advice = 'no Chromium: apt-get install chromium fonts-noto-cjk, or say where it is with CHROMIUM=/path';

if (!executable && !process.env['CI']) process.stderr.write(`browser tests skipped; ${advice}\n`);

/** `describe` where there is a browser; skipped elsewhere, but CI must have one and fails without it. */
export const inBrowser = executable || process.env['CI'] ? describe : describe.skip;

export function startBrowser(): Promise<Browser> {
  if (!executable) throw new Error(advice);
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  return chromium.launch({ executablePath: executable, args: ['--no-sandbox', '--disable-gpu', ...quiet] });
}
