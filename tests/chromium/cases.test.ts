import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { expectToHold } from '../electron-ports/expect-to-hold.ts'
import { type Pair, termsOf } from '../electron-ports/pairs.ts'
import { flood, silence } from '../electron-ports/scenarios.ts'
import type { Case } from '../ports/cases/case.ts'
import { cases } from '../ports/cases/cases.ts'
import { describeInChromium } from './describe-in-chromium.ts'
import { PortsSite, pairsOfPages } from './ports-site.ts'

/** The pages are of two origins, which makes them two processes. */
const ofTwoOrigins = cases.filter(({ needsOneOrigin }) => !needsOneOrigin)

const possible = possibleOf(ofTwoOrigins)
const wordless = possibleOf(ofTwoOrigins.filter(({ needsCloseEvent }) => !needsCloseEvent))

/** Each with each pair. */
function possibleOf(cases: Case[]): [title: string, name: string, pair: Pair][] {
  return pairsOfPages.flatMap((pair) =>
    cases
      .filter(({ isFor }) => isFor?.(termsOf(pair)) ?? true)
      .map(({ name }) => [`${pair.reader} asks ${pair.library}`, name, pair] as const),
  )
}

describeInChromium('Between two pages of a browser', { closeEvent: true }, (browser) => {
  const site = useSite(browser)

  test('ports have a close event', async () => {
    expect(await site().hasCloseEvent()).toBe(true)
  })

  test.each(possible)('%s: %s', (_, name, pair) => expectToHold(site(), pair, name))

  test.each([
    ['page', 'other page'],
    ['other worker', 'page'],
  ] as const)(
    'a heartbeat leaves %s and %s alone that only have nothing to say',
    (reader, library) => expectToHold(site(), { reader, library }, silence.name),
  )

  test('large messages to a busy page arrive in order, and none is lost', async () => {
    const pair = { reader: 'page', library: 'other page' } as const
    await site().limitFiles()
    await expectToHold(site(), pair, flood.name)
    await expectToHold(site(), pair, cases[0]!.name)
  })
})

describeInChromium(
  'Between two pages whose ports have no close event',
  { closeEvent: false },
  (browser) => {
    const site = useSite(browser)

    test('ports have no close event', async () => {
      expect(await site().hasCloseEvent()).toBe(false)
    })

    test.each(wordless)('%s: %s', (_, name, pair) => expectToHold(site(), pair, name))
  },
)

/** One for all tests of a suite. */
function useSite(browser: () => Browser): () => PortsSite {
  let site: PortsSite
  beforeAll(async () => {
    site = await PortsSite.open(browser())
  })
  return () => site
}
