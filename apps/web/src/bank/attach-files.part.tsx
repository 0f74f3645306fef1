import { PaperClipOutlined } from '@ant-design/icons';
import { App, Button, Upload } from 'antd';

import { useText } from '../frame/language.part.js';
import { ProblemView } from '../parts/states.part.js';
import { useAttach, type Attachment } from './work.query.js';
import { workText } from './work.text.js';

const bytesMax = 524_288;
const mediaTypes: readonly Attachment['mediaType'][] = ['application/pdf', 'image/png', 'image/jpeg'];

interface AttachFilesProps {
  readonly id: string;
  readonly files: readonly Attachment[];
  readonly onChange: (files: readonly Attachment[]) => void;
}

/** Files go up at once and are named by the contact or visit that is saved afterwards. */
export function AttachFiles({ id, files, onChange }: AttachFilesProps) {
  const text = useText(workText);
  const { message } = App.useApp();
  const attach = useAttach(id);
  const add = async (file: File) => {
    const mediaType = mediaTypes.find((type) => type === file.type);
    if (!mediaType) {
      message.error(text('files.hint'));
      return;
    }
    if (file.size > bytesMax) {
      message.error(text('files.tooLarge', { name: file.name }));
      return;
    }
    const kept = await attach.mutateAsync({ name: file.name.slice(0, 120), mediaType, content: await base64Of(file) });
    onChange([...files, kept]);
  };
  return (
    <span>
      <Upload
        accept={mediaTypes.join()}
        showUploadList={false}
        maxCount={1}
        beforeUpload={(file) => {
          void add(file).catch(() => undefined);
          return Upload.LIST_IGNORE;
        }}
      >
        <Button icon={<PaperClipOutlined aria-hidden />} loading={attach.isPending} disabled={files.length >= 5}>
          {text('files.attach')}
        </Button>
      </Upload>{' '}
      <span className="quiet">{files.length > 0 ? files.map(({ name }) => name).join(' · ') : text('files.hint')}</span>
      {attach.error ? <ProblemView error={attach.error} /> : null}
    </span>
  );
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  // A call takes some ten thousand arguments, not half a million.
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(binary);
}
