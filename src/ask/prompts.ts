import { styleText } from 'node:util'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Feature } from '../catalogue/features.ts'
import type { Topology } from '../catalogue/topologies.ts'
import { VANILLA } from '../catalogue/uis.ts'
import { checkApp, chooseRest } from '../command-line/app-choices.ts'
import { DEFAULTS, type Choices, type Flags } from '../command-line/choices.ts'
import { type Destination, chooseDestination } from '../command-line/destination.ts'
import { inspectTarget } from '../disk/target.ts'
import { CancelledError, messageOf } from '../errors.ts'
import { drawForTerminal } from '../graph/diagram.ts'
import { NO_GRAPH } from '../graph/graph.ts'
import { findGitObstacle, mayKnowAuthor } from '../programs/git.ts'
import {
  type PackageManager,
  PACKAGE_MANAGERS,
  detectPackageManager,
} from '../programs/package-manager.ts'
import { findKilledRuns } from '../recover/leftovers.ts'
import type { AppChoices } from '../render/plan.ts'
import { terminalWidth, wrapText } from '../terminal/terminal.ts'
import { placeProject } from '../write/placement.ts'
import { askForGraph } from './ask-for-graph.ts'
import { ask } from './ask.ts'

/** What we use of a multiselect while it is on the screen, and what its types leave out. */
interface TopologyPrompt {
  cursor: number
  instructions: string
}

/** What stands for nodes and links that are asked for one by one. */
const OWN = 'own'

/** `prompts` never settles without a terminal on both ends, and needs one that can move its cursor. */
export function canAsk(): boolean {
  return process.stdout.isTTY && process.stdin.isTTY && process.env['TERM'] !== 'dumb'
}

/**
 * Asks for what `choices` leaves open; nothing when folder and topologies are given.
 * Throws a CancelledError on Ctrl-C, Ctrl-D or Esc, and a FailedError when the folder is in use.
 */
export async function askForMissing(
  choices: Partial<Choices>,
  catalogue: Catalogue,
  flags: Flags,
): Promise<Choices> {
  const { force = false, name } = flags
  if (choices.destination) checkDestination(choices.destination, force)
  const isQuiet = choices.destination !== undefined && choices.app !== undefined
  const destination = choices.destination ?? (await askForDestination(force, name))
  const app = choices.app ?? (await askForApp(catalogue, flags))
  const detected = choices.packageManager ?? detectPackageManager()
  const asked =
    isQuiet || choices.install !== undefined
      ? { install: choices.install ?? false, packageManager: detected }
      : await askForInstall(detected, choices.packageManager !== undefined)
  const git = choices.git ?? (!isQuiet && (await askForGit(destination)))
  return { destination, app, ...asked, git }
}

async function askForDestination(force: boolean, name?: string): Promise<Destination> {
  const directory = await ask<string>({
    type: 'text',
    message: 'Where to make the project?',
    initial: DEFAULTS.directory,
    validate: (answer: string) => explainBadDirectory(answer, force, name),
  })
  return chooseDestination(directory, name)
}

async function askForApp(catalogue: Catalogue, flags: Flags): Promise<AppChoices> {
  const rest = chooseRest(flags, catalogue)
  const names = await askForTopologies(catalogue.topologies)
  const ui = flags.ui ?? (await askForUi(catalogue, rest.demos))
  const app = {
    ...rest,
    ui,
    features: flags.without?.length ? rest.features : await askForFeatures(catalogue.features),
    topologies: new Set(names.filter((name) => name !== OWN)),
    own: NO_GRAPH,
  }
  const whole = names.includes(OWN) ? { ...app, own: await askForGraph(app, catalogue) } : app
  return checkApp(whole, catalogue)
}

/** With a framework there are no demos. */
function askForUi({ uis }: Catalogue, demos: boolean): Promise<string> {
  return ask<string>({
    type: 'select',
    message: 'In what are its pages?',
    choices: [
      { title: demos ? 'plain TypeScript, with the demos' : 'plain TypeScript', value: VANILLA },
      ...uis.map(({ name, title }) => ({ title: `${title}, as a skeleton`, value: name })),
    ],
    hint: '↑ ↓ Enter',
  })
}

