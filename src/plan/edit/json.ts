import { type Document, isCollection, parseDocument } from 'yaml';
import { messageOf } from '../../model/message.ts';
import type { Edit } from '../../model/plan.ts';
import { lineEndOf } from '../text.ts';
import type { Language } from './edit.ts';
import { type FlowWriter, flowAdd, flowRemove, flowSet } from './flow.ts';
import { findNode, locateNode } from './nodes.ts';
import type { Splice, SpliceProblem } from './splice.ts';

/** JSON with its layout kept. Its places come from the YAML reader (JSON is YAML in flow style), its value from JSON. */
export const jsonLanguage: Language = {
  read(text) {
    try {
      const value: unknown = JSON.parse(text);
      return {
        value,
        splice: (edit) => spliceJson(text, edit),
        locate: (pointer) => locateNode(parseJson(text), pointer),
      };
    } catch (problem) {
      return { problem: `the file is not JSON: ${messageOf(problem)}` };
    }
  },
};

function spliceJson(text: string, edit: Edit): Splice | SpliceProblem {
  const document = parseJson(text);
  const [error] = document.errors;
  if (error !== undefined)
    return { problem: `the places in the file are not clear: ${error.message}`, at: error.pos[0] };
  const writer = jsonWriter(text);
  const found = findNode(document, edit.op === 'add' ? edit.pointer.slice(0, -1) : edit.pointer);
  if ('problem' in found) return found;
  if (edit.op === 'set') return flowSet(text, found, edit.value, writer);
  if (edit.op === 'remove') return flowRemove(text, found);
  const last = edit.pointer.at(-1) ?? '';
  if (isCollection(found.node)) return flowAdd(text, found, last, edit.value, writer);
  return flowSet(text, found, last === '-' ? [edit.value] : { [String(last)]: edit.value }, writer);
}

function parseJson(text: string): Document {
  return parseDocument(text, { keepSourceTokens: true, uniqueKeys: false, logLevel: 'silent' });
}

function jsonWriter(text: string): FlowWriter {
  const step = /\n([ \t]+)\S/.exec(text)?.[1];
  const lineEnd = lineEndOf(text);
  // A file on one line stays on one line.
  const colon = step === undefined && !/":\s/.test(text) ? ':' : ': ';
  const between = step === undefined && colon === ':' ? ',' : ', ';
  const value = (inner: unknown, indent: string): string => {
    if (step === undefined) return oneLine(inner, colon, between);
    return JSON.stringify(inner, null, step).replaceAll('\n', `${lineEnd}${indent}`);
  };
  return {
    value,
    pair: (key, inner, indent) => `${JSON.stringify(key)}${colon}${value(inner, indent)}`,
    filled: (inner, indent) => (step === undefined ? inner : `${lineEnd}${indent}${step}${inner}${lineEnd}${indent}`),
    step: step ?? '',
    lineEnd,
    between,
  };
}

function oneLine(value: unknown, colon: string, between: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => oneLine(item, colon, between)).join(between)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).map(
    ([key, inner]) => `${JSON.stringify(key)}${colon}${oneLine(inner, colon, between)}`,
  );
  return `{${pairs.join(between)}}`;
}
