import { type Held, MAX_CHARACTERS } from '../contracts/docs'
import type { UtilityPorts } from '../ports/handoff/utility'
import { Link } from '../ports/link'
import { members } from '../ports/members'
import type { LinksOf } from '../topology'

/** How long a window may take to say what it holds, in milliseconds. */
const PATIENCE_MS = 1000

type HubPorts = UtilityPorts<LinksOf<'hub'>>

/**
 * Asks all windows that are there what they hold of the text, and gives the newest: what a hub begins with that may have had
 * one before it. Undefined when there is none.
 */
export async function recover(ports: HubPorts): Promise<Held | undefined> {
  const list = await members(ports, 'document')
  list.close()
  const answers = await Promise.all(list.keys.map((key) => ask(ports, key)))
  return answers.reduce((newest, each) => {
    return (each?.revision ?? -1) > (newest?.revision ?? -1) ? each : newest
  }, undefined)
}

/** One that hangs, crashes or makes no sense has nothing. */
async function ask(ports: HubPorts, to: string): Promise<Held | undefined> {
  const link = new Link(ports, 'held', {}, { to, timeout: PATIENCE_MS })
  try {
    const held = await link.call.held()
    return isHeld(held) ? held : undefined
  } catch (error) {
    console.error(`A window did not say what it holds:`, error)
    return undefined
  } finally {
    link.close()
  }
}

/** What a window says may be anything. */
export function isHeld(value: unknown): value is Held {
  const { revision, text, counts } = Object(value) as Record<keyof Held, unknown>
  return (
    isCount(revision) &&
    typeof text === 'string' &&
    text.length <= MAX_CHARACTERS &&
    Array.isArray(counts) &&
    counts.every((each) => Array.isArray(each) && typeof each[0] === 'string' && isCount(each[1]))
  )
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
