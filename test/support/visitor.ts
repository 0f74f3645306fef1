import { join } from 'node:path';

import axe from 'axe-core';
import { type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';

export const desk = { width: 1_366, height: 768 };
export const phone = { width: 390, height: 844 };
export type Language = 'zh' | 'en';
type Memory = Awaited<ReturnType<BrowserContext['storageState']>>;

const screenshots = join(import.meta.dirname, '../ui/screenshots');
/** Nobody is signed in yet, and the page asks. */
const askedWho = /^401 GET \/api\/identity\/me$|^401 POST \/api\/identity\/sessions\/refresh$/;
/**
 * There is a heading, nothing grey is left, and nothing moves: a picture of half a fade has no contrast. What turns for
 * ever does not count.
 */
const settled = `
  new Promise((done, fail) => {
    const late = performance.now() + 30_000;
    const look = () => {
      const still = document.querySelector('h1') && !document.querySelector('.skeleton, .ant-btn-loading') &&
        !document.getAnimations().some((one) => Number.isFinite(one.effect.getComputedTiming().endTime));
      if (still) return done();
      if (performance.now() > late) return fail(new Error('waited in vain: everything is loaded'));
      requestAnimationFrame(look);
    };
    look();
  })`;

/**
 * What axe objects to, by all of its rules. The portal has no frames, so that it runs where it is; and what it does not object to
 * is not sent here: that took three times as long as the check itself. The portal has no media to load first.
 */
const objections = `
  axe.run(document, { resultTypes: ['violations'], preload: false, selectors: false }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ' at ' + nodes.map(({ html }) => html).join(' | ')))`;

const prose = `
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest('code, pre, script, style')) words.push(walker.currentNode.data);
  words.join(' ');`;

/** One person at one browser: clicks by what is written on the screen, and notes whatever goes wrong behind it. */
export class Visitor {
  /** Console errors, exceptions, requests that failed or were refused: everything a person never should cause. */
  readonly faults: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly url: string,
  ) {
    page.setDefaultTimeout(30_000); // a machine may have more to do than to show pages
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (line) => {
      const ofRequest = line.text().startsWith('Failed to load resource'); // said again by its response
      if (line.type() === 'error' && !ofRequest) this.faults.push(line.text());
    });
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      if (why !== 'net::ERR_ABORTED') this.faults.push(`${why} ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() < 400) return;
      const said = `${response.status()} ${response.request().method()} ${new URL(response.url()).pathname}`;
      if (!askedWho.test(said)) this.faults.push(said);
    });
  }

  static async arrive(
    browser: Browser,
    url: string,
    language: Language = 'zh',
    size = desk,
    memory?: Memory,
  ): Promise<Visitor> {
    // Somebody who wants less motion: a dialog that is still growing takes a click that was meant for its button.
    const place = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' } as const;
    const context = await browser.newContext({ viewport: size, ...place, ...(memory && { storageState: memory }) });
    await context.addInitScript(`localStorage.setItem('xinqiao.language', ${JSON.stringify(language)})`);
    return new Visitor(await context.newPage(), context, url);
  }

  /** The same person at a second computer: signed in already, and with a memory of its own. */
  beside = async (): Promise<Visitor> =>
    Visitor.arrive(this.context.browser()!, this.url, 'zh', desk, await this.context.storageState());

  leave = (): Promise<void> => this.context.close();

  async go(path: string): Promise<void> {
    await this.page.goto(this.url + path);
    await this.settle();
  }

  /** Goes on to another page as a link does: nothing is loaded anew. The first page is one's address, by `go`. */
  async visit(path: string): Promise<void> {
    if ((await this.page.locator('main[data-at]').count()) === 0) return this.go(path);
    await this.page.evaluate(
      `history.pushState(null, '', ${JSON.stringify(path)}), dispatchEvent(new PopStateEvent('popstate'))`,
    );
    await this.page.locator(`main[data-at="${path}"]`).waitFor();
    await this.settle();
  }

  async settle(): Promise<void> {
    // Not waitForFunction: that evaluates words in the page, which the portal's policy forbids.
    await this.page.evaluate(settled);
  }

  /** Of several that are called alike the last: dialogs and drawers stand behind the page in the document. */
  button = (name: string | RegExp): Locator => this.page.getByRole('button', { name, exact: true }).last();
  press = (name: string | RegExp): Promise<void> => this.button(name).click();
  /** The button of the row that says these words, wherever in its table it stands. */
  pressInRow = (words: string, name: string): Promise<void> =>
    this.page.getByRole('row').filter({ hasText: words }).getByRole('button', { name, exact: true }).click();
  follow = (name: string): Promise<void> => this.page.getByRole('link', { name, exact: true }).first().click();
  says = (words: string): Promise<void> => this.page.getByText(words).first().waitFor();
  words = (): Promise<string> => this.page.locator('body').innerText();

  /** The same without what is written down as code on purpose. */
  prose = (): Promise<string> => this.page.evaluate<string>(prose);

  /** The second click of an act that cannot be undone; returns when its dialog is gone. */
  async confirm(name: string): Promise<void> {
    // The last one: a question may stand over the drawer that asked it by a button of the same name.
    const asking = this.page.getByRole('dialog').filter({ has: this.page.getByRole('button', { name, exact: true }) });
    const question = await asking.last().elementHandle();
    await asking.last().getByRole('button', { name, exact: true }).click();
    await question?.waitForElementState('hidden');
  }

  /** A row of a table, by something that stands in it and in no other. */
  row = (words: string): Locator => this.page.getByRole('row').filter({ hasText: words }).first();

  /** An act that is kept with its reason: the second click, once the reason is written. */
  async because(reason: string, name: string): Promise<void> {
    await this.fill({ '说明（随决定保存）': reason });
    await this.confirm(name);
  }

  /** Fills fields by their labels. */
  async fill(fields: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(fields))
      await this.page.getByLabel(label, { exact: true }).last().fill(value);
  }

  async pick(label: string, option: string): Promise<void> {
    const box = this.page.getByRole('combobox', { name: label, exact: true }).last();
    await box.click();
    // Of a long list only the part in view is in the document: a person types what is looked for.
    if (await box.isEditable()) await box.fill(option);
    const choices = this.page.locator('.ant-select-dropdown:visible');
    const choice = choices.locator('.ant-select-item-option').filter({ hasText: option });
    await choice.click();
    // A list that is still opening may miss the click; a person sees that, and clicks again.
    await choices.waitFor({ state: 'hidden', timeout: 3_000 }).catch(() => choice.click());
  }

  async signIn(login: string, password: string, language: Language = 'zh'): Promise<void> {
    await this.go('/sign-in');
    await this.fill(language === 'en' ? { Login: login, Password: password } : { 登录名: login, 密码: password });
    await this.press(language === 'en' ? 'Sign in' : '登录');
    await this.page.locator('.frame').waitFor();
    await this.settle();
  }

  async snap(name: string): Promise<void> {
    await this.page.evaluate('scrollTo(0, 0)');
    const path = join(screenshots, `${name}.jpg`);
    await this.page.screenshot({ path, fullPage: true, type: 'jpeg', quality: 75 });
  }

  /** Leaves a picture for a person to look at, and tells what a machine can see: axe's findings and what sticks out. */
  async look(name: string, withAxe = true): Promise<string[]> {
    await this.settle();
    await this.snap(name);
    const wide = await this.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    const sticksOut = wide > 0 ? [`${name}: ${wide} px wider than the screen`] : [];
    return withAxe ? [...sticksOut, ...(await this.axe(name))] : sticksOut;
  }

  private async axe(name: string): Promise<string[]> {
    if (!(await this.page.evaluate<boolean>(`'axe' in window`))) await this.page.evaluate(axe.source);
    return (await this.page.evaluate<string[]>(objections)).map((one) => `${name}: ${one}`);
  }

  /** The other language, at once and where one is: what is on the page is said anew. */
  async read(language: Language): Promise<void> {
    const lang = language === 'zh' ? 'zh-CN' : 'en';
    await this.page.locator(`.languages button[lang="${lang}"]`).click();
    await this.page.locator(`html[lang="${lang}"]`).waitFor();
  }

  resize = (size: typeof desk): Promise<void> => this.page.setViewportSize(size);
}
