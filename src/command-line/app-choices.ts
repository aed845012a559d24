import { readFileSync } from 'node:fs'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { namesOf, namesOfUis } from '../catalogue/names-of.ts'
import { VANILLA } from '../catalogue/uis.ts'
import { parseChoices } from '../choices-file/choices-file.ts'
import type { ChoicesFile } from '../choices-file/schema.ts'
import { reasonOf } from '../disk/disk-reason.ts'
import { UsageError } from '../errors.ts'
import { checkGraph } from '../graph/check-graph.ts'
import { APP, MAIN, NO_GRAPH } from '../graph/graph.ts'
import { collectNamed, parseLink, parseNode } from '../graph/parse-graph.ts'
import type { AppChoices } from '../render/plan.ts'
import { DEFAULTS, type Flags } from './choices.ts'
import { describeUnknown } from './nearest.ts'

/**
 * Reads what the flags say of the app; undefined when they say nothing, and --yes does not settle it.
 * Throws a UsageError that names the first wrong one, and a FailedError when a file of choices is wrong.
 */
export function chooseApp(flags: Flags, catalogue: Catalogue): AppChoices | undefined {
  const { topology, node, link, from, yes } = flags
  if (from !== undefined) {
    refuseBesideFrom(flags)
    return readApp(readFile(from), catalogue)
  }
  const rest = chooseRest(flags, catalogue)
  if (!topology && !node && !link) return yes ? { ...rest, ...defaultGraph() } : undefined
  const own = {
    nodes: collectNamed('node', (node ?? []).map(parseNode)),
    links: collectNamed('link', (link ?? []).map(parseLink)),
  }
  const topologies = chooseTopologies(topology ?? [], catalogue)
  return checkApp({ ...rest, topologies, own }, catalogue)
}

/** What there is to an app beside its nodes and links. */
export function chooseRest(
  { demos = true, without = [], ui = VANILLA }: Flags,
  catalogue: Catalogue,
): Pick<AppChoices, 'demos' | 'features' | 'ui'> {
  return {
    demos,
    features: new Set(namesOf(catalogue.features).filter((name) => !without.includes(name))),
    ui: chooseUi(ui, catalogue),
  }
}

function defaultGraph(): Pick<AppChoices, 'topologies' | 'own'> {
  return { topologies: new Set([DEFAULTS.topology]), own: NO_GRAPH }
}

/** Without a topology there is no demo, and none in a framework. Throws a UsageError that names what is wrong. */
export function checkApp(app: AppChoices, catalogue: Catalogue): AppChoices {
  const chosen = catalogue.topologies.filter(({ name }) => app.topologies.has(name))
  checkGraph(app.own, {
    nodes: Object.assign({ app: APP, main: MAIN }, ...chosen.map(({ nodes }) => nodes)),
    links: Object.assign({}, ...chosen.map(({ links }) => links)),
  })
  return { ...app, demos: app.demos && chosen.length > 0 && app.ui === VANILLA }
}

/** The package manager that a file of choices names, if it names one. */
export function packageManagerOf(from: string | undefined): 'yarn' | undefined {
  return from === undefined ? undefined : readFile(from).packageManager
}

/** What a file of choices says of the app. Throws a UsageError that names what is wrong. */
export function readApp(
  { topologies, demos, features, ui, nodes, links }: ChoicesFile,
  catalogue: Catalogue,
): AppChoices {
  const chosen = {
    topologies: chooseTopologies(topologies, catalogue),
    features: chooseFeatures(features, catalogue),
    ui: chooseUi(ui, catalogue),
  }
  return checkApp({ ...chosen, demos, own: { nodes, links } }, catalogue)
}

function readFile(path: string): ChoicesFile {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`The file "${path}" of --from could not be read: ${reasonOf(error)}.`)
  }
  return parseChoices(text, path)
}

function refuseBesideFrom({ topology, node, link, ui, demos, without = [] }: Flags): void {
  const given = Object.entries({ topology, node, link, ui }).find(
    ([, value]) => value !== undefined,
  )
  const [left] = [...(demos === false ? ['demos'] : []), ...without]
  const name = given?.[0] ?? (left && `no-${left}`)
  if (name) throw new UsageError(`The flag --from says what --${name} would. Give one of the two.`)
}

/** Reads `['a,b', 'c']` as three names. Throws a UsageError on an empty, unknown or repeated one. */
export function chooseTopologies(values: string[], catalogue: Catalogue): Set<string> {
  const chosen = new Set<string>()
  const known = namesOf(catalogue.topologies)
  for (const name of values.flatMap((value) => value.split(',')).map((each) => each.trim())) {
    if (name === '') {
      throw new UsageError(
        `The flag --topology holds an empty name. Known: ${listNames(catalogue)}.`,
      )
    }
    addNamed('Topology', name, known, chosen)
  }
  return chosen
}

/** Reads the names of features. Throws a UsageError on an unknown or repeated one. */
export function chooseFeatures(names: string[], catalogue: Catalogue): Set<string> {
  const chosen = new Set<string>()
  const known = namesOf(catalogue.features)
  for (const name of names) addNamed('Feature', name, known, chosen)
  return chosen
}

function addNamed(what: string, name: string, known: string[], chosen: Set<string>): void {
  if (!known.includes(name)) throw new UsageError(describeUnknown(what, name, known))
  if (chosen.has(name)) throw new UsageError(`${what} "${name}" is given twice. Name it once.`)
  chosen.add(name)
}

/** Throws a UsageError on the name of a framework that is unknown. */
export function chooseUi(name: string, catalogue: Catalogue): string {
  const known = namesOfUis(catalogue)
  if (!known.includes(name)) throw new UsageError(describeUnknown('Framework', name, known))
  return name
}

/** The names of the topologies there are, for a sentence. */
export function listNames(catalogue: Catalogue): string {
  return namesOf(catalogue.topologies).join(', ')
}
