import type { Channel, Language, Mode } from '../kind/kind-shape.rules.js';
import { defaultMode, kindNames, kindOf } from '../kind/kind.rules.js';
import { textOfMinute } from './quiet.rules.js';

export class PreferenceResponse {
  kind: string;
  title: string;
  urgency: 'LOW' | 'NORMAL' | 'URGENT';
  inApp: Mode;
  email: Mode;
  sms: Mode;
}

export class SettingResponse {
  language: Language;
  /** `HH:MM` in Asia/Shanghai; null without quiet hours. */
  quietFrom: string | null;
  quietTo: string | null;
  digestAt: string;
  /** Proved addresses, half hidden: whoever looks over a shoulder learns little. */
  email: string | null;
  phone: string | null;
  /** Ways that this house can go at all. */
  channels: Channel[];
}

export class PreferenceList {
  items: PreferenceResponse[];
}

export interface SettingRow {
  language: Language;
  quiet_from: number | null;
  quiet_to: number | null;
  digest_at: number;
  email: string | null;
  phone: string | null;
}

export const toSettingResponse = (row: SettingRow, open: Channel[]): SettingResponse => ({
  language: row.language,
  quietFrom: row.quiet_from === null ? null : textOfMinute(row.quiet_from),
  quietTo: row.quiet_to === null ? null : textOfMinute(row.quiet_to),
  digestAt: textOfMinute(row.digest_at),
  email: row.email && maskedAddress(row.email),
  phone: row.phone && maskedAddress(row.phone),
  channels: ['IN_APP', ...open],
});

/** `ann@example.com` as `a***@example.com`, `13800001111` as `138****1111`. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? `${address.slice(0, 3)}****${address.slice(-4)}` : `${address.slice(0, 1)}***${address.slice(at)}`;
}

/** Kinds that somebody with these roles is ever told, with the person's own wishes or else the kind's. */
export function toPreferenceList(
  roles: readonly string[],
  own: readonly { kind: string; channel: Channel; mode: Mode }[],
  language: Language,
): PreferenceList {
  const items = kindNames.filter((name) =>
    kindOf(name).to.some((to) => rolesOf[to].some((role) => roles.includes(role))),
  );
  return {
    items: items.map((name) => {
      const kind = kindOf(name);
      const modeOf = (channel: Channel): Mode =>
        own.find((one) => one.kind === name && one.channel === channel)?.mode ?? defaultMode(kind, channel);
      const title = kind.title[language].replaceAll(/\{\w+\}/g, '…');
      const { urgency } = kind;
      return { kind: name, title, urgency, inApp: modeOf('IN_APP'), email: modeOf('EMAIL'), sms: modeOf('SMS') };
    }),
  };
}

const rolesOf = {
  ENTERPRISE: ['enterprise'],
  MANAGER: ['account-manager'],
  ADMINS: ['institution-admin'],
  OPERATORS: ['operator'],
  PERSON: ['enterprise', 'account-manager', 'institution-admin', 'source', 'regulator', 'operator'],
} as const;
