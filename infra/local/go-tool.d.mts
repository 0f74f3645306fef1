export function goTool(
  name: 'helm' | 'promtool' | 'compose',
  say?: (line: string) => void,
): [command: string, ...args: string[]] | undefined;
