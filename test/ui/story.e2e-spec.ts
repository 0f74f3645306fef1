import type { Browser } from 'playwright-core';

import { inBrowser, startBrowser } from '../support/browser.js';
import { logins, password, Town } from '../support/town.js';
import { Visitor } from '../support/visitor.js';

inBrowser('the story, clicked through in Chinese', () => {
  let town: Town;
  let browser: Browser;
  let operator: Visitor;
  let enterprise: Visitor;
  let bank: Visitor;
  const findings: string[] = [];
  const visitors: Visitor[] = [];

  const arrive = async (): Promise<Visitor> => {
    const visitor = await Visitor.arrive(browser, town.house.url);
    visitors.push(visitor);
    return visitor;
  };
  const look = async (visitor: Visitor, name: string): Promise<void> => {
    findings.push(...(await visitor.look(`story-${name}`)));
  };

  /** The story cannot go on after a broken step; the pictures show where it stopped. */
  let stopped = false;
  const step = (name: string, work: () => Promise<void>): void =>
    it(
      name,
      async () => {
        expect(stopped).toBe(false);
        stopped = true;
        try {
          await work();
          stopped = false;
        } finally {
          for (const [index, visitor] of visitors.entries()) await visitor.snap(`last-${index}`);
        }
      },
      180_000,
    );

  beforeAll(async () => {
    [browser, town] = await Promise.all([startBrowser(), Town.open()]);
    [operator, enterprise, bank] = [await arrive(), await arrive(), await arrive()];
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await town?.house.stop();
  });

  step('lets the operator deliver a file and see where every row went', async () => {
    await town.operators();
    await operator.signIn(logins.operator, password);
    await operator.go('/operator/batches');
    await operator.press('上传文件');
    await operator.pick('数据接口', 'registry.enterprise');
    await operator.page
      .locator('#upload-file')
      .setInputFiles({ name: 'registry.csv', mimeType: 'text/csv', buffer: Buffer.from(town.registry) });
    await operator.pick('CSV 编码', 'GB18030');
    await look(operator, '01-upload');
    await operator.press('上传');
    await operator.says('完成');
    await operator.says('SHORT');
    await look(operator, '02-batch');
    expect(await operator.words()).toMatch(/采纳\s*6[\s\S]*隔离\s*2[\s\S]*拒收\s*1/);
    await town.deliverScores();
  });

  step('changes a limit only when a second operator approves', async () => {
    await operator.follow('限额');
    await operator.press('调整：每条需求最多几家银行');
    await operator.fill({ 新值: '4', 理由: '试点期先收紧' });
    await look(operator, '03-limit');
    await operator.press('提交，等另一位运营批准');
    await operator.says('本人提出，需另一位批准');
    const second = await arrive();
    await second.signIn(logins.second, password);
    await second.go('/operator/limits');
    await second.press('批准');
    await second.says('→ 4');
    await look(second, '04-approve');
    await second.confirm('确认批准');
    await second.says('没有待批准或已计划的变更。');
  });

  step('brings a bank on board', async () => {
    await operator.follow('机构与人员');
    await operator.press('新增机构');
    await operator.fill({ 名称: '金桥银行', 代码: `GB${town.tag}` });
    await operator.page.getByLabel('征信成员').check();
    await operator.page.getByLabel('平台成员').check();
    await look(operator, '05-organisation');
    await operator.press('新增');
    await operator.follow('金桥银行');
    await operator.press('新增人员');
    await operator.fill({ 姓名: '李桥', 登录名: logins.bank, 初始密码: password });
    await operator.press('新增');
    await operator.says(logins.bank);
    await town.member('institution', '运河银行', { [logins.rival]: 'account-manager' });
    await town.member('regulator', '监管办', { [logins.regulator]: 'regulator' });
  });

  step('lets a firm register, authorise, and publish a need after seeing what banks will see', async () => {
    const [firm] = town.firms;
    await enterprise.go('/register');
    await enterprise.fill({ 统一社会信用代码: firm!.uscc, 法定代表人: firm!.legal });
    await enterprise.fill({ 设一个登录名: logins.firm, 设一个密码: password });
    await enterprise.press('注册并登录');
    await enterprise.says('谁会借给我们？');
    await enterprise.follow('授权管理');
    await enterprise.press('签署授权');
    for (const limb of [/^信息采集/, /^查询使用/, '全部征信成员机构', /^贷前审查/, /^我已逐条阅读/])
      await enterprise.page.getByLabel(limb).check();
    await look(enterprise, '06-sign');
    await enterprise.press('签署授权');
    await enterprise.confirm('确认签署');
    await enterprise.says('有效');
    await enterprise.follow('发布需求');
    await enterprise.fill({ 融资金额: '500', 期限: '12', 用途: `${firm!.name}研发设备，电话13800001111` });
    await enterprise.pick('担保方式', '信用');
    await look(enterprise, '07-draft');
    await enterprise.press('下一步');
    await enterprise.fill({ 联系人: '周会计', 联系电话: '13800001111' });
    await enterprise.press('下一步');
    await enterprise.says('抢到名额后才看到的');
    await look(enterprise, '08-preview');
    const seen = await enterprise.page.locator('.sheet').first().innerText();
    for (const secret of [firm!.name, '13800001111']) expect(seen).not.toContain(secret);
    await enterprise.press('发布');
    await enterprise.confirm('确认发布');
    await enterprise.says('当前需求');
    await look(enterprise, '09-need');
  });

  step('shows the bank a masked lead, opens it by a grab, and takes the case to an offer', async () => {
    const [firm] = town.firms;
    await bank.signIn(logins.bank, password);
    await bank.says('研发设备');
    for (const secret of [firm!.name, firm!.uscc, '13800001111', '周会计', '500.00'])
      expect(await bank.words()).not.toContain(secret);
    await bank.press('抢单');
    await bank.fill({ 意向金额: '300' });
    await look(bank, '10-grab');
    await bank.press('抢单');
    await bank.says(`抢到了：${firm!.name}`);
    await look(bank, '11-won');
    await bank.follow('去跟进');
    await bank.fill({ 记录: '已电话联系，约好上门' });
    await bank.press('保存');
    await bank.says('已记录联系。');
    await bank.page.getByText('征信报告', { exact: true }).first().click();
    await bank.press('查询征信报告');
    await bank.says('查询回执');
    await look(bank, '12-report');
    await bank.page.getByText('办理', { exact: true }).first().click();
    await bank.fill({ 年利率: '3.95' });
    await look(bank, '13-offer');
    await bank.press('提交报价');
    await bank.confirm('确认提交');
    await bank.says('已提交的报价');
    await look(bank, '14-case');
  });

  step('lets the firm compare two offers and accept one, and the bank report the money', async () => {
    const rival = await town.as(logins.rival);
    const board = await rival.get('/api/marketplace/leads');
    await town.offer(rival, board.body['items'][0].needId, 420);
    await enterprise.go('/enterprise/offers');
    await enterprise.says('运河银行');
    await look(enterprise, '15-offers');
    const column = (await enterprise.page.locator('table.compare thead th').allInnerTexts()).indexOf('金桥银行');
    await enterprise.page.getByRole('button', { name: '接受', exact: true }).nth(column).click();
    await enterprise.says('接受 金桥银行 的报价？');
    await look(enterprise, '16-accept');
    await enterprise.confirm('确认接受');
    await bank.page.reload();
    await bank.press('反馈放款');
    await bank.confirm('确认反馈');
    await bank.says('已反馈放款。');
    await look(bank, '17-paid');
    await enterprise.follow('我的融资');
    await enterprise.says('已放款');
    await enterprise.follow('谁查过我');
    await enterprise.says('金桥银行');
    await look(enterprise, '18-reads');
  });

  step('shows the regulator the figures, and the operator what got stuck', async () => {
    const regulator = await arrive();
    await regulator.signIn(logins.regulator, password);
    await regulator.says('放款金额');
    await look(regulator, '19-overview');
    await regulator.follow('分布');
    await regulator.says('昆山市');
    await town.parkLetter('supervision');
    await operator.go('/operator/dead-letters?service=supervision');
    await operator.press('查看');
    await look(operator, '20-letter');
    await operator.press('丢弃');
    await operator.fill({ 原因: '测试事件' });
    await operator.confirm('确认丢弃');
    await operator.says('已丢弃');
  });

  it('met nothing that axe objects to, no error and no refused request', () => {
    expect(findings).toEqual([]);
    expect(visitors.flatMap(({ faults }) => faults)).toEqual([]);
  });
});
