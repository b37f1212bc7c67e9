import { describe, expect, it } from 'vitest';
import { told } from '../test-support.ts';
import { absentProgram } from './absent-program.ts';

const found = (image: string, ...lines: readonly string[]): string[] =>
  told(absentProgram, {
    '.gitlab-ci.yml': `job:\n  image: ${image}\n  script: ${JSON.stringify(lines)}\n`,
  }).map((line) => `${line.split(' ')[0]} ${/(?:runs|for) "([^"]+)"[,.]? and/.exec(line)?.[1]}`);

describe('ci/absent-program', () => {
  it.each([
    ['alpine:3.18', ['apk add bash curl', 'bash x.sh', 'curl x']],
    ['alpine:3.18', ['apk update && apk add --no-cache \\\n  git \\\n  jq', 'git pull', 'jq .']],
    ['alpine', ['ssh-agent', 'echo "git pull"', 'ash x.sh']],
    ['alpine', ['apk add $PACKAGES', 'git pull']],
    ['alpine', ['command -v git && git pull']],
    ['alpine', ['wget -O promtool https://x/promtool', 'promtool check config x']],
    ['debian:12', ['apt-get update && apt-get install -y docker.io', 'docker ps']],
    ['registry.example.org/alpine:3', ['git pull']],
    ['$IMAGE', ['git pull']],
    ['node:24', ['git pull', 'curl x', 'python3 x.py']],
    ['python:3.12-slim', ['pip install x', 'python3 -m x']],
    ['docker:24-cli', ['docker compose config -q', 'apk add bash', 'bash x']],
  ])('is silent in %s about %j', (image, lines) => expect(found(image, ...lines)).toEqual([]));

  it.each([
    ['alpine:3.18', ['git pull'], 'error git'],
    ['node:24-alpine', ['true && bash x'], 'error bash'],
    ['node:24-slim', ['curl x'], 'error curl'],
    ['docker:24', ['curl x || true'], 'warning curl'],
    ['debian:12-slim', ['if git diff; then true; fi'], 'warning git'],
  ])('tells in %s of %j', (image, lines, expected) => expect(found(image, ...lines)).toEqual([expected]));
});
