import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { haveCompose } from './prepare/compose.mjs';
import { haveEngine } from './prepare/engine.mjs';
import { haveDependencies } from './prepare/packages.mjs';
import { Refusal, say } from './prepare/run.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Why the live suites cannot run, or undefined when they can. */
async function liveObstacle() {
  if (process.env.STACKPROOF_NO_ENGINE === '1') return 'the engine is switched off by STACKPROOF_NO_ENGINE';
  try {
    await haveEngine();
    await haveCompose();
    return undefined;
  } catch (problem) {
    if (problem instanceof Refusal) return problem.message;
    throw problem;
  }
}

try {
  await haveDependencies(root);
  const obstacle = await liveObstacle();
  if (obstacle !== undefined) {
    const required = process.env.STACKPROOF_REQUIRE_LIVE === '1';
    say(`WARNING: no Docker: ${obstacle}.`);
    say('WARNING: THE LIVE SUITES WILL BE UNKNOWN, NOT GREEN: nothing can be said of the running stack.');
    if (required) say('STACKPROOF_REQUIRE_LIVE=1 asks for them, so this ends here.');
    process.exitCode = required ? 1 : 0;
  }
} catch (problem) {
  if (!(problem instanceof Refusal)) throw problem;
  say(problem.message);
  process.exitCode = 1;
}
