import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { liveSuites } from '../gate/live-suites.ts';

const places = new Map(liveSuites.map(({ name }, index) => [`${name}.suite.ts`, index]));

/** Runs suite files in the order of the table of suites: the one that breaks most comes last. */
export class SuiteOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const place = (file: TestSpecification): number => places.get(basename(file.moduleId)) ?? -1;
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}
