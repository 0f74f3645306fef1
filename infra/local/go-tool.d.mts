export function goTool(
  name: 'helm' | 'promtool' | 'compose' | 'manifest-check',
  say?: (line: string) => void,
): [command: string, ...args: string[]] | undefined;
