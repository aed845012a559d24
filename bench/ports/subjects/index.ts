import type { Subject } from '../subject.ts'
import { asyncCallRpc } from './async-call-rpc.ts'
import { birpc } from './birpc.ts'
import { capnweb } from './capnweb.ts'
import { comlink } from './comlink.ts'
import { orpc } from './orpc.ts'
import { ours } from './ours.ts'
import { raw } from './raw.ts'

/** In the order of the table. */
export const subjects: readonly Subject[] = [raw, ours, comlink, birpc, capnweb, asyncCallRpc, orpc]

/** @throws when there is no subject of that name. */
export function findSubject(name: unknown): Subject {
  const subject = subjects.find((candidate) => candidate.name === name)
  if (!subject) throw new Error(`There is no subject "${String(name)}".`)
  return subject
}
