// Helm, for checking the chart: the one of the machine, or built once from the Go module proxy into the cache.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const module = 'helm.sh/helm/v3/cmd/helm@v3.19.0';

/** Where helm is; undefined where there is neither helm nor Go. */
export function helmBinary(say = () => {}) {
  if (runs('helm', ['version'])) return 'helm';
  const folder = join(homedir(), '.cache', 'xinqiao', 'bin');
  const built = join(folder, 'helm');
  if (existsSync(built)) return built;
  if (!runs('go', ['version'])) return undefined;
  say('building helm (minutes, once a machine)');
  execFileSync('go', ['install', module], { stdio: ['ignore', 2, 2], env: environment(folder) });
  return built;
}

function runs(command, args) {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Go's own switches for one program: nothing of the caller's workspace plays a part. */
const environment = (folder) => ({
  PATH: ['/usr/local/go/bin', '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
  HOME: homedir(),
  GOBIN: folder,
  GOFLAGS: '-mod=mod',
});
