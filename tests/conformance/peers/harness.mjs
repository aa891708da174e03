// ODK web-forms as a peer: one JSON request a line on standard input, one JSON answer a line on standard output.
// Started with `node harness.mjs FOLDER`, where FOLDER has node_modules; it ends when its input does.

import { createRequire } from 'node:module';
import path from 'node:path';
import readline from 'node:readline';
import { pathToFileURL } from 'node:url';

const folder = path.resolve(process.argv[2]);
const require = createRequire(path.join(folder, 'package.json'));
const { JSDOM } = require('jsdom');
const { window } = new JSDOM('');
for (const name of ['DOMParser', 'Node', 'XMLSerializer', 'document']) {
  globalThis[name] = window[name];
}
globalThis.__dirname = folder; // its XPath parser takes node for CommonJS
globalThis.module = {};
console.log = console.info = console.warn = console.error; // nothing but answers goes to standard output
const { loadForm } = await import(
  pathToFileURL(path.join(folder, 'node_modules/@getodk/xforms-engine/dist/index.js')).href
);

/** @type {import('@getodk/xforms-engine').RootNode} */
let root;

const KINDS = { csv: 'text/csv', xml: 'text/xml', geojson: 'application/geo+json' };

async function read(request) {
  const loaded = await loadForm(request.xml, {
    fetchFormAttachment: async (url) => {
      const name = decodeURIComponent(String(url).split('/').pop());
      if (!(name in request.media)) {
        return new Response('', { status: 404 });
      }
      const kind = KINDS[name.split('.').pop()] ?? 'text/plain';
      return new Response(request.media[name], { status: 200, headers: { 'content-type': kind } });
    },
    missingResourceBehavior: 'BLANK',
  });
  if (loaded.status === 'failure') {
    throw loaded.error;
  }
  return loaded;
}

function begin(loaded) {
  root = loaded.createInstance({}).root;
}

// --- deeds ------------------------------------------------------------------------------------

function perform(operation) {
  switch (operation.op) {
    case 'set':
      return answer(find(operation.ref), operation.value);
    case 'add_repeat': {
      const range = find(operation.ref);
      return range.addInstances(range.currentState.children.length - 1, 1);
    }
    case 'remove_repeat': {
      const [, repeat, place] = /^(.*)\[(\d+)\]$/.exec(operation.ref);
      return find(repeat).removeInstances(Number(place) - 1, 1);
    }
    case 'set_language':
      return root.setLanguage(root.languages.find((known) => known.language === operation.lang));
    default:
      throw new Error('no such operation');
  }
}

function answer(node, text) {
  switch (node.nodeType) {
    case 'select':
      return node.selectValues(text.split(' ').filter(Boolean));
    case 'rank':
      return node.setValues(text.split(' ').filter(Boolean));
    case 'trigger':
      return node.setValue(text === 'OK');
    case 'upload':
      return node.setValue(text === '' ? null : new File(['peer'], text, { type: 'text/plain' }));
    default:
      return node.setValue(text);
  }
}

function find(ref) {
  let found = null;
  for (const node of every(root)) {
    if (node.currentState.reference === ref) {
      found = node;
      break;
    }
  }
  if (found === null) {
    throw new Error(`nothing at ${ref}`);
  }
  return found;
}

function* every(node) {
  for (const child of node.currentState.children ?? []) {
    yield child;
    yield* every(child);
  }
}

// --- looking ----------------------------------------------------------------------------------

function state() {
  const rows = [];
  for (const node of every(root)) {
    if (!node.nodeType.startsWith('repeat-range')) {
      rows.push(row(node));
    }
  }
  return rows;
}

function row(node) {
  const now = node.currentState;
  const found = { ref: now.reference, relevant: now.relevant };
  if (now.children !== null) {
    return found;
  }
  if (node.nodeType !== 'model-value') {
    found.label = now.label?.asString ?? null;
  }
  if (now.valueOptions !== null && now.valueOptions !== undefined) {
    found.choices = now.valueOptions.map((option) => [option.value, option.label.asString]);
  }
  found.value = now.instanceValue;
  found.readonly = now.readonly;
  found.required = now.required;
  found.constraint_valid = node.validationState.constraint?.valid ?? true;
  return found;
}

// --- timing -----------------------------------------------------------------------------------

async function timeLoading(request) {
  const seconds = [];
  for (let time = 0; time < request.times; time += 1) {
    const start = performance.now();
    begin(await read(request));
    seconds.push((performance.now() - start) / 1000);
  }
  return seconds;
}

/** Opening a form that has been read once. */
async function timeOpening(request) {
  const loaded = await read(request);
  const seconds = [];
  for (let time = 0; time < request.times; time += 1) {
    const start = performance.now();
    begin(loaded);
    seconds.push((performance.now() - start) / 1000);
  }
  return seconds;
}

function timeEdits(request) {
  const nodes = new Map([...every(root)].map((node) => [node.currentState.reference, node]));
  return request.batches.map((batch) => {
    const start = performance.now();
    for (const [ref, text] of batch) {
      answer(nodes.get(ref), text);
    }
    return (performance.now() - start) / 1000;
  });
}

// --- talking ----------------------------------------------------------------------------------

async function reply(request) {
  switch (request.do) {
    case 'load':
      begin(await read(request));
      return { state: state() };
    case 'perform':
      perform(request.operation);
      return { state: state() };
    case 'time loading':
      return { seconds: await timeLoading(request) };
    case 'time opening':
      return { seconds: await timeOpening(request) };
    case 'time edits':
      return { seconds: timeEdits(request) };
    default:
      throw new Error('no such request');
  }
}

for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  let found;
  try {
    found = await reply(JSON.parse(line));
  } catch (error) {
    found = { error: `${error.name}: ${error.message}`, stack: error.stack };
  }
  process.stdout.write(`${JSON.stringify(found)}\n`);
}
