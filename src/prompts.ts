import type { PromptObject } from 'prompts'
import { chooseDestination, type Choices, type Destination } from './choices.ts'
import { CancelledError, messageOf } from './errors.ts'
import { refuseOccupied } from './target.ts'
import type { Topology } from './topologies.ts'

/** `prompts` never settles without a terminal on both ends, so ask only when this is true. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY
}

/** Asks for what `choices` leaves open. Throws a CancelledError on Ctrl-C, Ctrl-D or Esc. */
export async function askForMissing(
  choices: Partial<Choices>,
  catalogue: Topology[],
): Promise<Choices> {
  return {
    destination: choices.destination ?? (await askForDestination()),
    topologies: choices.topologies ?? (await askForTopologies(catalogue)),
  }
}

async function askForDestination(): Promise<Destination> {
  const directory = await ask<string>({
    type: 'text',
    message: 'Where to make the project?',
    initial: 'my-app',
    validate: explainBadDirectory,
  })
  return chooseDestination(directory)
}

async function askForTopologies(catalogue: Topology[]): Promise<Set<string>> {
  const names = await ask<string[]>({
    type: 'multiselect',
    message: 'Who runs where, and talks to whom?',
    choices: catalogue.map(({ name, summary }) => ({
      title: `${name}: ${summary}`,
      value: name,
      selected: catalogue.length === 1,
    })),
    min: 1,
    instructions: false,
    hint: 'Space to select, Enter to go on',
  })
  return new Set(names)
}

function explainBadDirectory(directory: string): true | string {
  try {
    refuseOccupied(chooseDestination(directory).path)
    return true
  } catch (error) {
    return messageOf(error)
  }
}

async function ask<Answer>(question: Omit<PromptObject<'answer'>, 'name'>): Promise<Answer> {
  const { default: prompts } = await import('prompts')
  const { answer } = await prompts({ ...question, name: 'answer' }, { onCancel: cancel })
  return answer
}

function cancel(): never {
  throw new CancelledError()
}
