import { type Outside, outside } from '../../src/apply/outside.ts';
import type { StepName } from '../../src/apply/steps.ts';

/** Is told each call of the file system, of git or of a hook, by name, and how to make it. */
export type OnCall = <T>(name: string, act: () => T) => T;

/** The outside as it is, with every call and every durable step told to somebody. */
export function probed(onCall: OnCall, onStep: (name: StepName) => void = () => {}): Outside {
  const files = new Proxy(outside.files, {
    get: (target, name, receiver) => {
      const call: unknown = Reflect.get(target, name, receiver);
      if (typeof call !== 'function') return call;
      return (...args: unknown[]) => onCall(String(name), () => Reflect.apply(call, target, args));
    },
  });
  return {
    files,
    git: (folder, args, call) => onCall(`git ${args[0]}`, () => outside.git(folder, args, call)),
    hook: (call) => onCall('hook', () => outside.hook(call)),
    step: onStep,
  };
}
