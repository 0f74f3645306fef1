// Tools that check what is deployed, each as its own makers have it: the one of this machine, or built once from the Go
// module proxy into the cache. Nothing of them is needed to run the house.
//   node infra/local/go-tool.mjs [helm] [promtool] [compose] [manifest-check]     (builds, and says where they are)
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `here`: how the machine's own is called, when it answers `ask`; `main`: the folder of the program within its module.
 * `folder` instead of a module: a small program of ours, on modules whose versions and checksums stand beside it.
 * @type {Record<string, { here?: string[], ask?: string[], module?: string, folder?: string, main: string, tags?: string }>}
 */
const tools = {
  helm: { here: ['helm'], ask: ['version'], module: 'helm.sh/helm/v3@v3.19.0', main: 'cmd/helm' },
  promtool: {
    here: ['promtool'],
    ask: ['--version'],
    module: 'github.com/prometheus/prometheus@v0.316.0',
    main: 'cmd/promtool',
    // The clients of all clouds would be most of the work; our configuration asks the DNS.
    tags: 'remove_all_sd,enable_dns_sd',
  },
  compose: {
    here: ['docker', 'compose'],
    ask: ['version'],
    module: 'github.com/docker/compose/v5@v5.2.0',
    main: 'cmd',
  },
  'manifest-check': { folder: join(import.meta.dirname, 'manifest-check'), main: '.' },
};

/** How the tool is called, as the beginning of a command; undefined where there is neither the tool nor Go. */
export function goTool(name, say = () => {}) {
  const { here, ask, ...source } = tools[name];
  if (here && answers(...here, ...ask)) return here;
  const folder = join(homedir(), '.cache', 'xinqiao', 'bin');
  const built = join(folder, `${name}-${versionOf(source)}`);
  if (existsSync(built)) return [built];
  if (!answers('go', 'version')) return undefined;
  say(`building ${name} (minutes, once a machine)`);
  mkdirSync(folder, { recursive: true });
  build(source, built);
  return [built];
}

/** A released module has one; a folder of ours is as new as what stands in it. */
function versionOf({ module, folder }) {
  if (module) return module.split('@')[1];
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).toSorted()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}

/**
 * In a copy of the module's own folder, so that its `replace` and `exclude` and its checksums count, as for its makers:
 * `go install` takes no module that has them.
 */
function build({ module, folder, main, tags = '' }, to) {
  const sources = folder ?? sourcesOf(module);
  const copy = mkdtempSync(join(tmpdir(), 'xinqiao-go-'));
  // Under another name until it is whole: two that meet do no harm.
  const unready = `${to}.${process.pid}`;
  try {
    cpSync(sources, copy, { recursive: true });
    execFileSync('chmod', ['-R', 'u+w', copy]);
    // It would name modules that are not part of this one.
    rmSync(join(copy, 'go.work'), { force: true });
    const flags = ['-mod=readonly', '-buildvcs=false', '-tags', tags, '-o', unready];
    execFileSync('go', ['build', ...flags, `./${main}`], { cwd: copy, stdio: ['ignore', 2, 2] });
    renameSync(unready, to);
  } finally {
    rmSync(copy, { recursive: true, force: true });
    rmSync(unready, { force: true });
  }
}

/** The module's folder, downloaded and checked by Go. */
function sourcesOf(module) {
  const { stdout } = spawnSync('go', ['mod', 'download', '-json', module], { cwd: tmpdir(), encoding: 'utf8' });
  const { Dir: folder, Error: complaint } = JSON.parse(stdout || '{}');
  if (!folder) throw new Error(`${module} cannot be had: ${complaint ?? 'Go says nothing'}`);
  return folder;
}

function answers(command, ...args) {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

if (import.meta.filename === process.argv[1]) {
  const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(tools);
  for (const name of names)
    console.log(goTool(name, (line) => console.error(line))?.join(' ') ?? `${name}: no Go here`);
}
