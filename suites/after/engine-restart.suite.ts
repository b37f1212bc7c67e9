import { engineSubjects } from '../../src/index.ts';
import { comesBack } from '../support/engine-restart/back.ts';
import { proveOneByOne } from '../support/prove.ts';
import { run } from '../support/run.ts';

const command = process.env['STACKPROOF_ENGINE_RESTART'] ?? '';
// Without a command the engine is not ours, and nothing is claimed.
const subjects = command === '' ? [] : engineSubjects(run.stack);

proveOneByOne(subjects, (subject) => comesBack(subject, command));
