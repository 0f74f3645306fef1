export function helmBinary(say?: (line: string) => void): string | undefined;
