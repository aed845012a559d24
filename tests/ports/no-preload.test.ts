import { expect, test, vi } from 'vitest'
import { PortError } from '../../templates/base/src/ports/errors.ts'
import { HandoffClient, type Ports } from '../../templates/base/src/ports/handoff/handoff-client.ts'
import { Link } from '../../templates/base/src/ports/link.ts'
import { outcome } from './pair.ts'

const error = new PortError(
  'refused',
  'This window has no hand-off: it was opened without the preload of this app.',
)

interface Links {
  opens: { jobs: { asks: { paint(): Promise<string> }; serves: object } }
  accepts: { jobs: { asks: object; serves: object } }
}

const ports: Ports<MessagePort, Links> = new HandoffClient<MessagePort>(undefined)

test('a page without the preload is told so when it asks for a port', async () => {
  expect(await outcome(ports.request('jobs'))).toEqual({ error })
})

test('a page without the preload is told so when it accepts a link', () => {
  const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
  ports.accept('jobs', () => {})()
  expect(shown.mock.calls).toEqual([[error]])
  shown.mockRestore()
})

test('a link in a page without the preload is refused, and whatever is asked of it fails', async () => {
  const jobs = new Link(ports, 'jobs')
  expect(await outcome(jobs.call.paint())).toEqual({ error })
  expect(jobs.state).toBe('refused')
})
