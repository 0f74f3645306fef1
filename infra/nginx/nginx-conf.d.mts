export const serviceNames: string[];
export function nginxConf(options: {
  services: Record<string, string[]>;
  portal: string;
  listen: string;
  home?: string;
  resolver?: string;
}): string;
