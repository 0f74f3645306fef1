export interface LocalKafka {
  /** `host:port`, for KAFKA_BROKERS. */
  brokers: string;
  /** `host:port` that asks for name and password behind TLS, where that was asked for. */
  secured: string | undefined;
  port: number;
  pid: number;
  dataDir: string;
  /** Resolves when the broker has ended, for whatever reason. */
  ended: Promise<unknown>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}
export function kafkaJars(say?: (line: string) => void): string;
export function startKafka(options?: {
  port?: number;
  host?: string;
  dataDir?: string;
  logDir?: string;
  heap?: string;
  say?: (line: string) => void;
  secured?: { pem: string; name: string; password: string };
}): Promise<LocalKafka>;
