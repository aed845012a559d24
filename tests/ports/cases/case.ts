import type { PortLike } from '../../../templates/base/src/ports/channel/port.ts'
import type { Channel } from '../../../templates/base/src/ports/channel/channel.ts'
import type { ChannelOptions } from '../../../templates/base/src/ports/channel/options.ts'
import { PortError } from '../../../templates/base/src/ports/errors.ts'
import type { Library, Probe, TestReader } from './fixture.ts'

/** What can be done between two ends, which differs. */
export interface Terms {
  /** Buffers and ports can be moved in messages. */
  moves: boolean
  /** The library is in the main process or in a utility process. */
  toProcess: boolean
}

/** The end that asks, and what it knows of the other. */
export interface Meeting {
  channel: Channel<Library>
  reader: TestReader
  /** The reader's, for what no channel would do. */
  port: PortLike
  terms: Terms
}

export interface Case {
  /** A sentence. */
  name: string
  /** On which terms it can be tried; on all unless it says so. */
  isFor?(terms: Terms): boolean
  /** It is about the port's `close` event, which ports in a browser do not have. */
  needsCloseEvent?: true
  /** It is about what belongs to an origin, so that pages of another cannot have it. */
  needsOneOrigin?: true
  /** For the reader's end. */
  options?: ChannelOptions
  /** How long it may take, in milliseconds. */
  patience?: number
  run(meeting: Meeting): Promise<void>
  /** What must be so at the library's end after the channel was closed. */
  after?(seen: Probe, reason: PortError): void
}
