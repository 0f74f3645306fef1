import { App, Button, Form, Input, Modal, Rate, Select } from 'antd';
import { useState, type ReactNode } from 'react';

import { useText } from '../frame/language.part.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import { useComplaint, useFeedback, type Category } from './need-work.query.js';
import { needWorkText } from './need-work.text.js';

const categories: readonly Category[] = [
  'ATTITUDE',
  'NO_CONTACT',
  'UNDUE_FEES',
  'TIED_SALE',
  'DATA_LEAK',
  'BROKEN_PROMISE',
  'OTHER',
];

interface OpinionProps {
  readonly id: string;
  readonly bank: string;
}

/** Stars for a bank after its case has ended. */
export function RateBank({ id, bank }: OpinionProps) {
  const text = useText(needWorkText);
  const required = { required: true, message: useText(partsText)('required') };
  const feedback = useFeedback(id);
  return (
    <Opinion
      label={text('rate.do')}
      title={text('rate.title', { bank })}
      done={text('rate.done')}
      of={feedback}
      submit={({ stars, text: words }: { stars: number; text?: string }) =>
        feedback.mutateAsync({ stars, ...(words?.trim() && { text: words.trim() }) })
      }
    >
      <Form.Item name="stars" label={text('rate.stars')} rules={[required]}>
        <Rate />
      </Form.Item>
      <Form.Item name="text" label={text('rate.text')}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </Opinion>
  );
}

/** Tells the platform what went wrong; the bank answers first. */
export function ComplainOfBank({ id, bank }: OpinionProps) {
  const text = useText(needWorkText);
  const required = { required: true, message: useText(partsText)('required') };
  const complaint = useComplaint(id);
  return (
    <Opinion
      label={text('complain.do')}
      title={text('complain.title', { bank })}
      done={text('complain.done')}
      of={complaint}
      submit={(fields: { category: Category; text: string }) =>
        complaint.mutateAsync({ ...fields, text: fields.text.trim() })
      }
    >
      <Form.Item name="category" label={text('complain.category')} rules={[required]}>
        <Select options={categories.map((value) => ({ value, label: text(`category.${value}`) }))} />
      </Form.Item>
      <Form.Item name="text" label={text('complain.text')} rules={[{ ...required, whitespace: true }]}>
        <Input.TextArea rows={4} maxLength={1_000} />
      </Form.Item>
    </Opinion>
  );
}

interface OpinionFormProps<Fields> {
  readonly label: string;
  readonly title: string;
  readonly done: string;
  readonly of: { isPending: boolean; error: Error | null };
  readonly submit: (fields: Fields) => Promise<unknown>;
  readonly children: ReactNode;
}

function Opinion<Fields>({ label, title, done, of, submit, children }: OpinionFormProps<Fields>) {
  const text = useText(needWorkText);
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const send = async (fields: Fields) => {
    await submit(fields);
    message.success(done);
    setOpen(false);
  };
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal open={open} title={title} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <Form
          layout="vertical"
          requiredMark={false}
          onFinish={(fields: Fields) => void send(fields).catch(() => undefined)}
        >
          {children}
          {of.error ? <ProblemView error={of.error} /> : null}
          <Button type="primary" htmlType="submit" loading={of.isPending}>
            {text('submit')}
          </Button>
        </Form>
      </Modal>
    </>
  );
}
