import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';

import { inBrowser, startBrowser } from '../support/browser.js';
import { csv, deliver, eventually, leading } from '../support/deliveries.js';
import { done, logins, password, Town } from '../support/town.js';
import { Visitor } from '../support/visitor.js';

const dates = ['2026-09-30', '2026-10-08', 'I'];

/** Acts of operators, sources and banks that need a reason, a second person, or both. */
inBrowser('what is decided by two, clicked through', () => {
  let town: Town;
  let browser: Browser;
  /** Two operators, a data officer of the registry, an account manager, a finance officer. */
  let maker: Visitor;
  let checker: Visitor;
  let officer: Visitor;
  let bank: Visitor;
  let firm: Visitor;
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-acts-'));

  const arrive = async (login: string): Promise<Visitor> => {
    const visitor = await Visitor.arrive(browser, town.house.url);
    await visitor.signIn(login, password);
    return visitor;
  };

  beforeAll(async () => {
    [browser, town] = await Promise.all([startBrowser(), Town.open()]);
    await town.deliverRegistry();
    await town.deliverScores();
    await town.operators();
    await town.member('source', '市场监管局', { [logins.source]: 'source' }, 'SCJG');
    await town.member('institution', '金桥银行', { [logins.bank]: 'account-manager' });
    await town.member('institution', '运河银行', { [logins.rival]: 'account-manager' });
    await town.consent(await town.register(town.firms[0]!, logins.firm));
    // One after the other: five browsers that begin at once are slower than five in a row.
    maker = await arrive(logins.operator);
    checker = await arrive(logins.second);
    officer = await arrive(logins.source);
    bank = await arrive(logins.bank);
    firm = await arrive(logins.firm);
  }, 180_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await browser?.close();
    await town?.house.stop();
  });

  it('lets a feed rest while its source uploads, breaks off and goes on, and then work again', async () => {
    await maker.go('/operator/operation?which=all');
    await maker.pressInRow('registry.enterprise', '暂停');
    await maker.because('登记机关正在换库', '暂停');
    await maker.says('登记机关正在换库');
    await officer.go('/operator/desk');
    await officer.says('登记机关正在换库');
    const batch = await uploadInTwoGoes();
    await officer.says('已收到');
    await maker.go('/operator/operation');
    await maker.pressInRow('registry.enterprise', '恢复');
    await maker.because('换库完成', '恢复');
    await officer.page.getByText('完成', { exact: true }).first().waitFor();
    await maker.go(batch);
    await maker.press('重放这一批');
    await maker.because('核对换库前后', '重放这一批');
    await maker.says('已排队');
    await maker.go('/operator/operation?tab=runs');
    await maker.row('核对换库前后').getByText('已完成').waitFor();
  }, 120_000);

  /** The line dies in the first piece and the page is closed; another file is no way on, the same one is. */
  async function uploadInTwoGoes(): Promise<string> {
    const [file, other] = ['registry-2.csv', 'other.csv'].map((name) => join(folder, name));
    writeFileSync(file!, town.registry);
    writeFileSync(other!, 'something else');
    await officer.go('/operator/batches');
    await officer.press('上传文件');
    await officer.pick('数据接口', 'registry.enterprise');
    await officer.page.locator('#upload-file').setInputFiles(file!);
    await officer.pick('CSV 编码', 'GB18030');
    const pieces = '**/api/ingestion/uploads/*';
    await officer.page.route(pieces, (route) =>
      route.request().method() === 'PATCH' ? route.abort('aborted') : route.continue(),
    );
    await officer.press('上传');
    await officer.says('已传 0 B');
    await officer.page.reload();
    await officer.page.unroute(pieces);
    await officer.press('继续上传（1）');
    await officer.page.getByLabel('选择 registry-2.csv 继续').setInputFiles(other!);
    await officer.says('这不是原来那个文件');
    await officer.page.getByLabel('选择 registry-2.csv 继续').setInputFiles(file!);
    await officer.page.waitForURL(/batches\/[0-9a-f-]{36}/);
    return new URL(officer.page.url()).pathname;
  }

  it('takes a row as it is when two agree, and a code with a wrong check character when one knows why', async () => {
    const [vat, uscc] = [['所属期', '销售额(元)', '应纳税额(元)', '已缴税额(元)'], town.firms[0]!.uscc];
    const file = csv([
      [...leading, ...vat],
      [`V-${town.tag}`, uscc, ...dates, '2026-08', '-1200.00', '0', '0'],
    ]);
    await deliver(town.house.operator, { feed: 'tax.vat-return', file, reference: `vat-${town.tag}` });
    await maker.go('/operator/mending?feed=tax.vat-return');
    await maker.press('打开');
    await maker.press('按原样接收');
    await maker.because('红字发票冲减', '按原样接收');
    await maker.page.getByRole('dialog').getByText('待复核').waitFor();
    await checker.go('/operator/mending?tab=acts&state=PROPOSED');
    await checker.pressInRow('红字发票冲减', '同意');
    await checker.because('已核对红字发票', '同意');
    await checker.go('/operator/mending?tab=acts&state=SETTLED');
    await checker.row('红字发票冲减').getByText('查看新批次').waitFor();
    await maker.go('/operator/mending?feed=registry.enterprise&state=OPEN');
    await maker.row('USCC_CHECK_DIGIT').getByRole('button', { name: '打开' }).click();
    await maker.press('放行这个代码');
    await maker.because('登记机关书面确认', '放行这个代码');
    await maker.press('改正并重新提交');
    await maker.because('代码已放行', '改正并重新提交');
    await maker.page.getByRole('dialog').getByText('已形成新版本').waitFor();
  }, 120_000);

  it('says whose a meter is, that it is nobody’s any more, and that a code is to pass no longer', async () => {
    const { name, uscc } = town.firms[0]!;
    const meter = `3201${town.tag}`;
    await maker.go('/operator/mending?tab=accounts&feed=utility.usage');
    await maker.press('登记户号归属');
    const lines = '每行一个户号：类别、户号、统一社会信用代码';
    await maker.fill({ [lines]: `电\t${meter}\t${uscc.slice(1)}` });
    await maker.says('第 1 行：最后一项不是 18 位统一社会信用代码');
    await maker.fill({ [lines]: `电\t${meter}\t${uscc}` });
    await maker.press('登记 1 个户号');
    await maker.because('供电公司来函', '登记 1 个户号');
    await maker.row(meter).getByText(name).waitFor();
    await maker.pressInRow(meter, '终止');
    await maker.because('厂房已退租', '终止');
    await maker.row(meter).getByText('不再属于任何企业').waitFor();
    const right = town.firms[1]!.uscc;
    const code = `${right.slice(0, 17)}${right.endsWith('0') ? '1' : '0'}`;
    await done(town.house.operator.post('/api/ingestion/allowed-codes', { uscc: code, reason: '登记机关来函' }));
    await maker.go('/operator/mending?tab=codes');
    await maker.pressInRow(code, '移出名单');
    await maker.because('登记机关已换发', '移出名单');
    await maker.row(code).getByText('登记机关已换发').waitFor();
    expect(await maker.row(code).getByRole('button', { name: '移出名单' }).count()).toBe(0);
  }, 60_000);

  it('changes the key that signs sessions, and nobody is signed out', async () => {
    await maker.go('/operator/operation?tab=keys');
    await maker.press('更换签名密钥');
    await maker.confirm('确认更换');
    await maker.says('已更换');
    await officer.go('/operator/desk');
    await officer.says('我的接口');
  }, 60_000);

  it('holds records beyond their term, and rebuilds what follows of a feed', async () => {
    const { uscc } = town.firms[0]!;
    await maker.go('/operator/operation?tab=retention');
    await maker.press('设置保留');
    await maker.fill({ 统一社会信用代码: uscc, 理由: '法院调取', 依据文号: '（2026）苏05民初9号' });
    await maker.press('设置');
    await maker.says('本人设置，须由另一位解除');
    await checker.go('/operator/operation?tab=retention');
    await checker.pressInRow(uscc, '解除');
    await checker.because('案件已结', '解除');
    await checker.says('已解除');
    await maker.go('/operator/operation?tab=runs');
    await maker.press('提出重放或重算');
    await maker.page.getByRole('dialog').getByText('重算下游', { exact: true }).click();
    await maker.pick('数据接口', 'registry.enterprise');
    await maker.fill({ 理由: '指标口径有改动' });
    await maker.press('提交，等另一位运营同意');
    await maker.row('指标口径有改动').getByText('本人提出，需另一位同意').waitFor();
    await checker.go('/operator/operation?tab=runs');
    await checker.pressInRow('指标口径有改动', '同意');
    await checker.because('口径已核对', '同意');
    await checker.row('指标口径有改动').getByText('已完成', { exact: true }).waitFor();
    for (const follower of ['画像与层级', '检索索引', '监管数字'])
      await checker.row('指标口径有改动').locator('p', { hasText: follower }).getByText('已完成').waitFor();
  }, 120_000);

  it('takes an LPR quote from one and its check from another', async () => {
    await maker.go('/operator/limits?tab=lpr');
    await maker.press('录入报价');
    await maker.fill({ '利率（%）': '3.05', 出处: '同业拆借中心公告' });
    await maker.press('录入');
    await maker.row('同业拆借中心公告').getByText('本人录入，需另一位核对').waitFor();
    await checker.go('/operator/limits?tab=lpr');
    await checker.pressInRow('同业拆借中心公告', '核对无误');
    await checker.says('3.05%');
    await checker.confirm('核对无误');
    await checker.row('同业拆借中心公告').getByText('已由另一人核对').waitFor();
  }, 60_000);

  it('sets a limit of one district apart and takes it back, each by two', async () => {
    await propose('每条需求最多几家银行', '2', async () => {
      await maker.pick('对谁', '一个区县的需求');
      await maker.pick('一个区县的需求', '昆山市');
    });
    await approve('昆山市');
    await checker.go('/operator/limits');
    await checker.pressInRow('昆山市', '取消覆盖');
    await checker.fill({ 理由: '试点结束' });
    await checker.confirm('提交，等另一位运营批准');
    await maker.go('/operator/limits');
    await maker.pressInRow('试点结束', '批准');
    await maker.page.getByRole('dialog').getByText('昆山市').waitFor();
    await maker.confirm('确认批准');
    await maker.says('没有待批准或已计划的变更。');
    expect(await maker.row('昆山市').getByRole('button', { name: '取消覆盖' }).count()).toBe(0);
  }, 90_000);

  async function propose(what: string, value: string, where: () => Promise<void>): Promise<void> {
    await maker.go('/operator/limits');
    await maker.press(`调整：${what}`);
    await maker.fill({ 新值: value, 理由: '试点' });
    await where();
    await maker.press('提交，等另一位运营批准');
    await maker.says('本人提出，需另一位批准');
  }

  async function approve(words: string): Promise<void> {
    await checker.go('/operator/limits');
    await checker.press('批准');
    await checker.page.getByRole('dialog').getByText(words).waitFor();
    await checker.confirm('确认批准');
    await checker.says('没有待批准或已计划的变更。');
  }

  it('draws lots in a fair window that anybody can check, and registers a pledge for the case', async () => {
    await propose('公平窗口（秒，0 为先到先得）', '3600', async () => undefined);
    await approve('3,600');
    const need = await town.publish(await town.as(logins.firm));
    await bank.go('/bank/leads');
    await bank.press('密封报名');
    await bank.fill({ 意向金额: '300' });
    await bank.press('密封报名');
    await bank.says('抽签承诺（事后可核验）');
    const rival = await town.as(logins.rival);
    await done(rival.post(`/api/marketplace/needs/${need}/grabs`, { intendedFen: '200000000' }));
    // An hour goes by for this need alone.
    await town.house.db.query(
      `update marketplace.need set sealed_until = sealed_until - interval '1 hour' where id = $1`,
      [need],
    );
    await eventually(async () => {
      const { status } = await town.house.operator.get(`/api/marketplace/draws/${need}`);
      return status === 200 || undefined;
    }, 'the lots are drawn');
    await maker.go('/operator/watch?tab=draws');
    await maker.press('自己验一遍');
    for (const right of ['密值与事先的承诺相符', '种子由密值与全部报名得出', '名次由种子得出']) await maker.says(right);
    await bank.go('/bank/leads?tab=mine');
    await bank.follow('去跟进');
    await bank.fill({ 押品编号: 'ZL202610012345.6' });
    await bank.press('登记押品');
    await bank.says('登记中');
    await bank.press('解除登记');
    await bank.confirm('解除登记');
    await bank.page.getByRole('row').getByText('已解除').waitFor();
  }, 120_000);

  it('lets an enterprise try the official rule on its own figures', async () => {
    await firm.go('/enterprise/portrait');
    await firm.follow('自评试算');
    await firm.says('按平台记录：64');
    await firm.fill({ 科技人员数: '30', 销售收入: '二十' });
    await firm.press('试算');
    await firm.says('请填写金额');
    await firm.fill({ 销售收入: '4000' });
    await firm.press('试算');
    await firm.says('科技人员占比 30.00%，得 20 分');
    await firm.says('与平台记录不同的数字：科技人员数、销售收入');
    await firm.press('恢复平台记录');
    await firm.says('数字已改动');
    await firm.press('试算');
    await firm.says('科技人员占比 22.00%，得 12 分');
  }, 60_000);

  it('met no error and no refused request', () => {
    expect([maker, checker, officer, bank, firm].flatMap(({ faults }) => faults)).toEqual([]);
  });
});
