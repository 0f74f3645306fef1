import { Select } from 'antd';

import { useLanguage, useText } from '../frame/language.part.js';
import { DataTable, type Column } from '../parts/data-table.part.js';
import { Section } from '../parts/page.part.js';
import { Answer, ProblemView } from '../parts/states.part.js';
import { webhookText } from '../webhook/webhook.text.js';
import { kindText } from './kind.text.js';
import {
  useChangePreference,
  usePreferences,
  useSetting,
  type Preference,
  type Setting,
  type Way,
} from './notice.query.js';
import { noticeText } from './notice.text.js';

const ways: readonly Way[] = ['NOW', 'DIGEST', 'OFF'];
const fieldOf = { IN_APP: 'inApp', EMAIL: 'email', SMS: 'sms' } as const satisfies Record<
  Setting['channels'][number],
  keyof Preference
>;

/** How each kind of notice comes; only ways that this house can go are offered. */
export function Preferences() {
  const text = useText(noticeText);
  const { language } = useLanguage();
  const preferences = usePreferences(language);
  const setting = useSetting();
  const change = useChangePreference();
  const words: Readonly<Record<string, string>> = { ...webhookText[language], ...kindText[language] };
  const nameOf = ({ kind, title }: Preference) => words[kind] ?? words[`kind.${kind}`] ?? title;
  const columns: Column<Preference>[] = [
    { key: 'kind', title: text('preference.kind'), cell: nameOf },
    ...(setting.data?.channels ?? []).map((channel): Column<Preference> => {
      const field = fieldOf[channel];
      return {
        key: channel,
        title: text(`preference.${channel}`),
        cell: (preference) => (
          <Select
            size="small"
            aria-label={`${nameOf(preference)} · ${text(`preference.${channel}`)}`}
            className="way-field"
            value={preference[field]}
            disabled={change.isPending}
            options={ways.map((value) => ({ value, label: text(value) }))}
            onChange={(mode: Way) => change.mutate({ kind: preference.kind, channel, mode })}
          />
        ),
      };
    }),
  ];
  return (
    <Section title={text('preference.title')} note={text('preference.note')} flush>
      {change.error ? <ProblemView error={change.error} /> : null}
      <Answer query={preferences} rows={8}>
        {({ items }) => (
          <DataTable caption={text('preference.title')} columns={columns} rows={items} rowKey={({ kind }) => kind} />
        )}
      </Answer>
    </Section>
  );
}
