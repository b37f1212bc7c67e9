import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPlan } from './load.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stackproof-plan-'));
  mkdirSync(join(folder, 'files'));
  writeFileSync(join(folder, 'files/a.sh'), 'echo\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const head = 'version: 1\nname: test\nbranch: feature/test\nstack: compose.yml\n';

function load(text: string): ReturnType<typeof loadPlan> {
  writeFileSync(join(folder, 'plan.yaml'), text);
  return loadPlan(join(folder, 'plan.yaml'));
}

function faults(text: string): string[] {
  const { plan, faults } = load(text);
  expect(plan).toBeUndefined();
  return faults.map((fault) => `${fault.line}:${fault.column} ${fault.message}`);
}

describe('loadPlan', () => {
  it('takes pointers as lists and as text', () => {
    const { plan } = load(`${head}steps:
  - step: edit-yaml
    path: a.yml
    edits: [{ op: remove, pointer: services.web.ports.0 }, { op: remove, pointer: [services, a.b] }]
  - step: edit-ini
    path: a.ini
    edits: [{ op: remove, pointer: auth.generic_oauth.client_secret }]
`);
    expect(plan?.plan.steps).toMatchObject([
      { edits: [{ pointer: ['services', 'web', 'ports', 0] }, { pointer: ['services', 'a.b'] }] },
      { edits: [{ pointer: ['auth.generic_oauth', 'client_secret'] }] },
    ]);
    expect(plan?.places).toMatchObject([{ line: 6 }, { line: 9, edits: [{ line: 11, column: 13 }] }]);
  });

  it('gives every fault at once, each with its place', () => {
    const text = `version: 2
name: test
branch: feature..test
stack: compose.yml
extra: 1
steps:
  - step: mve
    from: a
  - { step: move, from: a }
  - { step: edit-text, path: a, edits: [{ from: x }] }
  - { step: edit-yaml, path: a, edits: [{ op: set, pointer: 1, value: 1 }] }
  - { step: waive, rule: a/b, place: a, reason: r, until: soon }
  - { step: delete, path: ../x }
`;
    expect(faults(text)).toEqual([
      '1:10 must be 1, is 2',
      '5:1 unknown key "extra"; known here: version, name, description, branch, stack, steps',
      expect.stringMatching(/^7:11 step 1: no such step: "mve"; there are copy, move, /),
      '9:5 step 2: the key "to" is missing',
      '10:41 step 3, edit 1: give either "with" or "withFile"',
      '11:61 step 4, edit 1: a pointer is a list of keys, or one string with dots',
      expect.stringMatching(/^12:59 step 5: "soon" is not a date/),
      '13:27 step 6: "../x" leads out of the repository',
    ]);
  });

  it('says what the schema cannot say', () => {
    const text = `version: 1
name: test
branch: feature..test
stack: ../compose.yml
steps:
  - { step: create, path: a, file: b.sh }
  - { step: copy, from: a*, to: .GIT/hooks/x }
  - { step: edit-text, path: a, edits: [{ from: x, withFile: nope }] }
`;
    expect(faults(text)).toEqual([
      '3:9 "feature..test" is no branch name for git',
      '4:8 "../compose.yml" leads out of the repository',
      '6:36 step 1: there is no "files/b.sh" beside the plan',
      '7:25 step 2: "a*": only a last "/*" may be wild',
      '7:33 step 2: ".GIT/hooks/x" lies in git\'s own folder',
      '8:62 step 3, edit 1: there is no "files/nope" beside the plan',
    ]);
  });

  it('says where a file is no YAML, or no plan at all', () => {
    expect(faults('a: [\n')[0]).toMatch(/^\d:\d the plan is not YAML: /);
    expect(faults('a: 1\na: 2\n')[0]).toMatch(/^2:1 the plan is not YAML: Map keys must be unique/);
    expect(faults('a: 1\nc: *b\n')[0]).toMatch(/^2:4 the plan has no value: /);
    expect(faults('')[0]).toBe('1:1 must be of type object, is null');
    expect(loadPlan(join(folder, 'none.yaml')).faults[0]?.message).toContain('cannot be read');
  });

  it('has another digest where the plan, a file, its name or its mode differs', () => {
    const text = `${head}steps: [{ step: create, path: a, file: a.sh }]\n`;
    const digests = [load(text), load(`${text}\n`)];
    chmodSync(join(folder, 'files/a.sh'), 0o755);
    digests.push(load(text));
    writeFileSync(join(folder, 'files/a.sh'), 'echo 2\n');
    digests.push(load(text));
    writeFileSync(join(folder, 'files/b'), '');
    digests.push(load(text));
    expect(new Set(digests.map(({ plan }) => plan?.digest)).size).toBe(5);
    expect(load(text).plan?.digest).toBe(digests[4]?.plan?.digest);
  });

  it('takes plain files only', () => {
    symlinkSync('/etc/hostname', join(folder, 'files/link'));
    expect(faults(`${head}steps: [{ step: delete, path: a }]\n`)).toEqual(['1:1 "files/link" is not a plain file']);
  });
});
