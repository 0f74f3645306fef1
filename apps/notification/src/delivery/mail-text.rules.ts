import type { Language } from '../kind/kind-shape.rules.js';
import type { Rendered } from '../kind/text.rules.js';

export interface MailText {
  subject: string;
  text: string;
  html: string;
}

const words = {
  zh: {
    brand: '信桥',
    digest: (count: number) => `今日 ${count} 条通知`,
    open: '在平台查看',
    foot: '此邮件由信桥平台自动发送，请勿回复。可在平台“通知设置”中调整接收方式。',
  },
  en: {
    brand: 'Xinqiao',
    digest: (count: number) => `${count} ${count === 1 ? 'notice' : 'notices'} today`,
    open: 'Open in the portal',
    foot: 'Sent by the Xinqiao platform; replies are not read. Change what you get in your notification settings.',
  },
} as const;

/** Digests show so many notices; the rest is in the list. */
export const digestMax = 50;

/** A mail of one notice, or a digest of several. `portal` is where links lead; without it there are none. */
export function mailOf(
  notices: readonly Rendered[],
  language: Language,
  isDigest: boolean,
  portal: string | null,
): MailText {
  const { brand, digest, foot } = words[language];
  const title = isDigest ? digest(notices.length) : (notices[0]?.title ?? '');
  const shown = notices.slice(0, digestMax);
  const links = shown.map(({ link }) => (portal && link ? new URL(link, portal).href : null));
  const text = shown.map((notice, place) => [notice.title, notice.text, links[place]].filter(Boolean).join('\n'));
  const html = shown.map((notice, place) => section(notice, links[place] ?? null, language));
  return {
    subject: oneLine(`${brand}：${title}`),
    text: `${text.join('\n\n')}\n\n-- \n${foot}\n`,
    html: [
      `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><meta charset="utf-8">`,
      `<title>${escaped(title)}</title>`,
      '<body style="font:15px/1.6 sans-serif;color:#1f2937;max-width:600px;margin:0 auto;padding:16px">',
      ...html,
      `<p style="color:#6b7280;font-size:13px">${escaped(foot)}</p></body></html>`,
    ].join('\n'),
  };
}

/** What fits one SMS: who, what, and where to look; never an amount or a name beyond the title's. */
export const smsOf = ({ title }: Rendered, language: Language): string =>
  language === 'zh' ? `【信桥】${title}，详见平台。` : `[Xinqiao] ${title}. See the portal.`;

function section({ title, text }: Rendered, link: string | null, language: Language): string {
  const open = link ? `<br><a href="${escaped(link)}">${words[language].open}</a>` : '';
  return `<h2 style="font-size:17px;margin:20px 0 4px">${escaped(title)}</h2><p style="margin:0">${escaped(text)}${open}</p>`;
}

const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
