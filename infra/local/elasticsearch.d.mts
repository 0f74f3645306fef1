export interface LocalElasticsearch {
  url: string;
  port: number;
  pid: number;
  dataDir: string;
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<unknown>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}
export function startElasticsearch(options?: {
  port?: number;
  host?: string;
  dataDir?: string;
  heap?: string;
  say?: (line: string) => void;
}): Promise<LocalElasticsearch>;