function askForTopologies(catalogue: Topology[]): Promise<string[]> {
  const entries = [
    ...catalogue.map(({ name }) => ({ title: name, value: name })),
    { title: 'a graph of my own', value: OWN },
  ]
  return ask<string[]>({
    type: 'multiselect',
    message: 'Which topologies?',
    choices: entries.map((entry) => ({ ...entry, selected: entry.value === DEFAULTS.topology })),
    cursor: catalogue.findIndex(({ name }) => name === DEFAULTS.topology),
    min: 1,
    hint: 'Space, then Enter',
    onRender(this: TopologyPrompt) {
      this.instructions = drawPreview(catalogue, this.cursor)
    },
  })
}

/** What a project has beside: all of it, unless its user says otherwise. */
async function askForFeatures(features: Feature[]): Promise<Set<string>> {
  const names = await ask<string[]>({
    type: 'multiselect',
    message: 'What else?',
    choices: features.map(({ name, summary }) => ({
      title: name,
      description: summary,
      value: name,
      selected: true,
    })),
    instructions: false,
    hint: 'Space leaves one out, then Enter',
  })
  return new Set(names)
}

/** What it is and who talks to whom, for that below the cursor. As high for each, so that nothing jumps. */
function drawPreview(catalogue: Topology[], cursor: number): string {
  const width = terminalWidth() - 2
  const previews = catalogue.map((topology) => [
    // With its name, for without colours nothing else tells where the cursor is.
    ...wrapText(`${topology.name}: ${topology.summary}`, width),
    ...drawForTerminal(topology, width),
  ])
  previews.push(wrapText('Nodes and links that you name: a skeleton, for your own code.', width))
  const height = Math.max(...previews.map((lines) => lines.length))
  const lines = Array.from({ length: height }, (_, index) => previews[cursor]?.[index] ?? '')
  return styleText('gray', ['', '', ...lines.map((line) => `  ${line}`.trimEnd()), ''].join('\n'))
}

async function askForInstall(
  detected: PackageManager,
  isGiven: boolean,
): Promise<Pick<Choices, 'install' | 'packageManager'>> {
  const others = isGiven ? [] : PACKAGE_MANAGERS.filter((name) => name !== detected)
  const answer = await ask<PackageManager | 'none'>({
    type: 'select',
    message: 'Install the dependencies?',
    choices: [
      { title: 'not now', value: 'none' },
      ...[detected, ...others].map((name) => ({ title: `with ${name}`, value: name })),
    ],
    initial: 0,
    hint: '↑ ↓ Enter',
  })
  return answer === 'none'
    ? { install: false, packageManager: detected }
    : { install: true, packageManager: answer }
}

/** Not worth a question where it cannot be done. */
async function askForGit({ path }: Destination): Promise<boolean> {
  const { root } = inspectTarget(path)
  if ((await findGitObstacle(root)) || !(await mayKnowAuthor(root))) return false
  return ask<boolean>({
    type: 'confirm',
    message: 'Make a git repository?',
    initial: DEFAULTS.git,
  })
}

function explainBadDirectory(directory: string, force: boolean, name?: string): true | string {
  try {
    checkDestination(chooseDestination(directory, name), force)
    return true
  } catch (error) {
    return messageOf(error)
  }
}

/** Before more is asked. Where a run was killed, the folder is first to be put in order. */
function checkDestination({ path }: Destination, force: boolean): void {
  const target = inspectTarget(path)
  if (findKilledRuns(target).length === 0) placeProject(target, new Map(), force)
}

/** Throws a CancelledError when what was told is not to be undone. */
export async function askToUndo(): Promise<void> {
  const isAgreed = await ask<boolean>({ type: 'confirm', message: 'Undo it?', initial: true })
  if (!isAgreed) throw new CancelledError('Cancelled. Nothing was undone, and nothing written.')
}
