const creditCode = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

export interface CodesRead {
  /** Each code once, as first written. */
  readonly codes: readonly string[];
  /** The first line that is no code. */
  readonly fault?: { readonly line: number; readonly code: string };
}

/** Credit codes as people paste them: one a line or a cell, in small letters too, with empty lines between. */
export function codesIn(words: string): CodesRead {
  const lines = words.split(/\r?\n/).flatMap((line, index) =>
    line
      .split(/[\s,;，；、]+/)
      .filter((code) => code !== '')
      .map((code) => ({ line: index + 1, code: code.toUpperCase() })),
  );
  const fault = lines.find(({ code }) => !creditCode.test(code));
  const codes = [...new Set(lines.map(({ code }) => code))];
  return fault ? { codes, fault } : { codes };
}
