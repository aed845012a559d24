import { styleText } from 'node:util'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { checkApp } from '../command-line/app-choices.ts'
import { messageOf } from '../errors.ts'
import { describeKind, drawForTerminal } from '../graph/diagram.ts'
import { type GraphNode, KINDS, type Kind, type OwnGraph } from '../graph/graph.ts'
import { type AppChoices, planProject } from '../render/plan.ts'
import { indent, terminalWidth } from '../terminal/terminal.ts'
import { ask } from './ask.ts'

/** Asks for nodes and links one by one, and draws what there is after each. */
export async function askForGraph(app: AppChoices, catalogue: Catalogue): Promise<OwnGraph> {
  let own = app.own
  for (;;) {
    const next = await askForNext(drawGraph({ ...app, own }, catalogue))
    if (next === 'done') return own
    own = await (next === 'node' ? addNode : addLink)({ ...app, own }, catalogue)
  }
}

function askForNext(diagram: string[]): Promise<'node' | 'link' | 'done'> {
  return ask({
    type: 'select',
    message: ['Your graph:', ...diagram.map(indent), 'Add what?'].join('\n'),
    choices: [
      { title: 'a node', value: 'node' },
      { title: 'a link between two', value: 'link' },
      { title: 'nothing more', value: 'done' },
    ],
    hint: '↑ ↓ Enter',
  })
}

async function addNode(app: AppChoices, catalogue: Catalogue): Promise<OwnGraph> {
  const add = (name: string, node: OwnGraph['nodes'][string]): OwnGraph => ({
    ...app.own,
    nodes: { ...app.own.nodes, [name]: node },
  })
  const name = await ask<string>({
    type: 'text',
    message: 'Its name?',
    validate: (answer: string) => explain(app, add(answer, { kind: 'window' }), catalogue),
  })
  const kind = await ask<Kind>({
    type: 'select',
    message: `What is "${name}"?`,
    choices: KINDS.map((each) => ({ title: each.replaceAll('-', ' '), value: each })),
    hint: '↑ ↓ Enter',
  })
  const many = await ask<boolean>({
    type: 'select',
    message: `How many of "${name}"?`,
    choices: [
      { title: 'one', value: false },
      { title: 'any number, each with a key', value: true },
    ],
    hint: '↑ ↓ Enter',
  })
  return add(name, { kind, ...(many && { many }) })
}

async function addLink(app: AppChoices, catalogue: Catalogue): Promise<OwnGraph> {
  const graph = planOf(app, catalogue)
  const nodes = [...new Set([...Object.keys(graph.nodes), 'main'])]
  const add = (name: string, from: string, to: string): OwnGraph => ({
    ...app.own,
    links: { ...app.own.links, [name]: { from, to } },
  })
  const name = await ask<string>({
    type: 'text',
    message: 'Its name, for what is said on it?',
    validate: (answer: string) => explain(app, add(answer, 'app', 'main'), catalogue),
  })
  const from = await askForEnd('Who opens it?', nodes)
  const to = await askForEnd(
    'Who serves it?',
    nodes.filter((node) => node !== from || graph.nodes[node]?.many),
  )
  return add(name, from, to)
}

function askForEnd(message: string, nodes: string[]): Promise<string> {
  return ask({
    type: 'select',
    message,
    choices: nodes.map((node) => ({ title: node, value: node })),
    hint: '↑ ↓ Enter',
  })
}

function drawGraph(app: AppChoices, catalogue: Catalogue): string[] {
  const graph = planOf(app, catalogue)
  const linked = Object.values(graph.links).flatMap(({ from, to }) => [from, to])
  const alone = Object.keys(graph.nodes).filter((name) => !linked.includes(name))
  return [
    ...drawForTerminal(graph, terminalWidth() - 4),
    ...alone.map((name) => `${name} (${describeKind(graph.nodes[name] as GraphNode)})`),
  ].map((line) => styleText('gray', line))
}

function planOf(app: AppChoices, catalogue: Catalogue): ReturnType<typeof planProject> {
  return planProject('app', app, catalogue, '')
}

function explain(app: AppChoices, own: OwnGraph, catalogue: Catalogue): true | string {
  try {
    checkApp({ ...app, own }, catalogue)
    return true
  } catch (error) {
    return messageOf(error)
  }
}
