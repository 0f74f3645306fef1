import { fc, test } from '@fast-check/jest';

import { digestMax, mailOf, smsOf } from './mail-text.rules.js';
import { mailRetries, nextTry } from './retry.rules.js';

const notice = (more: object = {}) => ({
  title: '苏州银行接下了您的需求',
  text: '拟贷 500 万元。',
  link: '/x',
  ...more,
});
const now = new Date('2026-11-23T02:00:00Z');

describe('an e-mail', () => {
  it('says in its subject who writes and what about', () => {
    const { subject, text, html } = mailOf([notice()], 'zh', false, 'https://portal.example');
    expect(subject).toBe('信桥：苏州银行接下了您的需求');
    expect(text).toContain('https://portal.example/x');
    expect(html).toContain('<a href="https://portal.example/x">在平台查看</a>');
  });

  it('has no links where nobody said where the portal is', () => {
    expect(mailOf([notice()], 'en', false, null).html).not.toContain('<a');
  });

  it('counts in a digest, and shows as many as a person reads', () => {
    const many = mailOf(
      Array.from({ length: 60 }, () => notice()),
      'en',
      true,
      null,
    );
    expect(many.subject).toBe('Xinqiao：60 notices today');
    expect(many.html.match(/<h2/g)).toHaveLength(digestMax);
    expect(mailOf([notice()], 'en', true, null).subject).toContain('1 notice today');
  });

  test.prop([fc.string(), fc.string()])('lets no name become markup or a header', (title, text) => {
    const { subject, html } = mailOf([notice({ title, text: `<script>${text}`, link: null })], 'zh', false, null);
    expect(html).not.toContain('<script>');
    expect(html.match(/<h2/g)).toHaveLength(1);
    expect(subject).not.toMatch(/[\r\n\0]/);
  });

  it('is an SMS in one line', () => {
    expect(smsOf(notice(), 'zh')).toBe('【信桥】苏州银行接下了您的需求，详见平台。');
  });
});

describe('the next try', () => {
  it('comes later each time, spread, and then no more', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((tries) => nextTry(mailRetries, tries, now, 0)?.getTime() ?? null);
    expect(waits.map((at) => at && (at - now.getTime()) / 60_000)).toEqual([1, 5, 15, 60, 240, 720, null]);
    expect(nextTry(mailRetries, 1, now, 1)).toEqual(new Date('2026-11-23T02:01:15Z'));
  });
});
