import { execFileSync } from 'node:child_process';
import type { Dockerode } from '../lab/dockerode.ts';
import { findEngine } from '../lab/engine.ts';
import { helperImage } from '../lab/helper.ts';
import { resolveImages } from '../lab/images.ts';
import type { Outcome } from './output.ts';

interface Finding {
  readonly good: boolean;
  readonly text: string;
}

/** What this machine has of what the live suites need: Node, git, an engine, compose, the helper's image. */
export async function doctor(): Promise<Outcome> {
  const major = Number(process.versions.node.split('.')[0]);
  const engine = await findEngine();
  const found: Finding[] = [
    { good: major >= 24, text: `Node ${process.versions.node}${major >= 24 ? '' : ', and 24 or newer is needed'}` },
    program('git', ['--version'], 'git is needed to read commits and to apply'),
    'docker' in engine
      ? { good: true, text: `Docker engine ${engine.version}` }
      : { good: false, text: `${engine.missing}: the live suites are unknown` },
    program('docker', ['compose', 'version', '--short'], 'the compose plugin is needed to boot a stack'),
  ];
  if ('docker' in engine) {
    const filters = JSON.stringify({ label: ['stackproof.substitute=true'] });
    const substitutes = await engine.docker.listImages({ filters });
    const names = substitutes.flatMap((image) => image.RepoTags ?? []).filter((name) => !name.includes('<none>'));
    found.push({
      good: await hasHelperImage(engine.docker),
      text: `helper image ${helperImage}; ${names.length} substitute images${names.length > 0 ? `: ${names.sort().join(', ')}` : ''}`,
    });
  }
  const text = found.map(({ good, text }) => `${good ? 'ok     ' : 'missing'} ${text}\n`).join('');
  return { code: found.every(({ good }) => good) ? 0 : 3, text };
}

async function hasHelperImage(docker: Dockerode): Promise<boolean> {
  const { used } = await resolveImages(docker, { helper: helperImage }, { pull: false, substitutes: 'allow' });
  return used.length > 0;
}

function program(name: string, args: readonly string[], need: string): Finding {
  try {
    const words = execFileSync(name, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return {
      good: true,
      text: `${[name, ...args.filter((word) => !word.startsWith('-') && word !== 'version')].join(' ')}: ${words}`,
    };
  } catch {
    return { good: false, text: need };
  }
}
