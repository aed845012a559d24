import type { Catalogue } from '../catalogue/catalogue.ts'
import { namesOf, namesOfUis } from '../catalogue/names-of.ts'
import { checkApp, chooseFeatures, chooseTopologies } from '../command-line/app-choices.ts'
import { describeUnknown } from '../command-line/nearest.ts'
import { UsageError } from '../errors.ts'
import type { OwnGraph } from '../graph/graph.ts'
import { collectNamed, parseLink, parseNode } from '../graph/parse-graph.ts'
import type { AppChoices } from '../render/plan.ts'

/** What is to become of the choices of a project. */
export type Change = (app: AppChoices, catalogue: Catalogue) => AppChoices

/** The choices stay as they are: only the version changes. */
export const NO_CHANGE: Change = (app) => app

/**
 * Reads the words behind `add`: names of topologies, or `node NAME:KIND[:many] …`, or `link NAME:FROM:TO …`.
 * Throws a UsageError when there are none, and so does the change when it cannot be made.
 */
export function readAddition([first = '', ...rest]: string[]): Change {
  if (first === 'node') {
    const items = requireSome(rest, 'add node', 'search:utility-process').map(parseNode)
    return (app, catalogue) =>
      checkApp(withOwn(app, { nodes: unite('node', app.own.nodes, items) }), catalogue)
  }
  if (first === 'link') {
    const items = requireSome(rest, 'add link', 'search:app:search').map(parseLink)
    return (app, catalogue) =>
      checkApp(withOwn(app, { links: unite('link', app.own.links, items) }), catalogue)
  }
  const names = requireSome([first, ...rest].filter(Boolean), 'add', 'main-port')
  return (app, catalogue) => {
    refuseUi(names, catalogue)
    const { features, others } = sort(names, catalogue)
    return checkApp(
      {
        ...app,
        topologies: chooseTopologies([...app.topologies, ...others], catalogue),
        features: chooseFeatures([...app.features, ...features], catalogue),
      },
      catalogue,
    )
  }
}

/**
 * Reads the words behind `remove`: names of topologies, `demos`, or `node NAME …`, or `link NAME …`.
 * Throws a UsageError when there are none, and so does the change when it cannot be made.
 */
export function readRemoval([first = '', ...rest]: string[]): Change {
  if (first === 'demos' && rest.length === 0) return removeDemos
  if (first === 'node') {
    const names = requireSome(rest, 'remove node', 'search')
    return (app, catalogue) => checkApp(removeNodes(app, names), catalogue)
  }
  if (first === 'link') {
    const names = requireSome(rest, 'remove link', 'search')
    return (app, catalogue) =>
      checkApp(withOwn(app, { links: without('Link', app.own.links, names) }), catalogue)
  }
  const names = requireSome([first, ...rest].filter(Boolean), 'remove', 'main-port')
  return (app, catalogue) => {
    refuseUi(names, catalogue)
    return checkApp(removeParts(app, names), catalogue)
  }
}

/** Whoever has pages of their own by now would have them in two frameworks. */
function refuseUi(names: string[], catalogue: Catalogue): void {
  const ui = namesOfUis(catalogue).find((name) => names.includes(name))
  if (ui === undefined) return
  throw new UsageError(
    `The framework of its pages stays with a project. To have them in "${ui}", make a new project of the same choices, but for "ui": "${ui}" in a copy of electron-ports.json, by --from; then move your code there.`,
  )
}

function removeDemos(app: AppChoices): AppChoices {
  if (!app.demos) throw new UsageError('This project has no demos.')
  return { ...app, demos: false }
}

/** Which of the names are those of features. */
function sort(names: string[], catalogue: Catalogue): { features: string[]; others: string[] } {
  const known = namesOf(catalogue.features)
  return {
    features: names.filter((name) => known.includes(name)),
    others: names.filter((name) => !known.includes(name)),
  }
}

function removeParts(app: AppChoices, names: string[]): AppChoices {
  const topologies = new Set(app.topologies)
  const features = new Set(app.features)
  for (const name of names) {
    if (topologies.delete(name) || features.delete(name)) continue
    const known = [...app.topologies, ...app.features]
    throw new UsageError(describeUnknown('Topology or feature of this project', name, known))
  }
  return { ...app, topologies, features }
}

function removeNodes(app: AppChoices, names: string[]): AppChoices {
  const nodes = without('Node of your own', app.own.nodes, names)
  for (const [link, { from, to }] of Object.entries(app.own.links)) {
    const node = names.find((name) => [from, to].includes(name))
    if (node === undefined) continue
    throw new UsageError(
      `The node "${node}" is an end of the link "${link}". Remove that first: remove link ${link}`,
    )
  }
  return withOwn(app, { nodes })
}

function withOwn(app: AppChoices, own: Partial<OwnGraph>): AppChoices {
  return { ...app, own: { ...app.own, ...own } }
}

function unite<Item>(
  what: string,
  known: Record<string, Item>,
  items: [name: string, item: Item][],
): Record<string, Item> {
  return collectNamed(what, [...Object.entries(known), ...items])
}

function without<Item>(
  what: string,
  known: Record<string, Item>,
  names: string[],
): Record<string, Item> {
  const unknown = names.find((name) => !Object.hasOwn(known, name))
  if (unknown !== undefined) {
    throw new UsageError(describeUnknown(what, unknown, Object.keys(known)))
  }
  return Object.fromEntries(Object.entries(known).filter(([name]) => !names.includes(name)))
}

function requireSome(words: string[], command: string, example: string): string[] {
  if (words.length > 0) return words
  throw new UsageError(`"${command}" says nothing. Name what, such as "${command} ${example}".`)
}
