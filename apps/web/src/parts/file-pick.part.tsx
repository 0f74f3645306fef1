import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { partsText } from './parts.text.js';

interface FilePickProps {
  readonly id: string;
  readonly onFile: (file: File | undefined) => void;
  readonly accept?: string;
  readonly disabled?: boolean;
  /** Choosing the same file once more counts as well; what was chosen is not shown then. */
  readonly once?: boolean;
}

/** A file of this computer, asked for in the portal's language: browsers speak their own in this field. */
export function FilePick({ id, onFile, accept, disabled = false, once = false }: FilePickProps) {
  const text = useText(partsText);
  const [name, setName] = useState<string>();
  return (
    <span className="file-pick">
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={disabled}
        onChange={({ target }) => {
          const file = target.files?.[0];
          setName(once ? undefined : file?.name);
          onFile(file);
          if (once) target.value = '';
        }}
      />
      <span className="face" aria-hidden>
        {text('file.choose')}
      </span>
      {once ? null : <span className="broken">{name ?? <span className="quiet">{text('file.none')}</span>}</span>}
    </span>
  );
}
