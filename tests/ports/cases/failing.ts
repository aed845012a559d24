/** Errors, and what comes of them at the other end. */
import { PortError } from '../../../templates/base/src/ports/errors.ts'
import type { Case } from './case.ts'
import { expectEqual, expectTrue } from './expect-equal.ts'
import { failureOf, until, codeFailing, codeOf, readAll } from './helpers.ts'

export const failing: Case[] = [
  {
    name: 'an error has its name, message, code, fields and cause at the other end',
    async run({ channel: { call } }) {
      const error = (await failureOf(call.failRichly())) as Error & Record<string, unknown>
      const { name, message, cause, ...fields } = { ...error, ...pick(error) }
      expectEqual([name, message], ['ShelfError', 'The book was not put back.'])
      expectEqual(fields, {
        code: 'SHELF_FULL',
        shelf: { row: 3, titles: ['Emma', 'Persuasion'] },
        since: new Date(0),
      })
      expectEqual(pick(cause as Error), {
        name: 'TypeError',
        message: 'The shelf is full.',
        cause: 'too many books',
      })
      expectTrue(error instanceof Error, 'it is an Error')
    },
  },
  {
    name: 'an error of many has each of them, with name, message, code and fields',
    async run({ channel: { call } }) {
      const error = (await failureOf(call.failOfMany())) as AggregateError
      expectTrue(error instanceof AggregateError, 'it is an AggregateError')
      expectEqual(error.message, 'Two books were not found.')
      expectEqual(
        error.errors.map((each) => [each.name, each.message, each.code, each.row]),
        [
          ['RangeError', 'Emma', 'LOST', 0],
          ['RangeError', 'Persuasion', 'LOST', 1],
        ],
      )
    },
  },
  {
    name: 'an error anywhere in an argument or a result keeps name, message, code, fields and cause',
    async run({ channel: { call } }) {
      for (const rest of [[], Array.from({ length: 20_000 }, (_, at) => `page ${at}`)]) {
        const cause = Object.assign(new TypeError('The shelf is full.'), { code: 'FULL' })
        const error = Object.assign(new Error('Emma', { cause }), { name: 'LostBook', row: 3 })
        const echoed = (await call.echo({ found: new Map([['Emma', [error]]]), rest })) as {
          found: Map<string, (Error & { row: number })[]>
        }
        const { name, message, row, cause: reason } = echoed.found.get('Emma')![0]!
        expectEqual([name, message, row], ['LostBook', 'Emma', 3])
        expectEqual(
          { ...pick(reason as Error), ...(reason as object) },
          { ...pick(cause), code: 'FULL' },
        )
      }
    },
  },
  {
    name: 'an error arrives although one of its fields may not cross',
    async run({ channel: { call } }) {
      const error = (await failureOf(call.failWithBlob())) as Error & { row: unknown }
      expectEqual([error.message, error.row], ['The book was not put back.', 3])
    },
  },
  {
    name: 'a call is given up although a field of the reason may not cross',
    async run({ channel: { call } }) {
      const controller = new AbortController()
      const answer = failureOf(call.wait(controller.signal))
      const reason = Object.assign(new Error('Too late.'), { cover: new Blob(['']) })
      controller.abort(reason)
      expectTrue((await answer) === reason, 'the call rejects with the reason itself')
      await until(call, ({ running }) => running === 0)
    },
  },
  {
    name: 'what is thrown need not be an error',
    async run({ channel: { call } }) {
      const things = [{ status: 404, body: ['Emma'] }, [404], new Map([[404, 'Emma']])]
      for (const thrown of [null, undefined, 'a text', 42, 10n, false, ...things]) {
        expectEqual(await failureOf(call.failWith(thrown)), thrown)
      }
    },
  },
  {
    name: "the kernel's own errors keep their class and code",
    async run({ channel: { call } }) {
      const error = await failureOf(call.failOfPort())
      expectTrue(error instanceof PortError, 'it is a PortError')
      expectEqual(error, new PortError('unavailable', 'The library opens at nine.'))
    },
  },
  {
    name: 'what the other end does not serve says so',
    async run({ channel: { ask } }) {
      for (const method of ['lend', 'constructor', 'toString', 'hasOwnProperty', '__proto__']) {
        expectEqual(await codeFailing(ask.call(method, [])), 'no-handler')
        expectEqual(codeOf((await readAll(ask.stream(method, [])))[0]), 'no-handler')
      }
    },
  },
  {
    name: 'posts that are no messages are dropped and counted, and nothing else happens',
    async run({ channel: { call }, port }) {
      const nonsense = [
        null,
        undefined,
        'text',
        7,
        {},
        [],
        [0],
        [-1],
        [2, 'lend', 1],
        [1],
        [1, 'call'],
      ]
      for (const post of nonsense) port.postMessage(post, [])
      // What is empty has nothing in it that would be none.
      expectEqual((await call.probe()).dropped, nonsense.length - 1)
      expectEqual(await call.add(1, 2), 3)
    },
    after: ({ dropped }) => expectEqual(dropped, 10),
  },
]

function pick({ name, message, cause }: Error): object {
  return { name, message, cause }
}
