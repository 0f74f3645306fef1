import { open } from 'node:fs/promises';

/** The first bytes of a file, at most so many. */
export async function headOf(path: string, bytesMax: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytesMax), 0, bytesMax, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
