import { Button, Modal, type ButtonProps } from 'antd';
import { useState, type ReactNode } from 'react';

import { useText } from '../frame/language.part.js';
import { partsText } from './parts.text.js';
import { ProblemView } from './states.part.js';

interface ConfirmActProps {
  /** The first click: what the button says. */
  readonly label: ReactNode;
  readonly title: ReactNode;
  /** What will happen, in figures. */
  readonly what: ReactNode;
  /** The second click: names the act again, never just "OK". */
  readonly confirm: ReactNode;
  readonly act: () => Promise<unknown>;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly button?: ButtonProps;
  readonly blocked?: boolean;
  readonly danger?: boolean;
}

/** An act that cannot be undone: it says in figures what it will do, waits for the answer, and stays open when refused. */
export function ConfirmAct(props: ConfirmActProps) {
  const text = useText(partsText);
  const [open, setOpen] = useState(false);
  const run = () =>
    props.act().then(
      () => setOpen(false),
      () => undefined, // the dialog shows `error`
    );
  return (
    <>
      <Button {...props.button} onClick={() => setOpen(true)}>
        {props.label}
      </Button>
      <Modal
        open={open}
        title={props.title}
        okText={props.confirm}
        cancelText={text('confirm.cancel')}
        confirmLoading={props.busy}
        mask={{ closable: !props.busy }}
        okButtonProps={{ danger: props.danger ?? false, disabled: props.blocked ?? false }}
        onOk={() => void run()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        {props.what}
        {props.error ? <ProblemView error={props.error} /> : null}
      </Modal>
    </>
  );
}
