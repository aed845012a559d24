import type { MessagePort as NodePort } from 'node:worker_threads'
import type { Ask, RefusalCode, Reply } from '../../templates/base/src/ports/handoff/handoff.ts'

/**
 * As much of a page's window as the hand-off needs. Importing this file makes it the global
 * `window`; import it before the files that look for one.
 */
class FakeWindow extends EventTarget {
  /** What this page has asked main for, first to last. */
  readonly opened: Ask[] = []
  readonly accepted: Ask[] = []
  /** The nonces it has withdrawn. */
  readonly withdrawn: string[] = []

  readonly portsBridge = {
    open: (ask: Ask) => void this.opened.push(ask),
    accept: (ask: Ask) => void this.accepted.push(ask),
    withdraw: (nonce: string) => void this.withdrawn.push(nonce),
  }

  /** Delivers what the preload posts to its window; with another source, what someone else posts. */
  receive(data: unknown, port?: NodePort, source: unknown = this): void {
    const event = new Event('message')
    this.dispatchEvent(Object.assign(event, { data, source, ports: port ? [port] : [] }))
  }

  /** As a document is left: these events, in this order. */
  leave(): void {
    for (const type of ['pagehide', 'visibilitychange', 'unload']) {
      this.dispatchEvent(new Event(type))
    }
  }

  grant(ask: Ask | undefined, port: NodePort, generation = 1): void {
    this.receive({ type: 'ports:grant', ...ask, generation, toProcess: false } as Reply, port)
  }

  refuse(ask: Ask | undefined, reason: string, code: RefusalCode = 'refused'): void {
    this.receive({ type: 'ports:refuse', ...ask, code, reason } as Reply)
  }
}

export const page = new FakeWindow()

Object.assign(globalThis, { window: page })
