import { SearchOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import type { ReactNode } from 'react';

import { useText } from '../frame/language.part.js';
import { partsText } from './parts.text.js';
import { useUrl } from './url.query.js';

/** Filters of a list; `keys` are the names they have in the address. */
export function FilterBar({ keys, children }: { keys: readonly string[]; children: ReactNode }) {
  const text = useText(partsText);
  const { get, set } = useUrl();
  const filtered = keys.some((key) => get(key) !== undefined);
  return (
    <search className="filters">
      {children}
      {filtered ? (
        <Button type="link" onClick={() => set(Object.fromEntries(keys.map((key) => [key, undefined])))}>
          {text('filter.clear')}
        </Button>
      ) : null}
    </search>
  );
}

/** A longer list than this is looked through by typing. */
const searchedFrom = 12;

interface SelectFilterProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { value: string; label: string }[];
  readonly width?: number;
}

export function SelectFilter({ name, label, options, width = 140 }: SelectFilterProps) {
  const { get, set } = useUrl();
  const value = get(name) ?? null;
  return (
    <Select
      aria-label={label}
      placeholder={label}
      value={value}
      options={[...options]}
      allowClear
      showSearch={options.length > searchedFrom ? { optionFilterProp: 'label' } : false}
      style={{ width }}
      popupMatchSelectWidth={false}
      onChange={(chosen: string | null | undefined) => set({ [name]: chosen ?? undefined })}
    />
  );
}

/** The search of a page: `/` brings the person here from anywhere. */
export function SearchFilter({ name, label }: { name: string; label: string }) {
  const { get, set } = useUrl();
  const value = get(name) ?? '';
  return (
    <Input.Search
      key={value}
      data-search
      aria-label={label}
      placeholder={label}
      suffix={<kbd aria-hidden>/</kbd>}
      defaultValue={value}
      allowClear
      enterButton={<SearchOutlined aria-label={label} />}
      style={{ width: 300 }}
      onSearch={(words) => set({ [name]: words.trim() })}
    />
  );
}
