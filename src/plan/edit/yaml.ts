import { type Document, isCollection, parseAllDocuments } from 'yaml';
import { messageOf } from '../../model/message.ts';
import type { Edit } from '../../model/plan.ts';
import { blockAdd, blockRemove, blockSet } from './block.ts';
import type { Language } from './edit.ts';
import { flowAdd, flowRemove, flowSet, flowWriter } from './flow.ts';
import { danglingAlias, type Found, findNode, isFlow, locateNode } from './nodes.ts';
import type { Splice, SpliceProblem } from './splice.ts';
import { styleOf } from './style.ts';

/** YAML with comments, order, quoting and anchors kept: an edit replaces the characters of one node. */
export const yamlLanguage: Language = {
  read(text) {
    const document = parseOne(text);
    if ('problem' in document) return document;
    try {
      const value: unknown = document.toJS();
      return {
        value,
        splice: (edit) => spliceNode(text, document, edit),
        locate: (pointer) => locateNode(document, pointer),
      };
    } catch (problem) {
      // An alias of nothing, or aliases of aliases without end.
      const at = danglingAlias(document);
      return {
        problem: `the file has no value: ${messageOf(problem)}`,
        ...(at === undefined ? {} : { at }),
      };
    }
  },
};

function spliceNode(text: string, document: Document, edit: Edit): Splice | SpliceProblem {
  const style = styleOf(text, document);
  const parent = findNode(document, edit.op === 'add' ? edit.pointer.slice(0, -1) : edit.pointer);
  if ('problem' in parent) return parent;
  const container: Found = edit.op === 'add' ? parent : (parent.above ?? parent);
  const inFlow = isFlow(container);
  if (edit.op === 'set')
    return inFlow ? flowSet(text, parent, edit.value, flowWriter(style)) : blockSet(text, parent, edit.value, style);
  if (edit.op === 'remove') return inFlow ? flowRemove(text, parent) : blockRemove(text, parent, style);
  const last = edit.pointer.at(-1) ?? '';
  if (inFlow && !isCollection(parent.node))
    return flowSet(text, parent, last === '-' ? [edit.value] : { [String(last)]: edit.value }, flowWriter(style));
  return isCollection(parent.node) && parent.node.flow === true
    ? flowAdd(text, parent, last, edit.value, flowWriter(style))
    : blockAdd(text, parent, last, edit.value, style);
}

/** The one document of a text. GitLab's tags are unknown to the reader, which is no fault. */
function parseOne(text: string): Document | SpliceProblem {
  const documents = parseAllDocuments(text, { keepSourceTokens: true, merge: true, logLevel: 'silent' });
  if ('empty' in documents) return { problem: 'the file holds no YAML document' };
  const [document] = documents;
  if (document === undefined || documents.length > 1)
    return { problem: 'the file holds several YAML documents, and an edit has to know one' };
  const [error] = document.errors;
  if (error === undefined) return document;
  return { problem: `the file is not YAML: ${error.message.split(' at line ')[0] ?? error.code}`, at: error.pos[0] };
}
